//! The suite with the reqwest adapter.

use crate::backends::Reqwest as Backend;

#[path = "suite/dropped_calls.rs"]
mod dropped_calls;
#[path = "suite/mod.rs"]
mod suite;
