//! `fcgate why`.

mod added_after_signing;
mod explanations;
mod input;
mod recorded;
mod secrets;
