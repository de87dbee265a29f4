//! `X-Fc-Async-Delay`

use std::time::Duration;

use http::HeaderValue;

use crate::{Header, HeaderError, HeaderErrorKind, InputError, InputErrorKind, number};

const MAX_SECONDS: u16 = 3600;

/// `X-Fc-Async-Delay`: the delay before an asynchronous invocation starts. Request header.
///
/// Whole seconds, 0 to 3600. Source: manual of FC, "Asynchronous invocation"; the manual page of
/// `InvokeFunction` does not mention this header.
///
/// ```
/// use fc_headers::{AsyncDelay, Header};
///
/// assert_eq!(AsyncDelay::try_from(90)?.encode(), "90");
/// assert!(AsyncDelay::try_from(3601).is_err());
/// # Ok::<(), fc_headers::InputError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AsyncDelay(u16);

impl AsyncDelay {
    /// The delay in seconds.
    pub const fn as_seconds(self) -> u16 {
        self.0
    }

    /// The delay as a [`Duration`].
    pub const fn as_duration(self) -> Duration {
        Duration::from_secs(self.0 as u64)
    }
}

impl Header<'_> for AsyncDelay {
    const FIELD_NAME: &'static str = "x-fc-async-delay";

    fn decode(value: &HeaderValue) -> Result<Self, HeaderError> {
        Self::try_from(number::decode(Self::NAME, value)?)
            .map_err(|_| HeaderError::new(HeaderErrorKind::OutOfRange, Self::NAME).quoting(value))
    }

    fn encode(&self) -> HeaderValue {
        HeaderValue::from(self.0)
    }
}

impl TryFrom<u64> for AsyncDelay {
    type Error = InputError;

    fn try_from(seconds: u64) -> Result<Self, Self::Error> {
        match u16::try_from(seconds) {
            Ok(seconds @ 0..=MAX_SECONDS) => Ok(Self(seconds)),
            _ => Err(InputError::new(InputErrorKind::OutOfRange, "async delay")
                .detail(format!("{seconds} seconds; the maximum is {MAX_SECONDS}"))),
        }
    }
}

impl TryFrom<Duration> for AsyncDelay {
    type Error = InputError;

    /// Converts a delay of whole seconds; a fraction of a second is an error.
    fn try_from(delay: Duration) -> Result<Self, Self::Error> {
        if delay.subsec_nanos() != 0 {
            return Err(
                InputError::new(InputErrorKind::OutOfRange, "async delay").detail(format!(
                    "expected a whole number of seconds, found {delay:?}"
                )),
            );
        }
        Self::try_from(delay.as_secs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delay_of_more_than_an_hour_is_rejected() {
        assert_eq!(
            AsyncDelay::try_from(3600).map(AsyncDelay::as_seconds),
            Ok(3600)
        );
        let error = AsyncDelay::try_from(u64::MAX).unwrap_err();
        assert_eq!(error.kind(), InputErrorKind::OutOfRange);
        let error = AsyncDelay::decode(&HeaderValue::from_static("3601")).unwrap_err();
        assert_eq!(error.kind(), HeaderErrorKind::OutOfRange);
    }

    #[test]
    fn a_fraction_of_a_second_is_rejected() {
        let error = AsyncDelay::try_from(Duration::from_millis(1500)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "out-of-range: async delay: expected a whole number of seconds, found 1.5s"
        );
        let delay = AsyncDelay::try_from(Duration::from_secs(2)).unwrap();
        assert_eq!(delay.as_duration(), Duration::from_secs(2));
    }
}
