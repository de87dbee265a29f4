//! One-fault twins: a negative case differs from its valid twin in exactly the field it names.

use std::collections::HashMap;

use serde_json::Value;

use super::super::canonical::CaseObject;
use super::super::{Case, Corpus};
use super::finding::Finding;

pub(super) fn lint(corpus: &Corpus, findings: &mut Vec<Finding>) {
    let cases = corpus.cases();
    let by_id: HashMap<&str, &Case> = cases.iter().map(|case| (case.id.as_str(), *case)).collect();
    for case in cases {
        match (&case.twin, &case.fault) {
            (None, None) => {
                if case.stimulus.expects_refusal() {
                    findings.push(Finding::of_case(
                        case,
                        "twin",
                        "a refusal names its valid twin",
                    ));
                }
            }
            (Some(twin), Some(fault)) => match by_id.get(twin.as_str()) {
                Some(twin) => differ_once(case, twin, fault, findings),
                None => findings.push(Finding::of_case(
                    case,
                    "twin",
                    format!("{twin} does not exist"),
                )),
            },
            _ => findings.push(Finding::of_case(
                case,
                "twin",
                "twin and fault come together",
            )),
        }
    }
}

fn differ_once(case: &Case, twin: &Case, fault: &str, findings: &mut Vec<Finding>) {
    if twin.stimulus.expects_refusal() || twin.twin.is_some() {
        findings.push(Finding::of_case(
            case,
            "twin",
            "the twin is itself a negative case",
        ));
    }
    let (Some(case_given), Some(twin_given)) = (given(case), given(twin)) else {
        findings.push(Finding::of_case(
            case,
            "twin",
            "a case cannot be written as JSON",
        ));
        return;
    };
    let Some(pointer) = fault.strip_prefix("/given/").map(|rest| format!("/{rest}")) else {
        findings.push(Finding::of_case(
            case,
            "fault",
            "the fault is a field of what is given",
        ));
        return;
    };
    if case_given == twin_given {
        findings.push(Finding::of_case(case, "fault", "the twins do not differ"));
    } else if !replaced(&case_given, &twin_given, &pointer)
        && removed(&case_given, &pointer).as_ref() != Some(&twin_given)
        && removed(&twin_given, &pointer).as_ref() != Some(&case_given)
    {
        findings.push(Finding::of_case(
            case,
            "fault",
            format!("{fault} is not the only difference"),
        ));
    }
}

fn given(case: &Case) -> Option<Value> {
    serde_json::to_value(CaseObject::of(case))
        .ok()?
        .get("given")
        .cloned()
}

/// Whether the case becomes its twin when the field takes the twin's value.
fn replaced(case: &Value, twin: &Value, pointer: &str) -> bool {
    let (Some(value), mut copy) = (twin.pointer(pointer), case.clone()) else {
        return false;
    };
    copy.pointer_mut(pointer)
        .map(|field| *field = value.clone())
        .is_some()
        && copy == *twin
}

/// The value without the field or element.
fn removed(value: &Value, pointer: &str) -> Option<Value> {
    let mut copy = value.clone();
    let (parent, last) = pointer.rsplit_once('/')?;
    match copy.pointer_mut(parent)? {
        Value::Object(fields) => {
            fields.remove(&last.replace("~1", "/").replace("~0", "~"))?;
        }
        Value::Array(elements) => {
            let index = last.parse().ok().filter(|index| *index < elements.len())?;
            elements.remove(index);
        }
        _ => return None,
    }
    Some(copy)
}

#[cfg(test)]
mod tests {
    use super::{removed, replaced};
    use serde_json::json;

    #[test]
    fn a_replaced_an_added_and_a_removed_value_are_one_difference() {
        let twin = json!({"headers": [["a", "1"], ["b", "2"]]});
        assert!(replaced(
            &json!({"headers": [["a", "1"], ["b", "3"]]}),
            &twin,
            "/headers/1/1"
        ));
        let longer = json!({"headers": [["a", "1"], ["b", "2"], ["c", "3"]]});
        assert_eq!(removed(&longer, "/headers/2"), Some(twin.clone()));
        assert_eq!(
            removed(&twin, "/headers/0"),
            Some(json!({"headers": [["b", "2"]]}))
        );
    }

    #[test]
    fn a_second_difference_is_not_hidden_by_the_first() {
        let twin = json!({"method": "POST", "url": "u"});
        assert!(!replaced(
            &json!({"method": "GET", "url": "v"}),
            &twin,
            "/method"
        ));
    }
}
