//! The subject of a run: an adapter process, or the built-in implementation.

use std::sync::{Arc, Weak};

use fc_conformance::verdict::Verdict;
use fcgate_protocol::Hello;
use fcgate_protocol::Implementation;
use fcgate_runner::{Contain, Copies, Fault, InProcess, Launch, Subject};

use super::failure::Failure;
use super::run_options::RunOptions;
use super::settings::Settings;

/// How often the gate restarts the adapter while every case runs once.
const RESTARTS: usize = 10;

/// The implementation under test.
pub(super) enum RunSubject<'a> {
    InProcess(InProcess<'a>),
    Adapter(Arc<Copies>),
}

impl<'a> RunSubject<'a> {
    /// Creates the adapter if one is configured, else the built-in implementation. It starts no process yet.
    pub(super) fn new(
        settings: &Settings,
        options: &RunOptions,
        implementation: &'a dyn Implementation,
    ) -> Result<Self, Fault> {
        let Some((program, arguments)) = settings.adapter.split_first() else {
            return Ok(Self::InProcess(InProcess::new(implementation)));
        };
        let mut launch = Launch::new(program.clone(), arguments.to_vec())
            .timeout(settings.timeout)
            .hello_timeout(settings.hello_timeout)
            .contain(Contain::from(options.contain))
            .restarts(restarts(options))
            .pass(settings.environment.clone())
            .pass_credentials(options.pass_credential.clone())
            .strict(options.strict_protocol);
        if let Ok(supervisor) = std::env::current_exe() {
            launch = launch.supervisor(supervisor);
        }
        Ok(Self::Adapter(Arc::new(Copies::new(
            &launch,
            settings.processes,
        )?)))
    }

    /// Starts the adapter and returns its `hello`.
    pub(super) fn hello(&self) -> Result<Hello, SubjectFailure> {
        match self {
            Self::Adapter(copies) => copies.handshake().map_err(SubjectFailure::Fault),
            Self::InProcess(subject) => subject.hello().map_err(|_| {
                SubjectFailure::Failure(Failure {
                    verdict: Verdict::Adapter,
                    message: "the implementation panicked in hello".to_owned(),
                })
            }),
        }
    }

    /// Returns a function that stops the adapter. For the built-in reference, the function does nothing.
    pub(super) fn stop_function(&self) -> impl Fn() + Send + 'static {
        let copies: Weak<Copies> = match self {
            Self::Adapter(copies) => Arc::downgrade(copies),
            Self::InProcess(_) => Weak::new(),
        };
        move || {
            if let Some(copies) = copies.upgrade() {
                copies.stop();
            }
        }
    }

    /// Stops the adapter and all its processes.
    pub(super) fn end(self, warnings: &mut Vec<String>) -> Result<(), Fault> {
        let Self::Adapter(copies) = self else {
            return Ok(());
        };
        warnings.extend(copies.warnings());
        match Arc::try_unwrap(copies) {
            Ok(copies) => copies.shut_down(),
            // The signal thread is stopping the adapter now.
            Err(copies) => {
                copies.stop();
                copies.fault().map_or(Ok(()), Err)
            }
        }
    }

    pub(super) fn subject(&self) -> &dyn Subject {
        match self {
            Self::InProcess(subject) => subject,
            Self::Adapter(copies) => copies.as_ref(),
        }
    }
}

/// Every repetition may restart the adapter as often as a run without repetitions.
fn restarts(options: &RunOptions) -> usize {
    usize::try_from(options.repeat).map_or(usize::MAX, |times| times.saturating_mul(RESTARTS))
}

/// The reason why the subject did not start.
pub(super) enum SubjectFailure {
    /// The adapter could not start, or failed `hello`.
    Fault(Fault),
    /// Any other failure.
    Failure(Failure),
}
