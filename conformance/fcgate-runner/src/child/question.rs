//! Questions to an adapter, whichever of its processes answers them.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Leak;
use crate::Subject;
use crate::SubjectError;
use crate::SubjectReply;
use crate::SubjectResult;
use fcgate_protocol::{
    BuildInput, BuildOutput, Credentials, InvokeInput, InvokeOutput, ParseInput, ParseOutput,
    SignInput, SignOutput,
};

use super::fault::{Fault, Kind};
use super::process::Process;
use super::secrets::Secret;
use super::table::{Down, Lost, Told};
use super::{Child, lock};

/// How often a new process is started in a run.
const RESTARTS: usize = 10;

impl Subject for Child {
    fn sign(&self, input: &SignInput) -> SubjectResult<SignOutput> {
        self.ask("sign", input, Some(&input.credentials))
    }

    fn build(&self, input: &BuildInput) -> SubjectResult<BuildOutput> {
        self.ask("build", input, Some(&input.credentials))
    }

    fn parse(&self, input: &ParseInput) -> SubjectResult<ParseOutput> {
        self.ask("parse", input, None)
    }

    fn invoke(&self, input: &InvokeInput) -> SubjectResult<InvokeOutput> {
        self.ask("invoke", input, Some(&input.credentials))
    }

    fn parallel(&self) -> usize {
        let parallel = self.hello.get().map_or(1, |hello| hello.parallel);
        usize::try_from(parallel).unwrap_or(usize::MAX)
    }
}

impl Child {
    /// Puts a question; the process is started anew where it has to be.
    fn ask<I: Serialize, O: DeserializeOwned + Serialize>(
        &self,
        command: &str,
        input: &I,
        credentials: Option<&Credentials>,
    ) -> SubjectResult<O> {
        let secret = credentials.map(|credentials| self.secrets.of(credentials));
        let limit = self.launch.timeout;
        loop {
            let process = self.process()?;
            let words = |what: &str| process.last_words().after(what);
            return match process.ask(command, input, limit, secret.clone()) {
                Ok(told) => {
                    let heard = self.heard(&told, secret.as_deref());
                    process.give_back(told.line.into_bytes());
                    heard
                }
                Err(Lost::Down) => continue,
                Err(Lost::Together) => Err(SubjectError::Ambiguous),
                Err(Lost::Late) => {
                    let what = format!("no complete reply within {limit:?}");
                    Err(SubjectError::Timeout(words(&what)))
                }
                Err(Lost::Ended(ending)) => {
                    Err(SubjectError::Crash(words(&format!("the adapter {ending}"))))
                }
                Err(Lost::Broken(fault)) => Err(self.gone(fault)),
                Err(Lost::Stopped) => Err(stopped()),
                Err(Lost::Unasked(what)) => Err(SubjectError::Harness(what)),
            };
        }
    }

    fn heard<O: DeserializeOwned + Serialize>(
        &self,
        told: &Told,
        secret: Option<&Secret>,
    ) -> SubjectResult<O> {
        let in_reply = secret.is_some_and(|secret| secret.is_in_json(told.line.text().as_bytes()));
        let reply = told.line.answer().map_err(|what| {
            let what = self.secrets.mask(what.as_bytes());
            SubjectError::Malformed(String::from_utf8_lossy(&what).into_owned())
        })?;
        let leak = match (in_reply, told.leaked) {
            (true, _) => Some(Leak::Reply),
            (false, true) => Some(Leak::StandardError),
            (false, false) => None,
        };
        Ok(SubjectReply { reply, leak })
    }

    /// The process to be asked; another one where the last one is down.
    fn process(&self) -> Result<Arc<Process>, SubjectError> {
        let mut place = self.place();
        if self.stopped.load(Ordering::SeqCst) {
            return Err(stopped());
        }
        let broken = lock(&self.fault).clone();
        if let Some(fault) = broken {
            return Err(self.gone(fault));
        }
        if let Some(process) = &place.process {
            match process.down() {
                // Someone has to pay for an end between two questions.
                None | Some(Down::Ended { paid: false, .. }) => return Ok(Arc::clone(process)),
                Some(Down::Broken(fault)) => return Err(self.gone(fault)),
                Some(Down::Stopped) => return Err(stopped()),
                Some(Down::Ended { .. } | Down::Late) => {}
            }
            process.bury();
            place.process = None;
            place.ends += 1;
        }
        if place.ends > RESTARTS {
            let times = place.ends;
            return Err(SubjectError::Unavailable(format!(
                "the adapter ended or hung {times} times"
            )));
        }
        let begun = self.begin();
        if self.stopped.load(Ordering::SeqCst) {
            return Err(stopped());
        }
        let (process, hello) = begun.map_err(|fault| self.gone(fault))?;
        place.process = Some(Arc::clone(&process));
        if self.hello.get() != Some(&hello) {
            let what = "the adapter introduced itself otherwise when it was started again";
            process.fail(Fault::new(Kind::Dishonest, what));
        }
        Ok(process)
    }

    /// The protocol is broken. How is told once, with the run; it may differ where several questions are open.
    fn gone(&self, fault: Fault) -> SubjectError {
        self.broken(fault);
        SubjectError::Unavailable("the adapter broke the protocol".to_owned())
    }
}

fn stopped() -> SubjectError {
    SubjectError::Unavailable("the run was interrupted".to_owned())
}
