//! `fcgate why`.

mod changed_requests;
mod explanations;
mod input;
mod recorded_requests;
mod redaction;
