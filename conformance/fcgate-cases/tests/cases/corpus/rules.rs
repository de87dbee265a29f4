//! Each rule of the corpus linter finds its violation and nothing else.

use fcgate_cases::corpus::{Corpus, Files, lint};
use fcgate_cases::startup_check::{StartupCheckError, load_checked_corpus};

use crate::small_files::small_files;

const SIGN: &str = "cases/sign/basic.json";

fn rules_broken(files: &Files) -> Vec<String> {
    let corpus = Corpus::load(files).unwrap();
    let mut rules: Vec<String> = lint(&corpus, files)
        .iter()
        .map(|finding| finding.rule.to_owned())
        .collect();
    rules.dedup();
    rules
}

/// The small corpus with one text replaced once in one file.
fn broken(file: &str, from: &str, to: &str) -> Files {
    let files = small_files();
    let text = String::from_utf8(files.get(file).unwrap().to_vec()).unwrap();
    assert!(text.contains(from), "{from}");
    files.with(file, text.replacen(from, to, 1))
}

fn error(file: &str, from: &str, to: &str) -> String {
    Corpus::load(&broken(file, from, to))
        .unwrap_err()
        .to_string()
}

#[test]
fn a_valid_corpus_has_no_findings() {
    assert_eq!(rules_broken(&small_files()), Vec::<String>::new());
}

#[test]
fn each_lint_rule_finds_its_violation() {
    let breaks = [
        ("sign.basic.log-type\"", "sign.basic.minimal\"", "unique-id"),
        (
            "\"op\": \"sign\"",
            "\"aliases\": [\"sign.Old\"], \"op\": \"sign\"",
            "id-grammar",
        ),
        (
            "\"op\": \"sign\"",
            "\"aliases\": [\"sign.basic.log-type\"], \"op\": \"sign\"",
            "unique-id",
        ),
        ("sign.basic.minimal", "sign.other.minimal", "id-group"),
        (
            "\"group\": \"sign.basic\"",
            "\"group\": \"sign.basi\"",
            "group-place",
        ),
        ("\"T-SIGN-001\"", "\"T-SIGN-009\"", "requirement"),
        ("\"sign.fc\"", "\"sign.fd\"", "capability"),
        ("\"level\": \"observe\"", "\"level\": \"must\"", "level"),
        (
            "\"kind\": \"manual\"",
            "\"kind\": \"inference\"",
            "evidence",
        ),
        (
            "fcTestAccessKeySecret0123456789",
            "aRealLookingSecret",
            "credentials",
        ),
        ("1234567890123456.cn", "6543210987654321.cn", "endpoint"),
        ("/given/headers/2/1", "/given/headers/2/0", "fault"),
        (
            "\"twin\": \"sign.basic.log-type\"",
            "\"twin\": \"sign.basic.none\"",
            "twin",
        ),
        ("  \"summary\"", "\"summary\"", "format"),
    ];
    for (from, to, rule) in breaks {
        let found = rules_broken(&broken(SIGN, from, to));
        assert!(
            found.iter().any(|broken| broken == rule),
            "{rule}: {found:?}"
        );
    }
}

#[test]
fn a_requirement_without_a_case_is_a_finding() {
    let found = rules_broken(&broken(SIGN, "T-SIGN-003", "T-SIGN-001"));
    assert!(found.contains(&"orphan".to_owned()), "{found:?}");
}

#[test]
fn a_must_with_only_inference_is_a_finding() {
    let found = rules_broken(&broken("requirements.json", "\"manual\"", "\"inference\""));
    assert_eq!(found, ["evidence"]);
}

#[test]
fn the_adapter_protocol_is_enough_for_a_must_only_if_the_case_needs_a_capability_that_it_defines() {
    let manual = "\"kind\": \"manual\"";
    let protocol = "\"kind\": \"protocol\"";
    let found = |needs: &str| {
        let files = broken(SIGN, manual, protocol);
        let text = String::from_utf8(files.get(SIGN).unwrap().to_vec()).unwrap();
        rules_broken(&files.with(SIGN, text.replacen("\"sign.fc\"", needs, 1)))
    };
    assert!(found("\"sign.fc\"").contains(&"evidence".to_owned()));
    assert!(!found("\"sign.fc\", \"input-check\"").contains(&"evidence".to_owned()));
}

