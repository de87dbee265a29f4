//! The alphabet of names and ids, and the order in which its rules are checked.

use crate::{InputError, InputErrorKind, Quoted};

/// The longest name, alias or id.
pub(crate) const MAX_NAME_LENGTH: usize = 128;

/// What may come first.
#[derive(Clone, Copy)]
pub(crate) enum First {
    LetterOrUnderscore,
    /// A letter or an underscore, or a digit if nothing but digits follows.
    LetterUnderscoreOrVersion,
}

/// Checks `[A-Za-z0-9_-]{1,128}` with the given first character.
///
/// Length comes before content, so that a megabyte is refused without being read; a foreign byte
/// comes before the first character, so that `../x` is told as what it is.
pub(crate) fn check_name(text: &str, field: &'static str, first: First) -> Result<(), InputError> {
    check_length(text, field, MAX_NAME_LENGTH)?;
    if matches!(text, "." | "..") {
        return Err(
            InputError::new(InputErrorKind::DotSegment, field).detail(format!(
                "{} would be resolved away in a path",
                Quoted::new(text)
            )),
        );
    }
    refuse_foreign(text, field, is_name_byte)?;
    let good = text.bytes().next().is_some_and(|byte| match first {
        First::LetterOrUnderscore => byte.is_ascii_alphabetic() || byte == b'_',
        First::LetterUnderscoreOrVersion => {
            byte.is_ascii_alphabetic()
                || byte == b'_'
                || text.bytes().all(|byte| byte.is_ascii_digit())
        }
    });
    if good {
        return Ok(());
    }
    let rule = match first {
        First::LetterOrUnderscore => "a letter or '_'",
        First::LetterUnderscoreOrVersion => "a letter or '_' and is no version number",
    };
    Err(InputError::new(InputErrorKind::BadFirstCharacter, field)
        .detail(format!("{} does not start with {rule}", Quoted::new(text))))
}

pub(crate) const fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// Refuses what is empty or too long, without reading it.
pub(crate) fn check_length(
    text: &str,
    field: &'static str,
    limit: usize,
) -> Result<(), InputError> {
    match text.len() {
        0 => Err(InputError::new(InputErrorKind::Empty, field)),
        length if length > limit => Err(InputError::new(InputErrorKind::TooLong, field).detail(
            format!(
                "{} has {length} bytes, at most {limit} are allowed",
                Quoted::new(text)
            ),
        )),
        _ => Ok(()),
    }
}

/// Refuses the first character with a byte outside the alphabet, and says where it is.
pub(crate) fn refuse_foreign(
    text: &str,
    field: &'static str,
    alphabet: fn(u8) -> bool,
) -> Result<(), InputError> {
    let foreign = text.char_indices().find(|(_, character)| {
        u8::try_from(*character).map_or(true, |byte| !byte.is_ascii() || !alphabet(byte))
    });
    match foreign {
        None => Ok(()),
        Some((position, character)) => {
            let mut buffer = [0; 4];
            let character = Quoted::new(character.encode_utf8(&mut buffer)).unmarked();
            Err(
                InputError::new(InputErrorKind::ForbiddenByte, field).detail(format!(
                    "{} has '{character}' at byte {position}",
                    Quoted::new(text)
                )),
            )
        }
    }
}

/// A name that goes into a path or a query: checked text, shared between clones.
macro_rules! name {
    ($(#[$doc:meta])* $name:ident, $field:literal, $first:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(std::sync::Arc<str>);

        impl $name {
            /// The name as it is written.
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
            @r#"too-long: name: "////////////////////////////////"... (1048544 more bytes) has 1048576 bytes, at most 128 are allowed"#
        );
    }

    #[test]
    fn a_foreign_byte_is_told_before_a_bad_first_character() {
        assert_eq!(
            check("../x"),
            r#"forbidden-byte: name: "../x" has '.' at byte 0"#
        );
        assert_eq!(
            check("-x/"),
            r#"forbidden-byte: name: "-x/" has '/' at byte 2"#
        );
        assert_eq!(
            check("-x"),
            r#"bad-first-character: name: "-x" does not start with a letter or '_'"#
        );
    }

    #[test]
    fn a_dot_segment_has_a_message_of_its_own() {
        assert_eq!(
            check(".."),
            r#"dot-segment: name: ".." would be resolved away in a path"#
        );
    }

    #[test]
    fn an_invisible_character_is_shown_escaped() {
        assert_eq!(
            check("svc\u{202e}gnp"),
            r#"forbidden-byte: name: "svc\u{202e}gnp" has '\u{202e}' at byte 3"#
        );
    }
}
