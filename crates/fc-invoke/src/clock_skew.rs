//! A refusal because of the time of the request.

use std::fmt;

use fc_headers::{Date, Header};
use fc_response::ServiceError;
use fc_sign::Timestamp;
use http::{HeaderMap, HeaderValue};

/// A refusal because of the time of the request, with both times.
///
/// The service allows a difference of 15 minutes (manual page "Signature authentication"). The manual does not
/// document the error code of this refusal. It is recognised by its message, which issue 983 of `alibaba/funcraft`
/// quotes, or by the codes of the gateway.
pub struct ClockSkew {
    request_time: Timestamp,
    server_time: Option<Timestamp>,
    refusal: ServiceError,
}

const MESSAGE: [&str; 2] = ["difference between the request time", "too large"];
const CODES: [&str; 2] = ["RequestTimeTooSkewed", "InvalidTimeStamp.Expired"];

impl ClockSkew {
    /// Makes a clock skew from a refusal; returns the refusal if it has another reason.
    #[expect(
        clippy::result_large_err,
        reason = "a refusal about something else is returned"
    )]
    pub(crate) fn from_refusal(
        refusal: ServiceError,
        request_time: Timestamp,
    ) -> Result<Self, ServiceError> {
        let message = refusal.message().unwrap_or_default();
        let is_skew = matches!(refusal.status().as_u16(), 400 | 403)
            && (MESSAGE.iter().all(|part| message.contains(part))
                || refusal.code().is_some_and(|code| CODES.contains(&code)));
        if !is_skew {
            return Err(refusal);
        }
        let server_time = server_time(refusal.headers());
        Ok(Self {
            request_time,
            server_time,
            refusal,
        })
    }

    /// The time that the request was signed for.
    pub fn request_time(&self) -> Timestamp {
        self.request_time
    }

    /// The time in the `Date` of the refusal. Without TLS an attacker may have written it.
    pub fn server_time(&self) -> Option<Timestamp> {
        self.server_time
    }

    /// The refusal, with its response.
    pub fn refusal(&self) -> &ServiceError {
        &self.refusal
    }

    /// The number of seconds by which the clock of the service is ahead of the time of the request.
    pub(crate) fn server_ahead(&self) -> Option<i64> {
        let seconds = |time: Timestamp| i64::try_from(time.unix_seconds()).ok();
        Some(seconds(self.server_time?)? - seconds(self.request_time)?)
    }
}

/// The time in the `Date` of a response; `None` if it has no `Date` or more than one.
fn server_time(headers: &HeaderMap) -> Option<Timestamp> {
    let mut dates = headers.get_all(http::header::DATE).iter();
    let (date, None) = (dates.next()?, dates.next()) else {
        return None;
    };
    date_of(date).ok()
}

fn date_of(value: &HeaderValue) -> Result<Timestamp, Box<dyn std::error::Error>> {
    Ok(Date::decode(value)?.as_unix_seconds().try_into()?)
}

impl fmt::Display for ClockSkew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the request was signed for {}", self.request_time)?;
        match (self.server_time, self.server_ahead()) {
            (Some(server_time), Some(ahead)) => write!(
                f,
                ", but the clock of the service is at {server_time}: the difference is {} s, at most 900 s are allowed",
                ahead.unsigned_abs()
            ),
            _ => write!(
                f,
                ", and the service refused that time without a valid Date of its own; check the clock"
            ),
        }
    }
}

impl fmt::Debug for ClockSkew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClockSkew")
            .field("request_time", &self.request_time)
            .field("server_time", &self.server_time)
            .finish_non_exhaustive()
    }
}
