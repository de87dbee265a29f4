//! A case as it is written in its file, and its expansion into cases.

use std::num::NonZero;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use fcgate_protocol::Suite;
use fcgate_text::visible;

use super::canonical::CaseObject;
use super::ordered_json::Ordered;
use super::strict_json::{self, StrictError};
use super::template::{Axes, Template, expectation_for};
use super::{
    BuildExpectation, Case, CorpusError, CorpusErrorKind, Evidence, Level, Operation,
    SignExpectation, Stimulus, answer_limits, id, prose,
};

/// A case whose `given` and `expect` are not yet parsed.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCase {
    id: String,
    title: String,
    level: Level,
    requirements: Vec<String>,
    needs: Vec<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    full_only: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    revision: Option<String>,
    because: String,
    evidence: Vec<Evidence>,
    #[serde(rename = "twin", skip_serializing_if = "Option::is_none")]
    valid_case: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<Suite>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rev: Option<NonZero<u32>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    aliases: Option<Vec<String>>,
    #[serde(skip_serializing)]
    vary: Option<Ordered>,
    op: Operation,
    given: Box<RawValue>,
    expect: Box<RawValue>,
}

/// Parses a case and adds it, or its variations, to `cases`.
pub(super) fn read(file: &str, mut raw: RawCase, cases: &mut Vec<Case>) -> Result<(), CorpusError> {
    if !id::is_base(&raw.id) {
        let message = "expected segments of [a-z0-9-]+ joined by dots, at most 200 bytes";
        let error = CorpusError::new(CorpusErrorKind::Id, file, message);
        return Err(error.in_case(&raw.id).at("/id"));
    }
    if let Some(vary) = raw.vary.take() {
        return expand(file, &raw, vary, cases);
    }
    cases.push(typed(file, raw)?);
    Ok(())
}

fn expand(
    file: &str,
    raw: &RawCase,
    vary: Ordered,
    cases: &mut Vec<Case>,
) -> Result<(), CorpusError> {
    let wrong = |kind, pointer: &str, message: String| {
        let error = CorpusError::new(kind, file, message).in_case(&raw.id);
        error.at(format!("/vary{pointer}"))
    };
    let vary_is_wrong = |message: String| wrong(CorpusErrorKind::Vary, "", message);
    let axes = Axes::read(&vary).map_err(|(kind, at, message)| wrong(kind, &at, message))?;
    let case = ordered(raw).map_err(|error| vary_is_wrong(error.to_string()))?;
    if let Some(axis) = axes.unused(&case) {
        return Err(vary_is_wrong(format!(
            "the case does not contain {{{{{axis}}}}}"
        )));
    }
    let Ordered::Object(fields) = &case else {
        return Err(vary_is_wrong(
            "expected a case that is an object".to_owned(),
        ));
    };
    let mut variations = Vec::new();
    for combination in axes.combinations() {
        let mut filled = Vec::with_capacity(fields.len());
        for (name, value) in fields {
            let value = match name.as_str() {
                "id" => Ordered::Text(format!("{}{}", raw.id, combination.suffix())),
                "expect" => {
                    let block = expectation_for(value, &combination);
                    let block = block.map_err(|(kind, message)| wrong(kind, "", message))?;
                    combination.fill(block)
                }
                _ => combination.fill(value),
            };
            filled.push((name.clone(), value));
        }
        let text = serde_json::to_string(&Ordered::Object(filled))
            .map_err(|error| vary_is_wrong(error.to_string()))?;
        if text.contains("{{") {
            return Err(vary_is_wrong(
                "a placeholder does not name an axis".to_owned(),
            ));
        }
        let variation = strict_json::from_str(&text).map_err(|error| {
            let at = error.pointer.clone();
            let error = CorpusError::new(error.kind, file, error.message);
            error.in_case(&raw.id).at(at)
        })?;
        variations.push(typed(file, variation)?);
    }
    if let Some(first) = variations.first() {
        let model = ordered(&CaseObject::of(first));
        let model = model.map_err(|error| vary_is_wrong(error.to_string()))?;
        let template = Arc::new(Template::written(case, vary, &model));
        for case in &mut variations {
            case.template = Some(Arc::clone(&template));
        }
    }
    cases.append(&mut variations);
    Ok(())
}

fn ordered(value: &impl Serialize) -> Result<Ordered, serde_json::Error> {
    serde_json::from_str(&serde_json::to_string(value)?)
}

