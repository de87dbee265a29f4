//! Reads calls in a program whose values are literals: JavaScript's `fetch(..)`, "Copy as fetch" of browsers, axios,
//! Python's `requests`.

use super::described_request::{DescribedRequest, sent_method};
use super::printed_value::{self, Language, Value};
use super::request_object::{headers, text};
use super::{Unreadable, choice};
use crate::captured::Exchange;
use fcgate_protocol::HeaderList;

const CAPTURE: &str = "capture the request that is sent: the debug log of the HTTP client, `curl -v`, or `fcgate serve --record FOLDER`";

/// A function that sends a request.
struct Function {
    name: &'static str,
    /// The method; `None` if an argument names it.
    method: Option<&'static str>,
    library: Library,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Library {
    Fetch,
    Axios,
    Python,
}

const FUNCTIONS: [Function; 17] = {
    const fn of(name: &'static str, method: Option<&'static str>, library: Library) -> Function {
        Function {
            name,
            method,
            library,
        }
    }
    use Library::{Axios, Fetch, Python};
    [
        of("fetch", None, Fetch),
        of("axios.get", Some("GET"), Axios),
        of("axios.post", Some("POST"), Axios),
        of("axios.put", Some("PUT"), Axios),
        of("axios.delete", Some("DELETE"), Axios),
        of("axios.request", None, Axios),
        of("axios", None, Axios),
        of("requests.get", Some("GET"), Python),
        of("requests.post", Some("POST"), Python),
        of("requests.put", Some("PUT"), Python),
        of("requests.delete", Some("DELETE"), Python),
        of("requests.request", None, Python),
        of("httpx.get", Some("GET"), Python),
        of("httpx.post", Some("POST"), Python),
        of("httpx.put", Some("PUT"), Python),
        of("httpx.delete", Some("DELETE"), Python),
        of("httpx.request", None, Python),
    ]
};

/// How many calls of a text are read: each may end at the end of the text.
const MOST_CALLS: usize = 64;
const MORE_CALLS: &str = "the text has more than 64 calls, of which the first 64 are read: give only the one that failed";

/// Reads every call, and explains one.
pub(super) fn read(bytes: &[u8]) -> Option<Result<Exchange, Unreadable>> {
    let mut rest = bytes;
    let mut exchanges = Vec::new();
    let mut failed = None;
    for _ in 0..MOST_CALLS {
        let Some((at, function)) = first_call(rest) else {
            break;
        };
        let arguments = rest.get(at..).unwrap_or_default();
        let call = printed_value::value(arguments, Language::Usual);
        rest = call.as_ref().map_or_else(
            || arguments.get(1..).unwrap_or_default(),
            |(_, after)| after,
        );
        match call.and_then(|(value, _)| request(function, &value)) {
            Some(request) => exchanges.push(request.exchange()),
            None => failed = failed.or(Some(function.library)),
        }
    }
    let has_more = first_call(rest).is_some();
    if !exchanges.is_empty() {
        let chosen = choice::chosen(exchanges).map(|mut exchange| {
            exchange
                .notes
                .extend(has_more.then(|| MORE_CALLS.to_owned()));
            exchange
        });
        return Some(chosen);
    }
    let language = match failed? {
        Library::Fetch | Library::Axios => "a call in JavaScript",
        Library::Python => "a call in Python code",
    };
    Some(Err(Unreadable::with_hint(
        format!("the text is {language} with variables, whose values it does not show"),
        if has_more { MORE_CALLS } else { CAPTURE },
    )))
}

/// The first call in the text, with the offset of its bracket. A name within another name is not one.
fn first_call(text: &[u8]) -> Option<(usize, &'static Function)> {
    let mut brackets = text.iter().enumerate().filter(|(_, byte)| **byte == b'(');
    brackets.find_map(|(at, _)| {
        let before = text.get(..at)?;
        let function = FUNCTIONS.iter().find(|function| {
            let rest = before.strip_suffix(function.name.as_bytes());
            let last = rest.map(<[u8]>::last);
            last.is_some_and(|last| {
                last.is_none_or(|byte| !byte.is_ascii_alphanumeric() && !b"_.-".contains(byte))
            })
        });
        Some((at, function?))
    })
}

fn request(function: &Function, arguments: &Value) -> Option<DescribedRequest> {
    let arguments = Arguments::of(function, arguments)?;
    let url = literal(arguments.url?)?;
    let method = match function.method {
        Some(method) => method.to_owned(),
        None => arguments
            .method
            .map_or_else(|| Some("GET".to_owned()), literal)?,
    };
    let mut headers = match arguments.headers {
        Some(value @ (Value::Object(_) | Value::List(_))) => headers(value).unwrap_or_default(),
        Some(value) if is_absent(value) => HeaderList::new(),
        // The headers are a variable.
        Some(_) => return None,
        None => HeaderList::new(),
    };
    let mut notes = vec![
        "the text is a call in a program: the request that it describes is explained".to_owned(),
    ];
    let body = match arguments.body {
        Some(Value::Text(body)) => Some(body.clone()),
        Some(value) if !is_absent(value) => {
            notes.push("the program makes the body, which the text does not show".to_owned());
            None
        }
        _ => Some(Vec::new()),
    };
    if let Some(media_type) = arguments
        .body
        .and_then(|body| media_type(function, body, arguments.is_json))
        && !headers.contains("content-type")
    {
        headers.push("Content-Type", media_type);
    }
    Some(DescribedRequest {
        method: sent_method(&method),
        url,
        headers,
        body,
        notes,
    })
}

/// The media type that a library adds to a request with a body.
fn media_type(function: &Function, body: &Value, is_json: bool) -> Option<&'static str> {
    const FORM: &str = "application/x-www-form-urlencoded";
    match (function.library, body) {
        (Library::Fetch, Value::Text(_)) => Some("text/plain;charset=UTF-8"),
        (Library::Axios, Value::Text(_)) | (Library::Python, Value::Object(_)) if !is_json => {
            Some(FORM)
        }
        (Library::Axios, Value::Object(_) | Value::List(_)) => Some("application/json"),
        (Library::Python, _) if is_json => Some("application/json"),
        _ => None,
    }
}

