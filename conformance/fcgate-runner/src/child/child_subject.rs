//! Sends the requests of cases to an adapter, and starts a new process if the last one was terminated.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use serde::Serialize;
use serde::de::DeserializeOwned;

use fcgate_protocol::{
    BuildInput, BuildOutput, Credentials, InvokeInput, InvokeOutput, ParseInput, ParseOutput,
    SignInput, SignOutput, TaskInput, TaskOutput, TriggerInput, TriggerOutput,
};

use super::adapter::Child;
use super::fault::{Fault, Kind};
use super::process::Process;
use super::reply_fields::ReplyFields;
use super::request_outcome::{ChildResponse, NoReply, Terminated};
use super::secrets::{Contains, Secret};
use crate::subject::{Leak, Subject, SubjectError, SubjectReply, SubjectResult};

impl Subject for Child {
    fn sign(&self, input: &SignInput) -> SubjectResult<SignOutput> {
        let contains = Contains::SignedRequest;
        self.request("sign", input, Some(&input.credentials), contains)
    }

    fn build(&self, input: &BuildInput) -> SubjectResult<BuildOutput> {
        let contains = Contains::SignedRequest;
        self.request("build", input, Some(&input.credentials), contains)
    }

    fn parse(&self, input: &ParseInput) -> SubjectResult<ParseOutput> {
        self.request("parse", input, None, Contains::NoRequest)
    }

    fn invoke(&self, input: &InvokeInput) -> SubjectResult<InvokeOutput> {
        let contains = Contains::NoRequest;
        self.request("invoke", input, Some(&input.credentials), contains)
    }

    fn trigger(&self, input: &TriggerInput) -> SubjectResult<TriggerOutput> {
        let contains = Contains::NoRequest;
        self.request("trigger", input, Some(&input.secrets()), contains)
    }

    fn task(&self, input: &TaskInput) -> SubjectResult<TaskOutput> {
        let contains = Contains::NoRequest;
        self.request("task", input, Some(&input.credentials), contains)
    }

    fn parallel(&self) -> usize {
        let parallel = self.hello.get().map_or(1, |hello| hello.parallel);
        usize::try_from(parallel).unwrap_or(usize::MAX)
    }
}

impl Child {
    fn request<I: Serialize, O: ReplyFields + DeserializeOwned + Serialize>(
        &self,
        command: &str,
        input: &I,
        credentials: Option<&Credentials>,
        contains: Contains,
    ) -> SubjectResult<O> {
        let secrets = credentials.map(|credentials| self.secrets.remember(credentials));
        let secrets = secrets.unwrap_or_default();
        let limit = self.launch.timeout;
        loop {
            let process = self.running_process()?;
            let with_stderr = |event: &str| process.stderr_tail().append_to(event);
            return match process.request(command, input, limit, secrets.clone()) {
                Ok(response) => {
                    let known = response.line.check_known(self.launch.is_strict, O::FIELDS);
                    if let Err(violation) = known {
                        let text = response.line.text().as_bytes();
                        let fault = process.quote_line(violation, text);
                        process.break_protocol(fault.clone());
                        return Err(self.broken(fault));
                    }
                    let reply = self.parse_reply(&response, contains, &secrets);
                    process.keep_memory(response.line.into_bytes());
                    reply
                }
                Err(NoReply::Terminated) => continue,
                Err(NoReply::Ambiguous) => Err(SubjectError::Ambiguous),
                Err(NoReply::Timeout) => {
                    let event = format!("no complete reply within {limit:?}");
                    Err(SubjectError::Timeout(with_stderr(&event)))
                }
                Err(NoReply::Exited(status)) => {
                    let event = format!("the adapter {status}");
                    Err(SubjectError::Crash(with_stderr(&event)))
                }
                Err(NoReply::Broken(fault)) => Err(self.broken(fault)),
                Err(NoReply::Stopped) => Err(interrupted()),
                Err(NoReply::NotSent(text)) => Err(SubjectError::Harness(text)),
            };
        }
    }

    fn parse_reply<O: ReplyFields + DeserializeOwned + Serialize>(
        &self,
        response: &ChildResponse,
        contains: Contains,
        secrets: &[Arc<Secret>],
    ) -> SubjectResult<O> {
        let text = response.line.text().as_bytes();
        let reply = response.line.judged_reply().map_err(|error| {
            let error = self.secrets.redact(error.as_bytes());
            SubjectError::Malformed(String::from_utf8_lossy(&error).into_owned())
        })?;
        let mut secrets = secrets.iter();
        let in_reply = secrets.any(|secret| secret.is_leaked_by(&reply, contains, text));
        let leak = match (in_reply, response.leaked) {
            (true, _) => Some(Leak::Reply),
            (false, true) => Some(Leak::StandardError),
            (false, false) => None,
        };
        Ok(SubjectReply { reply, leak })
    }

    /// Returns the running process, or starts a new one if the last one was terminated.
    fn running_process(&self) -> Result<Arc<Process>, SubjectError> {
        let mut current = self.current();
        if self.stopped.load(Ordering::SeqCst) {
            return Err(interrupted());
        }
        if let Some(fault) = self.first_fault() {
            return Err(self.broken(fault));
        }
        if let Some(process) = &current.process {
            match process.terminated() {
                // If the process exited between two requests, the next request fails.
                None
                | Some(Terminated::Exited {
                    reported: false, ..
                }) => return Ok(Arc::clone(process)),
                Some(Terminated::Broken(fault)) => return Err(self.broken(fault)),
                Some(Terminated::Stopped) => return Err(interrupted()),
                Some(Terminated::Exited { .. } | Terminated::Timeout) => {}
            }
            process.kill_and_wait();
            current.process = None;
            current.failures += 1;
        }
        if current.failures > self.launch.restarts {
            let failures = current.failures;
            return Err(SubjectError::Unavailable(format!(
                "the adapter exited or hung {failures} times; the gate does not start it again"
            )));
        }
        let started = self.start_process();
        if self.stopped.load(Ordering::SeqCst) {
            return Err(interrupted());
        }
        let (process, hello) = started.map_err(|fault| self.broken(fault))?;
        current.process = Some(Arc::clone(&process));
        if self.hello.get() != Some(&hello) {
            let text = "the reply to hello differs from the one after the first start";
            process.break_protocol(Fault::new(Kind::Dishonest, text));
        }
        Ok(process)
    }

    /// Records a fault and returns the error for the case.
    fn broken(&self, fault: Fault) -> SubjectError {
        let error = fault.error_of_case();
        self.record_fault(fault);
        error
    }
}

fn interrupted() -> SubjectError {
    SubjectError::Unavailable("the run was interrupted".to_owned())
}
