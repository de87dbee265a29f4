//! The judged releases of one client, in the order of their versions.

use std::collections::{BTreeMap, BTreeSet};

use fc_conformance::report::Report;

use fc_conformance::report::totals::counted;

use super::change::{Change, ChangeKind, changes, fails};
use super::version_order;

/// A judged release, and what changed since the judged release before it.
#[derive(Debug, Clone)]
pub(in crate::writers) struct Release<'a> {
    pub(in crate::writers) report: &'a Report,
    /// The version of the release before; `None` for the first one.
    pub(in crate::writers) since: Option<&'a str>,
    pub(in crate::writers) changes: Vec<Change<'a>>,
}

impl<'a> Release<'a> {
    pub(in crate::writers) fn version(&self) -> &'a str {
        &self.report.subject.version
    }
}

/// Orders the reports of one client by version, and compares each with the one before.
pub(in crate::writers) fn releases<'a>(reports: &[&'a Report]) -> Vec<Release<'a>> {
    let mut ordered: Vec<&Report> = reports.to_vec();
    ordered
        .sort_by(|one, other| version_order::compare(&one.subject.version, &other.subject.version));
    let mut before: Option<&Report> = None;
    let release = |report: &'a Report| {
        let old = before.replace(report);
        Release {
            report,
            since: old.map(|old| old.subject.version.as_str()),
            changes: old.map_or_else(Vec::new, |old| changes(old, report)),
        }
    };
    ordered.into_iter().map(release).collect()
}

/// The cases that fail in every one of these releases, in the same way or not.
pub(super) fn always_failing<'a>(releases: &[Release<'a>]) -> Vec<&'a str> {
    let mut all = releases.iter().map(|release| {
        let cases = release.report.cases.iter();
        let cases = cases.filter(|result| release.report.gates(result) && fails(result));
        cases.map(|result| result.id.as_str())
    });
    let mut failing: BTreeSet<&str> = all.next().into_iter().flatten().collect();
    for of_release in all {
        let of_release: BTreeSet<&str> = of_release.collect();
        failing.retain(|id| of_release.contains(id));
    }
    failing.into_iter().collect()
}

/// The changes of one kind.
pub(in crate::writers) fn of_kind<'a, 'b>(
    release: &'b Release<'a>,
    kind: ChangeKind,
) -> Vec<&'b Change<'a>> {
    let changes = release.changes.iter();
    changes.filter(|change| change.kind == kind).collect()
}

/// The number of these cases in each group of the corpus.
pub(in crate::writers) fn by_group<'a>(
    cases: impl IntoIterator<Item = &'a str>,
) -> BTreeMap<&'a str, usize> {
    let mut groups = BTreeMap::new();
    for case in cases {
        let group = case.rsplit_once('.').map_or("", |(group, _)| group);
        *groups.entry(group).or_default() += 1;
    }
    groups
}

/// What the releases did to required cases, in one sentence.
pub(in crate::writers) fn conclusion(releases: &[Release<'_>]) -> String {
    let required = |kind: ChangeKind| {
        let changes = releases.iter().flat_map(|release| &release.changes);
        let changes = changes.filter(|change| change.required && change.kind == kind);
        changes.count()
    };
    let judged = counted(releases.len(), "judged release");
    let [fixed, broken] = [ChangeKind::Fixed, ChangeKind::Broken].map(required);
    if fixed + broken == 0 {
        return format!("{judged}; none fixed or broke a required case");
    }
    let times = |count: usize, what: &str| match count {
        1 => format!("1 required case {what}"),
        _ => format!("{count} required cases {what}"),
    };
    format!(
        "{judged}; {}, {}",
        times(fixed, "fixed"),
        times(broken, "broken")
    )
}
