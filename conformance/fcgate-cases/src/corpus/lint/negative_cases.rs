//! Negative cases: a negative case differs from its valid case in exactly one field.
//!
//! In JSON, `twin` is the id of the valid case and `fault` is the pointer of the field.

use std::collections::HashMap;

use serde_json::Value;

use super::super::canonical::CaseObject;
use super::super::{Case, Corpus};
use super::finding::Finding;

pub(super) fn lint(corpus: &Corpus, findings: &mut Vec<Finding>) {
    let by_id: HashMap<&str, &Case> = corpus
        .each_case()
        .map(|case| (case.id.as_str(), case))
        .collect();
    for case in corpus.each_case() {
        match (&case.valid_case, &case.fault) {
            (None, None) => {
                if case.stimulus.expects_refusal() {
                    findings.push(Finding::of_case(
                        case,
                        "twin",
                        "a case that expects a refusal needs `twin` and `fault`",
                    ));
                }
            }
            (Some(id), Some(fault)) => match by_id.get(id.as_str()) {
                Some(valid_case) => differ_in_one_field(case, valid_case, fault, findings),
                None => findings.push(Finding::of_case(
                    case,
                    "twin",
                    format!("case {id} does not exist"),
                )),
            },
            _ => findings.push(Finding::of_case(
                case,
                "twin",
                "expected both `twin` and `fault`, or neither",
            )),
        }
    }
}

fn differ_in_one_field(case: &Case, valid_case: &Case, fault: &str, findings: &mut Vec<Finding>) {
    if valid_case.stimulus.expects_refusal() || valid_case.valid_case.is_some() {
        findings.push(Finding::of_case(
            case,
            "twin",
            "the case in `twin` is a negative case itself",
        ));
    }
    let (Some(case_given), Some(valid_given)) = (given(case), given(valid_case)) else {
        findings.push(Finding::of_case(
            case,
            "twin",
            "the case cannot be serialized as JSON",
        ));
        return;
    };
    let Some(pointer) = fault.strip_prefix("/given/").map(|rest| format!("/{rest}")) else {
        findings.push(Finding::of_case(
            case,
            "fault",
            "expected a pointer that starts with /given/",
        ));
        return;
    };
    if case_given == valid_given {
        let message = "the case and its valid case have the same input";
        findings.push(Finding::of_case(case, "fault", message));
    } else if !replaced(&case_given, &valid_given, &pointer)
        && removed(&case_given, &pointer).as_ref() != Some(&valid_given)
        && removed(&valid_given, &pointer).as_ref() != Some(&case_given)
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

/// Whether the input equals the valid input after the field is replaced with the valid value.
fn replaced(input: &Value, valid: &Value, pointer: &str) -> bool {
    let (Some(value), mut copy) = (valid.pointer(pointer), input.clone()) else {
        return false;
    };
    copy.pointer_mut(pointer)
        .map(|field| *field = value.clone())
        .is_some()
        && copy == *valid
}

/// Returns a copy of the value without the field or element.
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
        let valid = json!({"headers": [["a", "1"], ["b", "2"]]});
        assert!(replaced(
            &json!({"headers": [["a", "1"], ["b", "3"]]}),
            &valid,
            "/headers/1/1"
        ));
        let longer = json!({"headers": [["a", "1"], ["b", "2"], ["c", "3"]]});
        assert_eq!(removed(&longer, "/headers/2"), Some(valid.clone()));
        assert_eq!(
            removed(&valid, "/headers/0"),
            Some(json!({"headers": [["b", "2"]]}))
        );
    }

    #[test]
    fn two_differences_are_not_one_difference() {
        let valid = json!({"method": "POST", "url": "u"});
        assert!(!replaced(
            &json!({"method": "GET", "url": "v"}),
            &valid,
            "/method"
        ));
    }
}