/// Whether a part of the options is a variable: `options`, `{ headers }`, `{ ...options }`.
fn has_variables(options: &Value) -> bool {
    let is_word = |value: &Value| matches!(value, Value::Word(_));
    match options {
        Value::Word(_) => !is_absent(options),
        Value::List(items) => items.iter().any(is_word),
        Value::Object(entries) => entries
            .iter()
            .any(|(name, value)| name.bytes().all(|byte| byte.is_ascii_digit()) && is_word(value)),
        Value::Text(_) => false,
    }
}

/// The arguments of a call by their meaning.
#[derive(Default)]
struct Arguments<'a> {
    url: Option<&'a Value>,
    method: Option<&'a Value>,
    headers: Option<&'a Value>,
    body: Option<&'a Value>,
    /// Whether the library turns the body into JSON.
    is_json: bool,
}

impl<'a> Arguments<'a> {
    fn of(function: &Function, arguments: &'a Value) -> Option<Self> {
        let named = |value: &'a Value, name: &str| match value {
            Value::Object(entries) => {
                let mut entries = entries.iter();
                entries
                    .find(|(known, _)| known == name)
                    .map(|(_, value)| value)
            }
            _ => None,
        };
        let positional = |number: usize| match arguments {
            Value::List(items) => items.get(number),
            Value::Object(_) => named(arguments, &number.to_string()),
            Value::Text(_) | Value::Word(_) => None,
        };
        let names_method = function.method.is_none() && function.library == Library::Python;
        let url = usize::from(names_method);
        let first = positional(url);
        // The options of JavaScript are an object after the URL; Python has named arguments.
        let options = match (function.library, function.method) {
            (Library::Python, _) => Some(arguments),
            (Library::Axios, None) => first.or(Some(arguments)),
            (Library::Axios, Some("POST" | "PUT")) => positional(2),
            _ => positional(1),
        };
        let option = |name: &str| options.and_then(|options| named(options, name));
        if function.library != Library::Python && options.is_some_and(has_variables) {
            return None;
        }
        let is_options = matches!(first, Some(Value::Object(_)));
        let data = match (function.library, function.method) {
            (Library::Axios, Some("POST" | "PUT")) => positional(1),
            _ => option("body")
                .or_else(|| option("data"))
                .or_else(|| option("content"))
                .or_else(|| option("json")),
        };
        Some(Self {
            url: option("url").or_else(|| first.filter(|_| !is_options)),
            method: option("method").or_else(|| positional(0).filter(|_| names_method)),
            headers: option("headers"),
            body: data,
            is_json: option("json").is_some(),
        })
    }
}

