//! The ways to attach a subject.

mod adapter_lines;
mod attachments;
mod child_process;
mod json_lines;
mod live;
