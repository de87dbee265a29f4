//! Files, the edges between them, and the cycles that these form.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Which file uses which names of which other file.
#[derive(Default)]
pub(super) struct Edges(BTreeMap<String, BTreeMap<String, BTreeSet<String>>>);

impl Edges {
    pub(super) fn add(&mut self, from: String, to: String, name: String) {
        let targets = self.0.entry(from).or_default();
        targets.entry(to).or_default().insert(name);
    }

    /// The files that a file imports, directly or through others.
    fn reachable(&self, from: &str) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        let mut open = vec![from];
        while let Some(file) = open.pop() {
            for to in self.0.get(file).into_iter().flat_map(BTreeMap::keys) {
                if found.insert(to.as_str()) {
                    open.push(to);
                }
            }
        }
        found
    }
}

/// A strongly connected component: files that all reach each other, with the edges between them.
pub(super) struct Cycle(Edges);

/// Finds every cycle; each file is in at most one.
pub(super) fn cycles(edges: &Edges) -> Vec<Cycle> {
    let reachable: BTreeMap<&str, BTreeSet<&str>> = edges
        .0
        .keys()
        .map(|file| (file.as_str(), edges.reachable(file)))
        .collect();
    let reaches = |from: &str, to: &str| reachable.get(from).is_some_and(|all| all.contains(to));
    let mut found = Vec::new();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for file in reachable.keys() {
        if done.contains(file) || !reaches(file, file) {
            continue;
        }
        let members: BTreeSet<&str> = reachable
            .keys()
            .copied()
            .filter(|other| reaches(file, other) && reaches(other, file))
            .collect();
        let mut inside = Edges::default();
        for (from, targets) in edges
            .0
            .iter()
            .filter(|(from, _)| members.contains(from.as_str()))
        {
            for (to, names) in targets
                .iter()
                .filter(|(to, _)| members.contains(to.as_str()))
            {
                for name in names {
                    inside.add(from.clone(), to.clone(), name.clone());
                }
            }
        }
        done.extend(members);
        found.push(Cycle(inside));
    }
    found
}

impl Cycle {
    /// The finding: the files, and for each what it uses of the others.
    pub(super) fn text(&self, package: &str) -> String {
        let edges = &self.0.0;
        let mut text = format!("{package}: {} files import each other", edges.len());
        for (from, targets) in edges {
            let _ = write!(text, "\n  {from}");
            for (to, names) in targets {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let _ = write!(text, "\n    -> {to}: {}", names.join(", "));
            }
        }
        text
    }

    #[cfg(test)]
    pub(super) fn files(&self) -> Vec<String> {
        self.0.0.keys().cloned().collect()
    }
}