/// The text of a string literal; `None` for a variable.
fn literal(value: &Value) -> Option<String> {
    match value {
        Value::Text(_) => text(value),
        _ => None,
    }
}

fn is_absent(value: &Value) -> bool {
    matches!(value, Value::Word(word) if matches!(word.as_str(), "null" | "undefined" | "None"))
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::Body;

    #[test]
    fn calls_with_literals_are_read() {
        for (text, method) in [
            (
                r#"fetch("https://h/a?b", {"headers": {"X-A": "b"}, "body": "{}", "method": "PUT"});"#,
                "PUT",
            ),
            (
                "await fetch('https://h/a?b', {\n  method: 'put', headers: new Headers({'X-A': 'b'}), body: `{}` })",
                "PUT",
            ),
            (
                "axios.post('https://h/a?b', '{}', { headers: { 'X-A': 'b' } })",
                "POST",
            ),
            (
                "axios({ method: 'post', url: 'https://h/a?b', data: '{}', headers: { 'X-A': 'b' } })",
                "POST",
            ),
            (
                "r = requests.post('https://h/a?b', headers={'X-A': 'b'}, data=b'{}')",
                "POST",
            ),
            (
                "requests.request(\"POST\", \"https://h/a?b\", headers={'X-A': 'b'}, data='{}')",
                "POST",
            ),
        ] {
            let exchange = read(text.as_bytes())
                .unwrap_or_else(|| panic!("{text}"))
                .unwrap_or_else(|error| panic!("{text}: {error}"));
            let request = exchange.request;
            assert_eq!(
                (request.method.as_str(), request.target.as_str()),
                (method, "/a?b"),
                "{text}"
            );
            assert_eq!(request.value("x-a"), Some("b"), "{text}");
            assert_eq!(request.value("host"), Some("h"), "{text}");
            assert_eq!(request.body, Body::Whole(b"{}".to_vec()), "{text}");
        }
    }

    #[test]
    fn a_call_with_variables_is_refused() {
        for text in [
            "fetch(url, { headers: { 'X-A': 'b' } })",
            "fetch('https://h/a', { headers })",
            "fetch(`https://h/${name}`)",
            "requests.post(url, headers=headers, data=payload)",
        ] {
            let refused = read(text.as_bytes())
                .unwrap()
                .map(|exchange| exchange.request.target);
            assert!(refused.is_err(), "{text}: {refused:?}");
        }
        assert!(read(b"prefetch(1)").is_none());
    }

    #[test]
    fn the_calls_after_the_first_64_are_not_read_and_the_answer_says_so() {
        let text = |before: &str, count: usize| {
            let before = before.repeat(count);
            read(format!("{before}fetch('https://h/last');").as_bytes()).unwrap()
        };
        let last = text("fetch(url);", 63).unwrap();
        assert_eq!(last.request.target, "/last");
        let refused = text("fetch(url);", 64).unwrap_err().to_string();
        assert!(refused.contains("more than 64 calls"), "{refused}");
        let is_noted = |count| {
            let read = text("fetch('https://h/first');", count).unwrap();
            read.notes
                .iter()
                .any(|note| note.contains("more than 64 calls"))
        };
        assert!(!is_noted(63) && is_noted(64));
    }
}
