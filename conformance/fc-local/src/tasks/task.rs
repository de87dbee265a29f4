//! The record of one asynchronous invocation, and its way through the states.

use std::time::Duration;

use crate::resource_names::ResourceNames;
use crate::stop_signal::StopSignal;

use super::life_cycle::{State, TaskScript};
use super::run::TaskResult;

/// What moves a task to its next state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum TaskPace {
    /// Each request for the task moves it by one state; the first one finds it in the state `Enqueued`.
    #[default]
    Polls,
    /// The clock of the server: a state lasts this long.
    Clock(Duration),
}

/// A state that a task has reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Event {
    pub(super) state: State,
    /// In milliseconds since 1970.
    pub(super) time: i64,
}

/// The record of an asynchronous invocation.
#[derive(Debug, Clone)]
pub(super) struct Task {
    pub(super) id: String,
    pub(super) request_id: String,
    pub(super) names: ResourceNames,
    pub(super) payload: Vec<u8>,
    pub(super) events: Vec<Event>,
    /// The states that it has not reached.
    waiting: &'static [State],
    /// How many polls do not find the record.
    hidden: u32,
    was_shown: bool,
    /// The signal that ends the call, if a function of the user's own runs.
    run: Option<StopSignal>,
    pub(super) result: Option<TaskResult>,
}

/// The reason for which a task cannot be stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StopRefusal {
    Stopped,
    Ended(&'static str),
}

impl Task {
    pub(super) fn new(
        id: String,
        request_id: &str,
        names: ResourceNames,
        payload: Vec<u8>,
        script: TaskScript,
        hidden: u32,
        now: i64,
    ) -> Self {
        Self {
            id,
            request_id: request_id.to_owned(),
            names,
            payload,
            events: vec![Event {
                state: State::Enqueued,
                time: now,
            }],
            waiting: script.states(),
            hidden: hidden.max(script.hidden_polls()),
            was_shown: false,
            run: None,
            result: None,
        }
    }

    /// The call with this signal moves the task, and no script.
    pub(super) fn of_run(mut self, run: StopSignal) -> Self {
        self.waiting = &[];
        self.run = Some(run);
        self
    }

    pub(super) fn state(&self) -> State {
        self.events
            .last()
            .map_or(State::Enqueued, |event| event.state)
    }

    /// A request for this task. Returns whether the record exists already.
    pub(super) fn poll(&mut self, pace: TaskPace, now: i64) -> bool {
        if !self.look(pace, now) {
            return false;
        }
        if self.was_shown && pace == TaskPace::Polls {
            self.enter_next(now);
        }
        self.was_shown = true;
        true
    }

    /// A look at this task that moves it only by the clock. Returns whether the record exists already.
    pub(super) fn look(&mut self, pace: TaskPace, now: i64) -> bool {
        match pace {
            TaskPace::Polls => {
                let is_hidden = self.hidden > 0;
                self.hidden = self.hidden.saturating_sub(1);
                !is_hidden
            }
            TaskPace::Clock(step) => self.catch_up(step, now),
        }
    }

    /// Enters the states whose time has come. A hidden poll is as long as a state.
    fn catch_up(&mut self, step: Duration, now: i64) -> bool {
        let step = i64::try_from(step.as_millis()).unwrap_or(i64::MAX).max(1);
        let last = |task: &Self| task.events.last().map_or(now, |event| event.time);
        while !self.waiting.is_empty() && last(self).saturating_add(step) <= now {
            self.enter_next(last(self).saturating_add(step));
        }
        let accepted = self.events.first().map_or(now, |event| event.time);
        let visible = accepted.saturating_add(step.saturating_mul(i64::from(self.hidden)));
        visible <= now
    }

    fn enter_next(&mut self, time: i64) {
        if let Some((state, rest)) = self.waiting.split_first() {
            self.waiting = rest;
            let state = *state;
            self.events.push(Event { state, time });
        }
    }

    /// Stops the task. A task that is being stopped stays as it is.
    pub(super) fn stop(&mut self, now: i64) -> Result<(), StopRefusal> {
        match self.state() {
            State::Stopping => Ok(()),
            State::Stopped => Err(StopRefusal::Stopped),
            state if state.is_final() => Err(StopRefusal::Ended(state.name())),
            state => {
                self.waiting = &[State::Stopping, State::Stopped];
                self.enter_next(now);
                if let Some(run) = &self.run {
                    run.set();
                    // A call that has not started has nothing to end; the end of any other one is its last state.
                    if state == State::Enqueued {
                        self.enter_next(now);
                    }
                    self.waiting = &[];
                }
                Ok(())
            }
        }
    }

