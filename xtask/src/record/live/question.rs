//! What a recorder is asked, and what it answers.

use serde::{Deserialize, Serialize};

use super::super::failure::{Needed, Result};
use super::super::source::{Call, Pair, RecordedCredentials, value};
use super::Request;

/// A recorded call with everything that changes from call to call.
#[derive(Serialize)]
pub(super) struct Question<'a> {
    call: &'a Call,
    credentials: &'a RecordedCredentials,
    host: &'a str,
    at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signature_algorithm: Option<&'static str>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Answer {
    Sent(Sent),
    #[serde(deserialize_with = "refused")]
    Refused(String),
}

#[derive(Deserialize)]
pub(super) struct Sent {
    pub(super) method: String,
    pub(super) target: String,
    pub(super) headers: Vec<Pair>,
    pub(super) body_b64: String,
}

fn refused<'de, D: serde::Deserializer<'de>>(input: D) -> std::result::Result<String, D::Error> {
    #[derive(Deserialize)]
    struct Refusal {
        refused: String,
    }
    Refusal::deserialize(input).map(|refusal| refusal.refused)
}

impl<'a> Question<'a> {
    /// Asks for the request that is recorded. A caller's own `Date` hides the clock that was signed: the
    /// call before, `before`, was made in the same second.
    pub(super) fn of(request: &'a Request, before: Option<&str>) -> Result<Self> {
        let header = |name| value(&request.headers, name);
        let own_date = request.case == "date_header";
        let date = header("date").filter(|_| !own_date).and_then(timestamp);
        let at = header("x-acs-date").map(str::to_owned).or(date);
        Ok(Self {
            call: &request.call,
            credentials: &request.credentials,
            host: header("host").needed("host", &request.case)?,
            at: at
                .or_else(|| before.map(str::to_owned))
                .needed("date", &request.case)?,
            nonce: header("x-acs-signature-nonce"),
            signature_algorithm: (request.scheme == "acs-v1").then_some("v2"),
        })
    }

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
    fn a_date_of_http_is_one_of_iso_8601() {
        let date = timestamp("Sun, 22 Nov 2026 09:02:08 GMT").unwrap();
        assert_eq!(date, "2026-11-22T09:02:08Z");
        assert_eq!(timestamp("yesterday"), None);
    }
}
