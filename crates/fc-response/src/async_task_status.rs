//! The state of an asynchronous task.

use std::fmt;

use fc_headers::Quoted;

/// The state of an asynchronous task.
///
/// The set is open: a state that this version does not know is kept as [`Other`](Self::Other). Whether a state is final
/// is inferred from its meaning; no source says it in a word. An unknown state is not final. Source: metadata and Go SDK
/// of revision 2023-03-30.
///
/// ```
/// use fc_response::AsyncTaskStatus;
///
/// assert!(AsyncTaskStatus::from("Succeeded").is_final());
/// let unknown = AsyncTaskStatus::from("Paused");
/// assert_eq!((unknown.as_str(), unknown.is_final()), ("Paused", false));
/// ```
#[non_exhaustive]
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum AsyncTaskStatus {
    /// The service stored the invocation; it waits in the queue.
    Enqueued,
    /// The service took the invocation from the queue. Documented as a filter of a list only.
    Dequeued,
    /// The function runs.
    Running,
    /// The function failed, and the service waits before it runs the function again.
    Retrying,
    /// A stop was requested.
    Stopping,
    /// The function succeeded. Final.
    Succeeded,
    /// The function failed, and the service does not run it again. Final.
    Failed,
    /// The task was stopped. Final.
    Stopped,
    /// The invocation was too old when its turn came, so that the function never ran. Final.
    Expired,
    /// The invocation cannot run, for example because the function was deleted. Final.
    Invalid,
    /// A state that this version does not know, as received. Not final.
    Other(Box<str>),
}

impl AsyncTaskStatus {
    /// The state as the service writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Enqueued => "Enqueued",
            Self::Dequeued => "Dequeued",
            Self::Running => "Running",
            Self::Retrying => "Retrying",
            Self::Stopping => "Stopping",
            Self::Succeeded => "Succeeded",
            Self::Failed => "Failed",
            Self::Stopped => "Stopped",
            Self::Expired => "Expired",
            Self::Invalid => "Invalid",
            Self::Other(text) => text,
        }
    }

    /// Whether the task has ended, so that its state does not change any more.
    pub fn is_final(&self) -> bool {
        matches!(
            self,
            Self::Succeeded | Self::Failed | Self::Stopped | Self::Expired | Self::Invalid
        )
    }
}

impl From<&str> for AsyncTaskStatus {
    /// Compares the text byte for byte with the known states.
    fn from(text: &str) -> Self {
        const KNOWN: [AsyncTaskStatus; 10] = [
            AsyncTaskStatus::Enqueued,
            AsyncTaskStatus::Dequeued,
            AsyncTaskStatus::Running,
            AsyncTaskStatus::Retrying,
            AsyncTaskStatus::Stopping,
            AsyncTaskStatus::Succeeded,
            AsyncTaskStatus::Failed,
            AsyncTaskStatus::Stopped,
            AsyncTaskStatus::Expired,
            AsyncTaskStatus::Invalid,
        ];
        let known = KNOWN.into_iter().find(|status| status.as_str() == text);
        known.unwrap_or_else(|| Self::Other(text.into()))
    }
}

/// Writes the state, escaped and cut to 64 characters.
impl fmt::Display for AsyncTaskStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = Quoted::new(self.as_str()).limit(64).without_quotes();
        text.fmt(f)
    }
}

impl fmt::Debug for AsyncTaskStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_of_the_ten_known_states_are_final() {
        for text in [
            "Enqueued",
            "Dequeued",
            "Running",
            "Retrying",
            "Stopping",
            "Paused",
            "succeeded",
            "",
        ] {
            let status = AsyncTaskStatus::from(text);
            assert!(!status.is_final(), "{text}");
            assert_eq!(status.as_str(), text);
        }
        for text in ["Succeeded", "Failed", "Stopped", "Expired", "Invalid"] {
            let status = AsyncTaskStatus::from(text);
            assert!(status.is_final(), "{text}");
            assert!(!matches!(status, AsyncTaskStatus::Other(_)), "{text}");
            assert_eq!(status.as_str(), text);
        }
    }

    #[test]
    fn an_unknown_state_is_kept_and_displayed_escaped() {
        let status = AsyncTaskStatus::from("Pau\u{1b}sed");
        assert_eq!(status.as_str(), "Pau\u{1b}sed");
        assert_eq!(status.to_string(), r"Pau\u{1b}sed");
        assert_eq!(format!("{status:?}"), r"Pau\u{1b}sed");
    }
}
