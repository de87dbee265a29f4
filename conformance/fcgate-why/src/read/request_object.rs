//! Finds a request, or only its headers, in a printed value.

use super::described_request::{DescribedRequest, percent_encoded, sent_method, with_query};
use super::latin1;
use super::printed_value::Value;
use fcgate_protocol::HeaderList;

/// The note about a body that the client turns into bytes.
const SERIALIZED: &str = "the client turns the body into bytes, which the text does not show";

/// What a value describes.
pub(super) enum Described {
    Request(DescribedRequest),
    /// Headers without the method and the path.
    Headers(HeaderList),
}

/// The first request in a value and in the values within it, or else the first headers.
pub(super) fn find(value: &Value) -> Option<Described> {
    if let Some(request) = request(value) {
        return Some(Described::Request(request));
    }
    let inner: Vec<&Value> = match value {
        Value::Object(entries) => entries.iter().map(|(_, value)| value).collect(),
        Value::List(items) => items.iter().collect(),
        Value::Text(_) | Value::Word(_) => Vec::new(),
    };
    let mut found = headers(value).filter(is_of_request).map(Described::Headers);
    for value in inner {
        match find(value) {
            Some(Described::Request(request)) => return Some(Described::Request(request)),
            other => found = found.or(other),
        }
    }
    found
}

/// Whether headers are those of a request to the service.
fn is_of_request(headers: &HeaderList) -> bool {
    headers.iter().any(|(name, _)| {
        let name = name.to_ascii_lowercase();
        matches!(name.as_str(), "authorization" | "date")
            || name.starts_with("x-fc-")
            || name.starts_with("x-acs-")
    })
}

/// The request that an object describes with its URL and its headers.
fn request(value: &Value) -> Option<DescribedRequest> {
    let Value::Object(entries) = value else {
        return None;
    };
    let get = |names: &[&str]| {
        let is_named = |name: &str| names.iter().any(|known| known.eq_ignore_ascii_case(name));
        let mut values = entries.iter().filter(|(name, _)| is_named(name));
        values
            .find(|(_, value)| !is_nothing(value))
            .map(|(_, value)| value)
    };
    let get_text = |names: &[&str]| get(names).and_then(text);
    if let (Some(method), Some(path)) = (get_text(&[":method"]), get_text(&[":path"])) {
        let authority = get_text(&[":authority"]).unwrap_or_default();
        let mut headers = headers(value)?;
        headers.retain(|(name, _)| !name.starts_with(':'));
        return Some(DescribedRequest {
            method,
            url: format!("https://{authority}{path}"),
            headers,
            body: None,
            notes: Vec::new(),
        });
    }
    let headers = headers(get(&["headers", "header", "requestHeaders", "_headers"])?)?;
    let base = get_text(&["baseURL"]).unwrap_or_default();
    let url = get(&["url", "uri", "href", "requestUri", "request_url"]);
    let url = url
        .and_then(|url| text(url).or_else(|| url_of_parts(url)))
        .map(|url| {
            if url.contains("://") {
                url
            } else {
                format!("{base}{url}")
            }
        })
        .or_else(|| url_of_parts(value))?;
    let url = with_query(url, &get(&["params"]).map(query).unwrap_or_default());
    let mut notes = Vec::new();
    let body = match get(&["body", "data", "payload"]) {
        Some(Value::Text(body)) => Some(body.clone()),
        Some(_) => {
            notes.push(SERIALIZED.to_owned());
            None
        }
        None => None,
    };
    Some(DescribedRequest {
        method: sent_method(&get_text(&["method"]).unwrap_or_else(|| "GET".to_owned())),
        url,
        headers,
        body,
        notes,
    })
}

/// A URL whose parts are separate: `hostname`, `port` and `path`.
fn url_of_parts(value: &Value) -> Option<String> {
    let Value::Object(entries) = value else {
        return None;
    };
    let get = |name: &str| {
        let mut entries = entries.iter();
        let found = entries.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.and_then(|(_, value)| text(value))
    };
    let path = get("path").or_else(|| get("pathname"))?;
    let host = get("hostname").or_else(|| get("host")).unwrap_or_default();
    if host.is_empty() {
        return Some(path);
    }
    let port = get("port").filter(|port| port.parse::<u16>().is_ok());
    let port = port
        .filter(|_| !host.contains(':'))
        .map(|port| format!(":{port}"));
    let query = get("query").filter(|query| !query.is_empty() && !path.contains('?'));
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    Some(format!(
        "https://{host}{}{path}{query}",
        port.unwrap_or_default()
    ))
}

