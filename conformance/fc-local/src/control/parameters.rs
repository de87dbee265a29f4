//! The query parameters of the control interface.

use std::str::FromStr;

use crate::functions::FunctionName;
use crate::url_encoding::query_pairs;

use super::control_error::ControlError;

/// The parameters of one request. Each is known and there once.
#[derive(Debug)]
pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    pub(super) fn read(query: &str, known: &[&str]) -> Result<Self, ControlError> {
        let pairs = query_pairs(query);
        for (index, (name, value)) in pairs.iter().enumerate() {
            if !known.contains(&name.as_str()) {
                let expected = match known {
                    [] => "no parameters".to_owned(),
                    known => format!("one of the parameters {}", known.join(", ")),
                };
                return Err(ControlError::parameter(name, expected, name));
            }
            if pairs.iter().take(index).any(|(other, _)| other == name) {
                return Err(ControlError::parameter(name, "each parameter once", value));
            }
        }
        Ok(Self(pairs))
    }

    /// The function whose calls are meant.
    pub(super) fn function(&self) -> Result<Option<FunctionName>, ControlError> {
        let Some(text) = self.value("function") else {
            return Ok(None);
        };
        function_name(text).map(Some)
    }

    /// A number within bounds.
    pub(super) fn number<N: FromStr + PartialOrd + Copy + std::fmt::Display>(
        &self,
        name: &str,
        least: N,
        most: N,
    ) -> Result<Option<N>, ControlError> {
        let Some(text) = self.value(name) else {
            return Ok(None);
        };
        let number = text.parse().ok();
        let number = number.filter(|number| *number >= least && *number <= most);
        let wrong = || ControlError::parameter(name, format!("a number, {least} to {most}"), text);
        number.ok_or_else(wrong).map(Some)
    }

    fn value(&self, name: &str) -> Option<&str> {
        let mut pairs = self.0.iter();
        pairs.find_map(|(other, value)| (other == name).then_some(value.as_str()))
    }
}

/// The name of a function in a path or a parameter.
pub(super) fn function_name(text: &str) -> Result<FunctionName, ControlError> {
    let wrong = |_| {
        ControlError::new(
            400,
            "InvalidParameter",
            "[SERVICE/]FUNCTION[.QUALIFIER] or *",
        )
        .found(text)
        .next("correct the name of the function; in a path the slash is %2F")
    };
    text.parse().map_err(wrong)
}
