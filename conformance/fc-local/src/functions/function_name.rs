//! The calls that a function of the table answers: `[SERVICE/]FUNCTION[.QUALIFIER]`, or `*` for every call.

use std::fmt;
use std::str::FromStr;

use crate::header_values::{is_name, is_qualifier};
use crate::resource_names::ResourceNames;

/// The qualifier of a call that names none.
const LATEST: &str = "LATEST";

/// The name of a function in the table: `[SERVICE/]FUNCTION[.QUALIFIER]`, or `*`.
///
/// A name without a service or a qualifier answers the calls with any. If several names match a call, the one with the most
/// parts answers it, and `*` the calls that no other name matches. A call without a qualifier is one for `LATEST`.
///
/// ```
/// use fc_local::FunctionName;
///
/// let name: FunctionName = "orders/resize.prod".parse()?;
/// assert_eq!(name.to_string(), "orders/resize.prod");
/// assert!("orders/".parse::<FunctionName>().is_err());
/// # Ok::<(), fc_local::FunctionNameError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FunctionName {
    service: Option<String>,
    /// `None` for every function.
    function: Option<String>,
    qualifier: Option<String>,
}

impl FunctionName {
    /// `*`: the calls that no other name matches.
    #[must_use]
    pub fn any() -> Self {
        Self {
            service: None,
            function: None,
            qualifier: None,
        }
    }

    /// Whether the name matches a call.
    pub(crate) fn matches(&self, called: &ResourceNames) -> bool {
        let Some(function) = &self.function else {
            return true;
        };
        let is_service = self
            .service
            .as_deref()
            .is_none_or(|service| called.own_service() == Some(service));
        let asked = called
            .qualifier
            .as_deref()
            .filter(|asked| !asked.is_empty());
        let is_qualifier = self
            .qualifier
            .as_deref()
            .is_none_or(|qualifier| asked.unwrap_or(LATEST) == qualifier);
        function == called.own_function() && is_service && is_qualifier
    }

    /// The function; `None` for `*`.
    pub(super) fn function(&self) -> Option<&str> {
        self.function.as_deref()
    }

    /// The names of a call that this name matches; `None` for `*`.
    pub(super) fn example(&self) -> Option<ResourceNames> {
        Some(ResourceNames {
            revision: "2021-04-06",
            service: self.service.clone(),
            function: self.function.clone()?,
            qualifier: self.qualifier.clone(),
        })
    }

    /// The number of its parts: the more, the earlier it is asked. `*` has none.
    pub(super) fn parts(&self) -> usize {
        [&self.service, &self.function, &self.qualifier]
            .into_iter()
            .flatten()
            .count()
    }

    /// The name as a part of the id of a result and of a file name: letters, digits, underscores and hyphens.
    pub(super) fn label(&self) -> String {
        match &self.function {
            None => "any".to_owned(),
            Some(_) => self.to_string().replace(['/', '.'], "-"),
        }
    }
}

impl fmt::Display for FunctionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(function) = &self.function else {
            return f.write_str("*");
        };
        if let Some(service) = &self.service {
            write!(f, "{service}/")?;
        }
        f.write_str(function)?;
        match &self.qualifier {
            Some(qualifier) => write!(f, ".{qualifier}"),
            None => Ok(()),
        }
    }
}

/// A text that is not the name of a function in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionNameError {
    part: &'static str,
    text: String,
}

impl fmt::Display for FunctionNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected [SERVICE/]FUNCTION[.QUALIFIER] or *, and the {} '{}' is not a name: a letter or underscore, then letters, \
             digits, underscores and hyphens, 128 at most",
            self.part,
            fcgate_text::visible::line(&self.text, 60)
        )
    }
}

impl std::error::Error for FunctionNameError {}

impl FromStr for FunctionName {
    type Err = FunctionNameError;

    fn from_str(text: &str) -> Result<Self, FunctionNameError> {
        if text == "*" {
            return Ok(Self::any());
        }
        let (service, rest) = match text.split_once('/') {
            Some((service, rest)) => (Some(service), rest),
            None => (None, text),
        };
        let (function, qualifier) = match rest.split_once('.') {
            Some((function, qualifier)) => (function, Some(qualifier)),
            None => (rest, None),
        };
        let check = |part, text: Option<&str>, is_valid: fn(&str) -> bool| match text {
            Some(text) if !is_valid(text) => Err(FunctionNameError {
                part,
                text: text.to_owned(),
            }),
            text => Ok(text.map(str::to_owned)),
        };
        Ok(Self {
            service: check("service", service, is_name)?,
            function: check("function", Some(function), is_name)?,
            qualifier: check("qualifier", qualifier, is_qualifier)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::FunctionName;
    use crate::resource_names::ResourceNames;

    fn called(
        revision: &'static str,
        service: Option<&str>,
        function: &str,
        qualifier: Option<&str>,
    ) -> ResourceNames {
        ResourceNames {
            revision,
            service: service.map(str::to_owned),
            function: function.to_owned(),
            qualifier: qualifier.map(str::to_owned),
        }
    }

    #[test]
    fn a_part_that_is_left_out_matches_any() {
        let of_service = called("2021-04-06", Some("s"), "f", Some("prod"));
        let of_3_0 = called("2023-03-30", None, "s$f", None);
        for (name, first, second) in [
            ("f", true, true),
            ("s/f", true, true),
            ("f.prod", true, false),
            ("f.LATEST", false, true),
            ("s/f.prod", true, false),
            ("other/f", false, false),
            ("g", false, false),
            ("*", true, true),
        ] {
            let parsed: FunctionName = name.parse().unwrap();
            assert_eq!(parsed.to_string(), name);
            assert_eq!(parsed.matches(&of_service), first, "{name}");
            assert_eq!(parsed.matches(&of_3_0), second, "{name}");
        }
    }

    #[test]
    fn other_texts_are_refused_with_the_part_that_is_wrong() {
        for (text, part) in [
            ("", "the function ''"),
            ("/f", "the service ''"),
            ("s/", "the function ''"),
            ("f.", "the qualifier ''"),
            ("a/b/c", "the function 'b/c'"),
            ("f*", "the function 'f*'"),
            ("9f", "the function '9f'"),
            ("f.a b", "the qualifier 'a b'"),
        ] {
            let error = text.parse::<FunctionName>().unwrap_err().to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
