//! Runs the cases of the gate against a subject: an implementation in this process or an adapter in a child process.
#![expect(
    clippy::exhaustive_enums,
    clippy::exhaustive_structs,
    reason = "a package of the gate: its users are the other packages, released together with it"
)]

mod authorization_search;
mod case_runner;
mod child;
mod early_end;
pub mod endpoint;
mod exchange;
mod expected_wait;
mod first_invocations;
mod in_process;
mod leak_search;
mod plan;
mod run;
mod shortage;
mod single_case;
mod stable_checks;
mod subject;
pub mod work_queue;

pub use self::child::{
    Child, CommandOutput, CommandRunner, Contain, Copies, Fault, Launch, Preparation, Program,
    RunEnding, RunLimits, ServerProcess, SignalWatch, adopt_orphans, handle_inherited_signals,
    read_reply, supervise,
};
pub use self::early_end::{is_not_run, not_run};
pub use self::in_process::InProcess;
pub use self::plan::{EndsRun, Plan, Progress, Stop};
pub use self::run::{Run, run, run_cases};
pub use self::single_case::SingleCase;
pub use self::subject::{Leak, Subject, SubjectError, SubjectReply, SubjectResult};
