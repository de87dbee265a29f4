//! The small corpus, which has one or two cases of each kind.

use std::path::Path;

use fcgate_cases::corpus::{Corpus, Files};

/// Loads the small corpus from the tests of `fcgate-cases`.
pub(crate) fn small_corpus() -> Corpus {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fcgate-cases/tests/small-corpus");
    Corpus::load(&Files::in_folder(&folder).unwrap()).unwrap()
}
