//! The suite with the hyper adapter.

use crate::backends::Hyper as Backend;

#[path = "suite/dropped_calls.rs"]
mod dropped_calls;
#[path = "suite/mod.rs"]
mod suite;
