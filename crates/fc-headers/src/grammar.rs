//! The grammar of names and ids: alphabets, length limits and the checks.

use crate::{InputError, InputErrorKind, Quoted};

/// The maximum length of a name, an alias or an id.
pub(crate) const MAX_NAME_LENGTH: usize = 128;

/// The bytes that a field allows.
pub(crate) struct Alphabet {
    pub(crate) allows: fn(u8) -> bool,
    /// The same for error messages.
    pub(crate) description: &'static str,
}

pub(crate) const NAME: Alphabet = Alphabet {
    allows: is_name_byte,
    description: "letters, digits, '_' and '-'",
};

pub(crate) const DIGITS: Alphabet = Alphabet {
    allows: |byte| byte.is_ascii_digit(),
    description: "digits",
};

/// The first characters that a name allows.
#[derive(Clone, Copy)]
pub(crate) enum First {
    LetterOrUnderscore,
    /// A letter or an underscore, or a digit if the whole name is digits.
    LetterUnderscoreOrVersion,
}

/// Checks `[A-Za-z0-9_-]{1,128}` and the first character.
///
/// The length is checked first, so that a very long text is rejected without reading it. Forbidden
/// bytes are checked before the first character, so that the error for `../x` is about the dot.
pub(crate) fn check_name(text: &str, field: &'static str, first: First) -> Result<(), InputError> {
    check_length(text, field, MAX_NAME_LENGTH)?;
    if matches!(text, "." | "..") {
        return Err(
            InputError::new(InputErrorKind::DotSegment, field).detail(format!(
                "{} is not allowed, because URL parsers remove this path segment",
                Quoted::new(text)
            )),
        );
    }
    check_alphabet(text, field, &NAME)?;
    let is_valid = text.bytes().next().is_some_and(|byte| match first {
        First::LetterOrUnderscore => byte.is_ascii_alphabetic() || byte == b'_',
        First::LetterUnderscoreOrVersion => {
            byte.is_ascii_alphabetic()
                || byte == b'_'
                || text.bytes().all(|byte| byte.is_ascii_digit())
        }
    });
    if is_valid {
        return Ok(());
    }
    let rule = match first {
        First::LetterOrUnderscore => "a letter or '_'",
        First::LetterUnderscoreOrVersion => "a letter or '_' and is not a version number",
    };
    Err(InputError::new(InputErrorKind::BadFirstCharacter, field)
        .detail(format!("{} does not start with {rule}", Quoted::new(text))))
}

pub(crate) const fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// Rejects text that is empty or longer than the limit.
pub(crate) fn check_length(
    text: &str,
    field: &'static str,
    limit: usize,
) -> Result<(), InputError> {
    match text.len() {
        0 => Err(InputError::new(InputErrorKind::Empty, field)),
        length if length > limit => Err(InputError::new(InputErrorKind::TooLong, field).detail(
            format!(
                "{} has {length} bytes; the limit is {limit}",
                Quoted::new(text)
            ),
        )),
        _ => Ok(()),
    }
}

/// Rejects text with a character outside the alphabet; the error names the first one.
pub(crate) fn check_alphabet(
    text: &str,
    field: &'static str,
    alphabet: &Alphabet,
) -> Result<(), InputError> {
    let forbidden = text.char_indices().find(|(_, character)| {
        u8::try_from(*character).map_or(true, |byte| !byte.is_ascii() || !(alphabet.allows)(byte))
    });
    match forbidden {
        None => Ok(()),
        Some((position, character)) => {
            let mut buffer = [0; 4];
            let character = Quoted::new(character.encode_utf8(&mut buffer)).without_quotes();
            Err(
                InputError::new(InputErrorKind::ForbiddenByte, field).detail(format!(
                    "{} has '{character}' at byte {position}; allowed: {}",
                    Quoted::new(text),
                    alphabet.description
                )),
            )
        }
    }
}

/// Declares a type for a name in a path or a query: checked text, shared between clones.
macro_rules! name {
    ($(#[$doc:meta])* $name:ident, $field:literal, $first:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(std::sync::Arc<str>);

        impl $name {
            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::InputError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::grammar::check_name(text, $field, $first)?;
                Ok(Self(text.into()))
            }
        }

        impl TryFrom<&str> for $name {
            type Error = $crate::InputError;

            fn try_from(text: &str) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::InputError;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.as_str()).finish()
            }
        }
    };
}

pub(crate) use name;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> String {
        check_name(text, "name", First::LetterOrUnderscore)
            .map_or_else(|error| error.to_string(), |()| "ok".to_owned())
    }

    #[test]
    fn length_is_checked_before_content() {
        assert_eq!(check(""), "empty: name is empty");
        insta::assert_snapshot!(
            check(&"/".repeat(1 << 20)),
            @r#"too-long: name: "////////////////////////////////"... (1048544 more bytes) has 1048576 bytes; the limit is 128"#
        );
    }

    #[test]
    fn a_forbidden_byte_is_reported_before_a_bad_first_character() {
        assert_eq!(
            check("../x"),
            r#"forbidden-byte: name: "../x" has '.' at byte 0; allowed: letters, digits, '_' and '-'"#
        );
        assert_eq!(
            check("-x/"),
            r#"forbidden-byte: name: "-x/" has '/' at byte 2; allowed: letters, digits, '_' and '-'"#
        );
        assert_eq!(
            check("-x"),
            r#"bad-first-character: name: "-x" does not start with a letter or '_'"#
        );
    }

    #[test]
    fn a_dot_segment_is_rejected_with_its_own_message() {
        assert_eq!(
            check(".."),
            r#"dot-segment: name: ".." is not allowed, because URL parsers remove this path segment"#
        );
    }

    #[test]
    fn the_message_escapes_an_invisible_character() {
        assert_eq!(
            check("svc\u{202e}gnp"),
            r#"forbidden-byte: name: "svc\u{202e}gnp" has '\u{202e}' at byte 3; allowed: letters, digits, '_' and '-'"#
        );
    }
}
