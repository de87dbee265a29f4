//! A mistake with its code, its name and the requirements that it breaks.

use std::fmt;

use fcgate_cases::corpus::Operation;
use fcgate_cases::judge::Comparer;

use crate::mistake::Mistake;

/// A mistake with its name.
#[derive(Clone, Copy)]
pub struct Mutant {
    /// The code, never used again for another mistake: `FCG0101`.
    pub code: &'static str,
    /// Its name: lower-case words with dashes.
    pub name: &'static str,
    /// What an implementation with this mistake does: a sentence without subject and full stop.
    pub summary: &'static str,
    /// The SDKs that make this mistake; `None` if none is known.
    pub seen_in: Option<&'static str>,
    /// The requirements that it breaks; empty for a mistake of the judge.
    pub requirements: &'static [&'static str],
    pub(crate) mistake: Mistake,
}

/// The part of an implementation in which a mistake is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Area {
    /// Signing.
    Sign,
    /// Building the request.
    Build,
    /// Parsing the response.
    Parse,
    /// The HTTP exchange.
    Http,
    /// The kind of the reply: right for the wrong reason, or no reply.
    WrongReason,
    /// The gate's own comparisons.
    Judge,
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sign => "signing",
            Self::Build => "building",
            Self::Parse => "parsing",
            Self::Http => "HTTP",
            Self::WrongReason => "wrong reason",
            Self::Judge => "the judge",
        })
    }
}

impl Mutant {
    /// A mistake that breaks these requirements.
    pub(crate) const fn new(
        code: &'static str,
        name: &'static str,
        summary: &'static str,
        requirements: &'static [&'static str],
        mistake: Mistake,
    ) -> Self {
        Self {
            code,
            name,
            summary,
            seen_in: None,
            requirements,
            mistake,
        }
    }

    /// Sets the SDKs that make this mistake.
    pub(crate) const fn seen_in(mut self, sdks: &'static str) -> Self {
        self.seen_in = Some(sdks);
        self
    }

    /// Whether cases of this operation can show the mistake.
    pub fn touches(&self, operation: Operation) -> bool {
        use Operation::{Build, Invoke, Parse, Sign, Task, Trigger};
        match self.mistake {
            Mistake::Signing(_) => operation != Parse,
            Mistake::Build(_) | Mistake::Accepts { .. } | Mistake::AfterSigning(_) => {
                matches!(operation, Build | Invoke)
            }
            Mistake::Parse(_) | Mistake::Reads(_) => matches!(operation, Parse | Invoke),
            Mistake::Prepares(_)
            | Mistake::Retries(_)
            | Mistake::SignsOnce
            | Mistake::ReadsSession(_) => operation == Invoke,
            Mistake::Http(_) => matches!(operation, Invoke | Trigger | Task),
            Mistake::CallsTrigger(_)
            | Mistake::AuthenticatesTrigger(_)
            | Mistake::SignsTrigger(_)
            | Mistake::AnswersTrigger(_) => operation == Trigger,
            Mistake::CallsTask(_) | Mistake::AnswersTask(_) | Mistake::PollsTask(_) => {
                operation == Task
            }
            Mistake::Replies(replies) => match operation {
                Sign => replies.sign.is_some(),
                Build => replies.build.is_some(),
                Parse => replies.parse.is_some(),
                Invoke => true,
                Trigger => replies.trigger.is_some(),
                Task => replies.task.is_some(),
            },
            Mistake::Judge(_) => false,
        }
    }

    /// The wrong comparisons of a mistake of the judge; `None` for every other mistake.
    pub fn comparer(&self) -> Option<Comparer> {
        match self.mistake {
            Mistake::Judge(comparer) => Some(comparer),
            _ => None,
        }
    }

    /// The area of the mistake.
    pub fn area(&self) -> Area {
        match self.mistake {
            Mistake::Signing(_) => Area::Sign,
            Mistake::Build(_) | Mistake::Accepts { .. } | Mistake::AfterSigning(_) => Area::Build,
            Mistake::Parse(_) | Mistake::Reads(_) => Area::Parse,
            Mistake::Prepares(_)
            | Mistake::Http(_)
            | Mistake::Retries(_)
            | Mistake::SignsOnce
            | Mistake::CallsTrigger(_)
            | Mistake::AuthenticatesTrigger(_)
            | Mistake::SignsTrigger(_)
            | Mistake::ReadsSession(_)
            | Mistake::AnswersTrigger(_)
            | Mistake::CallsTask(_)
            | Mistake::AnswersTask(_)
            | Mistake::PollsTask(_) => Area::Http,
            Mistake::Replies(_) => Area::WrongReason,
            Mistake::Judge(_) => Area::Judge,
        }
    }
}

impl fmt::Debug for Mutant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.name)
    }
}

impl PartialEq for Mutant {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Mutant {}
