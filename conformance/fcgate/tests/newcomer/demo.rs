//! `fcgate demo`.

use libtest_mimic::Trial;

use crate::project::Project;
use crate::trial;

pub(crate) fn trials() -> Vec<Trial> {
    vec![trial(
        "the_demo_goes_red_is_explained_and_goes_green",
        tells,
    )]
}

fn tells() {
    let project = Project::new();
    let said = project.fcgate(&["demo"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let mut rest = said.out.as_str();
    for part in [
        "\n1. ",
        "error[FCG0107]: ",
        "    + │ application/json␊\n",
        "verdict: nonconforming (exit 1)",
        "\n2. ",
        "fix       ",
        "\n3. ",
        "verdict: conforming (exit 0)",
        "\n4. ",
        "fcgate init python",
    ] {
        let Some((_, after)) = rest.split_once(part) else {
            panic!("no {part} in:\n{rest}");
        };
        rest = after;
    }
    assert!(!said.out.contains('\u{1b}'), "no colour where none is seen");
    let left = std::fs::read_dir(project.path(".")).unwrap().count();
    assert_eq!(left, 0, "nothing is left behind");
}
