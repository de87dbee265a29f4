//! The TAP report, parsed by a small parser in this file.

use fc_conformance::verdict::Verdict;
use fcgate::writers::tap;
use fcgate_text::visible::visible;

use super::sample::{HOSTILE, every_status, every_verdict, hostile};

/// A test point.
#[derive(Debug, PartialEq)]
struct Point {
    ok: bool,
    name: String,
    directive: Option<String>,
    fields: Vec<(String, serde_json::Value)>,
}

/// Parses TAP 14 as a consumer does. Panics at text outside the grammar.
fn read(text: &str) -> Vec<Point> {
    let mut lines = text.lines().peekable();
    assert_eq!(lines.next(), Some("TAP version 14"));
    let plan = lines.next().unwrap().strip_prefix("1..").unwrap();
    let mut points = Vec::new();
    while let Some(line) = lines.next() {
        if line.starts_with("# ") {
            continue;
        }
        let (ok, rest) = match line.strip_prefix("not ok ") {
            Some(rest) => (false, rest),
            None => (
                true,
                line.strip_prefix("ok ").unwrap_or_else(|| panic!("{line}")),
            ),
        };
        let (number, rest) = rest.split_once(" - ").unwrap();
        assert_eq!(number.parse(), Ok(points.len() + 1));
        let (name, directive) = split_at_hash(rest);
        let mut fields = Vec::new();
        if lines.next_if_eq(&"  ---").is_some() {
            loop {
                let line = lines.next().unwrap();
                if line == "  ..." {
                    break;
                }
                let (name, value) = line.strip_prefix("  ").unwrap().split_once(": ").unwrap();
                fields.push((name.to_owned(), serde_json::from_str(value).unwrap()));
            }
        }
        points.push(Point {
            ok,
            name,
            directive,
            fields,
        });
    }
    assert_eq!(plan.parse(), Ok(points.len()));
    points
}

/// Splits at the first `#` without a backslash before it, and removes the backslashes.
fn split_at_hash(text: &str) -> (String, Option<String>) {
    let mut parts = vec![String::new()];
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => parts.last_mut().unwrap().extend(characters.next()),
            '#' => {
                assert_eq!(parts.len(), 1, "two directives: {text}");
                parts.push(String::new());
            }
            _ => parts.last_mut().unwrap().push(character),
        }
    }
    let directive = parts.get(1).map(|part| part.trim().to_owned());
    (parts[0].trim().to_owned(), directive)
}

#[test]
fn every_case_is_a_test_point() {
    let (report, corpus) = every_status();
    let points = read(&tap(&report, &corpus));
    assert_eq!(points.len(), report.selected().count());
    let shown: Vec<String> = report
        .selected()
        .zip(&points)
        .map(|(case, point)| {
            assert_eq!(point.name, case.id);
            let ok = if point.ok { "ok" } else { "not ok" };
            let directive = point.directive.as_deref().unwrap_or_default();
            format!("{}: {ok} {directive}", case.status)
                .trim_end()
                .to_owned()
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
crash: not ok
fail: not ok
harness: not ok
known: not ok TODO known failure
new: ok SKIP newer than the pinned suite
pass: ok
timeout: not ok
unsupported: ok SKIP not declared
untestable: not ok
"#);
}

#[test]
fn a_failure_has_a_yaml_block() {
    let (report, corpus) = every_status();
    let points = read(&tap(&report, &corpus));
    let place = report
        .selected()
        .position(|case| case.id == "sign.basic.fail");
    let fields = &points[place.unwrap()].fields;
    let field = |name: &str| &fields.iter().find(|(other, _)| other == name).unwrap().1;
    assert_eq!(field("expected"), "left");
    assert_eq!(field("actual"), "right");
    assert_eq!(field("byte"), 0);
    assert_eq!(field("cause"), "sign#string_to_sign");
}

#[test]
fn the_file_has_a_failure_exactly_if_the_run_does_not_conform() {
    for (report, corpus) in every_verdict() {
        let text = tap(&report, &corpus);
        let red = |point: &Point| {
            let todo = point
                .directive
                .as_ref()
                .is_some_and(|text| text.starts_with("TODO"));
            !point.ok && !todo
        };
        let red = read(&text).iter().any(red);
        assert_eq!(red, report.verdict != Verdict::Conforming, "{text}");
    }
}

#[test]
fn hostile_text_is_escaped() {
    let shape = |text: &str| {
        let (report, corpus) = hostile(text);
        let points = read(&tap(&report, &corpus)).into_iter();
        let shape = points.map(|point| (point.ok, point.name, point.fields.len()));
        shape.collect::<Vec<_>>()
    };
    let harmless = shape("harmless");
    for text in HOSTILE {
        assert_eq!(shape(text), harmless, "{text}");
        let (report, corpus) = hostile(text);
        let points = read(&tap(&report, &corpus));
        let skipped = format!("SKIP {}", visible(text.as_bytes()));
        let is_skipped = |point: &Point| point.directive.as_deref() == Some(skipped.trim());
        assert!(points.iter().any(is_skipped), "{skipped} in {points:?}");
    }
}
