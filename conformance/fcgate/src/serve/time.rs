//! The time in a request.

use jiff::{Timestamp, fmt::rfc2822};

use super::received_request::ReceivedRequest;

/// The service refuses the signature of a request whose time differs by more than this.
const MAX_SECONDS: i64 = 15 * 60;

/// Returns the time in `x-acs-date`, `Date` or `x-fc-date`, if it can be parsed.
pub(super) fn of(received: &ReceivedRequest) -> Option<Timestamp> {
    if let Some(date) = received.value("x-acs-date") {
        return date.parse().ok();
    }
    let date = received
        .value("date")
        .or_else(|| received.value("x-fc-date"))?;
    let zoned = rfc2822::DateTimeParser::new().parse_timestamp(date).ok();
    zoned.or_else(|| date.parse().ok())
}

/// Returns a warning if the time differs too much from `now`.
pub(super) fn skew(time: Timestamp, now: Timestamp) -> Option<String> {
    let seconds = time.as_second() - now.as_second();
    let minutes = seconds.unsigned_abs() / 60;
    let side = if seconds < 0 { "behind" } else { "ahead of" };
    (seconds.abs() > MAX_SECONDS).then(|| {
        format!(
            "its time is {minutes} minutes {side} this machine's: the service refuses more than 15"
        )
    })
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::skew;

    #[test]
    fn a_difference_of_more_than_fifteen_minutes_is_reported() {
        let at = |second| Timestamp::from_second(second).unwrap();
        assert_eq!(skew(at(0), at(900)), None);
        let told = skew(at(0), at(7_200)).unwrap();
        assert!(told.contains("120 minutes behind"), "{told}");
        assert!(skew(at(7_200), at(0)).unwrap().contains("ahead"));
    }
}
