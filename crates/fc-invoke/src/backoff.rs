//! The wait before a retry.

use std::time::Duration;

/// The range of the wait before a retry; the caller of [`Call`](crate::Call) picks a point in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    shortest: Duration,
    longest: Duration,
}

impl Backoff {
    pub(crate) const NONE: Self = Self {
        shortest: Duration::ZERO,
        longest: Duration::ZERO,
    };

    pub(crate) fn new(shortest: Duration, longest: Duration) -> Self {
        Self { shortest, longest }
    }

    /// The shortest wait.
    pub fn shortest(&self) -> Duration {
        self.shortest
    }

    /// The longest wait.
    pub fn longest(&self) -> Duration {
        self.longest
    }

    /// The wait that a random number picks; every point of the range is equally likely.
    pub fn wait(&self, random: u32) -> Duration {
        let range = self.longest.saturating_sub(self.shortest);
        self.shortest + range.mul_f64(f64::from(random) / f64::from(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_random_number_picks_a_wait_of_the_range() {
        let backoff = Backoff::new(Duration::from_secs(1), Duration::from_secs(3));
        assert_eq!(backoff.wait(0), Duration::from_secs(1));
        assert_eq!(backoff.wait(u32::MAX), Duration::from_secs(3));
        assert_eq!(backoff.wait(1 << 31).as_millis(), 2000);
        assert_eq!(Backoff::NONE.wait(7), Duration::ZERO);
    }
}
