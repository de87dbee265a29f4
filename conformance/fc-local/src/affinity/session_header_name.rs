//! The name of the header that carries a session id.

use std::fmt;
use std::str::FromStr;

/// The name of the header that carries a session id. The owner of a function chooses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionHeaderName(String);

impl SessionHeaderName {
    /// The name in lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for SessionHeaderName {
    fn default() -> Self {
        Self("x-affinity-session".to_owned())
    }
}

impl fmt::Display for SessionHeaderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for SessionHeaderName {
    type Err = String;

    /// # Errors
    ///
    /// When the name is outside the grammar of the service.
    fn from_str(text: &str) -> Result<Self, String> {
        let name = text.to_ascii_lowercase();
        let mut bytes = name.bytes();
        let is_name = (5..=40).contains(&name.len())
            && bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic())
            && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        if !is_name {
            let expected = "5 to 40 letters, digits, hyphens and underscores, the first a letter";
            return Err(format!("expected {expected}"));
        }
        if name.starts_with("x-fc-") {
            return Err("the name of a session header must not begin with x-fc-".to_owned());
        }
        Ok(Self(name))
    }
}

#[cfg(test)]
mod tests {
    use super::SessionHeaderName;

    #[test]
    fn names_outside_the_grammar_are_refused() {
        for name in ["X-Chat", "abcde", &"a".repeat(40)] {
            let parsed: SessionHeaderName = name.parse().unwrap();
            assert_eq!(parsed.as_str(), name.to_ascii_lowercase());
        }
        for name in [
            "",
            "chat",
            &"a".repeat(41),
            "1chat",
            "x chat",
            "X-Fc-Chat",
            "x-fc-",
        ] {
            assert!(name.parse::<SessionHeaderName>().is_err(), "{name}");
        }
    }
}
