//! The messages between this program and a recorder script.

use serde::{Deserialize, Serialize};

use super::recording::{Call, Pair, RecordedCredentials, Request, value};

/// A recorded call with everything that changes from call to call.
#[derive(Serialize)]
pub(super) struct CallMessage<'a> {
    call: &'a Call,
    credentials: &'a RecordedCredentials,
    host: &'a str,
    at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signature_algorithm: Option<&'static str>,
}

/// The reply to a call.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Reply {
    Sent(SentRequest),
    /// The SDK returned an error before it sent anything.
    #[serde(deserialize_with = "refused")]
    Refused(String),
}

/// The request that the SDK sent.
#[derive(Deserialize)]
pub(super) struct SentRequest {
    pub(super) method: String,
    pub(super) target: String,
    pub(super) headers: Vec<Pair>,
    pub(super) body_b64: String,
}

fn refused<'de, D: serde::Deserializer<'de>>(input: D) -> Result<String, D::Error> {
    #[derive(Deserialize)]
    struct Refusal {
        refused: String,
    }
    Refusal::deserialize(input).map(|refusal| refusal.refused)
}

impl<'a> CallMessage<'a> {
    /// Repeats the call of a recorded request at the recorded time.
    ///
    /// A `Date` header of the caller hides the time that was signed; the previous call was made in the same second.
    pub(super) fn new(request: &'a Request, previous_time: Option<&str>) -> Result<Self, String> {
        let header = |name| value(&request.headers, name);
        let missing = |name| format!("{}: the recording has no {name} header", request.case);
        let is_own_date = request.case == "date_header";
        let date = header("date").filter(|_| !is_own_date).and_then(timestamp);
        let at = header("x-acs-date").map(str::to_owned).or(date);
        let at = at.or_else(|| previous_time.map(str::to_owned));
        Ok(Self {
            call: &request.call,
            credentials: &request.credentials,
            host: header("host").ok_or_else(|| missing("Host"))?,
            at: at.ok_or_else(|| missing("Date"))?,
            nonce: header("x-acs-signature-nonce"),
            signature_algorithm: (request.scheme == "acs-v1").then_some("v2"),
        })
    }

    /// The time at which the SDK is to sign.
    pub(super) fn at(&self) -> &str {
        &self.at
    }
}

/// The ISO 8601 form of an HTTP date.
fn timestamp(date: &str) -> Option<String> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let mut words = date.split_once(", ")?.1.split(' ');
    let (day, month, year, time) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let month = MONTHS.find(month)? / 3 + 1;
    Some(format!("{year}-{month:02}-{day}T{time}Z"))
}

#[cfg(test)]
mod tests {
    use super::timestamp;

    #[test]
    fn an_http_date_converts_to_iso_8601() {
        let date = timestamp("Sun, 22 Nov 2026 09:02:08 GMT").unwrap();
        assert_eq!(date, "2026-11-22T09:02:08Z");
        assert_eq!(timestamp("yesterday"), None);
    }
}
