//! The states of a task, and the order in which the task of a function reaches them.

/// The state of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Enqueued,
    Running,
    Retrying,
    Stopping,
    Succeeded,
    Failed,
    Stopped,
    Expired,
    Invalid,
    /// A state that no document names. A client has to treat it as not final.
    Suspended,
}

/// The states that the filter of a list may name. `Dequeued` is documented for the filter only.
pub(super) const FILTERS: [&str; 10] = [
    "Enqueued",
    "Dequeued",
    "Running",
    "Retrying",
    "Stopping",
    "Succeeded",
    "Failed",
    "Stopped",
    "Expired",
    "Invalid",
];

impl State {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Enqueued => "Enqueued",
            Self::Running => "Running",
            Self::Retrying => "Retrying",
            Self::Stopping => "Stopping",
            Self::Succeeded => "Succeeded",
            Self::Failed => "Failed",
            Self::Stopped => "Stopped",
            Self::Expired => "Expired",
            Self::Invalid => "Invalid",
            Self::Suspended => "Suspended",
        }
    }

    /// Whether the task does not change any more.
    pub(super) fn is_final(self) -> bool {
        matches!(
            self,
            Self::Succeeded | Self::Failed | Self::Stopped | Self::Expired | Self::Invalid
        )
    }
}

/// What the task of a function does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TaskScript {
    Succeeds,
    Fails,
    /// Fails once, is tried again and succeeds.
    Retried,
    /// Runs until it is stopped.
    Endless,
    Expires,
    Invalid,
    /// Succeeds, but its record appears later than that of others.
    Late,
    /// Reaches a state that no document names, and then succeeds.
    UnknownState,
    /// Leaves no record.
    Untracked,
}

impl TaskScript {
    /// The states after `Enqueued`.
    pub(super) fn states(self) -> &'static [State] {
        use State::{Expired, Failed, Invalid, Retrying, Running, Succeeded, Suspended};
        match self {
            Self::Succeeds | Self::Late | Self::Untracked => &[Running, Succeeded],
            Self::Fails => &[Running, Retrying, Running, Failed],
            Self::Retried => &[Running, Retrying, Running, Succeeded],
            Self::Endless => &[Running],
            Self::Expires => &[Expired],
            Self::Invalid => &[Invalid],
            Self::UnknownState => &[Running, Suspended, Succeeded],
        }
    }

    /// How many polls do not find the record.
    pub(super) fn hidden_polls(self) -> u32 {
        match self {
            Self::Late => 2,
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FILTERS, State, TaskScript};

    #[test]
    fn only_the_last_state_of_a_script_is_final() {
        for script in [
            TaskScript::Succeeds,
            TaskScript::Fails,
            TaskScript::Retried,
            TaskScript::Expires,
            TaskScript::Invalid,
            TaskScript::UnknownState,
        ] {
            let (last, others) = script.states().split_last().unwrap();
            assert!(last.is_final(), "{script:?}");
            assert!(!others.iter().any(|state| state.is_final()), "{script:?}");
        }
        assert!(!TaskScript::Endless.states()[0].is_final());
        assert!(!FILTERS.contains(&State::Suspended.name()));
    }
}
