//! `fcgate run` where nobody gave an adapter, or one that is not there: it must not be taken for the SDK's green.

use libtest_mimic::Trial;

use crate::project::Project;
use crate::trial;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("a_run_without_an_adapter_says_what_it_judges", said),
        trial(
            "a_run_without_an_adapter_is_refused_where_one_is_required",
            refused,
        ),
        trial("an_adapter_that_cannot_start_claims_nothing", no_start),
    ]
}

const FEW: [&str; 4] = ["run", "--partial-ok", "--only", "sign.fc-vectors.*"];
const NOTE: &str = "no adapter is configured: this run judges the built-in reference";

fn said() {
    let project = Project::new();
    let said = project.fcgate(&FEW);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.err.contains(NOTE), "{}", said.err);
    let first: Vec<&str> = said.out.lines().take(3).collect();
    assert!(first.join("\n").contains(NOTE), "{}", said.out);
    assert!(said.out.contains("\nnext: fcgate init "), "{}", said.out);
    // Who reads no report reads this.
    let quiet = project.fcgate(&[&FEW[..], &["--quiet"]].concat());
    assert!(quiet.err.contains(NOTE), "{}", quiet.err);

    let gate = env!("CARGO_BIN_EXE_fcgate");
    let said = project.fcgate(&[&FEW[..], &["--", gate, "reference"]].concat());
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(!format!("{}{}", said.out, said.err).contains("no adapter"));
}

fn refused() {
    let project = Project::new();
    let said = project.fcgate(&[&FEW[..], &["--require-adapter"]].concat());
    assert_eq!(said.code, Some(2), "{}", said.out);
    assert!(
        said.err
            .contains("no adapter is given, and one is required"),
        "{}",
        said.err
    );
    assert_eq!(said.out, "");
}

fn no_start() {
    let project = Project::new();
    let said = project.fcgate(&["run", "--", "no-such-program-anywhere"]);
    assert_eq!(said.code, Some(5), "{}", said.err);
    assert!(said.out.contains("\nsubject: none"), "{}", said.out);
    assert!(said.out.contains("did not run"), "{}", said.out);
    assert!(!said.out.contains("claim"), "{}", said.out);
}
