//! Which sources were judged, and where the run can be seen, as the caller states it.

mod run_url;
mod source_revision;

use serde::{Deserialize, Serialize};

pub use self::run_url::{InvalidRunUrl, RunUrl};
pub use self::source_revision::{InvalidSourceRevision, SourceRevision};

/// Which sources were judged, and where the run can be seen.
///
/// Both are given by the caller and not verified. Without them the report does not depend on where it was made.
///
/// ```
/// use fc_conformance::report::Provenance;
///
/// let mut provenance = Provenance::default();
/// provenance.source_revision = Some("v4.8.3-2-gd94b1a2".parse()?);
/// provenance.run_url = Some("https://ci.example/sdk/runs/17".parse()?);
/// assert!(!provenance.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Provenance {
    /// The revision of the sources of the subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_revision: Option<SourceRevision>,
    /// The address of the page of the run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run_url: Option<RunUrl>,
}

impl Provenance {
    /// Whether nothing is given.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
