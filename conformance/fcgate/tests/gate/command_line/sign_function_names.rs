//! `fcgate sign`: the names of functions that were made in 2.0.

use serde_json::Value;

use super::sign::{KEY, fcgate};

#[test]
fn a_function_of_2_0_is_signed_with_an_escaped_dollar_sign_in_revision_2023_03_30_only() {
    let named = |revision: &str, function: &str| {
        fcgate(
            "sign",
            &[
                "--revision",
                revision,
                "--function",
                function,
                "--endpoint=https://localhost:8080",
                "--format=json",
            ],
            &KEY,
        )
    };
    let output = named("2023-03-30", "svc$fn");
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{error}");
    let signed: Value = serde_json::from_str(&printed).unwrap();
    let canonical = signed["stages"]["canonical_request"].as_str().unwrap();
    let path = "/2023-03-30/functions/svc%24fn/invocations";
    assert_eq!(canonical.lines().nth(1), Some(path));
    assert!(
        printed.contains(&format!("https://localhost:8080{path}")),
        "{printed}"
    );
    for (revision, function) in [
        ("2023-03-30", "svc$"),
        ("2023-03-30", "a$b$c"),
        ("2023-03-30", "svc%24fn"),
        ("2021-04-06", "svc$fn"),
    ] {
        let output = named(revision, function);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(
            output.status.code(),
            Some(2),
            "{revision} {function}: {error}"
        );
        assert!(error.contains("invalid function name"), "{error}");
    }
}
