//! The canonical text of the corpus files.
//!
//! Keys are in the order of the schema, the indent is two spaces, non-ASCII text is not escaped, and the file ends
//! with LF.

use std::sync::Arc;

use serde::Serialize;

use fcgate_protocol::Suite;
use fcgate_protocol::{BuildInput, ParseInput, SignInput};

use super::ordered_json::Ordered;
use super::template::Template;
use super::{
    BuildExpectation, Case, Evidence, FrozenSet, Group, InvokeExpectation, InvokeGiven, Level,
    Operation, ParseExpectation, Registry, Requirement, SCHEMA, SignExpectation, Stimulus,
    TaskExpectation, TaskGiven, TriggerExpectation, TriggerGiven,
};

#[derive(Serialize)]
struct GroupFile<'a> {
    schema: u32,
    group: &'a str,
    summary: &'a str,
    cases: Vec<Entry<'a>>,
}

/// One entry of a case file: a case, or the template of several variations.
#[derive(Serialize)]
#[serde(untagged)]
enum Entry<'a> {
    Case(Box<CaseObject<'a>>),
    Template(&'a Ordered),
}

/// The JSON object of a case.
#[derive(Serialize)]
pub(super) struct CaseObject<'a> {
    id: &'a str,
    title: &'a str,
    level: Level,
    requirements: &'a [String],
    needs: &'a [String],
    #[serde(skip_serializing_if = "is_false")]
    full_only: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    revision: Option<&'a str>,
    because: &'a str,
    evidence: &'a [Evidence],
    #[serde(rename = "twin", skip_serializing_if = "Option::is_none")]
    valid_case: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<&'a str>,
    #[serde(skip_serializing_if = "Suite::is_first")]
    since: Suite,
    #[serde(skip_serializing_if = "is_one")]
    rev: u32,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    aliases: &'a [String],
    op: Operation,
    given: Given<'a>,
    expect: Expect<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Given<'a> {
    Sign(&'a SignInput),
    Build(&'a BuildInput),
    Parse(&'a ParseInput),
    Invoke(&'a InvokeGiven),
    Trigger(&'a TriggerGiven),
    Task(&'a TaskGiven),
}

#[derive(Serialize)]
#[serde(untagged)]
enum Expect<'a> {
    Sign(&'a SignExpectation),
    Build(&'a BuildExpectation),
    Parse(&'a ParseExpectation),
    Invoke(&'a InvokeExpectation),
    Trigger(&'a TriggerExpectation),
    Task(&'a TaskExpectation),
}

impl<'a> CaseObject<'a> {
    pub(super) fn of(case: &'a Case) -> Self {
        let (given, expect) = match &case.stimulus {
            Stimulus::Sign { given, expect } => (Given::Sign(given), Expect::Sign(expect)),
            Stimulus::Build { given, expect } => (Given::Build(given), Expect::Build(expect)),
            Stimulus::Parse { given, expect } => (Given::Parse(given), Expect::Parse(expect)),
            Stimulus::Invoke { given, expect } => (Given::Invoke(given), Expect::Invoke(expect)),
            Stimulus::Trigger { given, expect } => (Given::Trigger(given), Expect::Trigger(expect)),
            Stimulus::Task { given, expect } => (Given::Task(given), Expect::Task(expect)),
        };
        Self {
            id: &case.id,
            title: &case.title,
            level: case.level,
            requirements: &case.requirements,
            needs: &case.needs,
            full_only: case.full_only,
            revision: case.revision.as_deref(),
            because: &case.because,
            evidence: &case.evidence,
            valid_case: case.valid_case.as_deref(),
            fault: case.fault.as_deref(),
            since: case.since,
            rev: case.rev,
            aliases: &case.aliases,
            op: case.stimulus.operation(),
            given,
            expect,
        }
    }
}

/// Returns the canonical text of a case file.
///
/// # Errors
///
/// When the group cannot be serialized as JSON.
pub fn group_text(group: &Group) -> Result<String, serde_json::Error> {
    pretty(&GroupFile {
        schema: SCHEMA,
        group: &group.name,
        summary: &group.summary,
        cases: entries(&group.cases),
    })
}

fn entries(cases: &[Case]) -> Vec<Entry<'_>> {
    let mut entries = Vec::with_capacity(cases.len());
    let mut previous: Option<&Arc<Template>> = None;
    for case in cases {
        match &case.template {
            Some(template) if previous.is_some_and(|other| Arc::ptr_eq(other, template)) => {}
            Some(template) => entries.push(Entry::Template(&template.0)),
            None => entries.push(Entry::Case(Box::new(CaseObject::of(case)))),
        }
        previous = case.template.as_ref();
    }
    entries
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde requires this signature"
)]
fn is_one(number: &u32) -> bool {
    *number == 1
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde requires this signature"
)]
fn is_false(value: &bool) -> bool {
    !*value
}

/// Returns the canonical text of the registry.
pub(super) fn registry_text(requirements: &[Requirement]) -> Result<String, serde_json::Error> {
    pretty(&Registry {
        schema: SCHEMA,
        requirements: requirements.to_vec(),
    })
}

/// Returns the canonical text of a frozen set.
pub(super) fn set_text(set: &FrozenSet) -> Result<String, serde_json::Error> {
    pretty(set)
}

/// Returns one part of a case, `given` or `expect`, as JSON text.
///
/// # Errors
///
/// When the case cannot be serialized as JSON.
pub fn case_json(case: &Case, part: &str) -> Result<String, serde_json::Error> {
    let object = CaseObject::of(case);
    match part {
        "expect" => serde_json::to_string_pretty(&object.expect),
        _ => serde_json::to_string_pretty(&object.given),
    }
}

fn pretty(value: &impl Serialize) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(value).map(|text| text + "\n")
}
