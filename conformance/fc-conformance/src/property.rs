//! Properties: rules that hold for every input. They run with generated inputs, and a failing input is shrunk.
//!
//! A [`Family`] is one property. Its inputs are generated from a seed. The expected result comes from the oracle
//! or from the way the input was built, never from the implementation under test. A [`Seed`] reproduces a
//! failing input without running the implementation again.

mod acs3;
mod build;
mod family;
mod family_run;
mod fc;
mod invoke;
mod parse;
mod promote;
mod requests;
mod seed;
mod shrink;

pub use self::family::Family;
pub use self::family_run::run;
pub use self::promote::envelope;
pub use self::seed::{Seed, SeedError};

use fcgate_cases::corpus::{Corpus, Group};

/// The prefix of the ids of all families.
pub(crate) const PREFIX: &str = "property.";

/// The default number of inputs for each family.
pub const INPUTS: u32 = 256;

/// Every family.
pub fn all() -> impl Iterator<Item = &'static Family> + Clone {
    let tables = [
        acs3::FAMILIES,
        build::FAMILIES,
        invoke::FAMILIES,
        parse::FAMILIES,
        fc::FAMILIES,
    ];
    tables.into_iter().flatten()
}

/// Returns the family with this id.
pub fn named(id: &str) -> Option<&'static Family> {
    all().find(|family| family.id == id)
}

/// Returns the command-line option that the case with this id requires; an empty text if it requires none.
pub fn flag(id: &str) -> &'static str {
    if named(id).is_some() {
        " --properties"
    } else {
        ""
    }
}

/// Adds the families to a corpus, each with one example of its inputs.
#[must_use]
pub fn with_families(mut corpus: Corpus) -> Corpus {
    let mut cases: Vec<_> = all()
        .filter_map(|family| family.example(&corpus.requirements))
        .collect();
    cases.sort_by(|one, other| one.id.cmp(&other.id));
    corpus.groups.push(Group {
        file: "properties".to_owned(),
        name: "property".to_owned(),
        summary: "Properties that hold for every input.".to_owned(),
        cases,
    });
    corpus
}
