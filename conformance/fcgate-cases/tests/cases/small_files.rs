//! The files of the small corpus.

use std::path::Path;

use fcgate_cases::corpus::Files;

/// The files of the small corpus next to the tests.
pub(crate) fn small_files() -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/small-corpus");
    Files::in_folder(&folder).unwrap()
}
