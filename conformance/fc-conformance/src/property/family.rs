//! One property, and the generator of its inputs.

use proptest::strategy::{BoxedStrategy, Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sha2::{Digest as _, Sha256};

use fcgate_cases::corpus::{Case, Level, Requirement, Stimulus};
use fcgate_protocol::Suite;

/// The stimuli of one input. Each reply must match the expectation of its stimulus.
pub(super) type Stimuli = Vec<Stimulus>;

/// One property.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Family {
    /// The id in reports, `property.header-order`.
    pub id: &'static str,
    /// The property in one sentence.
    pub title: &'static str,
    /// The consequence for a user if the property does not hold.
    pub because: &'static str,
    /// The requirements that the property tests.
    pub requirements: &'static [&'static str],
    /// The capabilities that the property needs.
    pub needs: &'static [&'static str],
    /// The API revision, for build and invoke.
    pub revision: Option<&'static str>,
    /// The valid case from which a negative case differs, and the field.
    pub(super) twin: Option<(&'static str, &'static str)>,
    pub(super) draw: fn() -> BoxedStrategy<Stimuli>,
}

impl std::fmt::Debug for Family {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Family")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// A value that can be shrunk.
pub(super) type Tree = Box<dyn proptest::strategy::ValueTree<Value = Stimuli>>;

impl Family {
    pub(super) const fn new(
        id: &'static str,
        title: &'static str,
        because: &'static str,
        requirements: &'static [&'static str],
        needs: &'static [&'static str],
        draw: fn() -> BoxedStrategy<Stimuli>,
    ) -> Self {
        Self {
            id,
            title,
            because,
            requirements,
            needs,
            revision: None,
            twin: None,
            draw,
        }
    }

    pub(super) const fn revision(mut self, revision: &'static str) -> Self {
        self.revision = Some(revision);
        self
    }

    /// Sets the valid case from which this negative one differs, and the field.
    pub(super) const fn twin(mut self, valid_case: &'static str, field: &'static str) -> Self {
        self.twin = Some((valid_case, field));
        self
    }

    /// Returns the input with this number; `None` if the strategy rejects all values.
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

    /// Returns the property as a case of a corpus. Its level is the lowest level of its requirements.
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
            full_only: false,
            revision: self.revision.map(str::to_owned),
            parse_revisions: Vec::new(),
            because: self.because.to_owned(),
            evidence: evidence.take(3).cloned().collect(),
            valid_case: None,
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
