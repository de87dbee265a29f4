//! How a process ended.

use std::fmt;

use rustix::process::{WaitIdStatus, WaitStatus};

/// What is added to the number of a signal to make the exit status that stands for it.
const SIGNALLED: i32 = 128;

/// How an adapter ended, as a shell would tell it: a status over 128 stands for a signal, because
/// the supervisor, which stands in between, can only pass on a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ending(i32);

impl Ending {
    /// What the supervisor exits with when it cannot start the program.
    pub(super) const NOT_STARTED: u8 = 125;

    /// What the supervisor exits with when the gate went away.
    pub(super) const ABANDONED: u8 = 137;

    /// The end that nobody saw.
    pub(super) const UNKNOWN: Self = Self(SIGNALLED);

    /// The ending as `waitid` tells it.
    pub(super) fn of(status: &WaitIdStatus) -> Self {
        Self::new(status.exit_status(), status.terminating_signal())
    }

    /// The ending as `waitpid` tells it.
    pub(super) fn of_child(status: WaitStatus) -> Self {
        Self::new(status.exit_status(), status.terminating_signal())
    }

    fn new(code: Option<i32>, signal: Option<i32>) -> Self {
        Self(signal.map_or(code.unwrap_or(SIGNALLED), |signal| SIGNALLED + signal))
    }

    /// Whether it ended as an adapter should.
    pub(super) fn is_success(self) -> bool {
        self.0 == 0
    }

    /// Whether the program was never started.
    pub(super) fn is_not_started(self) -> bool {
        self.0 == i32::from(Self::NOT_STARTED)
    }

    /// The exit status that tells it.
    pub(super) fn code(self) -> u8 {
        u8::try_from(self.0 & 0xff).unwrap_or(u8::MAX)
    }
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let signal = self.0 - SIGNALLED;
        let name = match signal {
            1 => " (SIGHUP)",
            2 => " (SIGINT)",
            3 => " (SIGQUIT)",
            4 => " (SIGILL)",
            6 => " (SIGABRT)",
            8 => " (SIGFPE)",
            9 => " (SIGKILL)",
            11 => " (SIGSEGV)",
            13 => " (SIGPIPE)",
            14 => " (SIGALRM)",
            15 => " (SIGTERM)",
            _ => "",
        };
        match signal {
            1..=64 => write!(f, "ended by signal {signal}{name}"),
            _ => write!(f, "exited with status {}", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Ending;

    #[test]
    fn an_ending_is_told_in_words() {
        let told = |code, signal| Ending::new(code, signal).to_string();
        assert_eq!(told(Some(0), None), "exited with status 0");
        assert_eq!(told(Some(3), None), "exited with status 3");
        assert_eq!(told(None, Some(6)), "ended by signal 6 (SIGABRT)");
        assert_eq!(told(Some(139), None), "ended by signal 11 (SIGSEGV)");
        assert_eq!(told(Some(255), None), "exited with status 255");
    }

    #[test]
    fn an_ending_is_passed_on_as_a_status() {
        assert_eq!(Ending::new(Some(7), None).code(), 7);
        assert_eq!(Ending::new(None, Some(9)).code(), 137);
    }
}
