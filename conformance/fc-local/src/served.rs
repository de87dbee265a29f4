//! The results of a server.

use fc_conformance::report::Report;
use fcgate_cases::corpus::Corpus;

/// The results of a server.
#[derive(Debug)]
#[non_exhaustive]
pub struct Served {
    /// The report.
    pub report: Report,
    /// The corpus that defines the ids of the report: one case for each checked property of a request.
    pub corpus: Corpus,
    /// The number of requests by function, revision and scheme, one line each; empty if there were none.
    pub table: String,
    /// The number of requests.
    pub requests: usize,
    /// The number of requests with a failed check, at any level.
    pub failed_requests: usize,
    /// The number of requests that have no results of their own, and are counted in those of others.
    pub counted_requests: usize,
}
