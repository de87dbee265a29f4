//! `docs/requirements.md`: every requirement with its evidence, its cases and its mutants.
//!
//! It is made from the fixtures and from the table of mutants in `docs/checks-and-mutants.md`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use crate::evidence::corpus::{Case, Corpus, Evidence, Requirement};
use crate::programs;

const PAGE: &str = "docs/requirements.md";
const MUTANTS: &str = "docs/checks-and-mutants.md";
/// The table of `MUTANTS` that has the requirements of each mutant.
const TABLE: &str = "| code | mutant | area | requirements |";

/// The areas in the order of the page: the start of the ids, and the heading.
const AREAS: [(&str, &str); 8] = [
    ("FC-SIGN", "Signing with the scheme FC"),
    ("ACS3-SIGN", "Signing with ACS3"),
    ("FC-BUILD", "Building a request"),
    ("FC-PARSE", "Reading a response"),
    ("FC-INVOKE", "An invocation over HTTP"),
    ("FC-TASK", "Operations on asynchronous tasks"),
    ("FC-SESSION", "Sessions"),
    ("FC-TRIGGER", "HTTP triggers"),
];

/// Compares the page with the fixtures; with `write`, writes it.
pub(super) fn compare(write: bool) -> Result<(), String> {
    let root = programs::root();
    let read = |name: &str| {
        fs::read_to_string(root.join(name)).map_err(|error| format!("{name}: {error}"))
    };
    let expected = page(&Corpus::read()?, &mutants(&read(MUTANTS)?))?;
    if write {
        return fs::write(root.join(PAGE), expected).map_err(|error| format!("{PAGE}: {error}"));
    }
    if read(PAGE)? == expected {
        return Ok(());
    }
    Err(format!(
        "{PAGE} differs from the fixtures; run `cargo xtask site --write` and read the diff"
    ))
}

/// The mutants of each requirement, each as its code and its name.
type Mutants<'a> = BTreeMap<&'a str, Vec<String>>;

fn mutants(document: &str) -> Mutants<'_> {
    let mut mutants = Mutants::new();
    let rows = document.lines().skip_while(|line| !line.starts_with(TABLE));
    for row in rows.skip(2).take_while(|line| line.starts_with('|')) {
        let mut cells = row.split('|').skip(1).map(str::trim);
        let (code, name) = (cells.next(), cells.next());
        let requirements = cells.nth(1).unwrap_or_default();
        for id in requirements.split([' ', ',']).filter(|id| !id.is_empty()) {
            let mutant = format!(
                "{} `{}`",
                code.unwrap_or_default(),
                name.unwrap_or_default()
            );
            mutants.entry(id).or_default().push(mutant);
        }
    }
    mutants
}

fn page(corpus: &Corpus, mutants: &Mutants<'_>) -> Result<String, String> {
    let mut out = String::from(HEAD);
    out.push_str("| area | must | should | observe |\n| --- | ---: | ---: | ---: |\n");
    let mut sections = String::new();
    let mut count = 0;
    for (start, title) in AREAS {
        let of_area = |one: &&Requirement| {
            one.id
                .rsplit_once('-')
                .is_some_and(|(area, _)| area == start)
        };
        let requirements: Vec<&Requirement> = corpus.requirements.iter().filter(of_area).collect();
        count += requirements.len();
        let level = |level: &str| requirements.iter().filter(|one| one.level == level).count();
        let anchor = title.to_lowercase().replace(' ', "-");
        let _ = writeln!(
            out,
            "| [{title}](#{anchor}) | {} | {} | {} |",
            level("must"),
            level("should"),
            level("observe")
        );
        let _ = writeln!(sections, "\n## {title}");
        for requirement in requirements {
            section(&mut sections, requirement, corpus, mutants);
        }
    }
    if count != corpus.requirements.len() {
        return Err(
            "a requirement belongs to no area: add its area to requirements_page.rs".to_owned(),
        );
    }
    out.push_str(&sections);
    Ok(out)
}

const HEAD: &str = "# Requirements

<!-- written by `cargo xtask site --write` from fixtures/requirements.json, the cases and checks-and-mutants.md -->

