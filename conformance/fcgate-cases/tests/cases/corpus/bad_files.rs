//! Invalid corpus files: each is rejected with its kind of error and its place.

use std::fs;

use fcgate_cases::corpus::{Corpus, CorpusError, CorpusErrorKind, Files};
use rustix::fs::{CWD, FileType, Mode, mknodat};

use crate::small_files::small_files;

const SIGN: &str = "cases/sign/basic.json";
const INVOKE: &str = "cases/invoke/basic.json";

fn error(files: &Files) -> CorpusError {
    Corpus::load(files).unwrap_err()
}

/// The error of a corpus in which one text is replaced once.
fn broken(file: &str, from: &str, to: &str) -> CorpusError {
    let files = small_files();
    let text = String::from_utf8(files.get(file).unwrap().to_vec()).unwrap();
    assert!(text.contains(from), "{from}");
    error(&files.with(file, text.replacen(from, to, 1)))
}

fn slug(error: &CorpusError) -> &'static str {
    error.kind.slug()
}

#[test]
fn invalid_json_files_have_different_errors() {
    let files: [(&[u8], &str); 8] = [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"{", "json"),
        (b"{} trailing", "json"),
        (b"{\"id\":NaN}", "json"),
        (b"{/*c*/}", "json"),
        (b"{\"\xff\"}", "not-utf8"),
        (b"[]", "schema"),
    ];
    for (text, kind) in files {
        let error = error(&small_files().with(SIGN, text));
        let shown = String::from_utf8_lossy(text);
        assert_eq!((slug(&error), error.file.as_str()), (kind, SIGN), "{shown}");
    }
    let nested = "[".repeat(100_000);
    assert_eq!(slug(&error(&small_files().with(SIGN, nested))), "json");
}

#[test]
fn a_file_beyond_16_mib_is_not_read() {
    let large = vec![b' '; (16 << 20) + 1];
    assert_eq!(slug(&error(&small_files().with(SIGN, large))), "too-large");
    let folder = tempfile::tempdir().unwrap();
    let file = fs::File::create(folder.path().join("requirements.json")).unwrap();
    // A sparse file: a length without bytes on disk.
    file.set_len(100 << 30).unwrap();
    let error = Files::in_folder(folder.path()).unwrap_err();
    assert_eq!(
        (slug(&error), error.file.as_str()),
        ("too-large", "requirements.json")
    );
}

#[test]
fn a_fifo_or_a_symbolic_link_in_a_corpus_is_rejected() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("requirements.json");
    mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR, 0).unwrap();
    let error = Files::in_folder(folder.path()).unwrap_err();
    assert_eq!(slug(&error), "not-a-regular-file");
    fs::remove_file(&pipe).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", &pipe).unwrap();
    let error = Files::in_folder(folder.path()).unwrap_err();
    assert_eq!(slug(&error), "not-a-regular-file");
}

#[test]
fn a_case_that_breaks_the_schema_is_rejected() {
    let id = "\"id\": \"sign.basic.minimal\"";
    let breaks = [
        (
            id,
            "\"id\": \"sign.basic.minimal\", \"ID\": \"b\"",
            "unknown-field",
        ),
        (
            id,
            "\"id\": \"sign.basic.minimal\", \"id\": \"b\"",
            "duplicate-key",
        ),
        (
            "\"op\": \"sign\"",
            "\"op\": \"sign\", \"expect\": {}",
            "duplicate-key",
        ),
        (id, "\"id\": \"../../outside/x\"", "id"),
        (id, "\"id\": \"con.aux\\n\"", "id"),
        (id, "\"id\": \"sign.A\"", "id"),
        (
            "\"op\": \"sign\"",
            "\"rev\": 9007199254740993, \"op\": \"sign\"",
            "schema",
        ),
        ("\"op\": \"sign\"", "\"op\": \"exec\"", "schema"),
        (
            "\"body_b64\": \"",
            "\"body\": {\"file\": \"/outside\"}, \"body_b64\": \"",
            "unknown-field",
        ),
        ("\"body_b64\": \"", "\"body_b64\": \"*", "schema"),
        ("\"schema\": 1", "\"schema\": 2", "schema"),
    ];
    for (from, to, kind) in breaks {
        assert_eq!(slug(&broken(SIGN, from, to)), kind, "{to}");
    }
}

#[test]
fn a_case_without_a_check_is_rejected() {
    let text = r#"{"schema":1,"group":"sign.empty","summary":"s","cases":[{"id":"sign.empty.a",
        "title":"t","level":"must","requirements":["T-SIGN-001"],"needs":["sign"],"because":"b",
        "evidence":[],"op":"sign","given":GIVEN,"expect":{}}]}"#;
    let given = r#"{"scheme":"fc","method":"POST","url":"https://a.example/","headers":[],
        "body_b64":"","credentials":{"access_key_id":"akID","access_key_secret":"x"},
        "time":"2022-05-11T09:00:00Z","nonce":"n"}"#;
    let files = small_files().with("cases/sign/empty.json", text.replace("GIVEN", given));
    let error = error(&files);
    assert_eq!(error.kind, CorpusErrorKind::NoChecks);
    insta::assert_snapshot!(error, @"corpus file cases/sign/empty.json, case sign.empty.a, /expect: the case has no checks");
}

#[test]
fn an_answer_beyond_a_limit_is_rejected_with_its_pointer() {
    let answer = |acts: &str| {
        let files = small_files();
        let text = String::from_utf8(files.get(INVOKE).unwrap().to_vec()).unwrap();
        let (head, rest) = text.split_once("\"answer\": {").unwrap();
        let (_, tail) = rest.split_once("\"expect\"").unwrap();
        let script = format!("\"answer\": {{\"script\": [{acts}]}}}},\"expect\"");
        error(&files.with(INVOKE, format!("{head}{script}{tail}")))
    };
    insta::assert_snapshot!(answer(r#"{"pause_ms": 86400000}"#), @"corpus file cases/invoke/basic.json, case invoke.basic.sync, /given/answer/script/0: the pauses add up to more than 5000 ms");
    insta::assert_snapshot!(answer(r#"{"send": "HTTP/1.1 302 X\r\nLocation: http://192.0.2.1/\r\n\r\n"}"#), @"corpus file cases/invoke/basic.json, case invoke.basic.sync, /given/answer/script/0: expected a redirect to a path or to {elsewhere}");
    insta::assert_snapshot!(answer(r#"{"repeat": {"text": "A", "count": 1000000000000}}"#), @"corpus file cases/invoke/basic.json, case invoke.basic.sync, /given/answer/script/0: repeats more than 2097152 bytes");
    assert_eq!(
        slug(&answer(
            r#"{"repeat": {"text": "A", "count": 1, "file": "x"}}"#
        )),
        "unknown-field"
    );
    assert_eq!(
        slug(&answer(r#"{"redirect": "http://192.0.2.1/"}"#)),
        "schema"
    );
}
