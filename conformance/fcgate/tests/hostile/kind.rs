//! A kind of hostile adapter: what it does, and what the gate has to make of it.

use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use rustix::process::Signal;
use serde_json::Value;

use crate::actor::{Actor, At, Question};
use crate::expectation::{Cases, Expected};
use crate::gate::Seen;

/// The cases that most kinds are asked: all required, and the culprit in the middle.
const FEW: &str = "parse.status.4*";

/// What the adapter does.
pub(crate) enum Act {
    /// Says this in the place of the right answer to the one case, and is right in everything else.
    Says(fn(&Question) -> Vec<u8>),
    /// Answers these questions by itself, and is right in everything else.
    Twists(At, fn(&mut Actor, &Question)),
    /// Introduces itself in another way, and is right in everything else.
    Introduces(fn(&mut Value)),
    /// Does this, and then all that is right.
    Starts(fn(&mut Actor)),
    /// Does all that is right, and this after `bye`.
    Ends(fn(&mut Actor)),
    /// Does all of it by itself.
    Plays(fn(&mut Actor)),
    /// Is another program: made in the folder, given as the command line.
    Program(fn(&Path) -> Vec<OsString>),
}

/// What happens to the gate meanwhile.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Setting {
    Plain,
    /// It gets this signal when the adapter has made the file `reached`.
    Interrupted(Signal),
    /// Nobody reads its output.
    Deaf,
}

/// How the gate contains the adapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Contain {
    Auto,
    Group,
}

pub(crate) struct Kind {
    pub(crate) name: &'static str,
    /// What the gate has to do, as a sentence.
    pub(crate) sentence: &'static str,
    pub(crate) act: Act,
    pub(crate) only: &'static [&'static str],
    pub(crate) flags: &'static [&'static str],
    pub(crate) contain: &'static [Contain],
    pub(crate) setting: Setting,
    /// Seconds that a question may take.
    pub(crate) limit: &'static str,
    /// How often it runs before the run that counts.
    pub(crate) rehearsals: usize,
    pub(crate) expected: Expected,
}

/// A kind that may do nothing wrong.
pub(crate) fn kind(name: &'static str, sentence: &'static str, act: Act) -> Kind {
    Kind {
        name,
        sentence,
        act,
        only: &[FEW],
        flags: &[],
        contain: &[Contain::Auto],
        setting: Setting::Plain,
        limit: "1",
        rehearsals: 0,
        expected: Expected::new(0, Cases::Whole),
    }
}

pub(crate) fn says(line: fn(&Question) -> Vec<u8>) -> Act {
    Act::Says(line)
}

pub(crate) fn twists(at: At, twist: fn(&mut Actor, &Question)) -> Act {
    Act::Twists(at, twist)
}

pub(crate) fn introduces(change: fn(&mut Value)) -> Act {
    Act::Introduces(change)
}

pub(crate) fn starts(first: fn(&mut Actor)) -> Act {
    Act::Starts(first)
}

pub(crate) fn ends(last: fn(&mut Actor)) -> Act {
    Act::Ends(last)
}

pub(crate) fn plays(play: fn(&mut Actor)) -> Act {
    Act::Plays(play)
}

impl Kind {
    /// It is tried with a process namespace and without.
    pub(crate) fn in_both(self) -> Self {
        Self {
            contain: &[Contain::Auto, Contain::Group],
            ..self
        }
    }

    /// It is tried only without a process namespace.
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

    pub(crate) fn setting(self, setting: Setting) -> Self {
        Self { setting, ..self }
    }

    /// Another limit than one second, for what is slow without being wrong.
    pub(crate) fn limit(self, limit: &'static str) -> Self {
        Self { limit, ..self }
    }

    pub(crate) fn rehearsals(self, rehearsals: usize) -> Self {
        Self { rehearsals, ..self }
    }

    fn expect(mut self, exit: impl Into<Option<i32>>, cases: Cases) -> Self {
        (self.expected.exit, self.expected.cases) = (exit.into(), cases);
        self
    }

    /// The one case has this status, and the run is red for it.
    pub(crate) fn culprit(self, status: &'static str) -> Self {
        self.expect(1, Cases::These(&["parse.status.418"], status))
    }

    /// These cases have this status, and the run is red for them.
    pub(crate) fn these(self, ids: &'static [&'static str], status: &'static str) -> Self {
        self.expect(1, Cases::These(ids, status))
    }

    /// Every case that would pass has this status.
    pub(crate) fn every(self, status: &'static str) -> Self {
        self.expect(1, Cases::Every(status))
    }

    /// The protocol is broken at the one case; the message starts with one of these words.
    pub(crate) fn fault(self, words: &'static [&'static str]) -> Self {
        self.expect(5, Cases::StoppedAtCulprit).mentions(words)
    }

    /// The protocol is broken before the first case.
    pub(crate) fn no_start(self, words: &'static [&'static str]) -> Self {
        self.expect(5, Cases::NoneRan).mentions(words)
    }

    /// The protocol is broken after the last case.
    pub(crate) fn bad_end(self, words: &'static [&'static str]) -> Self {
        self.expect(5, Cases::Whole).mentions(words)
    }

    /// The gate itself was killed.
    pub(crate) fn killed(self) -> Self {
        self.expect(None, Cases::Untold)
    }

    /// Nothing failed and nothing ran.
    pub(crate) fn incomplete(self) -> Self {
        self.expect(3, Cases::NoneRan)
    }

    /// The gate was stopped at the one case.
    pub(crate) fn stopped(self) -> Self {
        self.expect(3, Cases::StoppedAtCulprit)
    }

    /// Exit code and cases as this says.
    pub(crate) fn judged(self, exit: i32, judge: fn(&Seen, &Seen) -> Result<(), String>) -> Self {
        self.expect(exit, Cases::Judged(judge))
    }

    /// One of these words stands in what the gate says.
    pub(crate) fn mentions(mut self, words: &'static [&'static str]) -> Self {
        self.expected.says.push(words);
        self
    }

    /// The time limits that it uses up, beyond the run of a right adapter.
    pub(crate) fn spends(mut self, seconds: f32) -> Self {
        self.expected.spends = Duration::from_secs_f32(seconds);
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
