//! Converts a shrunk failure to an envelope for `fcgate vector add`.

use serde_json::{Value, json};

use fcgate_cases::corpus::Stimulus;

use super::seed::Seed;

/// Returns the input of a seed as cases, with the results of the oracle as expectations; `None` if the seed has no
/// input.
///
/// The evidence is an inference from the published rule. It contains no recorded traffic, so the level is
/// `should`.
pub fn envelope(seed: &Seed) -> Option<String> {
    let family = seed.family;
    let drawn = seed.stimuli()?;
    let operation = drawn.first()?.operation();
    let source = format!(
        "calculated by the oracle of the gate, which is written from the published rule; the input was found by {seed}"
    );
    let name = family.id.trim_start_matches(super::PREFIX);
    let cases: Vec<Value> = drawn
        .iter()
        .map(|stimulus| {
            let (given, expect) = given_and_expect(stimulus);
            let mut case = json!({
                "name": format!("{name}-{}", seed.index),
                "title": family.title,
                "level": "should",
                "requirements": family.requirements,
                "needs": family.needs,
                "because": family.because,
                "evidence": [{"kind": "inference", "source": source}],
                "op": operation.name(),
                "given": given,
                "expect": expect,
            });
            if let Some(fields) = case.as_object_mut() {
                if let Some(revision) = family.revision {
                    fields.insert("revision".to_owned(), revision.into());
                }
                if let Some((twin, fault)) = family.twin {
                    fields.insert("twin".to_owned(), twin.into());
                    fields.insert("fault".to_owned(), fault.into());
                }
            }
            case
        })
        .collect();
    let envelope = json!({
        "group": format!("{operation}.properties"),
        "summary": "Shrunk inputs that a property found.",
        "cases": cases,
    });
    Some(envelope.to_string())
}

fn given_and_expect(stimulus: &Stimulus) -> (Value, Value) {
    match stimulus {
        Stimulus::Sign { given, expect } => (json!(given), json!(expect)),
        Stimulus::Build { given, expect } => (json!(given), json!(expect)),
        Stimulus::Parse { given, expect } => (json!(given), json!(expect)),
        Stimulus::Invoke { given, expect } => (json!(given), json!(expect)),
        Stimulus::Trigger { given, expect } => (json!(given), json!(expect)),
        Stimulus::Task { given, expect } => (json!(given), json!(expect)),
    }
}
