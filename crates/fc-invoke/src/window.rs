//! A span of time in which to try again.

use std::time::Duration;

/// The span of time in which an attempt is to be repeated; the driver picks the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    from: Duration,
    to: Duration,
}

impl Window {
    pub(crate) const NOW: Self = Self {
        from: Duration::ZERO,
        to: Duration::ZERO,
    };

    pub(crate) fn new(from: Duration, to: Duration) -> Self {
        Self { from, to }
    }

    /// The shortest wait.
    pub fn from(&self) -> Duration {
        self.from
    }

    /// The longest wait.
    pub fn to(&self) -> Duration {
        self.to
    }

    /// The point that a random number picks, all of the span being equally likely.
    pub fn at(&self, random: u32) -> Duration {
        let span = self.to.saturating_sub(self.from);
        self.from + span.mul_f64(f64::from(random) / f64::from(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_random_number_picks_a_point_of_the_span() {
        let window = Window::new(Duration::from_secs(1), Duration::from_secs(3));
        assert_eq!(window.at(0), Duration::from_secs(1));
        assert_eq!(window.at(u32::MAX), Duration::from_secs(3));
        assert_eq!(window.at(1 << 31).as_millis(), 2000);
        assert_eq!(Window::NOW.at(7), Duration::ZERO);
    }
}
