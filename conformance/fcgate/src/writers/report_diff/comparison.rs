//! Finds the cases whose results differ between two reports.

use std::collections::BTreeMap;

use fc_conformance::report::Report;
use fc_conformance::report::disposition::{Disposition, word};
use fc_conformance::verdict::fingerprint;
use fcgate_cases::judge::{CaseResult, Status};

use super::change::{Change, Kind};

/// Returns the differences, sorted by the ids of the cases.
pub(super) fn changes(old: &Report, new: &Report) -> Vec<Change> {
    let mut pairs: BTreeMap<&str, [Option<&CaseResult>; 2]> = BTreeMap::new();
    for result in &old.cases {
        pairs.entry(&result.id).or_default()[0] = Some(result);
    }
    for result in &new.cases {
        pairs.entry(&result.id).or_default()[1] = Some(result);
    }
    let changes = pairs.into_values().filter_map(|pair| match pair {
        [Some(before), Some(after)] => in_both(old, new, before, after),
        [None, Some(after)] => Some(came(new, after)),
        [Some(before), None] => Some(change(Kind::Went, old, before, state(before))),
        [None, None] => None,
    });
    changes.collect()
}

fn in_both(old: &Report, new: &Report, before: &CaseResult, after: &CaseResult) -> Option<Change> {
    let (was, is) = (state(before), state(after));
    let fails = |report: &Report, result: &CaseResult| {
        result.status.is_red() || Disposition::of(report, result).is_bad()
    };
    let kind = match (fails(old, before), fails(new, after)) {
        (false, true) => Kind::NewFailure,
        (true, true) if was == is => return None,
        (true, true) => Kind::OtherFailure,
        (true, false) if after.status == Status::Pass => Kind::Fixed,
        _ if before.status == after.status => return None,
        (false, false) if before.status == Status::Known && after.status == Status::Pass => {
            Kind::Fixed
        }
        (true, false) if after.status == Status::Known => Kind::OtherFailure,
        _ if after.status.executed() => Kind::RunsNow,
        _ if before.status.executed() => Kind::NoLongerRuns,
        _ => return None,
    };
    Some(change(kind, new, after, format!("{was}, now {is}")))
}

fn came(new: &Report, after: &CaseResult) -> Change {
    let fails = after.status.is_red() || Disposition::of(new, after).is_bad();
    let kind = if fails { Kind::NewFailure } else { Kind::Came };
    change(kind, new, after, format!("new case, {}", state(after)))
}

fn change(kind: Kind, report: &Report, result: &CaseResult, words: String) -> Change {
    Change {
        kind,
        id: result.id.clone(),
        level: result.level,
        required: Disposition::of(report, result).is_bad() || report.gates(result),
        words,
    }
}

/// The result of a case in words, such as `failed (kind function_error>completed)`.
fn state(result: &CaseResult) -> String {
    let (Status::Fail, Some(way)) = (result.status, fingerprint(result)) else {
        return word(result.status).to_owned();
    };
    let difference = result
        .first_failure()
        .and_then(|check| check.first_difference.as_ref());
    let way = match difference {
        Some(first) => {
            let place = format!("differs at byte {}, {}", first.offset, first.sentence());
            way.replacen("differs", &place, 1)
        }
        None => way,
    };
    format!("failed ({way})")
}
