//! The suite with the ureq adapter, whose blocking calls cannot be dropped.

use crate::backends::Ureq as Backend;

#[path = "suite/mod.rs"]
mod suite;
