//! The waits of the service before it runs a failed asynchronous call again, in compressed time.

use std::time::Duration;

/// The first wait of the service: 0.5 s, and then twice the one before.
const FIRST: Duration = Duration::from_millis(500);
/// How much shorter the waits are here.
const COMPRESSION: u32 = 100;
/// The retries after which the wait does not grow any more. The service makes 8 retries at most.
const LAST_GROWTH: u32 = 8;

/// The wait before a retry, counted from 1.
pub(super) fn wait_before(retry: u32) -> Duration {
    let doublings = retry.clamp(1, LAST_GROWTH) - 1;
    FIRST / COMPRESSION * 2_u32.pow(doublings)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::wait_before;

    #[test]
    fn each_wait_is_twice_the_one_before() {
        let waits = [1, 2, 3, 8, u32::MAX].map(wait_before);
        let expected = [5, 10, 20, 640, 640].map(Duration::from_millis);
        assert_eq!(waits, expected);
    }
}
