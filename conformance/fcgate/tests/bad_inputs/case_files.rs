//! Files of the corpus, and cases in them.

use std::fs;
use std::path::Path;
use std::process::Command;

use fc_bad_inputs::{ACCEPT, Entry};
use fcgate_cases::corpus::{Corpus, CorpusError, Files, lint};
use rustix::fs::{CWD, FileType, Mode, mknodat};
use serde_json::{Value, json};

use crate::command::{fcgate, run};

const SIGN: &str = "cases/sign/basic.json";
const INVOKE: &str = "cases/invoke/basic.json";

/// The rules of the linter whose findings are the errors of entries.
const RULES: [(&str, &str); 2] = [("credentials", "not-a-reserved-fake-key"), ("twin", "twin")];

/// The variable that makes a process the one that loads many cases.
const MANY: &str = "FC_BAD_INPUTS_MANY_CASES";

/// More memory than a corpus of 100,000 cases may take in this process, in KiB.
const MEMORY_KIB: u64 = 512 * 1024;

pub(crate) fn check(entry: &Entry) -> Result<(), String> {
    let found = if entry.has("file") {
        file(entry)
    } else if entry.has("case") {
        case(entry, entry.field("case"))
    } else {
        match entry.id() {
            // A case cannot name a command: the field is unknown.
            "px-004" => {
                let command = json!({"command": entry.field("command")});
                match case(entry, &command).as_str() {
                    "FixtureError:unknown-field" => "impossible".to_owned(),
                    other => other.to_owned(),
                }
            }
            "fx-040" => many_cases(),
            _ => return Err("the test does not know this input".to_owned()),
        }
    };
    entry.expect(&found)
}

fn found(result: Result<Corpus, CorpusError>) -> String {
    match result {
        Ok(_) => ACCEPT.to_owned(),
        Err(error) => {
            let message = error.to_string();
            assert!(!message.chars().any(char::is_control), "{message:?}");
            assert!(message.len() < 1000, "{message}");
            format!("FixtureError:{}", error.kind.slug())
        }
    }
}

fn small_files() -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    Files::in_folder(&folder.join("../fcgate-cases/tests/small-corpus")).unwrap()
}

fn file(entry: &Entry) -> String {
    // A file of zeros is sparse on disk, and is not read.
    if let Some(length) = entry.field("file").get("zeros").and_then(Value::as_u64) {
        let folder = tempfile::tempdir().unwrap();
        let file = fs::File::create(folder.path().join("requirements.json")).unwrap();
        file.set_len(length).unwrap();
        return found(Files::in_folder(folder.path()).and_then(|files| Corpus::load(&files)));
    }
    let files = small_files().with(SIGN, entry.bytes("file"));
    let loaded = Corpus::load(&files);
    if entry.expected().contains("line and column") {
        let message = loaded.as_ref().unwrap_err().to_string();
        assert!(message.contains("line 1 column "), "{message}");
    }
    found(loaded)
}

/// The first case of a file of the small corpus.
fn first_case(file: &str) -> Value {
    let files = small_files();
    let group: Value = serde_json::from_slice(files.get(file).unwrap()).unwrap();
    group["cases"][0].clone()
}

/// Loads the small corpus with this text of the first case of a file, then lints it.
fn loaded_with(file: &str, case: &str) -> String {
    let files = small_files();
    let group: Value = serde_json::from_slice(files.get(file).unwrap()).unwrap();
    let text = format!(
        r#"{{"schema":1,"group":{},"summary":{},"cases":[{case}]}}"#,
        group["group"], group["summary"]
    );
    let files = files.with(file, text);
    let corpus = match Corpus::load(&files) {
        Ok(corpus) => corpus,
        Err(error) => return found(Err(error)),
    };
    let findings = lint(&corpus, &files);
    let rule = findings.iter().find_map(|finding| {
        let rule = RULES.iter().find(|(rule, _)| *rule == finding.rule)?;
        Some(format!("FixtureError:{}", rule.1))
    });
    rule.unwrap_or_else(|| ACCEPT.to_owned())
}

