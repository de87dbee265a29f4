//! The record of the calls that a server received, for the assertions of tests.

mod call_log;
mod query_redaction;
mod received_call;

pub use self::received_call::{ReceivedCall, SignatureVerdict};

pub(super) use self::call_log::{CallLog, MOST};
pub(super) use self::query_redaction::without_credentials;
