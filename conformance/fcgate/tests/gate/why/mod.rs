//! `fcgate why`.

mod acs3_mistakes;
mod changed_requests;
mod explanations;
mod fc_mistakes;
mod forms;
mod generated;
mod input;
mod large_requests;
mod mistake;
mod recorded_requests;
mod redaction;
mod requests;
mod secret_scan;
