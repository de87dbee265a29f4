//! A clock that stands, and dice that always fall in one way.

use std::time::{Duration, SystemTime};

use fc_invoke::Environment;

const SECONDS_OF_A_DAY: u64 = 24 * 60 * 60;

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

impl Environment for Fixed {
    fn now(&self) -> SystemTime {
        self.now
    }

    fn random(&self) -> u128 {
        self.random
    }
}

/// The number that a client writes as this nonce, if there is one.
pub(super) fn number(nonce: &str) -> Option<u128> {
    let number = u128::from_str_radix(nonce, 16).ok()?;
    (format!("{number:032x}") == nonce).then_some(number)
}

/// A clock can say more than the years that a date library reads.
fn unix_seconds(time: &str) -> u64 {
    let parts: Vec<u64> = time
        .trim_end_matches('Z')
        .split(['-', 'T', ':'])
        .map(|part| part.parse().unwrap())
        .collect();
    let [year, month, day, hour, minute, second] = parts[..] else {
        panic!("{time}");
    };
    let leaps_before = |year: u64| (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400;
    let is_leap = leaps_before(year + 1) > leaps_before(year);
    let years = (year - 1970) * 365 + leaps_before(year) - leaps_before(1970);
    let lengths = [
        31,
        28 + u64::from(is_leap),
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
    ];
    let months: u64 = lengths.iter().zip(1..month).map(|(length, _)| length).sum();
    (years + months + day - 1) * SECONDS_OF_A_DAY + hour * 3600 + minute * 60 + second
}

#[test]
fn a_time_is_so_many_seconds() {
    assert_eq!(unix_seconds("1970-01-01T00:00:00Z"), 0);
    assert_eq!(unix_seconds("2022-05-11T09:00:00Z"), 1_652_259_600);
    assert_eq!(unix_seconds("2024-02-29T23:59:59Z"), 1_709_251_199);
    assert_eq!(unix_seconds("2024-12-31T00:00:00Z"), 1_735_603_200);
    assert_eq!(unix_seconds("10000-01-01T00:00:00Z"), 253_402_300_800);
}
