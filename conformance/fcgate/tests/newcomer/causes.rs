//! `docs/why.md` lists every mistake and every problem that `fcgate why` can name, with its fix.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use fc_conformance::diagnosis;
use fcgate_mutants::{Area, Mutant, all, captured_only};
use fcgate_why::PROBLEMS;
use libtest_mimic::Trial;

use crate::documents::overwrite;
use crate::trial;

pub(crate) fn trials() -> Vec<Trial> {
    vec![trial(
        "the_table_of_causes_lists_every_mistake_and_every_problem",
        table_of_causes,
    )]
}

const START: &str =
    "<!-- written by `TRYCMD=overwrite cargo test -p fcgate --test newcomer causes` -->\n";
const END: &str = "<!-- end of the written part -->\n";

fn table_of_causes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/why.md");
    let document = fs::read_to_string(&path).unwrap();
    let (before, rest) = document.split_once(START).unwrap();
    let (shown, after) = rest.split_once(END).unwrap();
    let expected = tables();
    if overwrite() {
        fs::write(&path, [before, START, &expected, END, after].concat()).unwrap();
        return;
    }
    assert!(
        shown == expected,
        "the tables of causes in docs/why.md are not current: run the command in the comment above them"
    );
}

fn tables() -> String {
    let mut out = "| mistake | what the client does | fix |\n| --- | --- | --- |\n".to_owned();
    let mistakes = captured_only().chain(all());
    for mutant in mistakes.filter(|mutant| mutant.area() == Area::Sign) {
        row(&mut out, mutant);
    }
    out.push_str("\n| problem | what is wrong | fix |\n| --- | --- | --- |\n");
    for (name, wrong, fix) in PROBLEMS {
        let _ = writeln!(out, "| `{name}` | {} | {} |", cell(wrong), cell(fix));
    }
    out
}

fn row(out: &mut String, mutant: &Mutant) {
    let page = diagnosis::page(mutant.code).unwrap();
    let fix = page.lines().find_map(|line| line.strip_prefix("fix "));
    let fix = fix
        .unwrap_or_else(|| panic!("{mutant:?} has no fix"))
        .trim();
    let _ = writeln!(
        out,
        "| {} `{}` | {} | {} |",
        mutant.code,
        mutant.name,
        cell(mutant.summary),
        cell(fix)
    );
}

/// A text in a cell: a vertical bar would end it.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
