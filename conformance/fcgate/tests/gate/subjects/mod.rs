//! The ways to attach a subject.

mod attachments;
mod child_process;
mod client_over_http;
mod copies;
mod json_lines;
mod serve_adapter;
