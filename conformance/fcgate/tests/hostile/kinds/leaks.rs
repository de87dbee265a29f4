//! Adapters that leak a secret, or look for one.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::adapter::{Adapter, Request, When};
use crate::expectation::each;
use crate::gate::{INHERITED, Observed};
use crate::kind::{Kind, does_first, handles, kind};
use crate::secrets;

/// The adapter leaks the secret of the third case.
const CASES: &[&str] = &["sign.fc-vectors.fc-0*"];
const THIRD_WITH_TOKEN: &str = "build.credentials.2021-04-06-fc-token";
/// Cases whose credentials have a security token.
const TOKEN_CASES: &[&str] = &["build.credentials.*-token"];
const THIRD_CASE: When = When::Case(3);
const THIRD: &str = "sign.fc-vectors.fc-02";

#[expect(clippy::too_many_lines, reason = "one entry for each kind")]
pub(crate) fn kinds() -> Vec<Kind> {
    let reported = vec![
        kind(
            "secret-in-reply",
            "a secret in an additional field of a reply is a failure",
            handles(THIRD_CASE, |adapter, request| {
                let secret = secret(request).to_owned();
                adapter
                    .write_line(request.correct_reply_with(|reply| reply["debug"] = secret.into()));
            }),
        ),
        kind(
            "secret-in-error",
            "a secret in an error message is a failure, which the report shows",
            handles(THIRD_CASE, |adapter, request| {
                reply_with_error(adapter, request, &format!("denied for {}", secret(request)));
            }),
        )
        .entry("ap-035")
        // The keys of the corpus are dummies, and a report shows what was wrong.
        .mentions(&["fcTestAccessKeySecret0123456789"]),
        kind(
            "secret-in-base64",
            "a secret in base64 is a failure",
            handles(THIRD_CASE, |adapter, request| {
                let text = STANDARD.encode(secret(request));
                adapter.write_line(
                    request.correct_reply_with(|reply| reply["ok"]["debug"] = text.into()),
                );
            }),
        ),
        kind(
            "secret-on-stderr",
            "a secret on stderr before the reply is a failure",
            handles(THIRD_CASE, |adapter, request| {
                reply_after_stderr(
                    adapter,
                    request,
                    &[&format!("signing with {}\n", secret(request))],
                );
            }),
        )
        .entry("ap-036"),
        kind(
            "secret-in-two-writes",
            "a secret in two writes to stderr is a failure",
            handles(THIRD_CASE, |adapter, request| {
                let (start, end) = secret(request).split_at(7);
                reply_after_stderr(adapter, request, &[start, end]);
            }),
        ),
        kind(
            "secret-in-hex-on-stderr",
            "a secret in hex on stderr is a failure",
            handles(THIRD_CASE, |adapter, request| {
                let mut text = String::new();
                for byte in secret(request).bytes() {
                    write!(text, "{byte:02X}").unwrap();
                }
                reply_after_stderr(adapter, request, &[&text]);
            }),
        ),
        kind(
            "secret-before-noise",
            "a secret before much other output on stderr is a failure",
            handles(THIRD_CASE, |adapter, request| {
                adapter.write_stderr(format!("signing with {}\n", secret(request)));
                adapter.write_stderr(b"noise\n".repeat(40_000));
                adapter.write_line(request.correct_reply());
            }),
        ),
    ];
    let leaks = reported
        .into_iter()
        .map(|kind| kind.only(CASES).compared_by(1, leaked));
    let tokens = [
        kind(
            "token-in-error",
            "a security token in an error message is a failure",
            handles(THIRD_CASE, |adapter, request| {
                reply_with_error(adapter, request, &format!("denied for {}", token(request)));
            }),
        ),
        kind(
            "token-on-stderr",
            "a security token on stderr is a failure",
            handles(THIRD_CASE, |adapter, request| {
                reply_after_stderr(
                    adapter,
                    request,
                    &[&format!("signing with {}\n", token(request))],
                );
            }),
        ),
    ];
    let authorizations = [
        kind(
            "authorization-in-error",
            "an Authorization value in an error message is a failure",
            handles(THIRD_CASE, |adapter, request| {
                reply_with_error(
                    adapter,
                    request,
                    &format!("cannot send {}", authorization(request)),
                );
            }),
        ),
        kind(
            "authorization-on-stderr",
            "an Authorization value on stderr is a failure",
            handles(THIRD_CASE, |adapter, request| {
                reply_after_stderr(
                    adapter,
                    request,
                    &[&format!("sending {}\n", authorization(request))],
                );
            }),
        ),
        kind(
            "signature-on-stderr",
            "a signature on stderr is a failure",
            handles(THIRD_CASE, |adapter, request| {
                let line = authorization(request);
                let (_, signature) = line.rsplit_once(':').unwrap();
                reply_after_stderr(adapter, request, &[&format!("signature: {signature}\n")]);
            }),
        ),
        kind(
            "authorization-in-two-writes",
            "an Authorization value in two writes to stderr is a failure",
            handles(THIRD_CASE, |adapter, request| {
                let line = authorization(request);
                let (start, end) = line.split_at(line.len() - 20);
                reply_after_stderr(adapter, request, &[start, end]);
            }),
        ),
    ];
    let leaks = leaks.chain(
        authorizations
            .into_iter()
            .map(|kind| kind.only(CASES).compared_by(1, leaked)),
    );
    let leaks = leaks.chain(
        tokens
            .into_iter()
            .map(|kind| kind.only(TOKEN_CASES).compared_by(1, token_leaked)),
    );
    let silent = [
        kind(
            "secret-in-last-words",
            "a secret in the stderr of a crash is redacted",
            handles(THIRD_CASE, |adapter, request| {
                if adapter.is_first() {
                    adapter.write_stderr(format!("cannot sign with {}\n", secret(request)));
                    std::process::exit(1);
                }
                adapter.write_line(request.correct_reply());
            }),
        )
        .only(CASES)
        .cases(&[THIRD], "crash"),
        kind(
            "secret-in-noise",
            "a secret in an invalid line is redacted",
            handles(THIRD_CASE, |adapter, request| {
                let line = format!("DEBUG secret={} id=1", secret(request));
                adapter.write_line(line);
            }),
        )
        .only(CASES)
        .compared_by(5, |_, _| Ok(()))
        .mentions(&["not-json:"]),
        kind(
            "line-of-secrets",
            "an invalid line with many secrets is redacted quickly",
            handles(THIRD_CASE, |adapter, request| {
                adapter.write_line(secret(request).repeat(300_000));
            }),
        )
        .only(CASES)
        .limit("20")
        .compared_by(5, |_, _| Ok(()))
        .mentions(&["not-json:"])
        .extra_time(2.0),
        kind(
            "reads-the-environment",
            "an adapter does not receive the variables of the gate",
            does_first(|adapter| {
                if let Some(name) = forbidden_variable() {
                    adapter.write_stderr(format!("there is {name}"));
                    std::process::exit(1);
                }
            }),
        )
        .entry("px-026")
        .in_both_containments(),
        kind(
            "reads-the-input-of-the-gate",
            "an adapter inherits no descriptor except its own pipes",
            does_first(|adapter| {
                if let Some(other) = foreign_descriptor(adapter) {
                    adapter.write_stderr(format!("there is {other}"));
                    std::process::exit(1);
                }
            }),
        )
        .in_both_containments(),
    ];
    leaks.chain(silent).collect()
}