    /// The call with this signal reaches a state. Returns whether the task follows: it does not if it has ended, if it is being
    /// stopped, or if it belongs to another call.
    pub(super) fn enter(
        &mut self,
        run: &StopSignal,
        state: State,
        result: Option<TaskResult>,
        now: i64,
    ) -> bool {
        let is_stopping = self.state() == State::Stopping && state != State::Stopped;
        if self.run.as_ref() != Some(run) || self.state().is_final() || is_stopping {
            return false;
        }
        self.events.push(Event { state, time: now });
        self.result = result.or_else(|| self.result.take());
        true
    }

    /// Ends the call, if one runs.
    pub(super) fn end_run(&self) {
        if let Some(run) = &self.run {
            run.set();
        }
    }

    /// What the task returned: a task without a call returns its payload.
    pub(super) fn returned(&self) -> &[u8] {
        match &self.result {
            Some(TaskResult::Returned(bytes)) => bytes,
            _ => &self.payload,
        }
    }

    /// The time of the first run in milliseconds since 1970; 0 before it.
    pub(super) fn started(&self) -> i64 {
        let mut events = self.events.iter();
        let started = events.find(|event| event.state == State::Running);
        started.map_or(0, |event| event.time)
    }

    /// The time of the end in milliseconds since 1970; 0 before it.
    pub(super) fn ended(&self) -> i64 {
        let last = self.events.last().filter(|event| event.state.is_final());
        last.map_or(0, |event| event.time)
    }

    /// How often the service ran the function again.
    pub(super) fn retries(&self) -> usize {
        let events = self.events.iter();
        events
            .filter(|event| event.state == State::Retrying)
            .count()
    }

    /// The approximate number of bytes that the record takes.
    pub(super) fn bytes(&self) -> usize {
        const FIXED: usize = 1024;
        let result = self.result.as_ref().map_or(0, TaskResult::bytes);
        FIXED + self.id.len() + self.payload.len() + result
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{StopRefusal, Task, TaskPace, TaskScript};
    use crate::resource_names::ResourceNames;

    fn task(script: TaskScript, hidden: u32) -> Task {
        let names = ResourceNames {
            revision: "2023-03-30",
            service: None,
            function: "f".to_owned(),
            qualifier: None,
        };
        Task::new(
            "t".to_owned(),
            "r",
            names,
            Vec::new(),
            script,
            hidden,
            1_000,
        )
    }

    /// The states that this many polls find, `-` for no record.
    fn polled(task: &mut Task, polls: usize) -> Vec<&'static str> {
        let poll = |_| {
            let found = task.poll(TaskPace::Polls, 2_000);
            if found { task.state().name() } else { "-" }
        };
        (0..polls).map(poll).collect()
    }

    #[test]
    fn each_poll_moves_a_task_by_one_state_until_its_end() {
        for (script, states) in [
            (
                TaskScript::Succeeds,
                &["Enqueued", "Running", "Succeeded", "Succeeded"][..],
            ),
            (TaskScript::Late, &["-", "-", "Enqueued", "Running"]),
            (TaskScript::Endless, &["Enqueued", "Running", "Running"]),
            (TaskScript::Expires, &["Enqueued", "Expired", "Expired"]),
            (TaskScript::Invalid, &["Enqueued", "Invalid"]),
            (
                TaskScript::Fails,
                &["Enqueued", "Running", "Retrying", "Running", "Failed"],
            ),
            (
                TaskScript::UnknownState,
                &["Enqueued", "Running", "Suspended", "Succeeded"],
            ),
        ] {
            assert_eq!(polled(&mut task(script, 0), states.len()), states);
        }
        assert_eq!(
            polled(&mut task(TaskScript::Succeeds, 1), 2),
            ["-", "Enqueued"]
        );
    }

    #[test]
    fn the_clock_moves_a_task_and_its_times() {
        let pace = TaskPace::Clock(Duration::from_secs(1));
        let mut task = task(TaskScript::Succeeds, 1);
        assert!(!task.poll(pace, 1_999), "hidden for one step");
        assert!(task.poll(pace, 2_000));
        assert_eq!((task.state().name(), task.started()), ("Running", 2_000));
        assert!(task.poll(pace, 9_999));
        assert_eq!((task.started(), task.ended()), (2_000, 3_000));
    }

    #[test]
    fn a_stopped_task_is_stopping_and_then_stopped() {
        let mut task = task(TaskScript::Endless, 0);
        polled(&mut task, 2);
        assert_eq!(task.stop(3_000), Ok(()));
        assert_eq!(task.stop(3_000), Ok(()), "a second stop changes nothing");
        assert_eq!(task.state().name(), "Stopping");
        assert_eq!(polled(&mut task, 2), ["Stopped", "Stopped"]);
        assert_eq!(task.stop(4_000), Err(StopRefusal::Stopped));
        assert_eq!(task.retries(), 0);
    }

    #[test]
    fn a_task_that_has_ended_is_not_stopped() {
        let mut task = task(TaskScript::Fails, 0);
        polled(&mut task, 9);
        assert_eq!(task.stop(9), Err(StopRefusal::Ended("Failed")));
        assert_eq!(task.retries(), 1);
    }
}
