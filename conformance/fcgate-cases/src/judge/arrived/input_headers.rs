//! The headers that the typed input demands, and those of options that the caller did not set.

use fcgate_protocol::{Credentials, HeaderList, Scheme};
use fcgate_text::visible;

use crate::corpus::InvokeGiven;

use super::super::{ArrivedRequest, Check, Comparer};
use super::session;

/// The revision with its own name for the task id, and without the headers that it does not document.
const NEWEST: &str = "2023-03-30";

const TYPE: &str = "x-fc-invocation-type";
const LOG: &str = "x-fc-log-type";
const TASK: &str = "x-fc-stateful-async-invocation-id";
const TASK_MODE: &str = "x-fc-stateful-async-invocation-enable";
const NEWEST_TASK: &str = "x-fc-async-task-id";
const ACCOUNT: &str = "x-fc-account-id";
const TRACE: &str = "x-fc-trace-id";
const FC_TOKEN: &str = "x-fc-security-token";
const ACS_TOKEN: &str = "x-acs-security-token";

/// The headers that a caller cannot set, besides those of the options.
const OF_THE_CLIENT: [&str; 6] = [
    "authorization",
    "connection",
    "content-length",
    "date",
    "host",
    "transfer-encoding",
];

/// The starts of the names of headers that callers of the corpus set, and that no client sends by itself.
const OF_CALLERS: [&str; 12] = [
    "chat-session",
    "x-custom-header",
    "x-fc-custom",
    "x-fc-empty",
    "x-fc-zone",
    "x-long",
    "x-my-session",
    "x-note",
    "x-number-",
    "x-other",
    "x-request-tag",
    "x-second",
];

/// A header that the input demands, with all its values in order.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct DemandedHeader {
    name: String,
    values: Vec<String>,
}

/// The headers that the input demands, each name once.
pub(super) fn demanded(given: &InvokeGiven) -> Vec<DemandedHeader> {
    let options = options(given);
    let mut demanded: Vec<DemandedHeader> =
        options.into_iter().map(DemandedHeader::single).collect();
    let session = session::header(given);
    demanded.extend(
        session
            .iter()
            .map(|(name, id)| DemandedHeader::single((name, id.clone()))),
    );
    let has_cookie = session::has_cookie(given);
    let headers = given.input.headers.iter().flatten();
    // The cookies have a check of their own then.
    let headers = headers.filter(|(name, _)| !has_cookie || !name.eq_ignore_ascii_case("cookie"));
    with_those_of_the_caller(demanded, headers)
}

/// Adds the headers of the caller that no option sets.
pub(super) fn with_those_of_the_caller<'a>(
    mut demanded: Vec<DemandedHeader>,
    headers: impl IntoIterator<Item = &'a (String, String)>,
) -> Vec<DemandedHeader> {
    let typed = demanded.len();
    for (name, value) in headers {
        let name = name.to_ascii_lowercase();
        let (options, of_caller) = demanded.split_at_mut(typed);
        let is_own = OF_THE_CLIENT.contains(&name.as_str())
            || options.iter().any(|option| option.name == name);
        // The bytes of other characters are not defined.
        if is_own || !value.is_ascii() {
            continue;
        }
        let value = value.trim_matches([' ', '\t']).to_owned();
        match of_caller.iter_mut().find(|header| header.name == name) {
            Some(header) => header.values.push(value),
            None => demanded.push(DemandedHeader {
                name,
                values: vec![value],
            }),
        }
    }
    demanded
}

/// The headers of the options that the caller set, of the scheme and of the credentials.
fn options(given: &InvokeGiven) -> Vec<(&'static str, String)> {
    let input = &given.input;
    let is_newest = given.revision == NEWEST;
    let mut options = Vec::new();
    let mut set = |name, value: Option<String>| options.extend(value.map(|value| (name, value)));
    set(TYPE, input.invocation_type.clone());
    set(LOG, input.log_type.clone());
    let task = if is_newest { NEWEST_TASK } else { TASK };
    set(task, input.stateful_async_invocation_id.clone());
    if !is_newest {
        let mode = input.stateful_async_invocation_enable;
        set(TASK_MODE, mode.map(|mode| mode.to_string()));
        set(ACCOUNT, input.account_id.clone());
        set(TRACE, input.trace_id.clone());
    }
    if given.scheme == Scheme::Acs3 {
        set("x-acs-action", Some("InvokeFunction".to_owned()));
        set("x-acs-version", Some(given.revision.clone()));
    }
    options.extend(token(given.scheme, &given.credentials));
    options
}

/// The header with the security token, if the credentials have one.
pub(super) fn token(scheme: Scheme, credentials: &Credentials) -> Option<(&'static str, String)> {
    let name = match scheme {
        Scheme::Fc => FC_TOKEN,
        Scheme::Acs3 => ACS_TOKEN,
    };
    let token = credentials.security_token.clone()?;
    Some((name, token))
}

impl DemandedHeader {
    /// A header with one value.
    pub(super) fn single((name, value): (&str, String)) -> Self {
        Self {
            name: name.to_owned(),
            values: vec![value],
        }
    }

