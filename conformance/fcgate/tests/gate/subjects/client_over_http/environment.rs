//! A fixed clock and a fixed source of randomness.

use std::time::{Duration, SystemTime};

use fc_invoke::ClockAndRandomness;

/// The time and the nonce of a case.
#[derive(Clone)]
pub(super) struct Fixed {
    now: SystemTime,
    random: u128,
}

impl Fixed {
    /// `time` as `YYYY-MM-DDTHH:MM:SSZ`; `nonce` as a client writes it.
    pub(super) fn new(time: &str, nonce: &str) -> Self {
        Self {
            now: SystemTime::UNIX_EPOCH + Duration::from_secs(unix_seconds(time)),
            random: number(nonce).unwrap(),
        }
    }
}

impl ClockAndRandomness for Fixed {
    fn now(&self) -> SystemTime {
        self.now
    }

    fn random(&self) -> u128 {
        self.random
    }
}

/// The random number for which a client generates this nonce, if there is one.
pub(super) fn number(nonce: &str) -> Option<u128> {
    let number = u128::from_str_radix(nonce, 16).ok()?;
    (format!("{number:032x}") == nonce).then_some(number)
}

/// The seconds from 1970 to this time. A year after 9999 is beyond the range of the date library and counts as the
/// first second of the year 10000.
fn unix_seconds(time: &str) -> u64 {
    let time = time.parse::<jiff::Timestamp>();
    time.map_or(253_402_300_800, |time| time.as_second().try_into().unwrap())
}
