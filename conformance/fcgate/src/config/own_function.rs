//! The table `functions` of `fcgate.toml`: functions of the user's own for `fcgate serve`.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use fc_local::{FunctionName, FunctionSettings, SettingError};

use super::error::ConfigError;
use super::line_reader::LineReader;

/// A function of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OwnFunction {
    /// The line in the file, from 1.
    pub line: usize,
    /// The calls that it answers.
    pub name: FunctionName,
    /// What it does, as it is written.
    pub behaviour: String,
    /// The command that starts its HTTP server.
    pub start: Option<String>,
    /// Its settings.
    pub settings: FunctionSettings,
}

/// The keys of one function.
pub(super) const KEYS: [&str; 6] = [
    "behaviour",
    "start",
    "time_limit",
    "memory",
    "concurrency",
    "retries",
];

/// The table as it is written.
pub(super) type Written = BTreeMap<Spanned<String>, Entry>;

/// One row: a text, or a table with settings.
#[derive(Debug)]
pub(super) struct Entry(Detailed);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Detailed {
    behaviour: String,
    start: Option<String>,
    time_limit: Option<Spanned<f64>>,
    memory: Option<Spanned<u32>>,
    concurrency: Option<Spanned<usize>>,
    retries: Option<Spanned<u32>>,
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextOrTable;
        impl<'de> Visitor<'de> for TextOrTable {
            type Value = Entry;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a behaviour such as \"echo\", or a table with the key behaviour")
            }

            fn visit_str<E>(self, text: &str) -> Result<Entry, E> {
                Ok(Entry(Detailed {
                    behaviour: text.to_owned(),
                    start: None,
                    time_limit: None,
                    memory: None,
                    concurrency: None,
                    retries: None,
                }))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Entry, A::Error> {
                Detailed::deserialize(MapAccessDeserializer::new(map)).map(Entry)
            }
        }
        deserializer.deserialize_any(TextOrTable)
    }
}

/// Reads the table, in the order of the file.
pub(super) fn read(
    written: Written,
    reader: &LineReader<'_>,
) -> Result<Vec<OwnFunction>, ConfigError> {
    let mut functions = Vec::new();
    for (name, Entry(entry)) in written {
        let line = reader.line(&name);
        let name = reader.one(name, |text| {
            text.parse::<FunctionName>()
                .map_err(|error| error.to_string())
        })?;
        let mut settings = FunctionSettings::default();
        if let Some(limit) =
            reader.each(entry.time_limit, text(FunctionSettings::read_time_limit))?
        {
            settings.time_limit = limit;
        }
        if let Some(memory) = reader.each(entry.memory, text(FunctionSettings::read_memory))? {
            settings.memory = memory;
        }
        if let Some(concurrency) =
            reader.each(entry.concurrency, text(FunctionSettings::read_concurrency))?
        {
            settings.concurrency = concurrency;
        }
        if let Some(retries) = reader.each(entry.retries, text(FunctionSettings::read_retries))? {
            settings.retries = retries;
        }
        functions.push(OwnFunction {
            line,
            name,
            behaviour: entry.behaviour,
            start: entry.start,
            settings,
        });
    }
    functions.sort_by_key(|function| function.line);
    Ok(functions)
}

/// The error of a setting as text.
fn text<T, U>(read: impl Fn(T) -> Result<U, SettingError>) -> impl Fn(T) -> Result<U, String> {
    move |value| read(value).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use crate::config::Config;

    #[test]
    fn functions_are_read_with_their_settings_and_lines() {
        let text = "[functions]\nresize = \"echo\"\n\"orders/resize.prod\" = { behaviour = \"body:x\", time_limit = 0.5, memory = 256 }\n\
                    [functions.slow]\nbehaviour = \"slow\"\ntime_limit = 3\n";
        let functions = Config::read(text, "fcgate.toml").unwrap().functions;
        let rows: Vec<_> = functions
            .iter()
            .map(|function| {
                (
                    function.line,
                    function.name.to_string(),
                    function.behaviour.as_str(),
                    function.settings.time_limit,
                    function.settings.memory,
                )
            })
            .collect();
        let half = Duration::from_millis(500);
        assert_eq!(
            rows,
            [
                (2, "resize".to_owned(), "echo", Duration::from_secs(60), 512),
                (3, "orders/resize.prod".to_owned(), "body:x", half, 256),
                (4, "slow".to_owned(), "slow", Duration::from_secs(3), 512),
            ]
        );
    }

    #[test]
    fn the_command_of_a_server_is_read() {
        let text = "[functions]\nf = { behaviour = 'http://127.0.0.1:9000', start = 'node server.js' }\ng = 'echo'";
        let functions = Config::read(text, "fcgate.toml").unwrap().functions;
        let starts: Vec<_> = functions.iter().map(|f| f.start.as_deref()).collect();
        assert_eq!(starts, [Some("node server.js"), None]);
    }

    #[test]
    fn the_settings_of_asynchronous_calls_are_read() {
        let text =
            "[functions]\nf = 'echo'\ng = { behaviour = 'echo', concurrency = 1, retries = 3 }\n";
        let functions = Config::read(text, "fcgate.toml").unwrap().functions;
        let settings = functions.iter().map(|function| &function.settings);
        let settings: Vec<_> = settings
            .map(|settings| (settings.concurrency, settings.retries))
            .collect();
        assert_eq!(settings, [(8, 0), (1, 3)]);
    }

    #[test]
    fn a_mistake_is_reported_with_its_line() {
        for (text, expected) in [
            (
                "[functions]\n\n'9f' = 'echo'",
                "fcgate.toml:3: expected [SERVICE/]FUNCTION[.QUALIFIER] or *",
            ),
            (
                "[functions]\nf = 3",
                "fcgate.toml:2: invalid type: integer `3`, expected a behaviour such as",
            ),
            (
                "[functions]\nf = { time_limit = 1 }",
                "fcgate.toml:2: missing field `behaviour`",
            ),
            (
                "[functions.f]\nbehaviour = 'echo'\ntime_limt = 1",
                "fcgate.toml:3: unknown key 'time_limt'; did you mean 'time_limit'?",
            ),
            (
                "[functions.f]\nbehaviour = 'echo'\ntime_limit = 0",
                "fcgate.toml:3: time_limit must be more than 0",
            ),
            (
                "[functions.f]\nbehaviour = 'echo'\ntime_limit = nan",
                "fcgate.toml:3: time_limit must be more than 0",
            ),
            (
                "[functions.f]\nbehaviour = 'echo'\nmemory = 64",
                "fcgate.toml:3: memory must be 128 to 32768 (MB)",
            ),
            (
                "[functions.f]\nbehaviour = 'echo'\nconcurrency = 0",
                "fcgate.toml:3: concurrency must be 1 to 1000",
            ),
            (
                "[functions.f]\nbehaviour = 'echo'\nretries = 9",
                "fcgate.toml:3: retries must be 0 to 8",
            ),
            (
                "[functions]\nf = 'a'\nf = 'b'",
                "fcgate.toml:3: duplicate key",
            ),
        ] {
            let error = Config::read(text, "fcgate.toml").unwrap_err().to_string();
            assert!(error.starts_with(expected), "{text}\n{error}");
        }
    }
}
