//! Reads `Invoke-WebRequest` and `Invoke-RestMethod` of PowerShell, also "Copy as PowerShell" of browsers.

use super::Unreadable;
use super::described_request::{DescribedRequest, sent_method};
use super::printed_value::{self, Language, Value};
use super::request_object::{headers, text};
use crate::captured::Exchange;
use fcgate_protocol::HeaderList;

const COMMANDS: [&[u8]; 4] = [b"invoke-webrequest", b"invoke-restmethod", b"iwr ", b"irm "];

/// Parameters without a value.
const SWITCHES: [&str; 6] = [
    "usebasicparsing",
    "skipcertificatecheck",
    "skipheadervalidation",
    "verbose",
    "passthru",
    "skiphttperrorcheck",
];

pub(super) fn read(bytes: &[u8]) -> Option<Result<Exchange, Unreadable>> {
    let lower = bytes.to_ascii_lowercase();
    let places = COMMANDS.iter().filter_map(|command| {
        let at = lower
            .windows(command.len())
            .position(|bytes| bytes == *command)?;
        let before = at.checked_sub(1).and_then(|at| lower.get(at));
        before
            .is_none_or(|byte| byte.is_ascii_whitespace() || b"=(>;|".contains(byte))
            .then_some(at + command.len())
    });
    let start = places.min()?;
    let request = request(bytes.get(start..)?);
    Some(request.map(DescribedRequest::exchange).ok_or_else(|| {
        Unreadable::with_hint(
            "this is a PowerShell command with variables or expressions, whose values it does not show",
            "run it through a proxy that logs requests, or against `fcgate serve --record FOLDER`",
        )
    }))
}

fn request(command: &[u8]) -> Option<DescribedRequest> {
    let mut request = DescribedRequest {
        method: "GET".to_owned(),
        url: String::new(),
        headers: HeaderList::new(),
        body: Some(Vec::new()),
        notes: vec![
            "the text is a PowerShell command: the request that it sends is explained".to_owned(),
        ],
    };
    let mut media_type = None;
    let mut rest = command;
    loop {
        rest = skip_space(rest);
        let is_end = rest.first().is_none_or(|byte| b"\n|;)".contains(byte));
        if is_end {
            break;
        }
        let Some(after) = rest.strip_prefix(b"-") else {
            let (value, after) = printed_value::value(rest, Language::PowerShell)?;
            request.url = literal(&value)?;
            rest = after;
            continue;
        };
        let length = after
            .iter()
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count();
        let (name, after) = after.split_at_checked(length)?;
        let name = String::from_utf8_lossy(name).to_ascii_lowercase();
        rest = after;
        if SWITCHES.contains(&name.as_str()) {
            continue;
        }
        let (value, after) = printed_value::value(skip_space(rest), Language::PowerShell)?;
        rest = after;
        match name.as_str() {
            "uri" => request.url = literal(&value)?,
            "method" | "custommethod" => request.method = sent_method(&text(&value)?),
            "headers" => request.headers.extend(headers_of(&value)?.iter().cloned()),
            "contenttype" => media_type = Some(literal(&value)?),
            "useragent" => request.headers.push("User-Agent", literal(&value)?),
            "body" => request.body = body(&value),
            "infile" | "form" => request.body = None,
            // The session, the proxy, time limits and files do not change what is signed.
            _ => {}
        }
    }
    if request.url.is_empty() {
        return None;
    }
    let has_body = request.body.as_ref().is_none_or(|body| !body.is_empty());
    let default = (has_body && request.method == "POST")
        .then(|| "application/x-www-form-urlencoded".to_owned());
    if let Some(media_type) = media_type
        .or(default)
        .filter(|_| !request.headers.contains("content-type"))
    {
        request.headers.push("Content-Type", media_type);
    }
    Some(request)
}

fn headers_of(value: &Value) -> Option<HeaderList> {
    match value {
        Value::Object(_) => headers(value),
        Value::List(items) if items.is_empty() => Some(HeaderList::new()),
        _ => None,
    }
}

/// The bytes of a literal, also of one within `([System.Text.Encoding]::UTF8.GetBytes("..."))`.
fn body(value: &Value) -> Option<Vec<u8>> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::List(items) => items.iter().rev().find_map(body),
        Value::Object(_) | Value::Word(_) => None,
    }
}

/// The text of a literal or of a word without variables.
fn literal(value: &Value) -> Option<String> {
    text(value).filter(|text| !matches!(value, Value::Word(_)) || !text.starts_with('$'))
}

/// Skips spaces within the command. A backquote at the end of a line continues the command.
fn skip_space(text: &[u8]) -> &[u8] {
    let mut rest = text;
    loop {
        rest = match rest {
            [b' ' | b'\t' | b'\r', after @ ..]
            | [b'`', b'\n', after @ ..]
            | [b'`', b'\r', b'\n', after @ ..] => after,
            _ => return rest,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::Body;

    #[test]
    fn a_command_that_a_browser_copied_is_read() {
        let text = "$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\r\n\
            Invoke-WebRequest -UseBasicParsing -Uri \"https://h/a?b=`$c\" `\r\n-Method \"POST\" `\r\n\
            -WebSession $session `\r\n-Headers @{\r\n\"Accept\"=\"*/*\"\r\n  \"X-A\"=\"b \"\"c\"\"\"\r\n} `\r\n\
            -ContentType \"application/json\" `\r\n-Body \"{`\"a`\":1}\"";
        for text in [
            text.to_owned(),
            text.replace(
                "\"{`\"a`\":1}\"",
                "([System.Text.Encoding]::UTF8.GetBytes(\"{`\"a`\":1}\"))",
            ),
            text.replace('\r', "")
                .replace("Invoke-WebRequest", "PS C:\\> irm"),
        ] {
            let request = read(text.as_bytes())
                .unwrap()
                .unwrap_or_else(|error| panic!("{text}: {error}"))
                .request;
            assert_eq!(
                (request.method.as_str(), request.target.as_str()),
                ("POST", "/a?b=$c")
            );
            assert_eq!(request.value("x-a"), Some("b \"c\""));
            assert_eq!(request.value("content-type"), Some("application/json"));
            assert_eq!(request.body, Body::Whole(b"{\"a\":1}".to_vec()), "{text}");
        }
    }

    #[test]
    fn a_command_with_variables_is_refused() {
        for text in [
            "Invoke-WebRequest -Uri $url",
            "irm \"https://$host/a\"",
            "Invoke-RestMethod -Uri https://h/ -Headers $headers",
        ] {
            assert!(read(text.as_bytes()).unwrap().is_err(), "{text}");
        }
        assert!(read(b"confirm that it works").is_none());
    }
}
