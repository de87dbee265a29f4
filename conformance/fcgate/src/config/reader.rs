//! Reads `fcgate.toml`.

use std::num::NonZero;
use std::time::Duration;

use serde::Deserialize;
use toml::Spanned;

use fc_conformance::toml_file;
use fcgate_cases::corpus::Level;
use fcgate_protocol::Suite;
use fcgate_protocol::{REVISIONS, capability};
use fcgate_text::suggestion::suggestion;
use fcgate_text::visible;

use super::error::ConfigError;
use super::line_reader::LineReader;
use super::project::{Config, LONGEST_PREPARE_TIMEOUT, LONGEST_TIMEOUT, MAX_JOBS, MAX_PROCESSES};
use super::{own_function, variable};

const KEYS: [&str; 15] = [
    "suite",
    "revision",
    "profile",
    "claims",
    "adapter",
    "prepare",
    "level",
    "timeout",
    "hello_timeout",
    "prepare_timeout",
    "known",
    "environment",
    "jobs",
    "processes",
    "functions",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    suite: Option<Spanned<String>>,
    revision: Option<Spanned<String>>,
    profile: Option<Spanned<String>>,
    #[serde(default)]
    claims: Vec<Spanned<String>>,
    adapter: Option<Spanned<Vec<String>>>,
    prepare: Option<Spanned<Vec<String>>>,
    level: Option<Spanned<String>>,
    timeout: Option<Spanned<u64>>,
    hello_timeout: Option<Spanned<u64>>,
    prepare_timeout: Option<Spanned<u64>>,
    known: Option<Spanned<String>>,
    #[serde(default)]
    environment: Vec<Spanned<String>>,
    jobs: Option<Spanned<usize>>,
    processes: Option<Spanned<usize>>,
    #[serde(default)]
    functions: own_function::Written,
}

impl Config {
    /// Reads the text of a file; `name` is the file name in messages.
    ///
    /// # Errors
    ///
    /// Wrong syntax, an unknown key or name, a value outside its limits, a suite later than this
    /// gate's, or a variable that may hold a credential.
    pub fn read(text: &str, name: &str) -> Result<Self, ConfigError> {
        read(text, name)
    }
}

fn read(text: &str, name: &str) -> Result<Config, ConfigError> {
    let written: Written = toml_file::read(text, &[&KEYS[..], &own_function::KEYS].concat())
        .map_err(|error| ConfigError::new(name, error.line, error.message))?;
    let reader = LineReader { text, name };
    Ok(Config {
        suite: reader.each(written.suite, |text| {
            let suite: Suite = text.parse().map_err(|error| format!("{error}"))?;
            if suite > Suite::CURRENT {
                let current = Suite::CURRENT;
                return Err(format!(
                    "suite {suite} is later than this gate's, {current}"
                ));
            }
            Ok(suite)
        })?,
        revision: reader.each(written.revision, |text| {
            let known = REVISIONS.contains(&text.as_str());
            known.then_some(text).ok_or_else(|| {
                format!(
                    "unknown revision; expected one of: {}",
                    REVISIONS.join(", ")
                )
            })
        })?,
        profile: reader.each(written.profile, |text| {
            text.parse().map_err(|error| format!("{error}"))
        })?,
        claims: reader.all(written.claims, capability_of)?,
        prepare: reader
            .each(written.prepare, |words| match written.adapter {
                Some(_) => command("prepare", words),
                None => Err("prepare needs an adapter in this file".to_owned()),
            })?
            .unwrap_or_default(),
        adapter: reader
            .each(written.adapter, |words| command("adapter", words))?
            .unwrap_or_default(),
        level: reader.each(written.level, |text| match text.as_str() {
            "must" => Ok(Level::Must),
            "should" => Ok(Level::Should),
            _ => Err("level must be 'must' or 'should'".to_owned()),
        })?,
        timeout: reader.each(written.timeout, |seconds| {
            limit("timeout", seconds, LONGEST_TIMEOUT)
        })?,
        hello_timeout: reader.each(written.hello_timeout, |seconds| {
            limit("hello_timeout", seconds, LONGEST_TIMEOUT)
        })?,
        prepare_timeout: reader.each(written.prepare_timeout, |seconds| {
            limit("prepare_timeout", seconds, LONGEST_PREPARE_TIMEOUT)
        })?,
        known: reader.each(written.known, |path| match path.as_str() {
            "" => Err("the path is empty".to_owned()),
            _ => Ok(path.into()),
        })?,
        environment: reader.all(
            written.environment,
            |variable| match variable::reason_to_refuse(&variable) {
                Some(why) => Err(format!("'{}': {why}", visible::line(&variable, 80))),
                None => Ok(variable),
            },
        )?,
        jobs: reader.each(written.jobs, |jobs| {
            (1..=MAX_JOBS)
                .contains(&jobs)
                .then_some(jobs)
                .ok_or_else(|| format!("jobs must be 1 to {MAX_JOBS}"))
        })?,
        processes: reader.each(written.processes, |processes| {
            NonZero::new(processes)
                .filter(|_| processes <= MAX_PROCESSES)
                .ok_or_else(|| format!("processes must be 1 to {MAX_PROCESSES}"))
        })?,
        functions: own_function::read(written.functions, &reader)?,
    })
}

fn command(key: &str, words: Vec<String>) -> Result<Vec<String>, String> {
    if words.first().is_none_or(String::is_empty) {
        return Err(format!(
            "{key} must be a list: the command and its arguments"
        ));
    }
    if words.iter().any(|word| word.contains('\0')) {
        return Err("an argument contains a NUL byte".to_owned());
    }
    Ok(words)
}

fn limit(key: &str, seconds: u64, longest: Duration) -> Result<Duration, String> {
    let limit = Duration::from_secs(seconds);
    (seconds >= 1 && limit <= longest)
        .then_some(limit)
        .ok_or_else(|| format!("{key} must be 1 to {} seconds", longest.as_secs()))
}

fn capability_of(text: String) -> Result<String, String> {
    if capability::ALL.contains(&text.as_str()) {
        return Ok(text);
    }
    let shown = visible::line(&text, 80);
    let hint = suggestion(&text, &capability::ALL);
    Err(format!("unknown capability '{shown}'; {hint}"))
}
