//! Requirements: each `must` has a `must` case and a source for every revision that it lists.

use std::fmt::Write as _;

use super::corpus::{Corpus, Evidence, MUST, Requirement};
use super::sdk_results::{SdkResult, SdkResults};

/// Words of a source that cover revision 2023-03-30.
const OF_THREE: [&str; 4] = ["2023-03-30", "FC 3.0", "fc20230330", "V3 request syntax"];
const THREE: &str = "2023-03-30";

pub(super) fn of_requirement(requirement: &Requirement, corpus: &Corpus) -> Vec<String> {
    let mut findings = Vec::new();
    if requirement.level != MUST {
        return findings;
    }
    let id = &requirement.id;
    if corpus.musts(id).next().is_none() {
        findings.push(format!("{id}: a must without a must case"));
    }
    let lists_three = requirement.revisions.iter().any(|one| one == THREE);
    if lists_three && !requirement.evidence.iter().any(covers_three) {
        findings.push(format!("{id}: lists {THREE} and names no source of FC 3.0"));
    }
    findings
}

/// Whether evidence covers revision 2023-03-30; standards, security rules and the adapter protocol cover each revision.
fn covers_three(evidence: &Evidence) -> bool {
    ["standard", "security", "protocol"].contains(&evidence.kind.as_str())
        || OF_THREE.iter().any(|words| evidence.source.contains(words))
}

/// How many official SDKs meet the `must` cases of each requirement.
pub(super) fn table(corpus: &Corpus, results: &SdkResults) -> String {
    let mut out = String::from(
        "requirement    must cases   not reached   met by none   by one   by two or more   failures\n",
    );
    let mut total = Counts::default();
    for requirement in corpus.requirements.iter().filter(|one| one.level == MUST) {
        let mut counts = Counts::default();
        for case in corpus.musts(&requirement.id) {
            counts.add(&results.of(&case.id));
        }
        line(&mut out, &requirement.id, &counts);
    }
    for case in corpus.cases.iter().filter(|case| case.level == MUST) {
        total.add(&results.of(&case.id));
    }
    line(&mut out, "all", &total);
    out
}

/// Cases by the number of SDKs that meet them.
#[derive(Default)]
struct Counts {
    cases: usize,
    not_reached: usize,
    none: usize,
    one: usize,
    more: usize,
    failures: usize,
}

impl Counts {
    fn add(&mut self, results: &[SdkResult]) {
        let count = |wanted: SdkResult| results.iter().filter(|one| **one == wanted).count();
        self.cases += 1;
        self.failures += count(SdkResult::Failed);
        match (count(SdkResult::Met), count(SdkResult::Failed)) {
            (0, 0) => self.not_reached += 1,
            (0, _) => self.none += 1,
            (1, _) => self.one += 1,
            _ => self.more += 1,
        }
    }
}

fn line(out: &mut String, name: &str, counts: &Counts) {
    let _ = writeln!(
        out,
        "{name:<14} {:>10} {:>13} {:>13} {:>8} {:>16} {:>10}",
        counts.cases, counts.not_reached, counts.none, counts.one, counts.more, counts.failures
    );
}
