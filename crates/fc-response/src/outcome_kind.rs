//! The classification of a response by its status and headers.

use fc_headers::{ErrorType, Header};
use http::{HeaderMap, StatusCode};

/// The kind of an outcome, determined by status and headers without the body.
///
/// | error type | 200 | 202 | 300 to 599 | other 2xx |
/// | --- | --- | --- | --- | --- |
/// | absent or empty | completed | accepted | rejected | none |
/// | handled, unhandled | failed | failed | failed | failed |
/// | any other, or several | failed | failed | rejected | none |
///
/// A status below 200 or above 599 has no kind. Source: manual of FC 2.0, "Error handling" and
/// "Error codes"; official SDKs.
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
    reason = "a caller must handle all four kinds"
)]
pub enum OutcomeKind {
    /// The function succeeded.
    Completed,
    /// The service accepted an asynchronous invocation.
    Accepted,
    /// The function failed.
    FunctionFailed,
    /// The service or a proxy rejected the request.
    Rejected,
}

impl OutcomeKind {
    /// Classifies a response; `None` if the status is not one of `InvokeFunction`.
    pub fn classify(status: StatusCode, headers: &HeaderMap) -> Option<Self> {
        // `ErrorType::from_map` never returns an error, so `ok` discards nothing.
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
    fn a_known_error_type_is_a_function_failure_for_every_status() {
        assert_eq!(kinds(&["HandledInvocationError"]), "-FFFFFFFFF--");
        assert_eq!(kinds(&["unhandledINVOCATIONerror"]), "-FFFFFFFFF--");
    }

    #[test]
    fn another_error_type_is_a_function_failure_only_for_200_and_202() {
        assert_eq!(kinds(&["FcCommonError"]), "-F-F--RRRR--");
        assert_eq!(
            kinds(&["HandledInvocationError", "HandledInvocationError"]),
            "-F-F--RRRR--"
        );
    }
}
