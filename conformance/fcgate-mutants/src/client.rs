//! A plain HTTP client for the mutants' invocations, simple enough to make mistakes in every step.

pub(crate) mod acs3_trigger;
pub(crate) mod attempts;
pub(crate) mod exchange;
pub(crate) mod finished_attempt;
pub(crate) mod framing;
pub(crate) mod redirect;
pub(crate) mod session;
pub(crate) mod task;
pub(crate) mod trigger;
