//! How often an attempt is retried, and after which wait.

use std::time::Duration;

use crate::Backoff;

/// How often an attempt is retried, and after which wait: a pure function of the attempt's number.
///
/// [`Call`](crate::Call) decides which failures may be retried. The wait doubles from attempt to attempt up to a
/// cap. The client picks a random point in the upper half of it, so that many clients do not retry at the same
/// time.
///
/// ```
/// use std::time::Duration;
/// use fc_invoke::RetryPolicy;
///
/// let policy = RetryPolicy::default().base(Duration::from_millis(100));
/// let backoff = policy.backoff(2, None);
/// assert_eq!(backoff.shortest(), Duration::from_millis(100));
/// assert_eq!(backoff.longest(), Duration::from_millis(200));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    max_attempts: u32,
    base: Duration,
    cap: Duration,
}

impl Default for RetryPolicy {
    /// Three attempts; the first wait is at most 100 ms, any wait at most 20 s.
    fn default() -> Self {
        Self {
            max_attempts: 3,
            base: Duration::from_millis(100),
            cap: Duration::from_secs(20),
        }
    }
}

impl RetryPolicy {
    /// A policy without retries.
    pub fn never() -> Self {
        Self::default().max_attempts(1)
    }

    /// Sets the maximum number of attempts, including the first one; 0 counts as 1.
    #[must_use]
    pub fn max_attempts(self, attempts: u32) -> Self {
        Self {
            max_attempts: attempts.max(1),
            ..self
        }
    }

    /// Sets the longest wait after the first attempt.
    #[must_use]
    pub fn base(self, time: Duration) -> Self {
        Self { base: time, ..self }
    }

    /// Sets the longest wait after any attempt; it also limits `Retry-After` and `X-Acs-Retry-After`, which lengthen a
    /// wait and never shorten it.
    #[must_use]
    pub fn cap(self, time: Duration) -> Self {
        Self { cap: time, ..self }
    }

    /// Whether another attempt is allowed after the attempt with this number, counted from 1.
    pub fn allows_after(&self, attempt: u32) -> bool {
        attempt < self.max_attempts
    }

    /// The wait after the attempt with this number, counted from 1.
    pub fn backoff(&self, attempt: u32, retry_after: Option<Duration>) -> Backoff {
        let doubled = 2_u32.saturating_pow(attempt.saturating_sub(1));
        let longest = self.base.saturating_mul(doubled).min(self.cap);
        let shortest = longest / 2;
        match retry_after {
            None => Backoff::new(shortest, longest),
            Some(requested) => {
                let shortest = shortest.max(requested).min(self.cap);
                let longest = shortest.saturating_add(longest / 2).min(self.cap);
                Backoff::new(shortest, longest)
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
        fn a_backoff_never_exceeds_the_cap_and_never_shrinks(
            attempt in 1_u32..100,
            base in 0_u64..100_000,
            cap in 0_u64..100_000,
            requested in proptest::option::of(0..=u64::MAX),
        ) {
            let policy = RetryPolicy::default()
                .base(Duration::from_millis(base))
                .cap(Duration::from_millis(cap));
            let requested = requested.map(Duration::from_secs);
            let backoff = policy.backoff(attempt, requested);
            prop_assert!(backoff.shortest() <= backoff.longest());
            prop_assert!(backoff.longest() <= Duration::from_millis(cap));
            let next = policy.backoff(attempt + 1, requested);
            prop_assert!(backoff.shortest() <= next.shortest() && backoff.longest() <= next.longest());
        }
    }

    #[test]
    fn a_backoff_is_the_upper_half_of_a_wait_that_doubles_up_to_the_cap() {
        let millis = Duration::from_millis;
        let policy = RetryPolicy::default().base(millis(300)).cap(millis(1000));
        for (attempt, shortest, longest) in
            [(1, 150, 300), (2, 300, 600), (3, 500, 1000), (9, 500, 1000)]
        {
            let backoff = policy.backoff(attempt, None);
            assert_eq!(
                (backoff.shortest(), backoff.longest()),
                (millis(shortest), millis(longest))
            );
        }
        let requested = policy.backoff(1, Some(millis(200)));
        assert_eq!(
            (requested.shortest(), requested.longest()),
            (millis(200), millis(350))
        );
        let earlier = policy.backoff(1, Some(millis(1)));
        assert_eq!(
            (earlier.shortest(), earlier.longest()),
            (millis(150), millis(300))
        );
    }

    #[test]
    fn the_maximum_number_of_attempts_holds_and_is_at_least_one() {
        let last = |attempts| {
            let policy = RetryPolicy::default().max_attempts(attempts);
            (1..10).find(|attempt| !policy.allows_after(*attempt))
        };
        assert_eq!(
            [last(0), last(1), last(2), last(5)],
            [Some(1), Some(1), Some(2), Some(5)]
        );
        assert!(!RetryPolicy::never().allows_after(1));
        // A setter does not change the other settings.
        let policy = RetryPolicy::default().max_attempts(5).base(Duration::ZERO);
        assert!(policy.cap(Duration::ZERO).allows_after(4));
    }

    #[test]
    fn a_retry_after_lengthens_the_wait_up_to_the_cap() {
        let policy = RetryPolicy::default();
        assert_eq!(
            policy.backoff(1, Some(Duration::from_secs(2))).shortest(),
            Duration::from_secs(2)
        );
        assert_eq!(
            policy.backoff(1, Some(Duration::MAX)).longest(),
            Duration::from_secs(20)
        );
    }
}
