//! The requirements and cases of a corpus.

use super::{Case, Group, Requirement};

/// Requirements and cases, in the order of their ids.
#[derive(Debug, Clone)]
pub struct Corpus {
    /// The requirements of the registry.
    pub requirements: Vec<Requirement>,
    /// One group for each case file, sorted by file path.
    pub groups: Vec<Group>,
    /// The SHA-256 of the registry and the case files, in lower-case hex.
    pub sha256: String,
}

impl Corpus {
    /// Returns every case, sorted by id.
    pub fn cases(&self) -> Vec<&Case> {
        let mut cases: Vec<&Case> = self.each_case().collect();
        cases.sort_by(|one, other| one.id.cmp(&other.id));
        cases
    }

    /// Every case, in the order of the files.
    pub(crate) fn each_case(&self) -> impl Iterator<Item = &Case> {
        self.groups.iter().flat_map(|group| &group.cases)
    }

    /// Returns the case with this id or former id.
    pub fn case(&self, id: &str) -> Option<&Case> {
        // Reports look up every case, so the search by id skips the groups of other names.
        let in_its_group = self
            .groups
            .iter()
            .filter(|group| id.starts_with(&group.name))
            .flat_map(|group| &group.cases)
            .find(|case| case.id == id);
        in_its_group.or_else(|| {
            self.each_case()
                .find(|case| case.aliases.iter().any(|alias| alias == id))
        })
    }

    /// Returns the requirement with this id.
    pub fn requirement(&self, id: &str) -> Option<&Requirement> {
        self.requirements
            .iter()
            .find(|requirement| requirement.id == id)
    }
}
