//! The pending requests of one process, and the state of that process.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

use super::fault::Kind;
use super::reply_line::ReplyLine;
use super::request_outcome::{ChildResponse, NoReply, ReplySender, Terminated};
use super::ring_buffer::RingBuffer;
use super::secrets::Secret;
use super::seq::parse_seq;
use super::system::ExitStatus;
use super::violation::Violation;

/// A request without a reply.
struct Request {
    seq: u64,
    sender: ReplySender,
    secrets: Vec<Arc<Secret>>,
    /// Whether a secret of the request was on standard error.
    leaked: bool,
    /// Whether a secret was on standard error while another pending request had the same secret.
    ambiguous: bool,
}

/// The pending requests and the state of one process.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts about one process"
)]
pub(super) struct Pending {
    requests: Vec<Request>,
    answered: BTreeSet<u64>,
    /// The `seq` of `bye`. The adapter may reply to `bye`, but does not have to.
    bye: Option<u64>,
    /// Whether `bye` was sent.
    pub(super) was_sent_bye: bool,
    /// Secrets that were on standard error while no pending request had them.
    leaked: Vec<Arc<Secret>>,
    pub(super) terminated: Option<Terminated>,
    /// Whether the process has exited and the gate is killing the processes that it left.
    pub(super) exiting: bool,
    /// The exit status, and the time when all processes were killed.
    pub(super) exited: Option<(ExitStatus, Instant)>,
    /// Whether the adapter closed its stdout.
    pub(super) stdout_closed: bool,
    /// Whether the output reader has complete lines that it has not delivered yet.
    pub(super) delivering: bool,
    /// Whether the output reader has ended.
    pub(super) output_ended: bool,
    pub(super) stderr: RingBuffer,
    /// The number of threads that wait for a change.
    pub(super) waiting: usize,
}

impl Pending {
    /// Fails if the process receives no further requests. If it exited between two requests, the next request fails.
    pub(super) fn check_running(&mut self) -> Result<(), NoReply> {
        match &mut self.terminated {
            None => Ok(()),
            Some(Terminated::Exited { status, reported }) if !*reported => {
                *reported = true;
                Err(NoReply::Exited(*status))
            }
            Some(Terminated::Exited { .. } | Terminated::Timeout) => Err(NoReply::Terminated),
            Some(Terminated::Broken(fault)) => Err(NoReply::Broken(fault.clone())),
            Some(Terminated::Stopped) => Err(NoReply::Stopped),
        }
    }

    /// The number of pending requests.
    pub(super) fn len(&self) -> usize {
        self.requests.len()
    }

    /// Adds a request.
    pub(super) fn add(&mut self, seq: u64, sender: ReplySender, secrets: Vec<Arc<Secret>>) {
        let before = self.leaked.len();
        self.leaked.retain(|leaked| !secrets.contains(leaked));
        self.requests.push(Request {
            seq,
            sender,
            secrets,
            leaked: self.leaked.len() < before,
            ambiguous: false,
        });
    }

    /// Adds `bye`, whose reply is ignored.
    pub(super) fn add_bye(&mut self, seq: u64) {
        self.bye = Some(seq);
        self.was_sent_bye = true;
    }

    /// Delivers a reply to its request. Returns the line and the violation if no request has this `seq`.
    pub(super) fn deliver(
        &mut self,
        seq: &str,
        line: ReplyLine,
    ) -> Result<(), (ReplyLine, Violation)> {
        if self.terminated.is_some() {
            // The reply is too late.
            return Ok(());
        }
        let seq = parse_seq(seq);
        let index = self
            .requests
            .iter()
            .position(|request| Some(request.seq) == seq);
        let Some(index) = index else {
            if seq.is_some() && seq == self.bye {
                self.bye = None;
                return Ok(());
            }
            let violation = self.stray_reply(seq);
            return Err((line, violation));
        };
        let request = self.requests.swap_remove(index);
        self.answered.insert(request.seq);
        let response = if request.ambiguous {
            Err(NoReply::Ambiguous)
        } else {
            let leaked = request.leaked;
            Ok(ChildResponse { line, leaked })
        };
        // A caller that no longer waits already has its result.
        let _ = request.sender.try_send(response);
        Ok(())
    }

    fn stray_reply(&self, seq: Option<u64>) -> Violation {
        if seq.is_some_and(|seq| self.answered.contains(&seq)) {
            Violation::new(
                Kind::RepeatedSeq,
                "the adapter replied twice to the same request",
            )
        } else if self.requests.is_empty() {
            Violation::new(
                Kind::UnaskedReply,
                "the adapter sent a reply while no request was pending",
            )
        } else {
            Violation::new(
                Kind::UnknownSeq,
                "the adapter sent a reply whose seq is not that of a pending request",
            )
        }
    }

    /// Records that a secret was on standard error.
    pub(super) fn leak(&mut self, secret: &Arc<Secret>) {
        let has_secret = |request: &&mut Request| request.secrets.contains(secret);
        match self.requests.iter_mut().filter(has_secret).count() {
            0 => {
                if !self.leaked.contains(secret) {
                    self.leaked.push(Arc::clone(secret));
                }
            }
            1 => self
                .requests
                .iter_mut()
                .filter(has_secret)
                .for_each(|request| request.leaked = true),
            _ => self
                .requests
                .iter_mut()
                .filter(has_secret)
                .for_each(|request| request.ambiguous = true),
        }
    }

    /// Fails a request because its time limit has passed, and all other pending requests with it.
    ///
    /// Returns `None` if the request has a reply, or if the process exited or closed its stdout: then the output reader
    /// fails the request within a second.
    pub(super) fn expire(&mut self, seq: u64) -> Option<NoReply> {
        self.requests
            .iter()
            .position(|request| request.seq == seq)?;
        if self.stdout_closed || self.exited.is_some() {
            return None;
        }
        let reason = match self.requests.len() {
            1 => NoReply::Timeout,
            _ => NoReply::Ambiguous,
        };
        self.fail_all(&reason);
        self.terminated.get_or_insert(Terminated::Timeout);
        Some(reason)
    }

    /// Records that the output reader has ended, and fails all pending requests if the process exited.
    pub(super) fn end_output(&mut self) {
        if let (None, Some((status, _))) = (&self.terminated, self.exited) {
            let reason = match self.requests.len() {
                0 | 1 => NoReply::Exited(status),
                _ => NoReply::Ambiguous,
            };
            let reported = !self.requests.is_empty();
            self.terminated = Some(Terminated::Exited { status, reported });
            self.fail_all(&reason);
        }
        self.output_ended = true;
    }

    /// Fails all pending requests.
    pub(super) fn fail_all(&mut self, reason: &NoReply) {
        for request in self.requests.drain(..) {
            let _ = request.sender.try_send(Err(reason.clone()));
        }
    }
}

#[cfg(test)]
mod tests;
