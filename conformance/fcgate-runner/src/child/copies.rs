//! Copies of one adapter that run side by side, for adapters that answer one request after the other.

use std::num::NonZero;
use std::sync::Mutex;

use fcgate_protocol::{
    BuildInput, BuildOutput, Hello, InvokeInput, InvokeOutput, ParseInput, ParseOutput, SignInput,
    SignOutput, TaskInput, TaskOutput, TriggerInput, TriggerOutput,
};

use super::adapter::Child;
use super::fault::{Fault, Kind};
use super::launch_settings::Launch;
use super::lock::lock;
use crate::subject::{Subject, SubjectError, SubjectResult};
use crate::work_queue;

/// Copies of an adapter. Every request goes to a copy with the fewest pending requests.
///
/// A copy that exits or hangs is restarted alone. After a violation of the protocol no copy receives a request.
#[derive(Debug)]
pub struct Copies {
    children: Vec<Child>,
    /// The number of pending requests of every copy.
    pending: Mutex<Vec<usize>>,
}

impl Copies {
    /// Creates the copies without starting them.
    ///
    /// # Errors
    ///
    /// If the program does not exist.
    pub fn new(launch: &Launch, count: NonZero<usize>) -> Result<Self, Fault> {
        let children = (0..count.get()).map(|_| Child::new(launch.clone()));
        Ok(Self {
            children: children.collect::<Result<_, _>>()?,
            pending: Mutex::new(vec![0; count.get()]),
        })
    }

    /// Starts every copy and returns their common reply to `hello`.
    ///
    /// # Errors
    ///
    /// If a copy cannot start, fails the handshake, or replies to `hello` differently from the first copy.
    pub fn handshake(&self) -> Result<Hello, Fault> {
        let mut first = None;
        for hello in at_once(self.children.iter(), Child::handshake) {
            let hello = hello?;
            if first.get_or_insert_with(|| hello.clone()) != &hello {
                let text = "the replies of two copies of the adapter to hello differ";
                return Err(Fault::new(Kind::Dishonest, text));
            }
        }
        first.ok_or_else(|| Fault::new(Kind::Spawn, "expected at least one copy of the adapter"))
    }

    /// The first violation of the protocol of any copy.
    pub fn fault(&self) -> Option<Fault> {
        self.children.iter().find_map(Child::fault)
    }

    /// Returns warnings for the author of the adapter. They are the same in every run.
    pub fn warnings(&self) -> Vec<String> {
        self.children
            .first()
            .map(Child::warnings)
            .unwrap_or_default()
    }

    /// Kills all copies, from any thread. Pending and later requests fail.
    pub fn stop(&self) {
        at_once(self.children.iter(), Child::stop);
    }

    /// Ends all copies with `bye`. Afterwards none of their processes is running.
    ///
    /// # Errors
    ///
    /// If a copy does not exit with status 0 in time, or if it broke the protocol before.
    pub fn shut_down(self) -> Result<(), Fault> {
        let ended = at_once(self.children.into_iter(), Child::shut_down);
        ended.into_iter().fold(Ok(()), Result::and)
    }

    /// Sends a request with a copy that has the fewest pending requests.
    fn request<T>(&self, send: impl FnOnce(&Child) -> SubjectResult<T>) -> SubjectResult<T> {
        if let Some(fault) = self.fault() {
            return Err(fault.error_of_case());
        }
        let index = self.take();
        let result = match self.children.get(index) {
            Some(child) => send(child),
            None => Err(SubjectError::Harness("no copy of the adapter".to_owned())),
        };
        if let Some(count) = lock(&self.pending).get_mut(index) {
            *count -= 1;
        }
        result
    }

    /// Chooses a copy for one more request, and returns its index.
    fn take(&self) -> usize {
        let mut pending = lock(&self.pending);
        let least = pending
            .iter_mut()
            .enumerate()
            .min_by_key(|(_, count)| **count);
        let Some((index, count)) = least else {
            return 0;
        };
        *count += 1;
        index
    }
}

/// Does the same with every copy, each in a thread of its own if the machine has enough threads. The results are in
/// the order of the copies.
fn at_once<T: Send, R: Send>(copies: impl Iterator<Item = T>, work: fn(T) -> R) -> Vec<R> {
    let copies: Vec<_> = copies.map(|copy| Mutex::new(Some(copy))).collect();
    let results = work_queue::map_with_threads(copies.len(), &copies, |copy| {
        let copy = lock(copy).take();
        copy.map(work)
    });
    results.into_iter().flatten().collect()
}

impl Subject for Copies {
    fn sign(&self, input: &SignInput) -> SubjectResult<SignOutput> {
        self.request(|child| child.sign(input))
    }

    fn build(&self, input: &BuildInput) -> SubjectResult<BuildOutput> {
        self.request(|child| child.build(input))
    }

    fn parse(&self, input: &ParseInput) -> SubjectResult<ParseOutput> {
        self.request(|child| child.parse(input))
    }

    fn invoke(&self, input: &InvokeInput) -> SubjectResult<InvokeOutput> {
        self.request(|child| child.invoke(input))
    }

    fn trigger(&self, input: &TriggerInput) -> SubjectResult<TriggerOutput> {
        self.request(|child| child.trigger(input))
    }

    fn task(&self, input: &TaskInput) -> SubjectResult<TaskOutput> {
        self.request(|child| child.task(input))
    }

    fn parallel(&self) -> usize {
        let each = self.children.first().map_or(1, Subject::parallel);
        each.saturating_mul(self.children.len())
    }
}
