//! An input of `InvokeFunction` becomes a request, and the request shows the input again.
//!
//! An input of this target is lines of a word, a space and a value, an empty line, and the payload.

use bytes::Bytes;
use fc_headers::{InputError, V3FunctionName};
use fc_invoke::{Endpoint, ExtraHeader, InvokeFunctionInput, Scheme, Target};
use http::{HeaderValue, Request};

use crate::message::line;
use crate::shown::assert_harmless_error;
use crate::signed_request::decoded;

/// The lines of an input.
struct Lines<'a> {
    lines: Vec<(&'a str, &'a str)>,
    payload: &'a [u8],
}

/// The names of a target, as the input has them.
struct Names<'a> {
    revision: &'static str,
    service: Option<&'a str>,
    function: &'a str,
    qualifier: Option<&'a str>,
}

/// The settings of an input that are one header, with its name.
const HEADERS: [(&str, &str); 7] = [
    ("type", "x-fc-invocation-type"),
    ("log", "x-fc-log-type"),
    ("id", "x-fc-stateful-async-invocation-id"),
    ("enable", "x-fc-stateful-async-invocation-enable"),
    ("delay", "x-fc-async-delay"),
    ("account", "x-fc-account-id"),
    ("trace", "x-fc-trace-id"),
];

/// Builds the request of an input.
///
/// # Panics
///
/// If the path, the headers or the payload of the request do not show exactly what the input has, or a refusal does not name
/// its field.
pub fn check(input: &[u8]) {
    let lines = Lines::read(input);
    let names = lines.names();
    let scheme = if lines.last("scheme") == Some("acs3") {
        Scheme::Acs3
    } else {
        Scheme::Fc
    };
    match build(&lines, &names) {
        Ok((built, endpoint)) => {
            let request = built.to_request(&endpoint, scheme);
            check_target(&names, &request, &endpoint);
            check_headers(&lines, &names, &request, scheme);
            assert_eq!(request.method(), "POST");
            assert_eq!(request.body().as_ref(), lines.payload);
        }
        Err(error) => {
            assert_harmless_error(&error);
            assert!(!error.field().is_empty());
            assert!(error.to_string().contains(error.field()), "{error}");
        }
    }
}

fn build(
    lines: &Lines<'_>,
    names: &Names<'_>,
) -> Result<(InvokeFunctionInput, Endpoint), InputError> {
    let service = || names.service.unwrap_or_default().parse();
    let target = match names.revision {
        "2016-08-15" => Target::v2016_08_15(service()?, names.function.parse()?),
        "2023-03-30" => Target::v2023_03_30(names.function.parse::<V3FunctionName>()?),
        _ => Target::new(service()?, names.function.parse()?),
    };
    let target = match names.qualifier {
        Some(qualifier) => target.qualifier(qualifier.parse()?),
        None => target,
    };
    let mut builder = InvokeFunctionInput::builder(target);
    for (word, value) in &lines.lines {
        builder = match *word {
            "type" => builder.invocation_type(value.parse()?),
            "log" => builder.log_type(value.parse()?),
            "id" => builder.stateful_async_invocation_id(value.parse()?),
            "enable" => builder.stateful_async_invocation_enable((*value == "true").into()),
            "delay" => builder.async_delay(value.parse().unwrap_or(u64::MAX).try_into()?),
            "account" => builder.account_id(value.parse()?),
            "trace" => builder.trace_id(value.parse()?),
            "md5" => builder.content_md5(),
            "content-type" => match HeaderValue::from_bytes(value.as_bytes()) {
                Ok(value) => builder.content_type(value),
                Err(_) => builder,
            },
            "header" => builder.header(ExtraHeader::try_from(extra(value))?),
            _ => builder,
        };
    }
    let payload = Bytes::copy_from_slice(lines.payload);
    let endpoint = lines.last("endpoint").unwrap_or("https://fc.example.com");
    Ok((builder.payload(payload).build()?, endpoint.parse()?))
}

/// The name and the value of an extra header.
fn extra(value: &str) -> (&str, &str) {
    value.split_once(": ").unwrap_or((value, ""))
}

