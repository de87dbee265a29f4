//! Properties: laws that hold for any input, tried with drawn ones and with whatever makes them fail made small.
//!
//! A family is one law. Its inputs are drawn from a seed, and what is expected of each is worked out by
//! the oracle, or follows from how the input was made; none comes from the implementation that is judged.
//! An input that fails is shrunk, and its [`Seed`] makes it again, without anybody being asked.

mod acs3;
mod answers;
mod building;
mod exchanges;
mod family;
mod promote;
mod requests;
mod seed;
mod shrink;
mod signing;
mod trial;

pub use self::family::Family;
pub use self::promote::envelope;
pub use self::seed::{Seed, SeedError};
pub use self::trial::run;

use fcgate_cases::corpus::{Corpus, Group};

/// What the ids of all families begin with.
pub(crate) const PREFIX: &str = "property.";

/// How many inputs are drawn for a family where nobody says how many.
pub const INPUTS: u32 = 256;

/// Every family.
pub fn all() -> impl Iterator<Item = &'static Family> + Clone {
    let tables = [
        acs3::FAMILIES,
        building::FAMILIES,
        exchanges::FAMILIES,
        answers::FAMILIES,
        signing::FAMILIES,
    ];
    tables.into_iter().flatten()
}

/// The family of this id.
pub fn named(id: &str) -> Option<&'static Family> {
    all().find(|family| family.id == id)
}

/// What has to be asked for so that a case of this id is put.
pub fn flag(id: &str) -> &'static str {
    if named(id).is_some() {
        " --properties"
    } else {
        ""
    }
}

/// The same corpus with the families beside its cases, each with a plain example of its inputs.
#[must_use]
pub fn with_families(mut corpus: Corpus) -> Corpus {
    let mut cases: Vec<_> = all()
        .filter_map(|family| family.example(&corpus.requirements))
        .collect();
    cases.sort_by(|one, other| one.id.cmp(&other.id));
    corpus.groups.push(Group {
        file: "properties".to_owned(),
        name: "property".to_owned(),
        summary: "Laws that hold for any input.".to_owned(),
        cases,
    });
    corpus
}
