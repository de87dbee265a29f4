//! Reads one session of Charles, as it exports sessions to JSON (`.chlsj`).

use serde_json::Value;

use super::message;
use crate::captured::Exchange;

/// The exchange of a session; `None` if the value is none.
pub(super) fn exchange(session: &Value) -> Option<Exchange> {
    let mut exchange = message::exchange(&raw(session.get("request")?)?).ok()?;
    let response = session.get("response").and_then(raw);
    exchange.response = response.and_then(|response| message::response(&response).ok());
    Some(exchange)
}

/// A message as raw HTTP.
fn raw(message: &Value) -> Option<Vec<u8>> {
    let header = message.get("header")?;
    let mut out = header.get("firstLine")?.as_str()?.to_owned() + "\r\n";
    for field in header.get("headers")?.as_array()? {
        let text = |name: &str| field.get(name).and_then(Value::as_str);
        for part in [
            text("name")?,
            ": ",
            text("value").unwrap_or_default(),
            "\r\n",
        ] {
            out += part;
        }
    }
    out += "\r\n";
    let body = message.get("body").and_then(|body| body.get("text"));
    out += body.and_then(Value::as_str).unwrap_or_default();
    Some(out.into_bytes())
}