fn typed(file: &str, raw: RawCase) -> Result<Case, CorpusError> {
    let error = |kind, pointer: String, message| {
        let error = CorpusError::new(kind, file, message);
        error.in_case(&raw.id).at(pointer)
    };
    check_prose(&raw).map_err(|wrong| error(wrong.kind, wrong.pointer, wrong.message))?;
    let stimulus = stimulus(&raw).map_err(|(part, wrong)| {
        let pointer = format!("/{part}{}", wrong.pointer);
        error(wrong.kind, pointer, wrong.message)
    })?;
    if has_no_checks(&stimulus) {
        let message = "the case has no checks".to_owned();
        return Err(error(
            CorpusErrorKind::NoChecks,
            "/expect".to_owned(),
            message,
        ));
    }
    if let Some(time) = invalid_time(&stimulus) {
        let message = format!(
            "{} is not a time like 2022-05-11T09:00:00Z, and the case expects no refusal",
            visible::line(time, 80)
        );
        return Err(error(
            CorpusErrorKind::Date,
            "/given/time".to_owned(),
            message,
        ));
    }
    let limits = match &stimulus {
        Stimulus::Invoke { given, .. } => answer_limits::check(given),
        Stimulus::Trigger { given, .. } => answer_limits::check_only(&given.answer),
        Stimulus::Task { given, .. } => answer_limits::check_list(&given.answers),
        _ => Ok(()),
    };
    limits.map_err(|wrong| {
        error(
            wrong.kind,
            format!("/given{}", wrong.pointer),
            wrong.message,
        )
    })?;
    Ok(Case {
        id: raw.id,
        title: raw.title,
        level: raw.level,
        requirements: raw.requirements,
        needs: raw.needs,
        full_only: raw.full_only,
        revision: raw.revision,
        parse_revisions: Vec::new(),
        because: raw.because,
        evidence: raw.evidence,
        valid_case: raw.valid_case,
        fault: raw.fault,
        since: raw.since.unwrap_or(Suite::FIRST),
        rev: raw.rev.map_or(1, NonZero::get),
        aliases: raw.aliases.unwrap_or_default(),
        stimulus,
        template: None,
    })
}

fn check_prose(raw: &RawCase) -> Result<(), StrictError> {
    prose::check("/title", &raw.title)?;
    prose::check("/because", &raw.because)?;
    prose::check_evidence(&raw.evidence)?;
    prose::check_all("/requirements", &raw.requirements)?;
    prose::check_all("/needs", &raw.needs)
}

/// The time of a case that expects a result, if it is not a time of the calendar in the form of the adapter protocol.
fn invalid_time(stimulus: &Stimulus) -> Option<&str> {
    let (time, is_refused) = match stimulus {
        Stimulus::Sign { given, expect } => (&given.time, expect.refused.is_some()),
        Stimulus::Build { given, expect } => (&given.time, expect.refused.is_some()),
        _ => return None,
    };
    let is_form = time.len() == "2022-05-11T09:00:00Z".len() && time.ends_with('Z');
    let local = time.trim_end_matches('Z');
    let is_time = is_form && time.contains('T') && local.parse::<jiff::civil::DateTime>().is_ok();
    (!is_refused && !is_time).then_some(time)
}

fn has_no_checks(stimulus: &Stimulus) -> bool {
    match stimulus {
        Stimulus::Sign { expect, .. } => *expect == SignExpectation::default(),
        Stimulus::Build { expect, .. } => *expect == BuildExpectation::default(),
        Stimulus::Parse { .. } | Stimulus::Trigger { .. } | Stimulus::Task { .. } => false,
        Stimulus::Invoke { expect, .. } => {
            let is_judged = expect.outcome.is_some() && expect.requests.is_some();
            is_judged != expect.not_injected.is_empty()
        }
    }
}

fn stimulus(raw: &RawCase) -> Result<Stimulus, (&'static str, StrictError)> {
    Ok(match raw.op {
        Operation::Sign => {
            let (given, expect) = both(raw)?;
            Stimulus::Sign { given, expect }
        }
        Operation::Build => {
            let (given, expect) = both(raw)?;
            Stimulus::Build { given, expect }
        }
        Operation::Parse => {
            let (given, expect) = both(raw)?;
            Stimulus::Parse { given, expect }
        }
        Operation::Invoke => {
            let (given, expect) = both(raw)?;
            Stimulus::Invoke { given, expect }
        }
        Operation::Trigger => {
            let (given, expect) = both(raw)?;
            Stimulus::Trigger { given, expect }
        }
        Operation::Task => {
            let (given, expect) = both(raw)?;
            Stimulus::Task { given, expect }
        }
    })
}

fn both<G: DeserializeOwned, E: DeserializeOwned>(
    raw: &RawCase,
) -> Result<(G, E), (&'static str, StrictError)> {
    let given = strict_json::from_str(raw.given.get()).map_err(|error| ("given", error))?;
    let expect = strict_json::from_str(raw.expect.get()).map_err(|error| ("expect", error))?;
    Ok((given, expect))
}
