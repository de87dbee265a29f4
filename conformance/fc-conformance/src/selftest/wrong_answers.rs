//! Answers that are known to be wrong, and the faults of each. The self-test finds the faults by comparing an
//! answer with the correct answer here, so it does not depend on the judge.

use std::collections::{BTreeMap, BTreeSet};

use fcgate_cases::corpus::{Case, Corpus, Stimulus};
use fcgate_cases::judge::{Arrival, Arrivals, Check, Comparer, Value};
use fcgate_mutants::{Mutant, Mutated};
use fcgate_protocol::Implementation;
use fcgate_protocol::catch_panic;
use fcgate_protocol::{
    BuildOutput, Capabilities, HeaderList, Outcome, ParseOutput, Reply, SignOutput,
};

use super::mutant_runner::FailedCases;

/// The maximum number of wrong answers of one mutant that are used.
const MAX_PER_MUTANT: usize = 4;

/// A wrong answer to a case.
pub(super) struct WrongAnswer<'a> {
    case: &'a Case,
    answer: Answer,
    faults: BTreeMap<String, Fault>,
}

enum Answer {
    Sign(Reply<SignOutput>),
    Build(Reply<BuildOutput>),
    Parse(Reply<ParseOutput>),
    /// The number of requests that arrived. The outcome is the correct one.
    Invoke(usize),
}

/// A fault: the correct value and the wrong one, if both are known.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Fault(Option<(Vec<u8>, Vec<u8>)>);

/// The values of an answer, by the id of the check that compares each.
type Values = BTreeMap<String, Vec<u8>>;

/// Returns some wrong answers of every mutant, and some that no mutant gives.
pub(super) fn collect<'a>(
    corpus: &'a Corpus,
    right: &dyn Implementation,
    mutants: &[&'static Mutant],
    wrong: &[FailedCases],
) -> Vec<WrongAnswer<'a>> {
    let mut known = Vec::new();
    for (mutant, wrong) in mutants.iter().zip(wrong) {
        let mutated = Mutated::new(right, mutant);
        let mut seen = BTreeSet::new();
        let mut count = 0;
        for case in wrong.keys().filter_map(|id| corpus.case(id)) {
            if count == MAX_PER_MUTANT {
                break;
            }
            let Some(answer) = answer(case, right, &mutated) else {
                continue;
            };
            let new = answer
                .faults
                .keys()
                .filter(|id| !seen.contains(*id))
                .count();
            if new > 0 {
                seen.extend(answer.faults.keys().cloned());
                known.push(answer);
                count += 1;
            }
        }
    }
    known.extend(wrong_request_counts(corpus));
    known
}

