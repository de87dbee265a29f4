//! Replaces what differs from run to run in the text of a request.

use fcgate_protocol::{HeaderList, Session};

use crate::corpus::{InvokeGiven, TaskGiven, TriggerGiven};

use super::{Arrivals, ArrivedRequest};

/// Headers whose values are the same in every run, or are replaced as a whole.
const STABLE: [&str; 11] = [
    "accept",
    "accept-encoding",
    "accept-language",
    "connection",
    "content-length",
    "content-md5",
    "content-type",
    "host",
    "transfer-encoding",
    "user-agent",
    "x-acs-content-sha256",
];

const DATES: [&str; 3] = ["date", "x-acs-date", "x-fc-date"];
const NONCE: &str = "x-acs-signature-nonce";
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// The texts of one request that differ from run to run, each with its replacement. The default replaces nothing.
#[derive(Debug, Default)]
pub(super) struct StableText {
    replaced: Vec<(String, String)>,
    /// The values that the caller gave; `None` if every value is the same in every run.
    given: Option<HeaderList>,
}

impl StableText {
    /// The times, the nonces and the signatures of these headers.
    pub(super) fn of_headers(headers: &HeaderList) -> Self {
        let mut replaced = Vec::new();
        for name in DATES {
            let values = headers.get_all_trimmed(name);
            replaced.extend(values.map(|value| (value.to_owned(), form_of_date(value))));
        }
        let nonces = headers.get_all_trimmed(NONCE);
        replaced.extend(nonces.map(|nonce| (nonce.to_owned(), "(nonce)".to_owned())));
        for value in headers.get_all_trimmed("authorization") {
            let signature = super::signature::value(value);
            replaced.push((signature.to_owned(), "(signature)".to_owned()));
        }
        replaced.retain(|(from, _)| from.len() > 3);
        Self {
            replaced,
            given: None,
        }
    }

    /// The texts of a request that arrived.
    pub(super) fn of(given: &InvokeGiven, arrivals: &Arrivals, request: &ArrivedRequest) -> Self {
        let input = &given.input;
        let mut values = input.headers.clone().unwrap_or_default();
        let options = [
            ("x-fc-trace-id", &input.trace_id),
            ("x-fc-account-id", &input.account_id),
            (
                "x-fc-stateful-async-invocation-id",
                &input.stateful_async_invocation_id,
            ),
            ("x-fc-async-task-id", &input.stateful_async_invocation_id),
            ("x-fc-security-token", &given.credentials.security_token),
            ("x-acs-security-token", &given.credentials.security_token),
        ];
        for (name, value) in options {
            values.extend(value.clone().map(|value| (name, value)));
        }
        values.push("x-acs-version", given.revision.clone());
        match input.session.as_deref() {
            Some(Session::Header { name, id: Some(id) }) => values.push(name.clone(), id.clone()),
            Some(Session::Cookie { .. }) => {
                let cookies = request.headers.get_all_trimmed("cookie");
                let cookies: Vec<String> = cookies.map(str::to_owned).collect();
                values.extend(cookies.into_iter().map(|cookie| ("cookie", cookie)));
            }
            _ => {}
        }
        Self::with_values(values, arrivals, request)
    }

    /// The texts of a request that arrived at an HTTP trigger.
    pub(super) fn of_trigger(
        given: &TriggerGiven,
        arrivals: &Arrivals,
        request: &ArrivedRequest,
    ) -> Self {
        let mut values = given.headers.clone();
        let token = given.credentials.security_token.clone();
        values.extend(token.clone().map(|token| ("x-fc-security-token", token)));
        values.extend(token.map(|token| ("x-acs-security-token", token)));
        Self::with_values(values, arrivals, request)
    }

    /// The texts of a request of an operation on tasks.
    pub(super) fn of_task(
        given: &TaskGiven,
        arrivals: &Arrivals,
        request: &ArrivedRequest,
    ) -> Self {
        let mut values = HeaderList::new();
        for name in ["x-fc-security-token", "x-acs-security-token"] {
            let token = given.credentials.security_token.clone();
            values.extend(token.map(|token| (name, token)));
        }
        values.push("x-acs-version", given.revision.clone());
        Self::with_values(values, arrivals, request)
    }

    /// The texts of a request with these values of the caller.
    fn with_values(values: HeaderList, arrivals: &Arrivals, request: &ArrivedRequest) -> Self {
        let mut replaced = vec![
            (arrivals.authority.clone(), "(endpoint)".to_owned()),
            (arrivals.function.clone(), "(function)".to_owned()),
        ];
        replaced.extend(Self::of_headers(&request.headers).replaced);
        Self {
            replaced,
            given: Some(values),
        }
    }

    /// The value of a header. In a value that the client chooses itself, words with a digit are replaced.
    pub(super) fn value(&self, name: &str, value: &str) -> String {
        let lower = name.to_ascii_lowercase();
        let is_known = |given: &HeaderList| {
            let is_given = given.get_all_trimmed(name).any(|one| one == value);
            let fixed = STABLE.iter().chain(&DATES);
            is_given
                || lower == "authorization"
                || lower == NONCE
                || fixed.into_iter().any(|one| *one == lower)
        };
        if self.given.as_ref().is_none_or(is_known) {
            return value.to_owned();
        }
        let words = value.split_inclusive(|one: char| !one.is_ascii_alphanumeric());
        let words = words.map(|word| {
            let end = word.trim_end_matches(|one: char| !one.is_ascii_alphanumeric());
            if end.bytes().any(|byte| byte.is_ascii_digit()) {
                word.replacen(end, "#", 1)
            } else {
                word.to_owned()
            }
        });
        words.collect()
    }

    /// The text with everything replaced that differs from run to run.
    pub(super) fn text(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (from, to) in &self.replaced {
            text = text.replace(from, to);
        }
        text
    }
}

/// The form of a date: zeros for digits, `Www` for a weekday and `Mmm` for a month.
fn form_of_date(date: &str) -> String {
    let mut form = date.to_owned();
    for weekday in WEEKDAYS {
        form = form.replace(weekday, "Www");
    }
    for month in MONTHS {
        form = form.replace(month, "Mmm");
    }
    form.chars()
        .map(|one| if one.is_ascii_digit() { '0' } else { one })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{StableText, form_of_date};
    use fcgate_protocol::HeaderList;

    #[test]
    fn a_date_keeps_its_form() {
        assert_eq!(
            form_of_date("Wed, 11 May 2022 09:00:00 GMT"),
            "Www, 00 Mmm 0000 00:00:00 GMT"
        );
        assert_eq!(form_of_date("2022-05-11T09:00:00Z"), "0000-00-00T00:00:00Z");
    }

    #[test]
    fn only_values_that_the_client_chooses_lose_their_digits() {
        let stable = StableText {
            replaced: vec![("127.0.0.1:4000".to_owned(), "(endpoint)".to_owned())],
            given: Some(HeaderList::from([("x-tag", "build 7")])),
        };
        assert_eq!(stable.value("X-Tag", "build 7"), "build 7");
        assert_eq!(stable.value("traceparent", "00-4bf92f-00f0-01"), "#-#-#-#");
        assert_eq!(stable.value("User-Agent", "sdk/1.2"), "sdk/1.2");
        assert_eq!(stable.text("host: 127.0.0.1:4000"), "host: (endpoint)");
    }

    #[test]
    fn a_built_request_is_shown_as_it_is() {
        let stable = StableText::default();
        assert_eq!(stable.value("traceparent", "00-4bf92f-01"), "00-4bf92f-01");
    }
}
