//! Judges the reference like any implementation in Rust: one test for each case.

fc_conformance::conformance!(fcgate_reference::Reference);
