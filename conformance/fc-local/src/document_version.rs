//! The version of the JSON documents for programs.

/// The version of all documents of the control interface and of the ready document.
pub(super) const VERSION: u32 = 1;
