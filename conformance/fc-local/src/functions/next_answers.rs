//! Answers for the next calls of a function, before it goes on as before.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::answer_document::AnswerDocument;
use super::call::Call;
use super::reply::Reply;
use super::script::read_answers;

/// One answer for one call.
#[derive(Debug, Clone)]
pub(crate) enum NextAnswer {
    Document(AnswerDocument),
    Reply(Reply),
}

impl NextAnswer {
    fn reply(self, call: &Call) -> Reply {
        match self {
            Self::Document(document) => document.reply(call),
            Self::Reply(reply) => reply,
        }
    }

    /// Reads a list of answers, or an object with the key `answers`.
    ///
    /// # Errors
    ///
    /// The line, the field and the reason.
    pub(crate) fn read_list(text: &str) -> Result<Vec<Self>, String> {
        let is_list = text.trim_start().starts_with('[');
        let (answers, after_last) = if is_list {
            read_answers(&format!("{{\"answers\":{text}}}"))?
        } else {
            read_answers(text)?
        };
        if after_last.is_some() {
            return Err(
                "1: after_last: after these answers the function goes on as before; leave it out"
                    .to_owned(),
            );
        }
        Ok(answers.into_iter().map(Self::Document).collect())
    }
}

/// The answers for the next calls.
#[derive(Default)]
pub(super) struct NextAnswers(Mutex<VecDeque<NextAnswer>>);

impl NextAnswers {
    /// Replaces the answers that wait.
    pub(super) fn set(&self, answers: Vec<NextAnswer>) {
        *self.lock() = answers.into();
    }

    /// The answer for this call, if one waits.
    pub(super) fn take(&self, call: &Call) -> Option<Reply> {
        let next = self.lock().pop_front();
        next.map(|next| next.reply(call))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lock().is_empty()
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<NextAnswer>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for NextAnswers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NextAnswers")
            .field("waiting", &self.lock().len())
            .finish()
    }
}
