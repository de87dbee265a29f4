//! Writes the table of checks and mutants in Markdown.

use std::fmt::Write as _;

use fcgate_cases::corpus::Operation;
use fcgate_mutants::{Area, Mutant};

use super::{Naming, SelfTest};

/// Whether the id of a case or a check is that of an exchange with the endpoint.
fn is_of_an_exchange(id: &str) -> bool {
    [Operation::Invoke, Operation::Trigger, Operation::Task]
        .into_iter()
        .any(|operation| id.starts_with(operation.name()))
}

impl SelfTest {
    /// Formats the whole result as a document. Only its first lines may differ from run to run.
    ///
    /// The signed content of `invoke` depends on the clock. Therefore a few mistakes fail an `invoke` check only in
    /// some runs. The table counts the cases of the other operations only. For a check of `invoke`, it lists mutants
    /// of signing and building only if no other mutant fails the check.
    pub fn markdown(&self) -> String {
        let mut out = String::from("# Checks and mutants\n\n");
        self.numbers(&mut out);
        out.push_str("\n## Mutants that fail each check\n\n| check | mutants |\n| --- | --- |\n");
        for (check, mutants) in &self.checks {
            let of_invoke = is_of_an_exchange(check);
            let sure =
                |mutant: &&Mutant| !of_invoke || !matches!(mutant.area(), Area::Sign | Area::Build);
            let surely: Vec<&'static Mutant> = mutants.iter().copied().filter(sure).collect();
            let named = if surely.is_empty() { mutants } else { &surely };
            let _ = writeln!(out, "| `{check}` | {} |", codes(named));
        }
        out.push_str("\n## First failed check of each mutant\n\n");
        out.push_str(
            "| code | mutant | area | requirements | failed cases | first failed check |\n",
        );
        out.push_str("| --- | --- | --- | --- | ---: | --- |\n");
        for run in &self.runs {
            let mutant = run.mutant;
            let first = run.failed_checks.first().map_or("none", String::as_str);
            let red = run.failed_checks.iter();
            let red = red.filter(|case| !is_of_an_exchange(case));
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} | {} | `{first}` |",
                mutant.code,
                mutant.name,
                mutant.area(),
                mutant.requirements.join(" "),
                red.count(),
            );
        }
        self.foreign_table(&mut out);
        self.left_out(&mut out);
        self.problems(&mut out);
        out
    }

    /// Writes the summary at the start of the document.
    fn numbers(&self, out: &mut String) {
        let of = |area: Area| {
            let runs = self.runs.iter();
            runs.filter(|run| run.mutant.area() == area).count()
        };
        let judge = of(Area::Judge);
        let (correct, all) = self.named_correctly();
        let lines = [
            format!(
                "{} mutants: {} in signing, {} in building, {} in parsing, {} in HTTP, {} right for the wrong reason, {judge} of the judge.",
                self.runs.len(),
                of(Area::Sign),
                of(Area::Build),
                of(Area::Parse),
                of(Area::Http),
                of(Area::WrongReason),
            ),
            format!(
                "{} checks over {} cases. Checks that no mutant fails: {}. Mutants that fail no case: {}.",
                self.checks.len(),
                self.cases,
                self.checks_without_mutants().len(),
                self.survivors().len(),
            ),
            "A mutant that fails a pure case runs one in four of the cases over HTTP, and the first with each check.".to_owned(),
            format!(
                "The diagnosis names the correct mutant in {correct} of {all} runs, alone in {}, and another one in {}.",
                self.named_alone(),
                self.named_wrongly().len(),
            ),
            format!(
                "Failed cases to read in the median run: {}. A case is an echo, and need not be read, if a more basic case has the same named mistake.",
                self.median_cases_to_read(),
            ),
        ];
        for line in lines {
            let _ = writeln!(out, "- {line}");
        }
    }

    /// Lists the foreign mistakes and the names that the diagnosis gives them.
    fn foreign_table(&self, out: &mut String) {
        out.push_str("\n## Foreign mistakes\n\n");
        out.push_str(
            "These mistakes are not mutants in this form. The diagnosis must name the mutant that is the same mistake, or none.\n\n",
        );
        let count = |naming| self.foreign_mistakes(naming);
        let _ = writeln!(
            out,
            "{} foreign mistakes: {} named rightly, {} not named, {} named wrongly, {} that no case shows.\n",
            self.foreign.len(),
            count(Naming::Rightly),
            count(Naming::NotNamed),
            count(Naming::Wrongly),
            count(Naming::NotSeen),
        );
        out.push_str("| mistake | what it does | the same as | named | result |\n");
        out.push_str("| --- | --- | --- | --- | --- |\n");
        for run in &self.foreign {
            let named: Vec<String> = run.named.iter().map(|codes| codes.join("/")).collect();
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} | {} |",
                run.mistake.name,
                run.mistake.summary,
                or_none(&run.mistake.right_names.join(" ")),
                or_none(&named.join(", ")),
                run.naming().words(),
            );
        }
    }

    /// Lists the cases that no mutant runs.
    fn left_out(&self, out: &mut String) {
        if !self.left_out.is_empty() {
            out.push_str("\n## Cases that no mutant runs\n\n");
            out.push_str(
                "No rule defines the result of these cases, and the client of the mutants differs from the reference:\n\n",
            );
        }
        for id in &self.left_out {
            let _ = writeln!(out, "- `{id}`");
        }
    }

    /// Lists the problems: surviving mutants, checks that no mutant fails, and wrong answers that the judge accepts.
    fn problems(&self, out: &mut String) {
        let survivors = self
            .survivors()
            .into_iter()
            .map(|mutant| format!("the mutant {} {} fails no case", mutant.code, mutant.name));
        let without_mutants = self.checks_without_mutants().into_iter();
        let without_mutants =
            without_mutants.map(|check| format!("no mutant fails the check {check}"));
        let missed = self.missed.iter();
        let missed = missed
            .map(|fault| format!("the judge accepts {fault} or reports it under another check"));
        let problems: Vec<String> = survivors.chain(without_mutants).chain(missed).collect();
        if !problems.is_empty() {
            out.push_str("\n## Problems\n\n");
        }
        for problem in problems {
            let _ = writeln!(out, "- {problem}");
        }
    }
}

fn or_none(text: &str) -> &str {
    if text.is_empty() { "none" } else { text }
}

/// Formats the first few codes, and the number of the others.
fn codes(mutants: &[&'static Mutant]) -> String {
    const SHOWN: usize = 8;
    let shown: Vec<&str> = mutants
        .iter()
        .take(SHOWN)
        .map(|mutant| mutant.code)
        .collect();
    let more = mutants.len().saturating_sub(SHOWN);
    match (shown.is_empty(), more) {
        (true, _) => "none".to_owned(),
        (false, 0) => shown.join(" "),
        (false, more) => format!("{} and {more} more", shown.join(" ")),
    }
}
