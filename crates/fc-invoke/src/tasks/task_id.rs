//! The id of a task, as an operation on it names it.

use std::fmt;
use std::str::FromStr;

use fc_headers::{
    Header, HeaderErrorKind, InputError, InputErrorKind, Quoted, StatefulAsyncInvocationId,
};
use http::HeaderValue;

/// The id of a task: 1 to 128 letters, digits, `_` and `-`.
///
/// An id that the caller chooses for a new task does not begin with a digit or `-` ([`StatefulAsyncInvocationId`]). An
/// id that the service made can: it is a UUID or, inferred from FC 2.0, the request id. Source: `GetAsyncTask` of both
/// revisions; published request ids.
///
/// ```
/// use fc_invoke::TaskId;
///
/// assert_eq!("1-65d71219-15d63510-fecf237c590c".parse::<TaskId>()?.as_str(), "1-65d71219-15d63510-fecf237c590c");
/// let error = "../order".parse::<TaskId>().unwrap_err();
/// assert_eq!(error.to_string(), "forbidden-byte: task id: \"../order\"; allowed: letters, digits, '_' and '-'");
/// # Ok::<(), fc_headers::InputError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(StatefulAsyncInvocationId);

const FIELD: &str = "task id";
const MAX_LENGTH: usize = 128;

impl TaskId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        self.0.as_ref()
    }
}

impl FromStr for TaskId {
    type Err = InputError;

    /// # Errors
    ///
    /// `empty`, `too-long` for more than 128 bytes, or `forbidden-byte`.
    fn from_str(text: &str) -> Result<Self, InputError> {
        if text.len() > MAX_LENGTH {
            let detail = format!(
                "{} has {} bytes; the limit is {MAX_LENGTH}",
                Quoted::new(text),
                text.len()
            );
            return Err(InputError::new(InputErrorKind::TooLong, FIELD).detail(detail));
        }
        let forbidden = || {
            let detail = format!(
                "{}; allowed: letters, digits, '_' and '-'",
                Quoted::new(text)
            );
            InputError::new(InputErrorKind::ForbiddenByte, FIELD).detail(detail)
        };
        // Decoding removes spaces at the ends of a header value.
        if text.starts_with([' ', '\t']) || text.ends_with([' ', '\t']) {
            return Err(forbidden());
        }
        let value = HeaderValue::from_str(text).map_err(|_| forbidden())?;
        match StatefulAsyncInvocationId::decode(&value) {
            Ok(id) => Ok(Self(id)),
            Err(error) if error.kind() == HeaderErrorKind::Empty => {
                Err(InputError::new(InputErrorKind::Empty, FIELD))
            }
            Err(_) => Err(forbidden()),
        }
    }
}

impl TryFrom<&str> for TaskId {
    type Error = InputError;

    fn try_from(text: &str) -> Result<Self, InputError> {
        text.parse()
    }
}

impl From<StatefulAsyncInvocationId> for TaskId {
    fn from(id: StatefulAsyncInvocationId) -> Self {
        Self(id)
    }
}

impl AsRef<str> for TaskId {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TaskId").field(&self.as_str()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_the_service_made_may_begin_with_a_digit() {
        for text in [
            "order-4711",
            "252f75b8-bc8e-432c-b1c9-cc8781e75538",
            "-a",
            "_",
            "1",
        ] {
            assert_eq!(text.parse::<TaskId>().unwrap().as_str(), text);
        }
        assert!("x".repeat(128).parse::<TaskId>().is_ok());
    }

    #[test]
    fn text_that_could_change_the_path_or_be_trimmed_is_rejected() {
        for text in [
            "a/b", "..", "a b", " a", "a\t", "a\nb", "a?b", "a%2Fb", "é", "a.b",
        ] {
            let error = text.parse::<TaskId>().unwrap_err();
            assert_eq!(error.kind(), InputErrorKind::ForbiddenByte, "{text:?}");
        }
        let kind = |text: &str| text.parse::<TaskId>().unwrap_err().kind();
        assert_eq!(kind(""), InputErrorKind::Empty);
        assert_eq!(kind(&"x".repeat(129)), InputErrorKind::TooLong);
    }
}
