//! The session cookie.

use crate::received_request::ReceivedRequest;

use super::session::LIFE;

/// The name of the session cookie.
const NAME: &str = "x-fc-cookie-session-id";

/// The value of the session cookie of a request.
pub(super) fn of(received: &ReceivedRequest) -> Option<&str> {
    let pairs = received.values("cookie").flat_map(|line| line.split(';'));
    let mut pairs = pairs.filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = pairs.find(|(name, _)| *name == NAME)?;
    (!value.is_empty()).then_some(value)
}

/// The value of `Set-Cookie` for a new session.
pub(super) fn set(id: &str) -> String {
    format!("{NAME}={id}; Max-Age={LIFE}")
}

/// Whether a text has the form of a UUID.
pub(super) fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let mut digits = groups.iter().flat_map(|group| group.bytes());
    lengths == [8, 4, 4, 4, 12] && digits.all(|digit| digit.is_ascii_hexdigit())
}

/// 32 hexadecimal digits in the form of a UUID.
pub(super) fn uuid(digits: &str) -> String {
    let lengths = [8, 4, 4, 4, 12];
    let mut rest = digits;
    let mut groups = Vec::new();
    for length in lengths {
        let (group, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        groups.push(group);
        rest = after;
    }
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use super::{is_uuid, of, set, uuid};
    use crate::received_request::ReceivedRequest;
    use fcgate_http::request::Request;

    #[test]
    fn the_session_cookie_is_found_among_others() {
        for (lines, value) in [
            ("Cookie: a=b; x-fc-cookie-session-id=1; c=d\r\n", Some("1")),
            (
                "Cookie: a=b\r\nCookie: x-fc-cookie-session-id=2\r\n",
                Some("2"),
            ),
            ("Cookie: x-fc-cookie-session-id=\r\n", None),
            ("Cookie: X-Fc-Cookie-Session-Id=3\r\n", None),
            ("", None),
        ] {
            let text = format!("GET / HTTP/1.1\r\n{lines}\r\n");
            let received = ReceivedRequest::from(Request::parse(text.as_bytes()).unwrap());
            assert_eq!(of(&received), value, "{lines}");
        }
    }

    #[test]
    fn a_made_id_has_the_form_of_a_uuid() {
        let id = uuid("81f70ae156904eb9b7d43e12f511fe58");
        assert_eq!(id, "81f70ae1-5690-4eb9-b7d4-3e12f511fe58");
        assert!(is_uuid(&id) && !is_uuid("81f70ae156904eb9b7d43e12f511fe58"));
        assert_eq!(set("1"), "x-fc-cookie-session-id=1; Max-Age=21600");
    }
}
