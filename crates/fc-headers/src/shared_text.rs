//! Types of checked text stored as a header value, so that cloning and encoding do not allocate.

use http::HeaderValue;

/// The text of a value that is known to be visible ASCII.
pub(crate) fn as_str(value: &HeaderValue) -> &str {
    value.to_str().unwrap_or_default()
}

/// Declares a text type around a `HeaderValue`; `$check` is the function that checks the text.
macro_rules! shared_text {
    ($(#[$doc:meta])* $name:ident, $check:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(http::HeaderValue);

        impl $name {
            /// The value as text.
            pub fn as_str(&self) -> &str {
                $crate::shared_text::as_str(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::InputError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let check: fn(&str) -> Result<(), $crate::InputError> = $check;
                check(text)?;
                Ok(Self($crate::text::shared_value(text)))
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
                self.as_str()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.as_str()).finish()
            }
        }
    };
}

pub(crate) use shared_text;
