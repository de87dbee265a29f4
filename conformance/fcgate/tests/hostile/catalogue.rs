//! The entries of the catalogue of malformed inputs that are kinds of adapters.

use std::collections::BTreeMap;

use fc_bad_inputs::{ACCEPT, Entry, entries};

use crate::expectation::{Cases, Expected};
use crate::kind::Kind;

/// The areas of the catalogue whose entries are adapters.
const AREAS: [&str; 2] = ["adapter-protocol", "adapter-process"];

/// Entries of these areas that are no adapter: they are about a case file and about the files of the reports.
const NOT_AN_ADAPTER: [&str; 3] = ["px-004", "px-033", "px-034"];

/// Asserts that each entry is one kind, and that the kind expects what the catalogue says.
pub(crate) fn check(kinds: &[Kind]) {
    let wanted = entries()
        .into_iter()
        .filter(|entry| AREAS.contains(&entry.area()) && !NOT_AN_ADAPTER.contains(&entry.id()));
    let wanted: BTreeMap<String, Entry> =
        wanted.map(|entry| (entry.id().to_owned(), entry)).collect();
    let with_entry = kinds.iter().filter_map(|kind| Some((kind.entry?, kind)));
    let found: Vec<(&str, &Kind)> = with_entry.collect();
    let by_id: BTreeMap<&str, &Kind> = found.iter().copied().collect();
    assert_eq!(by_id.len(), found.len(), "two kinds have the same entry");
    let ids: Vec<&str> = wanted.keys().map(String::as_str).collect();
    assert_eq!(by_id.keys().copied().collect::<Vec<_>>(), ids);
    let problems: Vec<String> = by_id
        .into_iter()
        .filter_map(|(id, kind)| problem(wanted.get(id)?, &kind.expected))
        .collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// How an expectation differs from the entry: the exit code, the status of the case, or the word of the error.
fn problem(entry: &Entry, expected: &Expected) -> Option<String> {
    let differs = |what: String| {
        Some(format!(
            "{}: {}, but the kind expects {what}",
            entry.id(),
            entry.expected()
        ))
    };
    let result = entry.result();
    if let Some(slug) = result.strip_prefix("AdapterError:") {
        let mut words = expected.output_contains.iter();
        let word = format!("{slug}:");
        if !words.any(|words| words.contains(&word.as_str())) {
            return differs(format!("{:?}", expected.output_contains));
        }
    }
    let exit = match (entry.number("exit"), result.as_str()) {
        (Some(exit), _) => Some(exit),
        // The reply is accepted, and a later case has this status.
        (None, ACCEPT) if entry.expected().contains("status ") => None,
        (None, ACCEPT) => Some(0),
        (None, result) if result.starts_with("AdapterError:") => Some(5),
        _ => None,
    };
    if let Some(exit) = exit
        && expected.exit != Some(exit)
        // "exit 4 or quiet stop" and similar texts allow a second result.
        && !entry.expected().contains(" or ")
    {
        return differs(format!("exit {:?}", expected.exit));
    }
    let status = entry.expected().strip_prefix("status ");
    let status = status.and_then(|rest| rest.split([' ', ':', ';']).next());
    match (status, expected.cases) {
        (Some(status), Cases::Listed(_, found) | Cases::Every(found)) if status != found => {
            differs(format!("status {found}"))
        }
        // A made-up command belongs to no case: the run ends before the first one.
        (Some("fail"), Cases::NoneRan) if expected.exit == Some(5) => None,
        (Some(_), Cases::Correct | Cases::NoneRan | Cases::NoReport) => {
            differs("no failed case".to_owned())
        }
        _ => None,
    }
}
