//! Tests and examples of our own clients against the fake endpoint and the raw origin of the gate.
//!
//! The package contains no library code: the tests are in `tests/`, the examples in `examples/`.

/// The Rust examples of the documents, compiled and run as tests.
#[cfg(doctest)]
mod documents {
    #[doc = include_str!("../../../README.md")]
    struct Readme;

    #[doc = include_str!("../../../docs/rust.md")]
    struct Rust;
}