impl<'a> Lines<'a> {
    fn read(input: &'a [u8]) -> Self {
        let mut lines = Vec::new();
        let mut rest = input;
        while !rest.is_empty() {
            let (text, after) = line(rest);
            rest = after;
            if text.is_empty() {
                break;
            }
            let text = str::from_utf8(text).unwrap_or_default();
            lines.push(text.split_once(' ').unwrap_or((text, "")));
        }
        Self {
            lines,
            payload: rest,
        }
    }

    /// The last value of a word, which is the one that a builder keeps.
    fn last(&self, word: &str) -> Option<&'a str> {
        let mut lines = self.lines.iter().rev();
        lines
            .find(|(other, _)| *other == word)
            .map(|(_, value)| *value)
    }

    fn names(&self) -> Names<'a> {
        let revision = match self.last("revision") {
            Some("2016-08-15") => "2016-08-15",
            Some("2023-03-30") => "2023-03-30",
            _ => "2021-04-06",
        };
        let service = self.last("service").unwrap_or("demo-service");
        Names {
            revision,
            service: (revision != "2023-03-30").then_some(service),
            function: self.last("function").unwrap_or("demo-function"),
            qualifier: self.last("qualifier"),
        }
    }
}

/// The target has the names, and nothing else.
fn check_target(names: &Names<'_>, request: &Request<Bytes>, endpoint: &Endpoint) {
    let uri = request.uri();
    let text = uri.to_string();
    let start = format!("{endpoint}/");
    assert!(text.starts_with(&start), "{text} is not below {endpoint}");
    let mut expected = vec![String::new(), names.revision.to_owned()];
    if let Some(service) = names.service {
        let qualifier = names.qualifier.filter(|_| names.revision == "2016-08-15");
        let service = match qualifier {
            Some(qualifier) => format!("{service}.{qualifier}"),
            None => service.to_owned(),
        };
        expected.extend(["services".to_owned(), service]);
    }
    expected.extend(["functions", names.function, "invocations"].map(str::to_owned));
    let segments = uri.path().split('/').map(|segment| decoded(segment, false));
    assert_eq!(segments.collect::<Vec<_>>(), expected);
    let query = names.qualifier.filter(|_| names.revision != "2016-08-15");
    let query = query.map(|qualifier| format!("qualifier={qualifier}"));
    assert_eq!(uri.query(), query.as_deref());
}

/// The request has the headers of the input, those of the operation, and no others.
fn check_headers(lines: &Lines<'_>, names: &Names<'_>, request: &Request<Bytes>, scheme: Scheme) {
    let headers = request.headers();
    let mut known = vec![
        "content-type",
        "content-md5",
        "x-acs-action",
        "x-acs-version",
    ];
    for (word, name) in HEADERS {
        let renamed = word == "id" && names.revision == "2023-03-30";
        let name = if renamed { "x-fc-async-task-id" } else { name };
        let value = headers.get(name).map(HeaderValue::as_bytes);
        let given = lines.last(word).map(|given| match word {
            "enable" => (given == "true").to_string(),
            "delay" => given
                .parse()
                .map_or(String::new(), |delay: u64| delay.to_string()),
            _ => given.to_owned(),
        });
        assert_eq!(value, given.as_deref().map(str::as_bytes), "{name}");
        known.push(name);
    }
    assert_eq!(
        headers.contains_key("content-md5"),
        lines.last("md5").is_some()
    );
    let version = headers.get("x-acs-version").map(HeaderValue::as_bytes);
    let is_acs3 = scheme == Scheme::Acs3;
    assert_eq!(version, is_acs3.then_some(names.revision.as_bytes()));
    let extra: Vec<(String, &str)> = lines
        .lines
        .iter()
        .filter(|(word, _)| *word == "header")
        .map(|(_, value)| extra(value))
        .map(|(name, value)| (name.to_ascii_lowercase(), value))
        .collect();
    for (name, value) in &extra {
        let sent = headers
            .get(name.as_str())
            .map(HeaderValue::as_bytes)
            .unwrap_or_default();
        let sent = String::from_utf8_lossy(sent);
        assert!(sent.contains(value), "{name}: {sent} has no {value}");
    }
    for name in headers.keys().map(http::HeaderName::as_str) {
        let is_extra = extra.iter().any(|(other, _)| other == name);
        assert!(known.contains(&name) || is_extra, "{name} was not given");
    }
}
