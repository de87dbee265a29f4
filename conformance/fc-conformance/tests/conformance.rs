//! The reference, judged as any implementation in Rust is: one test for each case.

fc_conformance::conformance!(fcgate_reference::Reference);
