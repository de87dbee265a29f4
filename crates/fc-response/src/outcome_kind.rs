//! Which outcome a response is, by its head alone.

use fc_headers::{ErrorType, Header};
use http::{HeaderMap, StatusCode};

/// Which of the four outcomes a response is; told from status and headers, before any body is read.
///
/// | error type | 200 | 202 | 300 to 599 | other 2xx |
/// | --- | --- | --- | --- | --- |
/// | absent or empty | completed | accepted | rejected | none |
/// | handled, unhandled | failed | failed | failed | failed |
/// | any other, or several | failed | failed | rejected | none |
///
/// Statuses below 200 and from 600 on are none of them. Source: manual of FC 2.0, "Error handling"
/// and "Error codes"; official SDKs.
///
/// ```
/// use fc_response::OutcomeKind;
/// use http::{HeaderMap, StatusCode};
///
/// let kind = OutcomeKind::classify(StatusCode::ACCEPTED, &HeaderMap::new());
/// assert_eq!(kind, Some(OutcomeKind::Accepted));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a fifth outcome would break every caller's reading"
)]
pub enum OutcomeKind {
    /// The function returned.
    Completed,
    /// The event was taken for an asynchronous invocation.
    Accepted,
    /// The function failed.
    FunctionFailed,
    /// The service, or something before it, refused the request.
    Rejected,
}

impl OutcomeKind {
    /// Tells the outcome; `None` for a status that the operation does not have.
    pub fn classify(status: StatusCode, headers: &HeaderMap) -> Option<Self> {
        // Any value is readable as an error type, so there is no error to lose here.
        let error_type = ErrorType::from_map(headers).ok().flatten();
        match (status.as_u16(), error_type) {
            (200..600, Some(ErrorType::Handled | ErrorType::Unhandled)) | (200 | 202, Some(_)) => {
                Some(Self::FunctionFailed)
            }
            (200, None) => Some(Self::Completed),
            (202, None) => Some(Self::Accepted),
            (300..600, _) => Some(Self::Rejected),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn kinds(error_types: &[&'static str]) -> String {
        let mut headers = HeaderMap::new();
        for value in error_types {
            headers.append(ErrorType::NAME, HeaderValue::from_static(value));
        }
        [101, 200, 201, 202, 204, 299, 301, 404, 503, 599, 600, 999]
            .map(|status| {
                let status = StatusCode::from_u16(status).unwrap();
                match OutcomeKind::classify(status, &headers) {
                    None => '-',
                    Some(OutcomeKind::Completed) => 'C',
                    Some(OutcomeKind::Accepted) => 'A',
                    Some(OutcomeKind::FunctionFailed) => 'F',
                    Some(OutcomeKind::Rejected) => 'R',
                }
            })
            .iter()
            .collect()
    }

    #[test]
    fn without_an_error_type_the_status_decides() {
        assert_eq!(kinds(&[]), "-C-A--RRRR--");
        assert_eq!(kinds(&[""]), "-C-A--RRRR--");
    }

    #[test]
    fn a_known_error_type_is_a_function_failure_whatever_the_status() {
        assert_eq!(kinds(&["HandledInvocationError"]), "-FFFFFFFFF--");
        assert_eq!(kinds(&["unhandledINVOCATIONerror"]), "-FFFFFFFFF--");
    }

    #[test]
    fn another_error_type_turns_a_success_into_a_failure() {
        assert_eq!(kinds(&["FcCommonError"]), "-F-F--RRRR--");
        assert_eq!(
            kinds(&["HandledInvocationError", "HandledInvocationError"]),
            "-F-F--RRRR--"
        );
    }
}
