//! The parts of the path of an API request.

use super::captured::CapturedRequest;

/// The path of a request, if its first segment is a revision of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ApiPath<'a> {
    /// The revision, a date.
    pub(super) revision: &'a str,
    /// The segments after it.
    pub(super) segments: Vec<&'a str>,
}

impl<'a> ApiPath<'a> {
    pub(super) fn of(request: &'a CapturedRequest) -> Option<Self> {
        let mut segments = request.path().split('/').skip(1);
        let revision = segments.next().filter(|text| is_date(text))?;
        let segments = segments.take(16).collect();
        Some(Self { revision, segments })
    }

    /// Whether the path is that of an invocation.
    pub(super) fn is_invocation(&self) -> bool {
        self.segments.last() == Some(&"invocations")
    }
}

fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut places = bytes.iter().enumerate();
    bytes.len() == 10
        && places.all(|(place, byte)| match place {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}