/// The query that an object describes.
fn query(parameters: &Value) -> String {
    let Value::Object(entries) = parameters else {
        return String::new();
    };
    let pairs = entries.iter().filter_map(|(name, value)| {
        Some(format!(
            "{}={}",
            percent_encoded(name),
            percent_encoded(&text(value)?)
        ))
    });
    pairs.collect::<Vec<_>>().join("&")
}

/// The headers that an object or a list of pairs describes.
pub(super) fn headers(value: &Value) -> Option<HeaderList> {
    let mut list = HeaderList::new();
    match value {
        Value::Object(entries) => {
            for (name, value) in entries {
                add(&mut list, name, value);
            }
        }
        Value::List(items) => {
            let texts: Vec<String> = items.iter().filter_map(text).collect();
            if texts.len() == items.len() && texts.len().is_multiple_of(2) {
                // Node's `rawHeaders`: names and values in turn.
                let (pairs, _) = texts.as_chunks::<2>();
                for [name, value] in pairs {
                    list.push(name, value);
                }
            }
            for item in items {
                add_pair(&mut list, item);
            }
        }
        Value::Text(_) | Value::Word(_) => {}
    }
    list.retain(|(name, _)| {
        let name = name.strip_prefix(':').unwrap_or(name);
        http::HeaderName::from_bytes(name.as_bytes()).is_ok()
    });
    (!list.is_empty()).then_some(list)
}

/// A pair: `('Host', 'h')`, or `{name: 'Host', value: 'h'}`.
fn add_pair(list: &mut HeaderList, item: &Value) {
    match item {
        Value::List(pair) => {
            if let [name, value] = pair.as_slice()
                && let Some(name) = text(name)
            {
                add(list, &name, value);
            }
        }
        Value::Object(entries) => {
            let get = |names: [&str; 2]| {
                let mut entries = entries.iter();
                entries
                    .find(|(name, _)| names.contains(&name.as_str()))
                    .map(|(_, value)| value)
            };
            if let (Some(name), Some(value)) = (get(["name", "key"]), get(["value", "Value"]))
                && let Some(name) = text(name)
            {
                add(list, &name, value);
            }
        }
        Value::Text(_) | Value::Word(_) => {}
    }
}

/// Adds a header; a list of values is one header each. PHP numbers the values.
fn add(list: &mut HeaderList, name: &str, value: &Value) {
    let is_number = |name: &str| name.bytes().all(|byte| byte.is_ascii_digit());
    let values: Vec<String> = match value {
        Value::List(values) => values.iter().filter_map(text).collect(),
        Value::Object(entries) if entries.iter().all(|(name, _)| is_number(name)) => entries
            .iter()
            .filter_map(|(_, value)| text(value))
            .collect(),
        value => text(value).into_iter().collect(),
    };
    for value in values {
        list.push(name, value);
    }
}

/// The text of a literal or a word.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(latin1(text)),
        Value::Word(word) if !is_nothing(value) => Some(word.clone()),
        // `Some("h")`, `host: Some(Domain("h"))`.
        Value::List(items) => match items.as_slice() {
            [one] => text(one),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a value is `null`, `None`, `nil` or `undefined`.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Word(word) => matches!(
            word.as_str(),
            "null" | "None" | "nil" | "undefined" | "NULL"
        ),
        Value::Text(_) | Value::List(_) | Value::Object(_) => false,
    }
}

/// A value of JSON.
pub(super) fn of_json(json: &serde_json::Value) -> Value {
    use serde_json::Value as Json;
    match json {
        Json::Null => Value::Word("null".to_owned()),
        Json::Bool(_) | Json::Number(_) => Value::Word(json.to_string()),
        Json::String(text) => Value::Text(text.clone().into_bytes()),
        Json::Array(items) => Value::List(items.iter().map(of_json).collect()),
        Json::Object(entries) => Value::Object(
            entries
                .iter()
                .map(|(name, value)| (name.clone(), of_json(value)))
                .collect(),
        ),
    }
}
