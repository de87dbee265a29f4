//! `recorded/responses.json`: the answers that were played to the official SDKs.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::failure::{Failure, Needed, Result};
use super::http_response::{self, Response};
use super::source::{ResponseStudy, Script, Step};

#[derive(Serialize)]
pub(super) struct Fixture {
    schema: u8,
    source: &'static str,
    scripts: Vec<FixtureScript>,
}

#[derive(Serialize)]
struct FixtureScript {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    raw_b64: String,
    complete: bool,
}

/// One step of a script.
pub(super) struct Answer<'a> {
    /// The script's name, with the number of the step where there are several.
    pub(super) name: String,
    pub(super) script_name: &'a str,
    pub(super) script: &'a Script,
    pub(super) raw: Vec<u8>,
    pub(super) response: Option<Response>,
}

/// Every step that is a response at all, in the order of the script names.
pub(super) fn answers(study: &ResponseStudy) -> Result<Vec<Answer<'_>>> {
    let mut answers = Vec::new();
    for (script_name, script) in &study.scripts {
        for (index, step) in script.steps.iter().enumerate() {
            let Some(raw) = raw(script_name, step)? else {
                continue;
            };
            if !raw.starts_with(b"HTTP/") {
                continue;
            }
            let several = script.steps.len() > 1;
            let name = if several {
                format!("{script_name}-step-{}", index + 1)
            } else {
                script_name.clone()
            };
            let response = http_response::read(&raw);
            answers.push(Answer {
                name,
                script_name,
                script,
                raw,
                response,
            });
        }
    }
    // A script of one step is the better name for bytes that several scripts share.
    answers.sort_by_key(|answer| answer.script.steps.len() > 1);
    Ok(answers)
}

pub(super) fn fixture(study: &ResponseStudy) -> Result<Fixture> {
    let mut seen = BTreeSet::new();
    let mut scripts = Vec::new();
    for answer in answers(study)? {
        if !seen.insert(answer.raw.clone()) {
            continue;
        }
        scripts.push(FixtureScript {
            name: answer.name,
            note: answer.script.note.clone(),
            raw_b64: STANDARD.encode(&answer.raw),
            complete: answer.response.is_some(),
        });
    }
    Ok(Fixture {
        schema: 1,
        source: "answers played on loopback to six official SDKs; two with a header of 20 and 70 KiB \
                 are left out for their size",
        scripts,
    })
}

/// The bytes of a step; `None` where none were sent or they are too long to keep.
fn raw(name: &str, step: &Step) -> Result<Option<Vec<u8>>> {
    if let Some(text) = &step.bytes_base64 {
        return decoded(name, text).map(Some);
    }
    let (Some(first), Some(hash)) = (&step.first_bytes_base64, &step.sha256) else {
        return Ok(None);
    };
    let first = decoded(name, first)?;
    let Some(raw) = rebuilt(name, &first) else {
        return Ok(None);
    };
    let mut digest = String::new();
    for byte in Sha256::digest(&raw) {
        let _ = write!(digest, "{byte:02x}");
    }
    if raw.len() != step.length || digest != *hash {
        return Err(Failure::new(format!(
            "{name}: the rebuilt bytes are not those recorded"
        )));
    }
    Ok(Some(raw))
}

/// Long answers are stored by their first bytes and a hash; these two follow from their reports.
fn rebuilt(name: &str, first: &[u8]) -> Option<Vec<u8>> {
    let (header, value) = match name {
        "200_log_4kib" => (
            "X-Fc-Log-Result",
            STANDARD.encode("0123456789abcde\n".repeat(256)),
        ),
        "header_8kib" => ("X-Fc-Big", "a".repeat(8_192)),
        _ => return None,
    };
    let end = first.windows(2).rposition(|pair| pair == b"\r\n")? + 2;
    let tail = format!("{header}: {value}\r\nContent-Length: 11\r\n\r\nhello world");
    Some([first.get(..end)?, tail.as_bytes()].concat())
}

fn decoded(name: &str, text: &str) -> Result<Vec<u8>> {
    STANDARD.decode(text).ok().needed("readable base64", name)
}
