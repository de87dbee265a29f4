//! `fcgate serve`: the fake endpoint alone and the built binary.

mod automation;
mod binary;
mod broken_requests;
pub(crate) mod client;
mod findings;
mod function_servers;
mod limits;
mod log;
mod long_sessions;
mod mistakes;
mod official_sdks;
mod official_sdks_own_functions;
mod own_functions;
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
