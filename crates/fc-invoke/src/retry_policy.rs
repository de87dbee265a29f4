//! How often and how late an attempt is repeated.

use std::time::Duration;

use crate::Window;

/// How often an attempt is repeated, and within which time: a pure function of the attempt's number.
///
/// Which failures may be repeated at all is not its matter: see [`Call`](crate::Call). The time doubles
/// from attempt to attempt up to a cap, and the driver picks a point in the later half of it, so that
/// many callers do not come back at once.
///
/// ```
/// use std::time::Duration;
/// use fc_invoke::RetryPolicy;
///
/// let policy = RetryPolicy::default().base(Duration::from_millis(100));
/// let window = policy.window(2, None);
/// assert_eq!((window.from(), window.to()), (Duration::from_millis(100), Duration::from_millis(200)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    max_attempts: u32,
    base: Duration,
    cap: Duration,
}

impl Default for RetryPolicy {
    /// Three attempts, 100 ms for the first wait, at most 20 s for any.
    fn default() -> Self {
        Self {
            max_attempts: 3,
            base: Duration::from_millis(100),
            cap: Duration::from_secs(20),
        }
    }
}

impl RetryPolicy {
    /// One attempt.
    pub fn never() -> Self {
        Self::default().max_attempts(1)
    }

    /// The most attempts, the first one included; 0 counts as 1.
    #[must_use]
    pub fn max_attempts(self, attempts: u32) -> Self {
        Self {
            max_attempts: attempts.max(1),
            ..self
        }
    }

    /// The longest wait after the first attempt.
    #[must_use]
    pub fn base(self, time: Duration) -> Self {
        Self { base: time, ..self }
    }

    /// The longest wait after any attempt, whatever a `Retry-After` says.
    #[must_use]
    pub fn cap(self, time: Duration) -> Self {
        Self { cap: time, ..self }
    }

    /// Whether another attempt is allowed after the one of this number, counted from 1.
    pub fn allows_after(&self, attempt: u32) -> bool {
        attempt < self.max_attempts
    }

    /// The time to wait after the attempt of this number, counted from 1.
    pub fn window(&self, attempt: u32, retry_after: Option<Duration>) -> Window {
        let doubled = 2_u32.saturating_pow(attempt.saturating_sub(1));
        let to = self.base.saturating_mul(doubled).min(self.cap);
        let from = to / 2;
        match retry_after {
            None => Window::new(from, to),
            Some(asked) => {
                let from = from.max(asked).min(self.cap);
                Window::new(from, from.saturating_add(to / 2).min(self.cap))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_window_is_beyond_the_cap_or_before_the_one_before_it(
            attempt in 1_u32..100,
            base in 0_u64..100_000,
            cap in 0_u64..100_000,
            asked in proptest::option::of(0..=u64::MAX),
        ) {
            let policy = RetryPolicy::default()
                .base(Duration::from_millis(base))
                .cap(Duration::from_millis(cap));
            let asked = asked.map(Duration::from_secs);
            let window = policy.window(attempt, asked);
            prop_assert!(window.from() <= window.to());
            prop_assert!(window.to() <= Duration::from_millis(cap));
            let next = policy.window(attempt + 1, asked);
            prop_assert!(window.from() <= next.from() && window.to() <= next.to());
        }
    }

    #[test]
    fn a_window_is_the_upper_half_of_a_time_that_doubles_up_to_the_cap() {
        let millis = Duration::from_millis;
        let policy = RetryPolicy::default().base(millis(300)).cap(millis(1000));
        for (attempt, from, to) in [(1, 150, 300), (2, 300, 600), (3, 500, 1000), (9, 500, 1000)] {
            let window = policy.window(attempt, None);
            assert_eq!((window.from(), window.to()), (millis(from), millis(to)));
        }
        let asked = policy.window(1, Some(millis(200)));
        assert_eq!((asked.from(), asked.to()), (millis(200), millis(350)));
        let sooner = policy.window(1, Some(millis(1)));
        assert_eq!((sooner.from(), sooner.to()), (millis(150), millis(300)));
    }

    #[test]
    fn so_many_attempts_are_allowed_and_never_less_than_one() {
        let last = |attempts| {
            let policy = RetryPolicy::default().max_attempts(attempts);
            (1..10).find(|attempt| !policy.allows_after(*attempt))
        };
        assert_eq!(
            [last(0), last(1), last(2), last(5)],
            [Some(1), Some(1), Some(2), Some(5)]
        );
        assert!(!RetryPolicy::never().allows_after(1));
        // A setting leaves the others alone.
        let policy = RetryPolicy::default().max_attempts(5).base(Duration::ZERO);
        assert!(policy.cap(Duration::ZERO).allows_after(4));
    }

    #[test]
    fn the_service_may_ask_for_more_time_within_the_cap() {
        let policy = RetryPolicy::default();
        assert_eq!(
            policy.window(1, Some(Duration::from_secs(2))).from(),
            Duration::from_secs(2)
        );
        assert_eq!(
            policy.window(1, Some(Duration::MAX)).to(),
            Duration::from_secs(20)
        );
    }
}
