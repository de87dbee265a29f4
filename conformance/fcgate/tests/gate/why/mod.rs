//! `fcgate why`.

mod changed_requests;
mod explanations;
mod forms;
mod input;
mod recorded_requests;
mod redaction;
