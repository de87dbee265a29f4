//! Every combination of features compiles.

use super::published_crate::{self, PublishedCrate};
use crate::programs;

/// A crate with more features is checked with each feature alone, with each pair with `rustls`, and with all.
const SMALL: usize = 3;

/// Checks the combinations of every crate that has features.
pub(crate) fn run() -> Result<(), String> {
    for one in published_crate::read()? {
        for features in combinations(&one) {
            let name = &one.package.name;
            // A warning is an error: an unused item means that a condition is missing.
            let words = [
                "cargo",
                "clippy",
                "--quiet",
                "--locked",
                "-p",
                name,
                "--features",
                &features,
                "--",
                "-Dwarnings",
            ];
            programs::output(&words)?;
        }
    }
    Ok(())
}

/// The lists of features to check, each separated by commas.
fn combinations(of: &PublishedCrate) -> Vec<String> {
    let features = &of.features;
    if features.is_empty() {
        return Vec::new();
    }
    if features.len() <= SMALL {
        let subsets = 0..(1_usize << features.len());
        return subsets.map(|set| subset(features, set)).collect();
    }
    let mut found = vec![String::new(), features.join(",")];
    for feature in features {
        found.push(feature.clone());
        if feature != "rustls" {
            found.push(format!("{feature},rustls"));
        }
    }
    found
}

fn subset(features: &[String], set: usize) -> String {
    let chosen = features
        .iter()
        .enumerate()
        .filter(|(bit, _)| set >> bit & 1 == 1);
    chosen
        .map(|(_, name)| name.as_str())
        .collect::<Vec<_>>()
        .join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subset_has_the_features_of_its_bits() {
        let features = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(subset(&features, 0), "");
        assert_eq!(subset(&features, 5), "a,c");
    }
}
