//! The seed from which a shrunk input is generated again.

use std::fmt;
use std::str::FromStr;

use fcgate_text::suggestion::suggestion;
use fcgate_text::visible;

use super::family::{Family, Stimuli};
use super::shrink::{STEPS, replay};
use super::{all, named};

/// A family, the seed of the run, the number of the input, and the shrink steps.
///
/// ```
/// use fc_conformance::property::Seed;
///
/// let seed: Seed = "property.header-order/0/17/b".parse()?;
/// assert_eq!(seed.to_string(), "property.header-order/0/17/b");
/// assert!("property.header-odor/0/17/b".parse::<Seed>().is_err());
/// # Ok::<(), fc_conformance::property::SeedError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Seed {
    pub(super) family: &'static Family,
    /// The seed of the run.
    pub(super) run: u64,
    pub(super) index: u32,
    pub(super) steps: Vec<bool>,
}

impl Seed {
    /// The family of the seed.
    pub fn family(&self) -> &'static Family {
        self.family
    }

    /// Generates the input again; `None` if there is no input with this number.
    pub(super) fn stimuli(&self) -> Option<Stimuli> {
        let tree = self.family.tree(self.run, self.index)?;
        Some(replay(tree, &self.steps))
    }
}

/// Formats the steps as one hexadecimal number: a one bit, then a bit for each step.
impl fmt::Display for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}/", self.family.id, self.run, self.index)?;
        let mut bits = vec![true];
        bits.extend(&self.steps);
        let missing = (4 - bits.len() % 4) % 4;
        let mut padded = vec![false; missing];
        padded.append(&mut bits);
        for digit in padded.chunks(4) {
            let value = digit
                .iter()
                .fold(0, |value, bit| value * 2 + u8::from(*bit));
            write!(f, "{value:x}")?;
        }
        Ok(())
    }
}

/// The error for a text that is not a seed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SeedError(String);

impl fmt::Display for SeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SeedError {}

impl FromStr for Seed {
    type Err = SeedError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let form = || {
            let shown = visible::line(text, 80);
            SeedError(format!(
                "'{shown}' is not a seed, expected FAMILY/SEED/NUMBER/STEPS"
            ))
        };
        let mut parts = text.split('/');
        let mut next = || parts.next().ok_or_else(form);
        let (id, seed, index, steps) = (next()?, next()?, next()?, next()?);
        if parts.next().is_some() || steps.len() > STEPS {
            return Err(form());
        }
        let family = named(id).ok_or_else(|| {
            let ids: Vec<&str> = all().map(|family| family.id).collect();
            let shown = visible::line(id, 60);
            SeedError(format!(
                "unknown family '{shown}'; {}",
                suggestion(id, &ids)
            ))
        })?;
        let mut bits = Vec::new();
        for digit in steps.chars() {
            let value = digit.to_digit(16).ok_or_else(form)?;
            bits.extend([8, 4, 2, 1].map(|bit| value & bit != 0));
        }
        let first = bits.iter().position(|bit| *bit).ok_or_else(form)?;
        Ok(Self {
            family,
            run: seed.parse().map_err(|_| form())?,
            index: index.parse().map_err(|_| form())?,
            steps: bits.split_off(first + 1),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Seed;

    #[test]
    fn every_seed_round_trips() {
        let way = |bits: &[u8]| bits.iter().map(|bit| *bit == 1).collect::<Vec<_>>();
        for steps in [
            way(&[]),
            way(&[1]),
            way(&[0, 0, 1]),
            way(&[1, 0, 1, 1]),
            way(&[0, 1, 1, 0, 1]),
        ] {
            let mut seed: Seed = "property.header-order/7/3/1".parse().unwrap();
            seed.steps.clone_from(&steps);
            let read: Seed = seed.to_string().parse().unwrap();
            assert_eq!((read.run, read.index, read.steps), (7, 3, steps));
        }
    }

    #[test]
    fn an_invalid_seed_is_an_error() {
        let error = |text: &str| text.parse::<Seed>().unwrap_err().to_string();
        insta::assert_snapshot!(error("property.header-ordr/0/0/1"), @"unknown family 'property.header-ordr'; did you mean 'property.header-order'?");
        for text in [
            "",
            "property.header-order/0/0",
            "property.header-order/0/0/0",
            "property.header-order/0/0/g",
            "property.header-order/0/0/1/1",
        ] {
            assert!(error(text).contains("FAMILY/SEED/NUMBER/STEPS"), "{text}");
        }
    }
}
