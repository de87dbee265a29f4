//! `fcgate demo`.

use libtest_mimic::Trial;

use crate::project::Project;
use crate::trial;

pub(crate) fn trials() -> Vec<Trial> {
    vec![trial(
        "demo_shows_a_failing_run_its_explanation_and_a_conforming_run",
        demo,
    )]
}

fn demo() {
    let project = Project::new();
    let output = project.fcgate(&["demo"]);
    assert_eq!(output.code, Some(0), "{}", output.stderr);
    let mut rest = output.stdout.as_str();
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
    assert!(
        !output.stdout.contains('\u{1b}'),
        "no color if stdout is not a terminal"
    );
    let left = std::fs::read_dir(project.path(".")).unwrap().count();
    assert_eq!(left, 0, "the demo leaves no file");
}