#[test]
fn a_retired_id_that_is_used_again_is_a_finding() {
    let retired = |id: &str| {
        let text = serde_json::json!({"schema": 1, "source": "this test", "ids": [id]});
        rules_broken(&small_files().with("retired.json", text.to_string()))
    };
    assert_eq!(retired("sign.basic.minimal"), ["retired"]);
    assert_eq!(retired("sign.basic.gone"), Vec::<String>::new());
}

#[test]
fn an_unknown_field_is_rejected_with_file_case_and_pointer() {
    insta::assert_snapshot!(
        error(SIGN, "\"method\": \"POST\"", "\"methud\": \"POST\""),
        @"corpus file cases/sign/basic.json, case sign.basic.minimal, /given: missing field `method` at line 22 column 7"
    );
    insta::assert_snapshot!(
        error(SIGN, "\"verifies\": true", "\"verified\": true"),
        @"corpus file cases/sign/basic.json, case sign.basic.minimal, /expect/verified: unknown field"
    );
    insta::assert_snapshot!(
        error(SIGN, "\"because\"", "\"becaus\""),
        @"corpus file cases/sign/basic.json, /cases/0/becaus: unknown field `becaus`, expected one of `id`, `title`, `level`, `requirements`, `needs`, `full_only`, `revision`, `because`, `evidence`, `twin`, `fault`, `since`, `rev`, `aliases`, `vary`, `op`, `given`, `expect` at line 16 column 14"
    );
}

#[test]
fn a_repeated_key_is_refused() {
    insta::assert_snapshot!(
        error(SIGN, "\"method\": \"POST\"", "\"method\": \"GET\", \"method\": \"POST\""),
        @"corpus file cases/sign/basic.json, case sign.basic.minimal, /given: duplicate field `method` at line 3 column 33"
    );
}

#[test]
fn an_unknown_schema_is_refused() {
    insta::assert_snapshot!(error(SIGN, "\"schema\": 1", "\"schema\": 2"), @"corpus file cases/sign/basic.json, /schema: unknown schema 2, expected 1");
}

#[test]
fn the_digest_covers_every_file_of_the_corpus() {
    let digest = |files: &Files| Corpus::load(files).unwrap().sha256;
    let sound = digest(&small_files());
    assert_eq!(sound, digest(&small_files()));
    assert_eq!(sound.len(), 64);
    for (file, from) in [("requirements.json", "six pieces"), (SIGN, "smallest")] {
        assert_ne!(sound, digest(&broken(file, from, "other")));
    }
    assert_eq!(
        sound,
        digest(&small_files().with("recorded/x.json", "{}")),
        "no part of the corpus"
    );
}

#[test]
fn a_broken_corpus_fails_the_startup_check() {
    let inferred = broken("requirements.json", "\"manual\"", "\"inference\"");
    let error = load_checked_corpus(&inferred).unwrap_err();
    assert!(matches!(error, StartupCheckError::Lint(_)), "{error}");
    let error = load_checked_corpus(&Files::empty()).unwrap_err();
    insta::assert_snapshot!(error, @"corpus file requirements.json: file not found");
}

#[test]
fn an_oracle_that_disagrees_with_a_recording_fails_the_startup_check() {
    let recording = |verifies: bool| {
        let text = serde_json::json!({
            "schema": 1,
            "sdk": "an-sdk-1.0",
            "requests": [{
                "case": "unsigned",
                "credentials": {"access_key_id": "id", "access_key_secret": "secret"},
                "method": "POST",
                "target": "/2021-04-06/services/s/functions/f/invocations",
                "headers": [],
                "body_b64": "",
                "scheme": "fc",
                "verifies": verifies
            }]
        });
        small_files().with("recorded/requests/an-sdk-1.0.json", text.to_string())
    };
    assert!(load_checked_corpus(&recording(false)).is_ok());
    insta::assert_snapshot!(load_checked_corpus(&recording(true)).unwrap_err(), @r#"
the oracle disagrees with recorded traffic (1 findings)
  an-sdk-1.0, unsigned: result of the oracle: the request has no signature
"#);
}
