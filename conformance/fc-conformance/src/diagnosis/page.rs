//! The page of a mistake: summary, symptom, fix, SDKs that make it, requirements.

use fcgate_mutants::{self as mutant, Area, Mutant};

/// The texts by area: for each code the symptom and the fix.
const PROSE: [&str; 9] = [
    include_str!("pages/fc.md"),
    include_str!("pages/acs3.md"),
    include_str!("pages/requests.md"),
    include_str!("pages/answers.md"),
    include_str!("pages/reasons.md"),
    include_str!("pages/sessions_and_triggers.md"),
    include_str!("pages/judge.md"),
    include_str!("pages/tasks.md"),
    include_str!("pages/captured_only.md"),
];

/// The page of a mistake, by its code or its name.
///
/// ```
/// let page = fc_conformance::diagnosis::page("FCG0101").ok_or("no such code")?;
/// assert!(page.starts_with("FCG0101 content-md5-left-out (signing)\n"));
/// # Ok::<(), &str>(())
/// ```
pub fn page(code: &str) -> Option<String> {
    let mutant = mutant::any_named(code)?;
    let mut page = format!(
        "{} {} ({})\n{}.\n\n",
        mutant.code,
        mutant.name,
        mutant.area(),
        sentence(mutant.summary)
    );
    for (label, text) in [
        ("shows", prose(mutant, "Shows: ")),
        ("fix", prose(mutant, "Fix: ")),
        ("seen in", mutant.seen_in),
    ] {
        if let Some(text) = text {
            page = format!("{page}{label:<10}{text}\n");
        }
    }
    if !mutant.requirements.is_empty() {
        page = format!("{page}{:<10}{}\n", "rules", mutant.requirements.join(", "));
    }
    if mutant::named(code).is_some() && mutant.comparer().is_none() {
        let next = format!("fcgate run -- fcgate reference --mutant {}", mutant.name);
        page = format!("{page}\nnext: {next}\n");
    }
    Some(page)
}

/// The heading of the one section for all mistakes of the judge.
const JUDGE: &str = "the judge";

/// The text after a label in the section of a mutant.
fn prose(mutant: &Mutant, label: &str) -> Option<&'static str> {
    let section = match mutant.area() {
        Area::Judge => JUDGE,
        _ => mutant.code,
    };
    let heading = format!("## {section}\n");
    let section = PROSE.iter().find_map(|prose| prose.split_once(&heading));
    let section = section?.1.split("\n## ").next()?;
    section.lines().find_map(|line| line.strip_prefix(label))
}

/// The text with a capital at its beginning.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::{Area, JUDGE, Mutant, PROSE, page, prose};
    use fcgate_mutants as mutant;

    #[test]
    fn every_mutant_has_a_page_with_its_symptom_and_its_fix() {
        for mutant in mutant::all().chain(mutant::captured_only()) {
            assert!(prose(mutant, "Shows: ").is_some(), "{mutant:?}");
            assert!(prose(mutant, "Fix: ").is_some(), "{mutant:?}");
        }
    }

    #[test]
    fn every_page_belongs_to_a_mutant() {
        let sections = PROSE.iter().flat_map(|prose| prose.lines());
        for code in sections.filter_map(|line| line.strip_prefix("## ")) {
            assert!(code == JUDGE || mutant::any_named(code).is_some(), "{code}");
        }
    }

    #[test]
    fn a_page_has_a_command_if_the_reference_can_make_the_mistake() {
        let has_command = |mutant: &Mutant| {
            let page = page(mutant.code).unwrap();
            let command = format!(
                "\nnext: fcgate run -- fcgate reference --mutant {}\n",
                mutant.name
            );
            assert_eq!(page.contains(&command), page.contains("\nnext: "), "{page}");
            page.contains(&command)
        };
        for mutant in mutant::all() {
            assert_eq!(
                has_command(mutant),
                mutant.area() != Area::Judge,
                "{mutant:?}"
            );
        }
        for mutant in mutant::captured_only() {
            assert!(!has_command(mutant), "{mutant:?}");
        }
    }

    #[test]
    fn a_page_shows_summary_symptom_fix_and_requirements() {
        insta::assert_snapshot!(page("FCG0135").unwrap(), @r"
        FCG0135 path-escaped (signing)
        Signs the path with its percent escapes, as sent.

        shows     percent escapes are in the path of the string to sign.
        fix       decode the path once before it is signed. For valid names both forms are the same bytes, so the mistake stays hidden.
        seen in   fc-go-sdk
        rules     FC-SIGN-010

        next: fcgate run -- fcgate reference --mutant path-escaped
        ");
        assert_eq!(page("FCG0000"), None);
    }
}
