//! The clock and the dice of a driver: the one place where they are read.

use std::fmt;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::time::SystemTime;

/// Where a driver has its time and its random numbers from; tests bring their own.
pub trait Environment: Send + Sync {
    /// The time now.
    fn now(&self) -> SystemTime;

    /// A number that was not drawn before and that nobody can foretell.
    fn random(&self) -> u128;
}

/// The machine's own clock and randomness.
#[derive(Clone, Copy, Default)]
#[non_exhaustive]
pub struct SystemEnvironment;

impl Environment for SystemEnvironment {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one documented place"
    )]
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    /// Drawn from the keys that the standard library takes from the operating system for its hash maps, a
    /// keyed hash of which none repeats; no dependency is needed for a nonce and for the point of a wait.
    fn random(&self) -> u128 {
        let half = |number: u64| {
            let mut hasher = RandomState::new().build_hasher();
            hasher.write_u64(number);
            u128::from(hasher.finish())
        };
        half(0) << 64 | half(1)
    }
}

impl fmt::Debug for SystemEnvironment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SystemEnvironment")
    }
}
