//! The comparison of an answer with an expectation.

mod differences;