fn case(entry: &Entry, change: &Value) -> String {
    let (mut sign, mut invoke) = (first_case(SIGN), first_case(INVOKE));
    if change.as_str() == Some("two keys 'expect'") {
        let text = sign.to_string();
        return loaded_with(SIGN, &text.replacen('{', r#"{"expect":{},"#, 1));
    }
    let given = |name: &str| change.pointer(&format!("/given/{name}"));
    match entry.id() {
        "fx-022" => return link(),
        "fx-023" => return pipe(),
        // The body of an answer is the one place where a case can repeat a text.
        "fx-025" => {
            let repeated = given("body").unwrap();
            let act = json!({"repeat": {"text": repeated["repeat"], "count": repeated["count"]}});
            invoke["given"]["answer"] = json!({"script": [act]});
            return loaded_with(INVOKE, &invoke.to_string());
        }
        "fx-034" => {
            let act = json!({"pause_ms": change["script"][0]["delay_ms"]});
            invoke["given"]["answer"] = json!({"script": [act]});
            return loaded_with(INVOKE, &invoke.to_string());
        }
        "fx-035" => {
            let place = &change["script"][0]["redirect"];
            let headers = json!([["Location", place]]);
            invoke["given"]["answer"] = json!({"status": 302, "headers": headers, "body_b64": ""});
            return loaded_with(INVOKE, &invoke.to_string());
        }
        "fx-028" => {
            let axes = change["vary"].as_object().unwrap();
            let values: Vec<u32> = (1..=10).collect();
            let vary: serde_json::Map<String, Value> = axes
                .keys()
                .map(|name| (name.clone(), json!(values)))
                .collect();
            let used: Vec<String> = axes.keys().map(|name| format!(" {{{{{name}}}}}")).collect();
            sign["vary"] = Value::Object(vary);
            sign["title"] = json!(used.concat());
            return loaded_with(SIGN, &sign.to_string());
        }
        _ => {}
    }
    if let Some(clock) = given("clock") {
        sign["given"]["time"] = clock.clone();
    } else if let Some(body) = given("body") {
        sign["given"]["body"] = body.clone();
    } else if let Some(key) = given("credentials") {
        // The entry describes the secret.
        let secret = "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1";
        sign["given"]["credentials"] =
            json!({"access_key_id": key["id"], "access_key_secret": secret});
    } else {
        for (name, value) in change.as_object().unwrap() {
            sign[name] = value.clone();
        }
    }
    loaded_with(SIGN, &sign.to_string())
}

/// A link in the folder of the corpus.
fn link() -> String {
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("requirements.json");
    std::os::unix::fs::symlink("/outside/secret.txt", link).unwrap();
    found(Files::in_folder(folder.path()).and_then(|files| Corpus::load(&files)))
}

/// A pipe in the folder of the corpus. Reading it would never end.
fn pipe() -> String {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("requirements.json");
    mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR, 0).unwrap();
    found(Files::in_folder(folder.path()).and_then(|files| Corpus::load(&files)))
}

/// Loads 100,000 cases in a process of its own, because other tests use memory at the same time.
fn many_cases() -> String {
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.env(MANY, "");
    let (code, text) = run(child);
    assert_eq!(code, 0, "{text}");
    ACCEPT.to_owned()
}

#[expect(clippy::disallowed_methods, reason = "the parent sets the variable")]
pub(crate) fn is_child_with_many_cases() -> bool {
    std::env::var_os(MANY).is_some()
}

/// Loads 100,000 cases, from templates with 4,000 variations each.
pub(crate) fn load_many_cases() {
    let numbers = |count: u32| (0..count).collect::<Vec<_>>();
    let template = |number: u32| {
        let evidence = json!([{"kind": "manual", "source": "manual page"}]);
        let given =
            json!({"status": 200, "headers": [], "body_b64": "", "invocation_type": "Sync"});
        json!({
            "id": format!("parse.basic.many-{number}"), "title": "variation {{a}} {{b}}", "level": "must",
            "requirements": ["T-PARSE-001"], "needs": ["parse"], "because": "b", "evidence": evidence,
            "vary": {"a": numbers(40), "b": numbers(100)},
            "op": "parse", "given": given, "expect": {"outcome": {"kind": "completed"}}
        })
    };
    let cases: Vec<Value> = (0..25).map(template).collect();
    let group = json!({"schema": 1, "group": "parse.basic", "summary": "many", "cases": cases});
    let files = small_files().with("cases/parse/basic.json", group.to_string());
    let corpus = Corpus::load(&files).unwrap();
    let cases = corpus.cases().into_iter();
    let loaded = cases.filter(|case| case.id.contains("many-")).count();
    assert_eq!(loaded, 100_000);
    if let Some(peak) = peak_kib() {
        assert!(peak < MEMORY_KIB, "{peak} KiB");
    }
}

/// The peak memory of this process, if the system reports it.
fn peak_kib() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_ascii_whitespace().nth(1)?.parse().ok()
}

/// The entries about a whole corpus, with the built binary.
pub(crate) fn check_command(entry: &Entry) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let (code, text) = if entry.id() == "fx-038" {
        let (code, text) = run(fcgate(
            folder.path(),
            &["export", "--output", "corpus.json"],
        ));
        assert_eq!(code, 0, "{text}");
        let export = fs::read_to_string(path("corpus.json")).unwrap();
        fs::write(path("corpus.json"), export.replacen("must", "should", 1)).unwrap();
        run(fcgate(folder.path(), &["export", "--check", "corpus.json"]))
    } else {
        let arguments = ["run", "-q", "--only", "parse.*", "--skip", "parse.*"];
        run(fcgate(folder.path(), &arguments))
    };
    if entry.number("exit") == Some(code) {
        return Ok(());
    }
    Err(format!(
        "expected {}, found exit {code}: {text}",
        entry.expected()
    ))
}