A requirement is one sentence about a client. `must` is required: a failed case makes the run fail. `should` is reported, and fails the run
with `--level should`. `observe` records a difference. [The kinds of evidence](../fixtures/README.md#kinds-of-evidence) decide on the level.

`fcgate explain ID` prints a requirement or a case in the terminal, and `fcgate run --only 'GLOB' --partial-ok` runs cases. The cases below are
grouped by the start of their ids: `sign.fc-vectors`: `fc-01` is the case `sign.fc-vectors.fc-01`. A case with a star exists in several
variations, so its glob ends with a star too. The mutants are implementations with one mistake that breaks the requirement; [their
table](checks-and-mutants.md#first-failed-check-of-each-mutant) names the check that fails first.

";

fn section(out: &mut String, requirement: &Requirement, corpus: &Corpus, mutants: &Mutants<'_>) {
    let Requirement {
        id, level, text, ..
    } = requirement;
    let _ = writeln!(out, "\n### {id}\n\n**{level}**: {}\n", escape(text));
    let _ = writeln!(out, "- API revisions: {}", requirement.revisions.join(", "));
    for evidence in &requirement.evidence {
        let _ = writeln!(out, "- {}", source(evidence));
    }
    if let Some(notes) = &requirement.notes {
        let _ = writeln!(out, "- Note: {}", escape(notes));
    }
    let cases = corpus
        .cases
        .iter()
        .filter(|case| case.requirements.contains(id));
    let _ = writeln!(out, "- Cases: {}", grouped(cases));
    if let Some(mutants) = mutants.get(id.as_str()) {
        let _ = writeln!(out, "- Mutants: {}", mutants.join(", "));
    }
}

fn source(evidence: &Evidence) -> String {
    let source = escape(&evidence.source);
    match (evidence.agree, evidence.of) {
        (Some(agree), Some(of)) => {
            format!("Evidence ({}, {agree} of {of}): {source}", evidence.kind)
        }
        _ => format!("Evidence ({}): {source}", evidence.kind),
    }
}

/// The ids of cases, grouped by their start.
fn grouped<'a>(cases: impl Iterator<Item = &'a Case>) -> String {
    let mut groups: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for case in cases {
        let (group, name) = case.id.rsplit_once('.').unwrap_or(("", &case.id));
        let star = if case.vary.is_some() { "*" } else { "" };
        groups
            .entry(group)
            .or_default()
            .push(format!("`{name}{star}`"));
    }
    let groups = groups
        .iter()
        .map(|(group, names)| format!("`{group}`: {}", names.join(", ")));
    groups.collect::<Vec<_>>().join("; ")
}

/// A text as Markdown: only its code keeps its form.
fn escape(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(number, part)| {
        if number % 2 == 1 {
            return part.to_owned();
        }
        let mut out = String::new();
        for one in part.chars() {
            if "\\<*[]".contains(one) {
                out.push('\\');
            }
            out.push(one);
        }
        out
    });
    parts.collect::<Vec<_>>().join("`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_every_requirement_with_its_cases_and_mutants() {
        let corpus = Corpus::read().unwrap();
        let table = format!(
            "{TABLE} failed cases |\n| --- |\n| FCG0101 | left-out | signing | FC-SIGN-004 | 3 |\n\n## End\n"
        );
        let page = page(&corpus, &mutants(&table)).unwrap();
        for requirement in &corpus.requirements {
            assert!(page.contains(&format!("\n### {}\n", requirement.id)));
        }
        assert!(!page.contains("- Cases: \n"));
        let (_, section) = page.split_once("### FC-SIGN-004\n").unwrap();
        let (section, _) = section.split_once("\n### ").unwrap();
        assert!(
            section.contains("\n- Mutants: FCG0101 `left-out`\n"),
            "{section}"
        );
        assert!(section.contains("- Evidence (manual): "), "{section}");
    }

    #[test]
    fn a_source_with_special_characters_keeps_them() {
        assert_eq!(escape("a <b> `<c>` *d* [e]"), r"a \<b> `<c>` \*d\* \[e\]");
    }
}
