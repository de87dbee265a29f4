//! The clock and the source of randomness of a client: the only place where they are read.

use std::fmt;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// The clock and the source of randomness of a client. Tests implement it with fixed values.
pub trait ClockAndRandomness: Send + Sync {
    /// The current time.
    fn now(&self) -> SystemTime;

    /// The time since a fixed point, which never goes back. Deadlines and latencies are measured with it.
    ///
    /// By default it is the time since 1970 by [`now`](Self::now).
    fn monotonic(&self) -> Duration {
        let since = self.now().duration_since(UNIX_EPOCH);
        since.unwrap_or_default()
    }

    /// A random number. It must be unpredictable, and no two calls may return the same number.
    fn random(&self) -> u128;
}

/// The system clock and random numbers from the operating system.
#[derive(Clone, Copy, Default)]
#[non_exhaustive]
pub struct SystemClockAndRandomness;

impl ClockAndRandomness for SystemClockAndRandomness {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one documented place that reads the clock"
    )]
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    /// The time since the first call in this process.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one documented place that reads the clock"
    )]
    fn monotonic(&self) -> Duration {
        static START: OnceLock<Instant> = OnceLock::new();
        START.get_or_init(Instant::now).elapsed()
    }

    /// Draws the number from the operating system at each call, so that a forked process never repeats a number of its
    /// parent.
    fn random(&self) -> u128 {
        from_system().unwrap_or_else(from_hash_keys)
    }
}

/// This target has no operating system.
#[cfg(all(target_family = "wasm", target_os = "unknown"))]
const fn from_system() -> Option<u128> {
    None
}

#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
fn from_system() -> Option<u128> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).ok()?;
    Some(u128::from_ne_bytes(bytes))
}

/// Hashes with the random keys that the standard library makes for its hash maps; every call has other keys.
fn from_hash_keys() -> u128 {
    let half = |number: u64| {
        let mut hasher = RandomState::new().build_hasher();
        hasher.write_u64(number);
        u128::from(hasher.finish())
    };
    half(0) << 64 | half(1)
}

impl fmt::Debug for SystemClockAndRandomness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SystemClockAndRandomness")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// They replace the numbers of the operating system where it has none.
    #[test]
    fn a_thousand_numbers_from_the_keys_of_hash_maps_differ_in_both_halves() {
        let numbers: Vec<u128> = (0..1000).map(|_| from_hash_keys()).collect();
        let high: HashSet<u128> = numbers.iter().map(|number| number >> 64).collect();
        let low: HashSet<u128> = numbers
            .iter()
            .map(|number| number & u128::from(u64::MAX))
            .collect();
        assert_eq!((high.len(), low.len()), (1000, 1000));
    }

    #[test]
    fn the_monotonic_clock_of_the_system_advances_and_never_goes_back() {
        let clock = SystemClockAndRandomness;
        let first = clock.monotonic();
        let mut last = first;
        let readings = std::iter::repeat_with(|| clock.monotonic());
        for reading in readings.take(10_000_000) {
            assert!(reading >= last);
            last = reading;
            if last > first {
                return;
            }
        }
        panic!("the clock stands still at {first:?}");
    }
}
