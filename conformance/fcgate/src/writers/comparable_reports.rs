//! Reads reports that can be compared case by case.

use fc_conformance::report::{self, MergeError, Report};

/// Reads JSON reports of whole runs about the same cases. The name of each report appears in error messages.
///
/// # Errors
///
/// If one of them is not a report of a whole run, or they do not cover the same cases.
pub(super) fn read(reports: &[(String, String)]) -> Result<Vec<Report>, MergeError> {
    let mut read: Vec<Report> = Vec::new();
    for (name, text) in reports {
        let written = report::read(text, name)?;
        if written.shard.is_some() {
            return Err(MergeError::of(
                name,
                "this is the report of a shard; merge the shards with `fcgate merge` first",
            ));
        }
        if written.cases.is_empty() {
            return Err(MergeError::of(name, "the report contains no case"));
        }
        if written.is_of_server() {
            return Err(MergeError::of(
                name,
                "this is a report of `fcgate serve`, whose cases are the requests of one client and \
                 cannot be compared; pass reports of `fcgate run`",
            ));
        }
        if let Some(first) = read.first()
            && first.corpus_sha256 != written.corpus_sha256
        {
            return Err(MergeError::of(
                name,
                "its corpus differs from that of the first report; run all with the same version of fcgate",
            ));
        }
        read.push(written);
    }
    Ok(read)
}