/// Returns the faults that a judge accepts or misnames, as `case#check`.
pub(super) fn missed(known: &[WrongAnswer<'_>], comparer: &Comparer) -> Vec<String> {
    let mut missed = Vec::new();
    for known in known {
        let checks = known.judge(comparer);
        for (id, fault) in &known.faults {
            let check = checks.iter().find(|check| check.id == *id);
            if !check.is_some_and(|check| fault.is_named_by(check)) {
                missed.push(format!("{}#{id}", known.case.id));
            }
        }
    }
    missed
}

/// Returns the wrong answer of a mutant to a case, if the mutant gives one.
fn answer<'a>(
    case: &'a Case,
    right: &dyn Implementation,
    mutated: &Mutated<'_>,
) -> Option<WrongAnswer<'a>> {
    let (answer, faults) = match &case.stimulus {
        Stimulus::Sign { given, expect } => {
            let (right, wrong) = (right.sign(given), catch_panic(|| mutated.sign(given)).ok()?);
            let named = |id: &str| {
                let stages = serde_json::to_value(&expect.stages).unwrap_or_default();
                stages.get(id).is_some()
            };
            let faults = faults(&right, &wrong, stages, named);
            (Answer::Sign(wrong), faults)
        }
        // A refusal and a request without the injected header are both right.
        Stimulus::Build { expect, .. } if !expect.not_injected.is_empty() => return None,
        Stimulus::Build { given, expect } => {
            let (right, wrong) = (
                right.build(given),
                catch_panic(|| mutated.build(given)).ok()?,
            );
            let mut ids = BTreeSet::from(["method".to_owned(), "body".to_owned()]);
            if let Some(headers) = &expect.headers {
                let present = headers.present.iter();
                ids.extend(present.map(|(name, _)| format!("header.{}", name.to_lowercase())));
                let absent = headers.absent.iter();
                ids.extend(absent.map(|name| format!("no-header.{}", name.to_lowercase())));
            }
            let named = |id: &str| ids.contains(id);
            let faults = faults(&right, &wrong, parts, named);
            (Answer::Build(wrong), faults)
        }
        Stimulus::Parse { given, expect } => {
            let (right, wrong) = (
                right.parse(given),
                catch_panic(|| mutated.parse(given)).ok()?,
            );
            let expected = fields(&expect.outcome);
            let named = |id: &str| {
                let absent = id.strip_prefix("no-");
                expected.contains_key(id)
                    || absent.is_some_and(|name| expect.absent.iter().any(|other| other == name))
            };
            let values = |output: &ParseOutput| fields(&output.outcome);
            let faults = faults(&right, &wrong, values, named);
            (Answer::Parse(wrong), faults)
        }
        Stimulus::Invoke { .. } | Stimulus::Trigger { .. } | Stimulus::Task { .. } => return None,
    };
    (!faults.is_empty()).then_some(WrongAnswer {
        case,
        answer,
        faults,
    })
}

/// Returns one fault for every value that differs and that the case names.
fn faults<T>(
    right: &Reply<T>,
    wrong: &Reply<T>,
    values: impl Fn(&T) -> Values,
    named: impl Fn(&str) -> bool,
) -> BTreeMap<String, Fault> {
    let (Reply::Ok(right), Reply::Ok(wrong)) = (right, wrong) else {
        let same = match (right, wrong) {
            (Reply::Err(one), Reply::Err(other)) => one.class == other.class,
            _ => false,
        };
        let fault = ("reply".to_owned(), Fault(None));
        return (!same).then_some(fault).into_iter().collect();
    };
    let (right, wrong) = (values(right), values(wrong));
    let mut faults = BTreeMap::new();
    for (id, value) in &right {
        let other = wrong.get(id);
        let only_case =
            id == "error_type" && other.is_some_and(|other| other.eq_ignore_ascii_case(value));
        if other != Some(value) && !only_case && named(id) {
            // The correct error type may differ from the expected one in upper and lower case.
            let both = other
                .filter(|_| id != "error_type")
                .map(|other| (value.clone(), other.clone()));
            faults.insert(id.clone(), Fault(both));
        }
    }
    for id in wrong.keys().filter(|id| !right.contains_key(*id)) {
        let id = match id.strip_prefix("header.") {
            Some(name) => format!("no-header.{name}"),
            None => format!("no-{id}"),
        };
        if named(&id) {
            faults.insert(id, Fault(None));
        }
    }
    faults
}

fn stages(output: &SignOutput) -> Values {
    let Some(stages) = &output.stages else {
        return Values::new();
    };
    let texts = [
        ("canonical_headers", &stages.canonical_headers),
        ("canonical_resource", &stages.canonical_resource),
        ("canonical_request", &stages.canonical_request),
        ("string_to_sign", &stages.string_to_sign),
    ];
    let shown = texts
        .into_iter()
        .filter_map(|(id, text)| Some((id, text.as_ref()?)));
    shown
        .map(|(id, text)| (id.to_owned(), text.as_bytes().to_vec()))
        .collect()
}

fn parts(output: &BuildOutput) -> Values {
    let mut values = headers(&output.headers);
    values.insert("method".to_owned(), output.method.as_bytes().to_vec());
    values.insert("body".to_owned(), output.body.clone());
    values
}