/// Replies with an error that has this message.
fn reply_with_error(adapter: &mut Adapter, request: &Request, message: &str) {
    let error = format!("\"err\":{{\"class\":\"internal\",\"message\":\"{message}\"}}");
    adapter.write_line(request.reply(&error));
}

/// Replies correctly after writing these texts to stderr, each with a write of its own.
fn reply_after_stderr(adapter: &mut Adapter, request: &Request, texts: &[&str]) {
    for text in texts {
        adapter.write_stderr(text);
    }
    adapter.write_line(request.correct_reply());
}

fn token(request: &Request) -> &str {
    request.value["in"]["credentials"]["security_token"]
        .as_str()
        .unwrap()
}

/// The Authorization value of the correct reply.
fn authorization(request: &Request) -> String {
    let reply: serde_json::Value = serde_json::from_str(&request.correct_reply()).unwrap();
    let headers = reply["ok"]["headers"].as_array().unwrap();
    let mut headers = headers.iter();
    let header = headers.find(|header| {
        header[0]
            .as_str()
            .unwrap()
            .eq_ignore_ascii_case("authorization")
    });
    header.unwrap()[1].as_str().unwrap().to_owned()
}

fn secret(request: &Request) -> &str {
    request.value["in"]["credentials"]["access_key_secret"]
        .as_str()
        .unwrap()
}

/// The third case has the failed check `secret-leak`, all others are correct.
fn leaked(observed: &Observed, correct: &Observed) -> Result<(), String> {
    only_leak(THIRD, observed, correct)
}

/// The third case with a token has the failed check `secret-leak`, all others are correct.
fn token_leaked(observed: &Observed, correct: &Observed) -> Result<(), String> {
    only_leak(THIRD_WITH_TOKEN, observed, correct)
}

fn only_leak(leaking: &str, observed: &Observed, correct: &Observed) -> Result<(), String> {
    each(observed, correct, |id, case, right| {
        if id != leaking {
            return case == right;
        }
        let mut checks = case["checks"].as_array().unwrap().iter();
        case["status"] == "fail"
            && checks.any(|check| check["id"] == "secret-leak" && check["status"] == "fail")
    })
}

/// A variable that an adapter must not receive, found by its name or its value.
fn forbidden_variable() -> Option<String> {
    std::env::vars_os()
        .map(|(name, value)| (name.to_string_lossy().into_owned(), value))
        .find(|(name, value)| {
            secrets::KEPT_FROM_ADAPTERS.contains(&name.as_str())
                || value.to_string_lossy().contains(secrets::CANARY)
                || ["FCGATE_", "FC_", "ALIBABA_CLOUD_"]
                    .iter()
                    .any(|start| name.starts_with(start))
        })
        .map(|(name, _)| name)
}

/// A pipe or socket other than stdin, stdout and stderr.
fn foreign_descriptor(adapter: &Adapter) -> Option<String> {
    let inherited = std::fs::read_to_string(adapter.folder.join(INHERITED)).unwrap();
    let entries = std::fs::read_dir("/proc/self/fd").unwrap().flatten();
    entries
        .filter(|entry| entry.file_name().to_str().unwrap().parse::<u32>().unwrap() > 2)
        .filter_map(|entry| std::fs::read_link(entry.path()).ok())
        .map(|target| target.to_string_lossy().into_owned())
        .find(|target| !target.starts_with('/') && !inherited.lines().any(|line| line == target))
}
