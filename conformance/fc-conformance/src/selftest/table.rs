//! Writes the table of checks and mutants in Markdown.

use std::fmt::Write as _;

use fcgate_cases::corpus::Operation;
use fcgate_mutants::{Area, Mutant};

use super::SelfTest;

impl SelfTest {
    /// Formats the whole result as a document. Only its first lines may differ from run to run.
    ///
    /// The signed content of `invoke` depends on the clock. Therefore a few mistakes fail an `invoke` check only in
    /// some runs. The table counts the cases of the other operations only. For a check of `invoke`, it lists mutants
    /// of signing and building only if no other mutant fails the check.
    pub fn markdown(&self) -> String {
        let mut out = String::from("# Checks and mutants\n\n");
        self.numbers(&mut out);
        out.push_str("\n## Which mutants trip a check\n\n| check | mutants |\n| --- | --- |\n");
        for (check, mutants) in &self.checks {
            let of_invoke = check.starts_with(Operation::Invoke.name());
            let sure =
                |mutant: &&Mutant| !of_invoke || !matches!(mutant.area(), Area::Sign | Area::Build);
            let surely: Vec<&'static Mutant> = mutants.iter().copied().filter(sure).collect();
            let named = if surely.is_empty() { mutants } else { &surely };
            let _ = writeln!(out, "| `{check}` | {} |", codes(named));
        }
        out.push_str("\n## What trips a mutant\n\n");
        out.push_str("| code | mutant | area | requirements | red | first |\n");
        out.push_str("| --- | --- | --- | --- | ---: | --- |\n");
        for run in &self.runs {
            let mutant = run.mutant;
            let first = run.tripped.first().map_or("none", String::as_str);
            let red = run.tripped.iter();
            let red = red.filter(|case| !case.starts_with(Operation::Invoke.name()));
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
        self.left_out(&mut out);
        self.troubles(&mut out);
        out
    }

    /// Writes the summary at the start of the document.
    fn numbers(&self, out: &mut String) {
        let of = |area: Area| {
            let runs = self.runs.iter();
            runs.filter(|run| run.mutant.area() == area).count()
        };
        let judge = of(Area::Judge);
        let (right, all) = self.named_rightly();
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
                "{} checks over {} cases; {} checks are tripped by no mutant, {} mutants survive.",
                self.checks.len(),
                self.cases,
                self.untripped().len(),
                self.survivors().len(),
            ),
            format!("The diagnosis names the right mutant in {right} of {all} runs."),
            format!(
                "The median run leaves {} red cases to read; a case is an echo, and not read, when a more basic one has the same named mistake.",
                self.median_shown(),
            ),
        ];
        for line in lines {
            let _ = writeln!(out, "- {line}");
        }
    }

    /// Lists the cases that no mutant runs.
    fn left_out(&self, out: &mut String) {
        if !self.left_out.is_empty() {
            out.push_str("\n## By what no mutant is tried\n\n");
            out.push_str(
                "The plain client of the mutants does otherwise what no rule settles:\n\n",
            );
        }
        for id in &self.left_out {
            let _ = writeln!(out, "- `{id}`");
        }
    }

    /// Lists the problems: surviving mutants, checks that no mutant fails, and wrong answers that the judge accepts.
    fn troubles(&self, out: &mut String) {
        let survivors = self
            .survivors()
            .into_iter()
            .map(|mutant| format!("mutant {} {} survives", mutant.code, mutant.name));
        let untripped = self.untripped().into_iter();
        let untripped = untripped.map(|check| format!("no mutant trips the check {check}"));
        let missed = self.missed.iter();
        let missed = missed.map(|fault| format!("the judge lets {fault} pass or misnames it"));
        let troubles: Vec<String> = survivors.chain(untripped).chain(missed).collect();
        if !troubles.is_empty() {
            out.push_str("\n## What is wrong\n\n");
        }
        for trouble in troubles {
            let _ = writeln!(out, "- {trouble}");
        }
    }
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
