//! `fcgate why`.

mod changed_requests;
mod explanations;
mod forms;
mod generated;
mod input;
mod large_requests;
mod mistake;
mod mistakes;
mod recorded_requests;
mod redaction;
mod requests;
mod secret_scan;
