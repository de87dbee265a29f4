//! A family: one law, and how its inputs are drawn.

use proptest::strategy::{BoxedStrategy, Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sha2::{Digest as _, Sha256};

use fcgate_cases::corpus::{Case, Level, Requirement, Stimulus};
use fcgate_protocol::Suite;

/// The stimuli of one trial: each has to be answered as it expects.
pub(super) type Drawn = Vec<Stimulus>;

/// One law.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Family {
    /// The id in reports, `property.header-order`.
    pub id: &'static str,
    /// The law, one sentence.
    pub title: &'static str,
    /// What goes wrong for a user otherwise.
    pub because: &'static str,
    /// The requirements that it shows.
    pub requirements: &'static [&'static str],
    /// The capabilities without which it is unsupported.
    pub needs: &'static [&'static str],
    /// The API revision, for build and invoke.
    pub revision: Option<&'static str>,
    /// The valid case that a refusal differs from, and the field.
    pub(super) twin: Option<(&'static str, &'static str)>,
    pub(super) draw: fn() -> BoxedStrategy<Drawn>,
}

impl std::fmt::Debug for Family {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Family")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// A value, and the way to smaller ones.
pub(super) type Tree = Box<dyn proptest::strategy::ValueTree<Value = Drawn>>;

impl Family {
    /// The input of this number; nothing where the strategy finds none.
    pub(super) fn tree(&self, seed: u64, index: u32) -> Option<Tree> {
        let text = format!("{}\n{seed}\n{index}", self.id);
        let digest = Sha256::digest(text.as_bytes());
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &digest);
        let config = Config {
            failure_persistence: None,
            ..Config::default()
        };
        let mut runner = TestRunner::new_with_rng(config, rng);
        (self.draw)().new_tree(&mut runner).ok()
    }

    /// The family as a case that stands in a corpus: its level is that of its weakest requirement.
    pub(super) fn example(&self, registry: &[Requirement]) -> Option<Case> {
        let stimulus = self.tree(0, 0)?.current().into_iter().next()?;
        let known = |id: &&str| registry.iter().find(|requirement| requirement.id == *id);
        let requirements: Vec<&Requirement> = self.requirements.iter().filter_map(known).collect();
        let level = requirements.iter().map(|requirement| requirement.level);
        let evidence = requirements
            .iter()
            .flat_map(|requirement| &requirement.evidence);
        Some(Case {
            id: self.id.to_owned(),
            title: self.title.to_owned(),
            level: level.min().unwrap_or(Level::Observe),
            requirements: owned(self.requirements),
            needs: owned(self.needs),
            revision: self.revision.map(str::to_owned),
            because: self.because.to_owned(),
            evidence: evidence.take(3).cloned().collect(),
            twin: None,
            fault: None,
            since: Suite::FIRST,
            rev: 1,
            aliases: Vec::new(),
            stimulus,
            template: None,
        })
    }
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}
