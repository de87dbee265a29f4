//! The document that sets a function.

use std::fmt;
use std::time::Duration;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::functions::{Behaviour, FunctionSettings, FunctionTable};

use super::control_error::ControlError;

/// The forms of behaviours that need neither a file nor a program nor the network.
const SAFE: &str = "a built-in function such as echo, body:TEXT, error:STATUS:CODE, or the behaviour of a function of the table";

/// The largest numbers of settings.
const MOST_SECONDS: f64 = 86_400.0;
const MOST_CONCURRENCY: usize = 1_000;
const MOST_RETRIES: u32 = 8;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document<'a> {
    behaviour: Option<String>,
    #[serde(borrow)]
    script: Option<&'a RawValue>,
    time_limit: Option<f64>,
    memory: Option<u32>,
    concurrency: Option<usize>,
    retries: Option<u32>,
}

/// Reads the behaviour and the settings of a function.
pub(super) fn read(
    text: &str,
    table: &FunctionTable,
) -> Result<(Behaviour, FunctionSettings), ControlError> {
    let document: Document<'_> = serde_json::from_str(text).map_err(|error| {
        ControlError::document("an object with behaviour or script", &error.to_string())
    })?;
    let behaviour = match (&document.behaviour, document.script) {
        (Some(text), None) => behaviour(text, table)?,
        (None, Some(script)) => Behaviour::of_script(script.get())
            .map_err(|error| ControlError::document("a script", &format!("script:{error}")))?,
        _ => {
            let expected = "either behaviour or script";
            let found = document.behaviour.map_or("neither", |_| "both");
            return Err(ControlError::document(expected, found));
        }
    };
    let mut settings = FunctionSettings::default();
    if let Some(seconds) = document.time_limit {
        if !(seconds > 0.0 && seconds <= MOST_SECONDS) {
            return Err(out_of_range(
                "time_limit",
                "more than 0 and at most 86400",
                &seconds,
            ));
        }
        settings.time_limit = Duration::from_secs_f64(seconds);
    }
    if let Some(memory) = document.memory {
        if !(128..=32_768).contains(&memory) {
            return Err(out_of_range("memory", "128 to 32768", &memory));
        }
        settings.memory = memory;
    }
    if let Some(concurrency) = document.concurrency {
        if !(1..=MOST_CONCURRENCY).contains(&concurrency) {
            return Err(out_of_range("concurrency", "1 to 1000", &concurrency));
        }
        settings.concurrency = concurrency;
    }
    if let Some(retries) = document.retries {
        if retries > MOST_RETRIES {
            return Err(out_of_range("retries", "0 to 8", &retries));
        }
        settings.retries = retries;
    }
    Ok((behaviour, settings))
}

/// The behaviour of a text. The control interface never makes the server run a command, read a file or call an address that
/// it was not started with: a program without the rights of the server could use it for that.
fn behaviour(text: &str, table: &FunctionTable) -> Result<Behaviour, ControlError> {
    if let Some(known) = table.behaviour(text) {
        return Ok(known);
    }
    let needs_more = text
        .split_once(':')
        .is_some_and(|(kind, _)| !matches!(kind, "body" | "error"));
    if needs_more {
        return Err(ControlError::new(403, "BehaviourNotAllowed", SAFE)
            .found(text)
            .next(
                "start the server with --function NAME=BEHAVIOUR, or send the answers as a script",
            ));
    }
    text.parse().map_err(|_| ControlError::document(SAFE, text))
}

fn out_of_range(field: &str, expected: &str, found: &dyn fmt::Display) -> ControlError {
    ControlError::document(&format!("{field}: {expected}"), &found.to_string())
}
