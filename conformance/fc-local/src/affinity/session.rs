//! One session: its age, its last request, and the number of its requests.

/// The life of a session in seconds, the default of the service.
pub(super) const LIFE: i64 = 21_600;
/// The longest time between two requests in seconds, the default of the service.
const IDLE: i64 = 1_800;

/// A session. Times are in seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Session {
    started: i64,
    last: i64,
    /// The number of its requests.
    pub(super) requests: u64,
}

impl Session {
    /// A session with its first request.
    pub(super) fn new(now: i64) -> Self {
        Self {
            started: now,
            last: now,
            requests: 1,
        }
    }

    /// Whether the session has ended.
    pub(super) fn has_ended(&self, most_requests: u64, now: i64) -> bool {
        self.requests >= most_requests || now - self.started > LIFE || now - self.last > IDLE
    }

    /// Ends the session.
    pub(super) fn end(&mut self) {
        self.requests = u64::MAX;
    }

    /// Counts one more request.
    pub(super) fn go_on(&mut self, now: i64) {
        self.last = now;
        self.requests += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::{IDLE, LIFE, Session};

    #[test]
    fn a_session_ends_by_its_age_its_idle_time_or_its_requests() {
        let mut session = Session::new(0);
        assert!(!session.has_ended(2, IDLE) && session.has_ended(2, IDLE + 1));
        for now in (0..=LIFE).step_by(1_000) {
            session.go_on(now);
        }
        session.go_on(LIFE);
        assert!(!session.has_ended(u64::MAX, LIFE) && session.has_ended(u64::MAX, LIFE + 1));
        assert!(session.has_ended(2, LIFE));
    }
}
