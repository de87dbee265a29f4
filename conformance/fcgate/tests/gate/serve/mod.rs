//! `fcgate serve`: the fake endpoint alone and the built binary.

mod binary;
mod broken_requests;
pub(crate) mod client;
mod findings;
mod limits;
mod log;
mod long_sessions;
mod mistakes;
mod official_sdks;
mod recorded_requests;
mod refusals;
mod request_files;
mod scenarios;
mod sessions;
mod shortages;
mod task_lists;
mod tasks;
mod times;
mod tls;
mod triggers;
