//! Asynchronous tasks over HTTP: whole life cycles against `fcgate serve`, and every fault in every phase of a poll.

#![expect(clippy::unwrap_used, reason = "a test panics when it fails")]

mod deadlines;
mod fault_matrix;
mod faults;
mod life_cycles;
mod lists;
mod task_client;