    /// Compares all values of the header, one per line. A list on one line equals its elements on several lines
    /// (RFC 9110, section 5.3).
    pub(super) fn check(&self, by: &Comparer, request: &ArrivedRequest) -> Check {
        let id = format!("arrived.header.{}", self.name);
        let expected = self.values.join("\n");
        let actual = values(&request.headers, &self.name).map(|actual| {
            let joined = actual.join("\n");
            let same = [", ", ","]
                .iter()
                .any(|comma| joined == self.values.join(comma));
            if same { expected.clone() } else { joined }
        });
        by.compare(id, expected.as_bytes(), actual.map(latin_1).as_deref())
    }
}

/// Checks that no header arrived that only a caller sets, and that this caller did not set: one of an option, or one
/// of the caller of an earlier call.
///
/// The defaults `Sync` and `None` have the same meaning whether they are sent or not. The account id is not judged,
/// because clients send the one of their configuration.
pub(super) fn unset(by: &Comparer, given: &InvokeGiven, request: &ArrivedRequest) -> Check {
    let demanded = demanded(given);
    let defaults = [
        (TYPE, Some("Sync")),
        (LOG, Some("None")),
        (TASK, None),
        (NEWEST_TASK, None),
        (TASK_MODE, None),
        (TRACE, None),
        (FC_TOKEN, None),
        (ACS_TOKEN, None),
    ];
    // The documentation of this revision does not name it.
    let is_undefined =
        |name| name == TRACE && given.revision == NEWEST && given.input.trace_id.is_some();
    let found = defaults.into_iter().find_map(|(name, default)| {
        let is_set = demanded.iter().any(|header| header.name == name);
        let value = values(&request.headers, name)?.join(", ");
        let allowed = is_set || is_undefined(name) || default == Some(value.as_str());
        (!allowed).then(|| format!("{name}: {}", visible::line(&value, 80)))
    });
    let own = given.input.headers.iter().flatten().cloned();
    let own: Vec<(String, String)> = own.chain(session::header(given)).collect();
    let found = found
        .or_else(|| of_another_caller(&own, request))
        .or_else(|| session::unset_cookie(given, request));
    nothing_found(by, found.as_deref())
}

/// The same for a call of a trigger, which has no options.
pub(super) fn unset_by_caller(
    by: &Comparer,
    own: &[(String, String)],
    request: &ArrivedRequest,
) -> Check {
    nothing_found(by, of_another_caller(own, request).as_deref())
}

fn nothing_found(by: &Comparer, found: Option<&str>) -> Check {
    let none = "no header that the caller did not set";
    let actual = found.unwrap_or(none);
    by.check_property("arrived.unset", found.is_none(), none, actual)
}

/// A header that arrived, and that the caller of another call set. `own` are the headers of this caller.
fn of_another_caller(own: &[(String, String)], request: &ArrivedRequest) -> Option<String> {
    // A name or value with a line break may add a header, which has a check of its own.
    let is_set = |name: &str| {
        own.iter().any(|(own, value)| {
            let contains = |text: &str| text.to_ascii_lowercase().contains(name);
            contains(own) || contains(value)
        })
    };
    let mut headers = request.headers.iter();
    headers.find_map(|(name, value)| {
        let lower = name.to_ascii_lowercase();
        let is_of_a_caller = OF_CALLERS.iter().any(|start| lower.starts_with(start));
        (is_of_a_caller && !is_set(&lower))
            .then(|| format!("{lower}: {}", visible::line(value, 80)))
    })
}

/// All values of a header; `None` if it did not arrive.
fn values<'a>(headers: &'a HeaderList, name: &'a str) -> Option<Vec<&'a str>> {
    let values: Vec<&str> = headers.get_all_trimmed(name).collect();
    (!values.is_empty()).then_some(values)
}

/// The bytes of a header value that was read as Latin-1.
fn latin_1(value: String) -> Vec<u8> {
    let bytes: Option<Vec<u8>> = value.chars().map(|one| u8::try_from(one).ok()).collect();
    bytes.unwrap_or_else(|| value.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::{OF_CALLERS, OF_THE_CLIENT};
    use crate::corpus::{Corpus, Stimulus};

    #[test]
    fn every_header_that_only_callers_of_the_corpus_set_is_listed() {
        let corpus = Corpus::embedded().unwrap();
        let mut own = Vec::new();
        for case in corpus.cases() {
            match &case.stimulus {
                Stimulus::Invoke { given, .. } => own.extend(given.input.headers.iter().flatten()),
                Stimulus::Trigger { given, .. } => own.extend(given.headers.iter()),
                _ => {}
            }
        }
        let names = own.into_iter().map(|(name, _)| name.to_ascii_lowercase());
        // A client may set the others by itself.
        let names =
            names.filter(|name| name.starts_with("x-") && !name.contains(['\r', '\n', '\0']));
        let mut names: Vec<String> = names
            .filter(|name| !OF_THE_CLIENT.contains(&name.as_str()))
            .filter(|name| !OF_CALLERS.iter().any(|start| name.starts_with(start)))
            .collect();
        names.sort();
        names.dedup();
        assert!(names.is_empty(), "{names:?}");
    }
}
