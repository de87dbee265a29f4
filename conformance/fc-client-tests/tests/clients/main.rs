//! The clients: sharing, deadlines and cancellation.

#![expect(clippy::unwrap_used, reason = "a test panics when it fails")]

mod on_the_wire;
mod sessions;
mod sharing;
mod triggers;
