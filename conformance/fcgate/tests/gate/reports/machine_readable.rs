//! JSON lines, badge and timings: they match their published schemas.

use std::time::Duration;

use fc_conformance::report::{Report, timings};
use fc_conformance::verdict::Verdict;
use fcgate::writers::{badge, json, jsonl};
use fcgate_cases::corpus::Corpus;
use jsonschema::{Registry, Validator};
use serde_json::Value;

use super::sample::{HOSTILE, every_status, every_verdict, hostile, report_of};
use crate::doubles::{Double, hello, results};

fn validator(schema: &str) -> Validator {
    let parsed = |text: &str| -> Value { serde_json::from_str(text).unwrap() };
    let report = parsed(include_str!("../../../../schema/report.schema.json"));
    let registry = Registry::new().add("json-schema:///report.schema.json", report);
    let registry = registry.unwrap().prepare().unwrap();
    let options = jsonschema::options().with_registry(&registry);
    options.build(&parsed(schema)).unwrap()
}

fn assert_valid(validator: &Validator, value: &Value) {
    let errors = validator.iter_errors(value);
    let errors: Vec<String> = errors.map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?} in {value}");
}

fn lines(report: &Report) -> Vec<Value> {
    let text = jsonl(report).unwrap();
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn json_lines_match_their_schema_and_contain_the_json_report() {
    let validator = validator(include_str!("../../../../schema/report-line.schema.json"));
    let hostile = HOSTILE.map(|text| hostile(text).0);
    for report in hostile.iter().chain([&every_status().0]) {
        let lines = lines(report);
        for line in &lines {
            assert_valid(&validator, line);
        }
        let whole: Value = serde_json::from_str(&json(report).unwrap()).unwrap();
        let of = |kind: &str| -> Vec<Value> {
            let lines = lines.iter().filter(|line| line["type"] == kind).cloned();
            lines
                .map(|mut line| {
                    line.as_object_mut().unwrap().remove("type");
                    line
                })
                .collect()
        };
        assert_eq!(Value::from(of("case")), whole["cases"]);
        assert_eq!(Value::from(of("cause")), whole["causes"]);
        let ends: Vec<Value> = of("run").into_iter().chain(of("verdict")).collect();
        for (key, value) in whole.as_object().unwrap() {
            if key != "cases" && key != "causes" {
                assert!(ends.iter().any(|end| &end[key] == value), "{key}");
            }
        }
        assert_eq!(
            (&lines[0]["type"], &lines.last().unwrap()["type"]),
            (&"run".into(), &"verdict".into())
        );
    }
}

#[test]
fn a_report_with_provenance_and_every_id_of_the_corpus_match_the_schema() {
    let validator = validator(include_str!("../../../../schema/report.schema.json"));
    let mut report = every_status().0;
    report.provenance.source_revision = Some("v4.8.3-2-gd94b1a2".parse().unwrap());
    report.provenance.run_url = Some("https://ci.example/runs/17".parse().unwrap());
    let pattern = report.cases[0].clone();
    let corpus = Corpus::embedded().unwrap();
    report.cases.extend(corpus.cases().into_iter().map(|case| {
        let mut result = pattern.clone();
        result.id.clone_from(&case.id);
        result
    }));
    let mut whole: Value = serde_json::from_str(&json(&report).unwrap()).unwrap();
    assert_valid(&validator, &whole);
    assert_eq!(whole["provenance"]["run_url"], "https://ci.example/runs/17");
    for wrong in ["", "two words", "a\n"] {
        whole["provenance"]["source_revision"] = wrong.into();
        assert!(!validator.is_valid(&whole), "{wrong:?}");
    }
}

#[test]
fn a_line_with_an_additional_field_does_not_match_the_schema() {
    let validator = validator(include_str!("../../../../schema/report-line.schema.json"));
    let mut line = lines(&every_status().0).remove(0);
    line["more"] = Value::Null;
    assert!(!validator.is_valid(&line));
}

#[test]
fn the_badge_matches_its_schema_and_is_green_exactly_if_the_run_conforms() {
    let validator = validator(include_str!("../../../../schema/badge.schema.json"));
    for (report, _) in every_verdict() {
        let badge: Value = serde_json::from_str(&badge(&report).unwrap()).unwrap();
        assert_valid(&validator, &badge);
        let green = badge["color"].as_str().unwrap().ends_with("green");
        assert_eq!(green, report.verdict == Verdict::Conforming, "{badge}");
        assert_eq!(badge["isError"], !green);
    }
    let (report, _) = report_of(&hello(), results(&Double::default()));
    let badge: Value = serde_json::from_str(&badge(&report).unwrap()).unwrap();
    assert_eq!(
        (&badge["message"], &badge["color"]),
        (&"5/5 must".into(), &"brightgreen".into())
    );
}

#[test]
fn timings_match_their_schema_and_are_whole_milliseconds() {
    let validator = validator(include_str!("../../../../schema/timings.schema.json"));
    let (report, _) = every_status();
    let times = [
        ("sign.a.b".to_owned(), Duration::from_micros(1_999)),
        ("parse.a.b".to_owned(), Duration::MAX),
    ];
    let timings: Value = serde_json::from_str(&timings(&report, &times).unwrap()).unwrap();
    assert_valid(&validator, &timings);
    assert_eq!(timings["milliseconds"]["sign.a.b"], 1);
    assert_eq!(timings["milliseconds"]["parse.a.b"], u64::MAX);
}
