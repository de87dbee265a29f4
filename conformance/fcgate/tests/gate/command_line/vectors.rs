//! `fcgate vector` and `fcgate export`, on a copy of the fixtures.

use std::fs;
use std::path::Path;
use std::process::Output;

use tempfile::TempDir;

use crate::binary;

/// A copy of the fixtures that the loader reads.
fn fixtures() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    for part in ["cases", "sets"] {
        copy(&source.join(part), &folder.path().join(part));
    }
    let registry = "requirements.json";
    fs::copy(source.join(registry), folder.path().join(registry)).unwrap();
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn fcgate(arguments: &[&str], fixtures: &Path) -> Output {
    let mut command = binary::fcgate(arguments);
    command.arg("--fixtures").arg(fixtures).output().unwrap()
}

fn code_and_text(output: &Output) -> (i32, String) {
    let mut text = String::from_utf8(output.stdout.clone()).unwrap();
    text += std::str::from_utf8(&output.stderr).unwrap();
    (output.status.code().unwrap(), text)
}

/// An envelope with its keys in a different order than the files.
const ENVELOPE: &str = r#"{"cases": [{
    "op": "parse",
    "expect": {"outcome": {"code": "QuotaUsedUp", "status": 429, "kind": "service_error"}},
    "given": {"body_b64": "eyJFcnJvckNvZGUiOiJRdW90YVVzZWRVcCJ9", "status": 429, "invocation_type": "Sync",
              "headers": [["X-Fc-Request-Id", "r-1"]]},
    "evidence": [{"source": "a capture of 2026", "kind": "recorded"}],
    "because": "An unknown error code is kept.",
    "requirements": ["FC-PARSE-006"],
    "level": "must",
    "title": "A 429 with an unknown error code"
}], "group": "parse.service-errors"}"#;

#[test]
fn add_gives_a_case_a_unique_id_and_writes_it_in_canonical_form() {
    let fixtures = fixtures();
    let envelope = fixtures.path().join("../envelope.json");
    let envelope = tempfile::NamedTempFile::new_in(envelope.parent().unwrap()).unwrap();
    fs::write(envelope.path(), ENVELOPE).unwrap();
    let add = || {
        let path = envelope.path().to_str().unwrap();
        code_and_text(&fcgate(&["vector", "add", path], fixtures.path()))
    };
    insta::assert_snapshot!(add().1, @r"
    parse.service-errors.a-429-with-an-unknown-error-code
    added 1 case to cases/parse/service-errors.json
    ");
    let (code, text) = add();
    assert_eq!(code, 0, "{text}");
    assert!(text.starts_with("parse.service-errors.a-429-with-an-unknown-error-code-2\n"));
    let lint = code_and_text(&fcgate(&["vector", "lint"], fixtures.path()));
    assert_eq!(lint.0, 0, "{}", lint.1);
    let file = fixtures.path().join("cases/parse/service-errors.json");
    let text = fs::read_to_string(file).unwrap();
    let (_, added) = text.split_once("unknown-error-code\",").unwrap();
    assert!(added.contains("\"needs\": [\n        \"parse\"\n      ],"));
    assert!(added.find("\"title\"") < added.find("\"op\""));
}

#[test]
fn an_invalid_envelope_is_rejected_and_changes_no_file() {
    let fixtures = fixtures();
    let file = fixtures.path().join("cases/parse/service-errors.json");
    let before = fs::read(&file).unwrap();
    let breaks = [
        ("\"recorded\"", "\"inference\"", "evidence"),
        (
            "FC-PARSE-006",
            "FC-PARSE-999",
            "requirement FC-PARSE-999 does not exist",
        ),
        (
            "\"level\": \"must\"",
            "\"level\": \"may\"",
            "unknown variant",
        ),
        (
            "\"title\": \"",
            "\"id\": \"mine\", \"title\": \"",
            "unexpected `id`",
        ),
        (
            "\"op\": \"parse\"",
            "\"op\": \"parse\", \"extra\": 1",
            "unknown field",
        ),
        ("parse.service-errors", "parse.new-group", "needs `summary`"),
        (
            "parse.service-errors",
            "../outside",
            "expected a group of an operation and a name",
        ),
    ];
    for (from, to, why) in breaks {
        let envelope = tempfile::NamedTempFile::new().unwrap();
        fs::write(envelope.path(), ENVELOPE.replacen(from, to, 1)).unwrap();
        let path = envelope.path().to_str().unwrap();
        let (code, text) = code_and_text(&fcgate(&["vector", "add", path], fixtures.path()));
        assert_eq!(code, 2, "{text}");
        assert!(text.contains(why), "{why}: {text}");
        assert_eq!(fs::read(&file).unwrap(), before);
    }
}

#[test]
fn fmt_rewrites_a_file_that_is_not_canonical() {
    let fixtures = fixtures();
    let file = fixtures.path().join("cases/parse/status.json");
    let canonical = fs::read_to_string(&file).unwrap();
    let value: serde_json::Value = serde_json::from_str(&canonical).unwrap();
    fs::write(&file, value.to_string()).unwrap();
    let fmt = |arguments: &[&str]| code_and_text(&fcgate(arguments, fixtures.path()));
    let (code, text) = fmt(&["vector", "fmt", "--check"]);
    assert_eq!(
        (code, text.as_str()),
        (
            4,
            "cases/parse/status.json: not canonical; `fcgate vector fmt` rewrites it\n"
        )
    );
    assert_eq!(
        fmt(&["vector", "fmt"]).1,
        "cases/parse/status.json: written\n"
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), canonical);
    assert_eq!(fmt(&["vector", "fmt", "--check"]), (0, String::new()));
}

