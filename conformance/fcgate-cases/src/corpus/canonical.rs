//! The one way in which a corpus file is written.
//!
//! Keys in the order of the schema, two blanks of indent, non-ASCII text as it is, LF at the end.

use std::sync::Arc;

use serde::Serialize;

use fcgate_protocol::Suite;
use fcgate_protocol::{BuildInput, ParseInput, SignInput};

use super::ordered_json::Ordered;
use super::template::Template;
use super::{
    BuildExpectation, Case, Evidence, FrozenSet, Group, InvokeExpectation, InvokeGiven, Level,
    Operation, ParseExpectation, Registry, Requirement, SCHEMA, SignExpectation, Stimulus,
};

#[derive(Serialize)]
struct GroupFile<'a> {
    schema: u32,
    group: &'a str,
    summary: &'a str,
    cases: Vec<Entry<'a>>,
}

/// One entry of a case file: a case, or what several variations are written as.
#[derive(Serialize)]
#[serde(untagged)]
enum Entry<'a> {
    Case(Box<CaseObject<'a>>),
    Template(&'a Ordered),
}

/// A case as the object that stands in its file.
#[derive(Serialize)]
pub(super) struct CaseObject<'a> {
    id: &'a str,
    title: &'a str,
    level: Level,
    requirements: &'a [String],
    needs: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    revision: Option<&'a str>,
    because: &'a str,
    evidence: &'a [Evidence],
    #[serde(skip_serializing_if = "Option::is_none")]
    twin: Option<&'a str>,
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
}

#[derive(Serialize)]
#[serde(untagged)]
enum Expect<'a> {
    Sign(&'a SignExpectation),
    Build(&'a BuildExpectation),
    Parse(&'a ParseExpectation),
    Invoke(&'a InvokeExpectation),
}

impl<'a> CaseObject<'a> {
    pub(super) fn of(case: &'a Case) -> Self {
        let (given, expect) = match &case.stimulus {
            Stimulus::Sign { given, expect } => (Given::Sign(given), Expect::Sign(expect)),
            Stimulus::Build { given, expect } => (Given::Build(given), Expect::Build(expect)),
            Stimulus::Parse { given, expect } => (Given::Parse(given), Expect::Parse(expect)),
            Stimulus::Invoke { given, expect } => (Given::Invoke(given), Expect::Invoke(expect)),
        };
        Self {
            id: &case.id,
            title: &case.title,
            level: case.level,
            requirements: &case.requirements,
            needs: &case.needs,
            revision: case.revision.as_deref(),
            because: &case.because,
            evidence: &case.evidence,
            twin: case.twin.as_deref(),
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

/// The canonical text of a case file.
///
/// # Errors
///
/// When it cannot be written as JSON.
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
    let mut before: Option<&Arc<Template>> = None;
    for case in cases {
        match &case.template {
            Some(template) if before.is_some_and(|before| Arc::ptr_eq(before, template)) => {}
            Some(template) => entries.push(Entry::Template(&template.0)),
            None => entries.push(Entry::Case(Box::new(CaseObject::of(case)))),
        }
        before = case.template.as_ref();
    }
    entries
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks for it")]
fn is_one(number: &u32) -> bool {
    *number == 1
}

/// The canonical text of the registry.
///
/// # Errors
///
/// When it cannot be written as JSON.
pub fn registry_text(requirements: &[Requirement]) -> Result<String, serde_json::Error> {
    pretty(&Registry {
        schema: SCHEMA,
        requirements: requirements.to_vec(),
    })
}

/// The canonical text of a frozen set.
///
/// # Errors
///
/// When it cannot be written as JSON.
pub fn set_text(set: &FrozenSet) -> Result<String, serde_json::Error> {
    pretty(set)
}

/// One part of a case, `given` or `expect`, as JSON text.
///
/// # Errors
///
/// When it cannot be written as JSON.
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
