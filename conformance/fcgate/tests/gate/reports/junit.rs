//! The `JUnit` report, parsed by an independent XML parser.

use fc_conformance::report::Report;
use fc_conformance::verdict::Verdict;
use fcgate::writers::junit;
use fcgate_cases::corpus::Corpus;
use roxmltree::{Document, Node};

use super::sample::{HOSTILE, every_status, every_verdict, hostile};

fn written((report, corpus): &(Report, Corpus)) -> String {
    junit(report, corpus).unwrap()
}

fn tests<'a>(document: &'a Document<'a>) -> Vec<Node<'a, 'a>> {
    let all = document.descendants();
    all.filter(|node| node.has_tag_name("testcase")).collect()
}

/// The element of the result: `failure`, `error`, `skipped`, or none for a pass.
fn result<'a>(test: &Node<'a, 'a>) -> Option<Node<'a, 'a>> {
    test.children()
        .find(|child| ["failure", "error", "skipped"].contains(&child.tag_name().name()))
}

#[test]
fn every_case_is_a_test_and_every_status_has_its_element() {
    let sample = every_status();
    let xml = written(&sample);
    let document = Document::parse(&xml).unwrap();
    let tests = tests(&document);
    let mut names: Vec<&str> = tests
        .iter()
        .map(|test| test.attribute("name").unwrap())
        .collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), sample.0.selected().count());
    let shown: Vec<String> = sample
        .0
        .selected()
        .map(|case| {
            let of_case = |test: &&Node<'_, '_>| test.attribute("name") == Some(&case.id);
            let test = tests.iter().find(of_case).unwrap();
            let operation = case.id.split('.').next().unwrap();
            assert_eq!(
                test.attribute("classname").unwrap(),
                format!("fcgate.{operation}")
            );
            let element = result(test);
            let word = element.map_or("passed", |element| element.tag_name().name());
            let message = element
                .and_then(|element| element.attribute("message"))
                .unwrap_or_default();
            format!("{}: {word} {message}", case.status)
                .trim_end()
                .to_owned()
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
crash: failure crashed: a note on crash
fail: failure string_to_sign differs at byte 0 (line 1, column 1): expected `l` (6c), got `r` (72)
harness: error a note on harness
known: skipped known failure: a note on known
new: skipped newer than the pinned suite
pass: passed
timeout: failure no reply within the time limit: a note on timeout
unsupported: skipped not declared
untestable: error a note on untestable
"#);
}

#[test]
fn a_failure_has_its_cause_and_the_block_of_the_text_report() {
    let text = written(&every_status());
    let document = Document::parse(&text).unwrap();
    let mut all = document.descendants();
    let of_cause = |node: &Node<'_, '_>| node.attribute("type") == Some("sign#string_to_sign");
    let failure = all.find(of_cause).unwrap();
    assert!(failure.has_tag_name("failure"));
    let block = failure.text().unwrap();
    insta::assert_snapshot!(block, @r"
case     sign.basic.fail (must): The smallest request
rule     T-SIGN-001 (must): The string to sign is six pieces in order.
at       string_to_sign, byte 0 (line 1, column 1): expected `l` (6c), got `r` (72)
  - │ left⌁
  + │ right⌁
why      Every request would be refused with 403.
evidence manual: manual page 'Signature authentication'
repro    fcgate run --partial-ok --only sign.basic.fail
");
}

#[test]
fn the_file_has_a_failure_exactly_if_the_run_does_not_conform() {
    for sample in every_verdict() {
        let text = written(&sample);
        let document = Document::parse(&text).unwrap();
        let red = document
            .descendants()
            .any(|node| node.has_tag_name("failure") || node.has_tag_name("error"));
        let conforming = sample.0.verdict == Verdict::Conforming;
        assert_eq!(red, !conforming, "{text}");
        let counted: usize = ["failures", "errors"]
            .map(|name| document.root_element().attribute(name).unwrap())
            .iter()
            .map(|count| count.parse::<usize>().unwrap())
            .sum();
        assert_eq!(counted > 0, red);
    }
}

#[test]
fn hostile_text_is_escaped() {
    let shape = |text: &str| {
        let document = Document::parse(text).unwrap();
        let names = document.descendants().filter(Node::is_element);
        let names: Vec<String> = names
            .map(|node| node.tag_name().name().to_owned())
            .collect();
        names
    };
    let harmless = shape(&written(&hostile("harmless")));
    for text in HOSTILE {
        let text = written(&hostile(text));
        assert_eq!(shape(&text), harmless, "{text}");
        assert!(!text.contains("<![CDATA["));
        let control = |c: char| c.is_control() && c != '\n';
        assert!(!text.contains(control), "{text}");
    }
}
