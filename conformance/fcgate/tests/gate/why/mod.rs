//! `fcgate why`.

mod changed_requests;
mod explanations;
mod forms;
mod generated;
mod input;
mod large_requests;
mod recorded_requests;
mod redaction;
mod requests;
