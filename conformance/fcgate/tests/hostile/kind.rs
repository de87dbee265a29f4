//! A kind of hostile adapter: its behavior and the expected result of the gate.

use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use rustix::process::Signal;
use serde_json::Value;

use crate::adapter::{Adapter, Request, When};
use crate::expectation::{Cases, Expected};
use crate::gate::Observed;

/// The cases of most kinds: all are required, and the faulty case is in the middle.
const CASES: &str = "parse.status.4*";

/// The behavior of the adapter.
pub(crate) enum Behavior {
    /// Writes this line instead of the correct reply to the faulty case.
    RepliesWith(fn(&Request) -> Vec<u8>),
    /// Handles these requests itself, and is correct otherwise.
    Handles(When, fn(&mut Adapter, &Request)),
    /// Changes its reply to `hello`, and is correct otherwise.
    ChangesHello(fn(&mut Value)),
    /// Does this first, and is correct afterwards.
    DoesFirst(fn(&mut Adapter)),
    /// Is correct until `bye`, and does this afterwards.
    DoesAfterBye(fn(&mut Adapter)),
    /// Handles everything itself.
    DoesEverything(fn(&mut Adapter)),
    /// Is another program, created in the folder and returned as a command line.
    Program(fn(&Path) -> Vec<OsString>),
}

/// What happens to the gate during the run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum GateSetting {
    Plain,
    /// It receives this signal after the adapter has created the file `reached`.
    Interrupted(Signal),
    /// Its stdout is closed.
    ClosedOutput,
}

/// How the gate contains the adapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Contain {
    Auto,
    Group,
}

pub(crate) struct Kind {
    pub(crate) name: &'static str,
    /// The id of its entry in `fixtures/bad-inputs.json`, if it has one.
    pub(crate) entry: Option<&'static str>,
    /// The expected behavior of the gate, as a sentence.
    pub(crate) sentence: &'static str,
    pub(crate) behavior: Behavior,
    pub(crate) only: &'static [&'static str],
    pub(crate) flags: &'static [&'static str],
    pub(crate) contain: &'static [Contain],
    pub(crate) setting: GateSetting,
    /// The time limit of a request in seconds.
    pub(crate) limit: &'static str,
    /// The number of runs before the run that is judged.
    pub(crate) previous_runs: usize,
    pub(crate) expected: Expected,
}

/// A kind with the default expectation: the gate conforms.
pub(crate) fn kind(name: &'static str, sentence: &'static str, behavior: Behavior) -> Kind {
    Kind {
        name,
        entry: None,
        sentence,
        behavior,
        only: &[CASES],
        flags: &[],
        contain: &[Contain::Auto],
        setting: GateSetting::Plain,
        limit: "1",
        previous_runs: 0,
        expected: Expected::new(0, Cases::Correct),
    }
}

pub(crate) fn replies_with(line: fn(&Request) -> Vec<u8>) -> Behavior {
    Behavior::RepliesWith(line)
}

pub(crate) fn handles(when: When, handle: fn(&mut Adapter, &Request)) -> Behavior {
    Behavior::Handles(when, handle)
}

pub(crate) fn changes_hello(change: fn(&mut Value)) -> Behavior {
    Behavior::ChangesHello(change)
}

pub(crate) fn does_first(first: fn(&mut Adapter)) -> Behavior {
    Behavior::DoesFirst(first)
}

pub(crate) fn does_after_bye(last: fn(&mut Adapter)) -> Behavior {
    Behavior::DoesAfterBye(last)
}

pub(crate) fn does_everything(everything: fn(&mut Adapter)) -> Behavior {
    Behavior::DoesEverything(everything)
}

impl Kind {
    /// Names the entry of `fixtures/bad-inputs.json` that this adapter is.
    pub(crate) fn entry(self, id: &'static str) -> Self {
        Self {
            entry: Some(id),
            ..self
        }
    }

    /// Runs with a process namespace and without.
    pub(crate) fn in_both_containments(self) -> Self {
        Self {
            contain: &[Contain::Auto, Contain::Group],
            ..self
        }
    }

    /// Runs only without a process namespace.
    pub(crate) fn without_namespace(self) -> Self {
        Self {
            contain: &[Contain::Group],
            ..self
        }
    }

    pub(crate) fn only(self, only: &'static [&'static str]) -> Self {
        Self { only, ..self }
    }

    pub(crate) fn flags(self, flags: &'static [&'static str]) -> Self {
        Self { flags, ..self }
    }

    pub(crate) fn setting(self, setting: GateSetting) -> Self {
        Self { setting, ..self }
    }

    /// Sets another time limit than one second, for adapters that are slow but correct.
    pub(crate) fn limit(self, limit: &'static str) -> Self {
        Self { limit, ..self }
    }

    pub(crate) fn previous_runs(self, previous_runs: usize) -> Self {
        Self {
            previous_runs,
            ..self
        }
    }

    fn expect(mut self, exit: impl Into<Option<i32>>, cases: Cases) -> Self {
        (self.expected.exit, self.expected.cases) = (exit.into(), cases);
        self
    }

    /// The faulty case has this status, and the run does not conform.
    pub(crate) fn faulty_case(self, status: &'static str) -> Self {
        self.expect(1, Cases::Listed(&["parse.status.418"], status))
    }

    /// These cases have this status, and the run does not conform.
    pub(crate) fn cases(self, ids: &'static [&'static str], status: &'static str) -> Self {
        self.expect(1, Cases::Listed(ids, status))
    }

    /// Every case that would pass has this status.
    pub(crate) fn every_case(self, status: &'static str) -> Self {
        self.expect(1, Cases::Every(status))
    }

    /// The protocol is broken at the faulty case; the output contains one of these texts.
    pub(crate) fn fault(self, words: &'static [&'static str]) -> Self {
        self.expect(5, Cases::StoppedAtFaultyCase).mentions(words)
    }

    /// The protocol is broken before the first case.
    pub(crate) fn no_start(self, words: &'static [&'static str]) -> Self {
        self.expect(5, Cases::NoneRan).mentions(words)
    }

    /// The protocol is broken after the last case.
    pub(crate) fn fault_at_end(self, words: &'static [&'static str]) -> Self {
        self.expect(5, Cases::Correct).mentions(words)
    }

    /// The gate itself was killed.
    pub(crate) fn killed(self) -> Self {
        self.expect(None, Cases::NoReport)
    }

    /// No case ran.
    pub(crate) fn incomplete(self) -> Self {
        self.expect(3, Cases::NoneRan)
    }

    /// The gate was interrupted at the faulty case.
    pub(crate) fn interrupted(self) -> Self {
        self.expect(3, Cases::StoppedAtFaultyCase)
    }

    /// The closure compares the cases.
    pub(crate) fn compared_by(
        self,
        exit: i32,
        compare: fn(&Observed, &Observed) -> Result<(), String>,
    ) -> Self {
        self.expect(exit, Cases::Custom(compare))
    }

    /// The output of the gate contains one of these texts.
    pub(crate) fn mentions(mut self, words: &'static [&'static str]) -> Self {
        self.expected.output_contains.push(words);
        self
    }

    /// The time that it takes in addition to the run of a correct adapter.
    pub(crate) fn extra_time(mut self, seconds: f32) -> Self {
        self.expected.extra_time = Duration::from_secs_f32(seconds);
        self
    }

    /// The name of its test.
    pub(crate) fn title(&self, contain: Contain) -> String {
        match contain {
            Contain::Auto => format!("{}: {}", self.name, self.sentence),
            Contain::Group => format!("{}: {} (process group only)", self.name, self.sentence),
        }
    }
}