fn headers(headers: &HeaderList) -> Values {
    let mut values = Values::new();
    for (name, value) in headers {
        let id = format!("header.{}", name.to_ascii_lowercase());
        // Repeated headers are shown one per line, secrets are masked, and cookies have no order: none is compared here.
        let is_left_out = name.contains("authorization") || name.eq_ignore_ascii_case("cookie");
        if is_left_out || values.contains_key(&id) {
            continue;
        }
        values.insert(id, value.as_bytes().to_vec());
    }
    values
}

fn fields(outcome: &Outcome) -> Values {
    let mut values = Values::new();
    let Ok(serde_json::Value::Object(json)) = serde_json::to_value(outcome) else {
        return values;
    };
    for (name, value) in json {
        let value = match value {
            serde_json::Value::String(text) => text.into_bytes(),
            other => other.to_string().into_bytes(),
        };
        values.insert(name, value);
    }
    // These two are compared as bytes, not as the text in the JSON.
    for (name, bytes) in [
        ("payload_b64", &outcome.payload),
        ("log_tail_b64", &outcome.log_tail),
    ] {
        if let Some(bytes) = bytes {
            values.insert(name.to_owned(), bytes.clone());
        }
    }
    values
}

/// Returns answers with a wrong number of requests.
fn wrong_request_counts(corpus: &Corpus) -> Vec<WrongAnswer<'_>> {
    let cases = corpus.groups.iter().flat_map(|group| &group.cases);
    let one = cases.filter(
        |case| matches!(&case.stimulus, Stimulus::Invoke { expect, .. } if expect.requests == Some(1)),
    );
    let with = |case, count| WrongAnswer {
        case,
        answer: Answer::Invoke(count),
        faults: BTreeMap::from([("requests".to_owned(), Fault(None))]),
    };
    one.take(2)
        .flat_map(|case| [with(case, 0), with(case, 2)])
        .collect()
}

impl WrongAnswer<'_> {
    /// Judges the answer with this comparer.
    fn judge(&self, comparer: &Comparer) -> Vec<Check> {
        let claims = Capabilities::all();
        match (&self.case.stimulus, &self.answer) {
            (Stimulus::Sign { given, expect }, Answer::Sign(answer)) => {
                comparer.sign(given, expect, answer)
            }
            (Stimulus::Build { given, expect }, Answer::Build(answer)) => {
                comparer.build(given, expect, answer)
            }
            (Stimulus::Parse { expect, .. }, Answer::Parse(answer)) => {
                comparer.parse(expect, &claims, answer)
            }
            (Stimulus::Invoke { given, expect }, Answer::Invoke(count)) => {
                let Some(outcome) = expect.outcome.as_deref().cloned() else {
                    return Vec::new();
                };
                let outcome = fcgate_protocol::InvokeOutput::new(outcome);
                let mut arrivals = Arrivals::new("127.0.0.1", &given.input.function);
                arrivals.requests = vec![Arrival::Redirected(None); *count];
                comparer.invoke(given, expect, &claims, &Reply::Ok(outcome), &arrivals)
            }
            _ => Vec::new(),
        }
    }
}

impl Fault {
    /// Whether the check failed and shows both values and the position of their first difference.
    fn is_named_by(&self, check: &Check) -> bool {
        let Self(Some((right, wrong))) = self else {
            return check.failed();
        };
        let shows = |side: &Option<Value>, value: &[u8]| {
            side.as_ref().and_then(Value::bytes) == Some(value)
        };
        let mut pairs = right.iter().zip(wrong);
        let place = pairs.position(|(one, other)| one != other);
        let place = place.unwrap_or(right.len().min(wrong.len()));
        let difference = check.first_difference.as_ref();
        check.failed()
            && shows(&check.expected, right)
            && shows(&check.actual, wrong)
            && difference.is_some_and(|difference| difference.offset == place)
    }
}

#[cfg(test)]
mod tests {
    use super::{Outcome, fields};
    use fcgate_protocol::OutcomeKind;

    #[test]
    fn the_kind_of_an_outcome_is_one_of_its_values() {
        let values = fields(&Outcome::new(OutcomeKind::FunctionError));
        assert_eq!(values["kind"], b"function_error");
    }
}
