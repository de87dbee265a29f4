//! The languages that have a template, and the error for all others.

use std::ffi::OsStr;

use clap::builder::{EnumValueParser, PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Command, Error, ValueEnum};

use fcgate_text::suggestion::most_similar;
use fcgate_text::visible;

/// The page that describes how to write an adapter in any language.
const PROTOCOL: &str = "https://github.com/fc-invoke/fc-invoke/blob/main/docs/adapter-protocol.md";

/// A language that has a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Language {
    Python,
    #[value(aliases = ["javascript", "js", "typescript", "ts"])]
    Node,
    #[value(alias = "golang")]
    Go,
    Java,
    Rust,
    Php,
    Ruby,
    #[value(name = "csharp", aliases = ["c#", "cs", "dotnet", ".net"])]
    CSharp,
}

/// Parses a language. The error for a language without a template points to the page of the protocol.
#[derive(Clone)]
pub(super) struct LanguageParser;

impl TypedValueParser for LanguageParser {
    type Value = Language;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<Language, Error> {
        let parser = EnumValueParser::<Language>::new();
        parser
            .parse_ref(command, argument, value)
            .map_err(|_| no_template(&value.to_string_lossy()))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let languages = Language::value_variants().iter();
        Some(Box::new(languages.filter_map(ValueEnum::to_possible_value)))
    }
}

fn no_template(typed: &str) -> Error {
    let values = Language::value_variants()
        .iter()
        .filter_map(ValueEnum::to_possible_value);
    let names: Vec<String> = values.map(|value| value.get_name().to_owned()).collect();
    let near = most_similar(typed, names.iter().map(String::as_str));
    let near = near.map_or_else(String::new, |near| format!("; did you mean '{near}'?"));
    let message = format!(
        "no template for '{}'{near}\n  templates: {}\n  help: an adapter can be written in any language, see {PROTOCOL}\n",
        visible::line(typed, 80),
        names.join(", ")
    );
    Error::raw(ErrorKind::InvalidValue, message)
}
