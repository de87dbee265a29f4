//! The tests that every adapter runs.
//!
//! The module that includes this one defines `Backend`.

use super::Backend;

mod body_lengths;
mod body_limits;
mod body_memory;
mod chunked_bodies;
mod connection_losses;
mod connection_reuse;
mod content_codings;
mod fault_matrix;
mod interim_responses;
mod redirects;
mod response_heads;
mod streaming;
mod time_limits;
mod unchanged_messages;
