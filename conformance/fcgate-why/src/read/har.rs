//! Reads HAR 1.2, as browsers and proxies export it: a whole archive, one entry, or only its request.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::super::captured::{Body, CapturedRequest, CapturedResponse, Exchange};
use super::message::{authority, origin_form};
use super::{Unreadable, charles, choice, printed_object};
use fcgate_protocol::HeaderList;

#[derive(Deserialize)]
struct Archive {
    log: Log,
}

#[derive(Deserialize)]
struct Log {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    started_date_time: Option<String>,
    request: Request,
    response: Option<Response>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    method: String,
    url: String,
    #[serde(default)]
    headers: Headers,
    post_data: Option<Text>,
    body_size: Option<i64>,
}

/// The headers of a request: a list, or the object that clients log.
#[derive(Deserialize)]
#[serde(untagged)]
enum Headers {
    List(Vec<Field>),
    Object(BTreeMap<String, String>),
}

impl Default for Headers {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

#[derive(Deserialize)]
struct Response {
    #[serde(default)]
    status: u16,
    #[serde(default)]
    headers: Vec<Field>,
    content: Option<Text>,
}

#[derive(Deserialize)]
struct Field {
    name: String,
    #[serde(default)]
    value: String,
}

#[derive(Deserialize)]
struct Text {
    #[serde(default)]
    text: String,
    encoding: Option<String>,
}

/// Whether a text is JSON by its first characters.
pub(super) fn is_json(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    let inner = text.strip_prefix(b"[").map(<[u8]>::trim_ascii_start);
    text.starts_with(b"{") || inner.is_some_and(|inner| inner.starts_with(b"{"))
}

pub(super) fn exchange(text: &[u8]) -> Result<Exchange, Unreadable> {
    let json: Value = serde_json::from_slice(text).map_err(|error| {
        Unreadable::another_form(format!(
            "the text starts like JSON, but it is not: line {}, column {}",
            error.line(),
            error.column()
        ))
    })?;
    let Some(exchanges) = exchanges(&json) else {
        // The message of serde would show values.
        return printed_object::of_json(&json).unwrap_or_else(|| {
            Err(Unreadable::another_form(
                "the text is JSON, but it has no request: neither an HTTP archive (HAR 1.2) nor an object with `method`, `url` and `headers`",
            ))
        });
    };
    if exchanges.is_empty() {
        return Err(Unreadable::new("the HTTP archive has no entries"));
    }
    choice::chosen(exchanges)
}

/// The exchanges of an archive, of a list of entries or of sessions of Charles, or the one that the text is.
fn exchanges(json: &Value) -> Option<Vec<Exchange>> {
    if json.get("log").is_some() {
        let archive = Archive::deserialize(json).ok()?;
        return Some(archive.log.entries.into_iter().map(of).collect());
    }
    let entry = |json: &Value| Entry::deserialize(json).ok().map(of);
    if let Some(items) = json.as_array() {
        let exchange = |one: &Value| charles::exchange(one).or_else(|| entry(one));
        return items.iter().map(exchange).collect();
    }
    if json.get("request").is_some() {
        return charles::exchange(json)
            .or_else(|| entry(json))
            .map(|one| vec![one]);
    }
    let request = Request::deserialize(json).ok()?;
    Some(vec![of(Entry {
        started_date_time: None,
        request,
        response: None,
    })])
}

fn of(entry: Entry) -> Exchange {
    let Request {
        method,
        url,
        headers,
        post_data,
        body_size,
    } = entry.request;
    let mut request = CapturedRequest::new(method, origin_form(&url));
    let is_of_client = matches!(headers, Headers::Object(_));
    let headers = match headers {
        Headers::List(fields) => fields,
        Headers::Object(values) => values
            .into_iter()
            .map(|(name, value)| Field { name, value })
            .collect(),
    };
    let named = headers.iter().find(|field| field.name == ":authority");
    let named = named.map(|field| field.value.clone());
    request.headers = fields(headers);
    if request.value("host").is_none()
        && let Some(host) = named.or_else(|| authority(&url))
    {
        request.headers.insert(0, "host", host);
    }
    let mut notes = Vec::new();
    request.body = match post_data.map(bytes) {
        Some(body) => Body::Whole(body),
        None if is_of_client || body_size.unwrap_or_default() > 0 => {
            notes.push(
                "the text has no body, so the digest header is assumed to be correct".to_owned(),
            );
            Body::Unknown
        }
        None => Body::Whole(Vec::new()),
    };
    let sent = entry.started_date_time.as_deref();
    let sent = sent.and_then(|time| time.parse::<Timestamp>().ok());
    request.sent.extend(sent);
    let response = entry.response.map(|response| CapturedResponse {
        headers: fields(response.headers),
        body: response.content.map(bytes).unwrap_or_default(),
        ..CapturedResponse::new(response.status)
    });
    Exchange {
        request,
        response,
        is_strict: false,
        notes,
    }
}

/// The headers without the pseudo-headers of HTTP/2.
fn fields(fields: Vec<Field>) -> HeaderList {
    let fields = fields.into_iter();
    fields
        .filter(|field| !field.name.starts_with(':'))
        .map(|field| (field.name, field.value))
        .collect()
}

fn bytes(text: Text) -> Vec<u8> {
    let is_encoded = text.encoding.is_some_and(|encoding| encoding == "base64");
    let decoded = is_encoded
        .then(|| STANDARD.decode(&text.text).ok())
        .flatten();
    decoded.unwrap_or_else(|| text.text.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::{Body, exchange};

    #[test]
    fn the_entry_that_the_service_refused_is_explained() {
        let text = br#"{"log":{"entries":[
            {"request":{"method":"GET","url":"https://h/favicon.ico","headers":[]},"response":{"status":200}},
            {"startedDateTime":"2022-05-11T11:00:00.123+02:00",
             "request":{"method":"POST","url":"https://h:8443/a?b#c","headers":[{"name":":authority","value":"h:8443"},{"name":"Authorization","value":"FC a:b"}],
                        "postData":{"mimeType":"text/plain","text":"eA==","encoding":"base64"}},
             "response":{"status":403,"headers":[],"content":{"text":"no"}}}]}}"#;
        let read = exchange(text).unwrap();
        assert_eq!(read.request.target, "/a?b");
        assert_eq!(read.request.value("host"), Some("h:8443"));
        assert_eq!(read.request.body, Body::Whole(b"x".to_vec()));
        assert_eq!(read.request.sent[0].as_second(), 1_652_259_600);
        assert_eq!(read.response.unwrap().body, b"no");
        assert_eq!(read.notes, ["request 2 of 2 is explained"]);
    }

    #[test]
    fn json_that_is_not_a_har_is_rejected() {
        for text in ["{}", "{\"log\":{\"entries\":[]}}", "{\"log\":"] {
            assert!(exchange(text.as_bytes()).is_err(), "{text}");
        }
    }
}
