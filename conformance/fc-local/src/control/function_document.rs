//! The document that sets a function.

use std::fmt;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::functions::{Behaviour, FunctionSettings, FunctionTable, SettingError};

use super::control_error::ControlError;

/// The forms of behaviours that need neither a file nor a program nor the network.
const SAFE: &str = "a built-in function such as echo, body:TEXT, error:STATUS:CODE, or the behaviour of a function of the table";

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
        let read = FunctionSettings::read_time_limit(seconds);
        settings.time_limit = read.map_err(|error| out_of_range(&error, &seconds))?;
    }
    if let Some(memory) = document.memory {
        let read = FunctionSettings::read_memory(memory);
        settings.memory = read.map_err(|error| out_of_range(&error, &memory))?;
    }
    if let Some(concurrency) = document.concurrency {
        let read = FunctionSettings::read_concurrency(concurrency);
        settings.concurrency = read.map_err(|error| out_of_range(&error, &concurrency))?;
    }
    if let Some(retries) = document.retries {
        let read = FunctionSettings::read_retries(retries);
        settings.retries = read.map_err(|error| out_of_range(&error, &retries))?;
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

fn out_of_range(error: &SettingError, found: &dyn fmt::Display) -> ControlError {
    ControlError::document(&error.to_string(), &found.to_string())
}
