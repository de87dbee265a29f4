//! One case with `vary` expands to several cases and is written back as one case.

use fcgate_cases::corpus::{Case, Corpus, CorpusError, Files, Stimulus, group_text, lint};

use crate::small_files::small_files;

const FILE: &str = "cases/parse/vary.json";

fn files(vary: &str, expect: &str) -> Files {
    let text = format!(
        r#"{{
  "schema": 1,
  "group": "parse.vary",
  "summary": "Refusals.",
  "cases": [
    {{
      "id": "parse.vary.refused",
      "title": "A {{{{status}}}} is an error",
      "level": "must",
      "requirements": ["T-PARSE-001"],
      "needs": ["parse"],
      "because": "A caller needs the status.",
      "evidence": [{{"kind": "manual", "source": "manual page 'Error codes'"}}],
      "vary": {vary},
      "op": "parse",
      "given": {{
        "status": "{{{{status}}}}",
        "headers": [["X-Fc-Request-Id", "r-{{{{status}}}}"]],
        "body_b64": "",
        "invocation_type": "Sync"
      }},
      "expect": {expect}
    }}
  ]
}}
"#
    );
    small_files().with(FILE, text)
}

const EXPECT: &str = r#"{"outcome":{"kind":"service_error","status":"{{status}}"}}"#;

fn cases(files: &Files) -> Vec<Case> {
    let corpus = Corpus::load(files).unwrap_or_else(|error| panic!("{error}"));
    let group = corpus.groups.into_iter().find(|group| group.file == FILE);
    group.unwrap().cases
}

fn error(vary: &str, expect: &str) -> CorpusError {
    Corpus::load(&files(vary, expect)).unwrap_err()
}

#[test]
fn each_combination_of_a_template_is_one_case() {
    let cases = cases(&files(r#"{"status": [429, 503]}"#, EXPECT));
    let ids: Vec<&str> = cases.iter().map(|case| case.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "parse.vary.refused@status=429",
            "parse.vary.refused@status=503"
        ]
    );
    assert_eq!(cases[1].title, "A 503 is an error");
    let Stimulus::Parse { given, expect } = &cases[1].stimulus else {
        panic!("it is a parse case");
    };
    assert_eq!((given.status, expect.outcome.status), (503, Some(503)));
    assert_eq!(given.headers[0].1, "r-503");
}

#[test]
fn each_block_of_a_template_can_have_its_own_expectation() {
    let blocks = r#"[
        {"when": {"status": 200}, "expect": {"outcome": {"kind": "completed"}}},
        {"when": {"status": [429, 503]}, "expect": {"outcome": {"kind": "service_error"}}}
    ]"#;
    let cases = cases(&files(r#"{"status": [200, 429, 503]}"#, blocks));
    let kinds: Vec<String> = cases
        .iter()
        .map(|case| match &case.stimulus {
            Stimulus::Parse { expect, .. } => format!("{:?}", expect.outcome.kind),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(kinds, ["Completed", "ServiceError", "ServiceError"]);
}

#[test]
fn a_file_with_variations_is_written_back_canonically() {
    let files = files(r#"{"status": [429, 503]}"#, EXPECT);
    let corpus = Corpus::load(&files).unwrap();
    let group = corpus.groups.iter().find(|group| group.file == FILE);
    let text = group_text(group.unwrap()).unwrap();
    assert!(text.contains("\"vary\": {\n        \"status\": [\n          429,\n          503\n"));
    assert_eq!(text.matches("\"id\"").count(), 1, "{text}");
    let files = files.with(FILE, text);
    let corpus = Corpus::load(&files).unwrap();
    let findings = lint(&corpus, &files);
    assert!(
        !findings.iter().any(|one| one.rule == "format"),
        "{findings:?}"
    );
}

#[test]
fn a_template_that_cannot_be_expanded_is_rejected() {
    let ten = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]";
    let axes: Vec<String> = ["status", "b", "c", "d", "e", "f"]
        .iter()
        .map(|name| format!("\"{name}\": {ten}"))
        .collect();
    let vary = format!("{{{}}}", axes.join(", "));
    insta::assert_snapshot!(error(&vary, EXPECT), @"corpus file cases/parse/vary.json, case parse.vary.refused, /vary: more than 4096 combinations");
    insta::assert_snapshot!(error(r#"{"status": [200], "b": [1]}"#, EXPECT), @"corpus file cases/parse/vary.json, case parse.vary.refused, /vary: the case does not contain {{b}}");
    insta::assert_snapshot!(error(r#"{"status": [200]}"#, &EXPECT.replace("service_error", "{{x}}")), @"corpus file cases/parse/vary.json, case parse.vary.refused, /vary: a placeholder does not name an axis");
    let block = r#"[{"when": {"status": 200}, "expect": {"outcome": {"kind": "completed"}}}]"#;
    insta::assert_snapshot!(error(r#"{"status": [200, 429]}"#, block), @"corpus file cases/parse/vary.json, case parse.vary.refused, /vary: @status=429 has no block");
    insta::assert_snapshot!(error(r#"{"status": ["x"]}"#, EXPECT), @r#"corpus file cases/parse/vary.json, case parse.vary.refused@status=x, /given/status: invalid type: string "x", expected u16 at line 1 column 13"#);
}
