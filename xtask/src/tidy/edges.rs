//! Which package may depend on which.

mod closure;
mod crates;
mod layers;

use super::metadata::Metadata;

pub(super) fn find(metadata: &Metadata) -> Vec<String> {
    let mut found = layers::find(metadata);
    found.extend(crates::find(metadata));
    found
}
