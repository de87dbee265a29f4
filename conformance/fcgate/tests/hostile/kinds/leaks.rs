//! Adapters that tell a secret, or look for one.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::actor::{Actor, At, Question};
use crate::expectation::each;
use crate::gate::{INHERITED, Seen};
use crate::kind::{Kind, kind, starts, twists};
use crate::secrets;

/// The third one gives its secret away.
const FEW: &[&str] = &["sign.fc-vectors.fc-0*"];
const THIRD_CASE: At = At::Case(3);
const THIRD: &str = "sign.fc-vectors.fc-02";

#[expect(clippy::too_many_lines, reason = "one entry for each kind")]
pub(crate) fn kinds() -> Vec<Kind> {
    let told = vec![
        kind(
            "secret-in-reply",
            "a secret beside the answer is a finding",
            twists(THIRD_CASE, |actor, question| {
                let secret = secret(question).to_owned();
                actor.say(question.right_but(|reply| reply["debug"] = secret.into()));
            }),
        ),
        kind(
            "secret-in-error",
            "a secret in the text of an error is a finding",
            twists(THIRD_CASE, |actor, question| {
                let message = format!("denied for {}", secret(question));
                actor.say(question.reply(&format!(
                    "\"err\":{{\"class\":\"internal\",\"message\":\"{message}\"}}"
                )));
            }),
        ),
        kind(
            "secret-in-base64",
            "a secret in base64 is a finding",
            twists(THIRD_CASE, |actor, question| {
                let text = STANDARD.encode(secret(question));
                actor.say(question.right_but(|reply| reply["ok"]["debug"] = text.into()));
            }),
        ),
        kind(
            "secret-on-stderr",
            "a secret on standard error before the answer is a finding",
            twists(THIRD_CASE, |actor, question| {
                actor.log(format!("signing with {}\n", secret(question)));
                actor.say(question.right());
            }),
        ),
        kind(
            "secret-in-two-writes",
            "a secret in two pieces on standard error is a finding",
            twists(THIRD_CASE, |actor, question| {
                let (start, end) = secret(question).split_at(7);
                actor.log(start);
                actor.log(end);
                actor.say(question.right());
            }),
        ),
        kind(
            "secret-in-hex-on-stderr",
            "a secret in hex on standard error is a finding",
            twists(THIRD_CASE, |actor, question| {
                let mut text = String::new();
                for byte in secret(question).bytes() {
                    write!(text, "{byte:02X}").unwrap();
                }
                actor.log(text);
                actor.say(question.right());
            }),
        ),
        kind(
            "secret-before-noise",
            "a secret before much other standard error is a finding",
            twists(THIRD_CASE, |actor, question| {
                actor.log(format!("signing with {}\n", secret(question)));
                actor.log(b"noise\n".repeat(40_000));
                actor.say(question.right());
            }),
        ),
    ];
    let leaks = told
        .into_iter()
        .map(|kind| kind.only(FEW).judged(1, leaked));
    let silent = [
        kind(
            "secret-in-last-words",
            "a secret in the last words of a crash is not repeated",
            twists(THIRD_CASE, |actor, question| {
                if actor.is_first() {
                    actor.log(format!("cannot sign with {}\n", secret(question)));
                    std::process::exit(1);
                }
                actor.say(question.right());
            }),
        )
        .only(FEW)
        .these(&[THIRD], "crash"),
        kind(
            "secret-in-noise",
            "a secret in an offending line is not repeated",
            twists(THIRD_CASE, |actor, question| {
                let line = format!("DEBUG secret={} id=1", secret(question));
                actor.say(line);
            }),
        )
        .only(FEW)
        .judged(5, |_, _| Ok(()))
        .mentions(&["not-json:"]),
        kind(
            "line-of-secrets",
            "an offending line of nothing but secrets costs no time",
            twists(THIRD_CASE, |actor, question| {
                actor.say(secret(question).repeat(300_000));
            }),
        )
        .only(FEW)
        .limit("20")
        .judged(5, |_, _| Ok(()))
        .mentions(&["not-json:"])
        .spends(2.0),
        kind(
            "reads-the-environment",
            "an adapter does not see the variables of the gate",
            starts(|actor| {
                if let Some(name) = forbidden_variable() {
                    actor.log(format!("there is {name}"));
                    std::process::exit(1);
                }
            }),
        )
        .in_both(),
        kind(
            "reads-the-input-of-the-gate",
            "an adapter holds no pipe but its own",
            starts(|actor| {
                if let Some(other) = foreign_descriptor(actor) {
                    actor.log(format!("there is {other}"));
                    std::process::exit(1);
                }
            }),
        )
        .in_both(),
    ];
    leaks.chain(silent).collect()
}

fn secret(question: &Question) -> &str {
    question.value["in"]["credentials"]["access_key_secret"]
        .as_str()
        .unwrap()
}

/// The third case has a failed check of its own, all others are whole.
fn leaked(seen: &Seen, clean: &Seen) -> Result<(), String> {
    each(seen, clean, |id, case, right| {
        if id != THIRD {
            return case == right;
        }
        let mut checks = case["checks"].as_array().unwrap().iter();
        case["status"] == "fail"
            && checks.any(|check| check["id"] == "secret-leak" && check["status"] == "fail")
    })
}

/// A variable that an adapter should not see, by name or by what it holds.
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

/// A pipe, socket or the like beside the three that every process has.
fn foreign_descriptor(actor: &Actor) -> Option<String> {
    let inherited = std::fs::read_to_string(actor.folder.join(INHERITED)).unwrap();
    let entries = std::fs::read_dir("/proc/self/fd").unwrap().flatten();
    entries
        .filter(|entry| entry.file_name().to_str().unwrap().parse::<u32>().unwrap() > 2)
        .filter_map(|entry| std::fs::read_link(entry.path()).ok())
        .map(|target| target.to_string_lossy().into_owned())
        .find(|target| !target.starts_with('/') && !inherited.lines().any(|line| line == target))
}