#[test]
fn lint_reports_each_broken_rule() {
    let breaks = [
        (
            "sets/2021-04-06.json",
            "\"FC-INVOKE-001\",\n        ",
            "",
            "FC-INVOKE-001 is new",
        ),
        (
            "sets/2021-04-06.json",
            "\"FC-INVOKE-001\"",
            "\"FC-INVOKE-000\"",
            "is in the set but not in the registry",
        ),
        (
            "sets/2021-04-06.json",
            "\"2026.1\"",
            "\"2126.1\"",
            "suite 2126.1 is later than the current suite",
        ),
        (
            "cases/invoke/retry.json",
            "        \"retry\"\n",
            "        \"parse\"\n",
            "the stimulus needs retry",
        ),
        (
            "cases/sign/fc-headers.json",
            "\"time\": \"2022-05-11T09:00:00Z\"",
            "\"time\": \"2022-02-30T09:00:00Z\"",
            "2022-02-30T09:00:00Z is not a time",
        ),
    ];
    for (file, from, to, why) in breaks {
        let fixtures = fixtures();
        let path = fixtures.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{from}");
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
        let (code, text) = code_and_text(&fcgate(&["vector", "lint"], fixtures.path()));
        assert_eq!(code, 4, "{text}");
        assert!(text.contains(why), "{why}: {text}");
    }
    let fixtures = fixtures();
    fs::remove_file(fixtures.path().join("cases/sign/counter-examples.json")).unwrap();
    let (_, text) = code_and_text(&fcgate(&["vector", "lint"], fixtures.path()));
    assert!(text.contains("FC-SIGN-005: negative-case"), "{text}");
}

#[test]
fn export_check_rejects_a_file_that_does_not_match_its_digest() {
    let fixtures = fixtures();
    let file = fixtures.path().join("corpus.json");
    let path = file.to_str().unwrap();
    let (code, text) = code_and_text(&fcgate(&["export", "--output", path], fixtures.path()));
    assert_eq!(code, 0, "{text}");
    let digest = fs::read_to_string(fixtures.path().join("corpus.json.sha256")).unwrap();
    assert_eq!(text, digest);
    assert!(digest.ends_with("  corpus.json\n"));
    let check = || code_and_text(&fcgate(&["export", "--check", path], fixtures.path()));
    assert_eq!(check(), (0, digest));
    let export = fs::read_to_string(&file).unwrap();
    fs::write(&file, export.replacen("must", "should", 1)).unwrap();
    let (code, text) = check();
    assert_eq!(code, 4);
    assert!(text.contains("does not match its digest in"), "{text}");
}

#[test]
fn a_missing_fixtures_folder_is_a_usage_error() {
    for arguments in [["vector", "lint"], ["vector", "fmt"]] {
        let (code, text) = code_and_text(&fcgate(&arguments, Path::new("no-such-folder")));
        assert_eq!(code, 2, "{text}");
    }
}
