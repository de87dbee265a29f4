//! The exit status of an adapter, and of the supervisor between the gate and the adapter.

use std::fmt;

/// The offset of the exit status of a killed process: the exit status is 128 plus the number of the signal.
const SIGNAL_BASE: i32 = 128;

/// The start of the message of a supervisor that cannot start the program; the name of the program follows.
pub(in crate::child) const NOT_STARTED: &str = "fcgate supervise: cannot start ";

/// The start of the message of a supervisor whose machine has no resources to start the program.
pub(in crate::child) const NO_RESOURCES: &str = "fcgate supervise: no resources to start ";

/// The exit status of an adapter, as a shell reports it.
///
/// A status over 128 means a signal, because the supervisor between the gate and the adapter can only forward a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::child) struct ExitStatus(i32);

impl ExitStatus {
    /// The exit status of a supervisor that cannot start the program.
    pub(in crate::child) const NOT_STARTED: u8 = 125;

    /// The exit status if the system reports none.
    pub(in crate::child) const UNKNOWN: Self = Self(SIGNAL_BASE);

    /// The exit status of a process that exited with a code or was killed by a signal.
    pub(in crate::child) fn new(code: Option<i32>, signal: Option<i32>) -> Self {
        Self(signal.map_or(code.unwrap_or(SIGNAL_BASE), |signal| SIGNAL_BASE + signal))
    }

    /// Whether the process exited with status 0.
    pub(in crate::child) fn is_success(self) -> bool {
        self.0 == 0
    }

    /// Whether the supervisor could not start the program.
    pub(in crate::child) fn is_not_started(self) -> bool {
        self.0 == i32::from(Self::NOT_STARTED)
    }

    /// The number that the supervisor exits with.
    #[cfg(unix)]
    pub(in crate::child) fn code(self) -> u8 {
        u8::try_from(self.0 & 0xff).unwrap_or(u8::MAX)
    }
}

impl fmt::Display for ExitStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let signal = self.0 - SIGNAL_BASE;
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
            1..=64 if cfg!(unix) => write!(f, "was killed by signal {signal}{name}"),
            _ => write!(f, "exited with status {}", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ExitStatus;

    #[cfg(unix)]
    #[test]
    fn an_exit_status_is_displayed_in_words() {
        let shown = |code, signal| ExitStatus::new(code, signal).to_string();
        assert_eq!(shown(Some(0), None), "exited with status 0");
        assert_eq!(shown(Some(3), None), "exited with status 3");
        assert_eq!(shown(None, Some(6)), "was killed by signal 6 (SIGABRT)");
        assert_eq!(shown(Some(139), None), "was killed by signal 11 (SIGSEGV)");
        assert_eq!(shown(Some(255), None), "exited with status 255");
    }

    #[cfg(unix)]
    #[test]
    fn the_exit_code_of_a_signal_is_128_plus_its_number() {
        assert_eq!(ExitStatus::new(Some(7), None).code(), 7);
        assert_eq!(ExitStatus::new(None, Some(9)).code(), 137);
    }
}
