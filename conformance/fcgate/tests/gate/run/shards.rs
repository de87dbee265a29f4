//! Shards, and the merged report.

use std::sync::LazyLock;

use fc_conformance::diagnosis::{Attribution, explain};
use fc_conformance::report::{Report, ShardReport, merge};
use fc_conformance::verdict::{Rules, Shard, Verdict};
use fcgate::writers::json;
use fcgate_cases::Claims;
use fcgate_cases::Profile;
use fcgate_cases::corpus::{Case, Corpus, Level};
use fcgate_cases::judge::{CaseResult, Check, Status};
use fcgate_protocol::Hello;
use fcgate_protocol::Implementation as _;
use fcgate_reference::Reference;
use fcgate_runner::{InProcess, Plan, run};
use proptest::prelude::*;
use serde_json::Value;

use crate::doubles::hello;
use crate::small_corpus::small_corpus;

static SMALL: LazyLock<Corpus> = LazyLock::new(small_corpus);
static WHOLE: LazyLock<Corpus> = LazyLock::new(|| Corpus::embedded().unwrap());

/// The results of the reference, in the order of the corpus.
static OF_THE_REFERENCE: LazyLock<Vec<CaseResult>> =
    LazyLock::new(|| results_of_the_reference(None, Shard::whole()));

/// Runs the cases of a shard with the reference, in the order of the corpus or shuffled.
fn results_of_the_reference(shuffle: Option<u64>, shard: Shard) -> Vec<CaseResult> {
    let mut plan = Plan::new();
    plan.shuffle = shuffle;
    // Other tests run at the same time, and cases with time limits must not wait for a processor.
    plan.jobs = 4;
    let claims = Claims::of(&Reference.hello());
    let selected = |case: &Case| shard.contains(&case.id);
    run(
        &WHOLE,
        &InProcess::new(&Reference),
        &claims,
        &plan,
        &selected,
    )
    .results
}

const STATUSES: [Status; 10] = Status::ALL;

/// Results with a status for each case, selected by these numbers.
fn drawn(corpus: &Corpus, claims: &Claims, draw: &[usize]) -> Vec<CaseResult> {
    let result =
        |(place, case): (usize, &&_)| match STATUSES[draw[place % draw.len()] % STATUSES.len()] {
            Status::Fail => CaseResult::judged(
                case,
                vec![
                    Check::equal_text("kind", "completed", Some("accepted")),
                    Check::equal_text("string_to_sign", "a:b\nc", Some("a;b\nc")),
                    Check::unsupported("duration_ms"),
                ],
            ),
            Status::Pass => CaseResult::judged(case, vec![Check::equal_text("k", "v", Some("v"))]),
            Status::Unsupported => CaseResult::unsupported(case, claims),
            status => CaseResult::unjudged(case, status),
        };
    corpus.cases().iter().enumerate().map(result).collect()
}

/// The report of a whole run without failures, so no mistake is looked for.
fn whole(corpus: &Corpus, hello: &Hello, results: &[CaseResult], rules: Rules) -> Report {
    let unexplained = Attribution::new();
    report_of(corpus, hello, results, &unexplained, rules)
}

fn report_of(
    corpus: &Corpus,
    hello: &Hello,
    results: &[CaseResult],
    attribution: &Attribution,
    rules: Rules,
) -> Report {
    Report::new(
        corpus,
        hello,
        &Claims::of(hello),
        7,
        results.to_vec(),
        attribution,
        rules,
    )
}

fn shards(count: u32) -> Vec<Shard> {
    let shard = |index| Shard::new(index, count).unwrap();
    (1..=count).map(shard).collect()
}

fn name(shard: Shard) -> String {
    format!("{}-of-{}.json", shard.index(), shard.count())
}

fn part(report: &Report) -> ShardReport {
    ShardReport::read(&json(report).unwrap(), &name(report.shard.unwrap())).unwrap()
}

proptest! {
    // The search for the mistakes of the drawn failures is expensive: 16 draws, and more with `PROPTEST_CASES`.
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases.div_ceil(16)))]

    #[test]
    fn any_split_merges_to_the_report_of_the_whole_run(
        draw in prop::collection::vec(0_usize..10, 1..14),
        count in 1_u32..9,
        rotate in 0_usize..9,
        should in any::<bool>(),
        partial_ok in any::<bool>(),
        profile in prop::option::of(prop::sample::select(&Profile::ALL[..])),
    ) {
        let mut rules = Rules::new();
        rules.level = if should { Level::Should } else { Level::Must };
        rules.partial_ok = partial_ok;
        rules.profile = profile;
        // It declares few capabilities, so that a profile requires more.
        let hello = Hello::new("double", "1.0.0", "rust").claim("parse");
        let results = drawn(&SMALL, &Claims::of(&hello), &draw);
        // A crash is explained, so the merged report must name the same mistakes.
        let attribution = explain(&results, &SMALL, &Reference);
        let without_warnings = report_of(&SMALL, &hello, &results, &attribution, rules);
        let mut report = without_warnings.clone();
        report.warn(["b".to_owned(), "a".to_owned(), "b".to_owned()]);
        let mut parts: Vec<ShardReport> = shards(count)
            .into_iter()
            .map(|shard| {
                let mut report = without_warnings.clone().of_shard(shard);
                report.warn([if shard.index() == 1 { "b" } else { "a" }.to_owned()]);
                report.warn(["a".to_owned(), "b".to_owned()]);
                part(&report)
            })
            .collect();
        parts.rotate_left(rotate % usize::try_from(count).unwrap());
        let merged = merge(&parts, &SMALL).unwrap();
        prop_assert_eq!(json(&merged).unwrap(), json(&report).unwrap());
    }
}

#[test]
fn the_json_report_is_byte_identical_for_any_order_and_any_shards() {
    let hello = Reference.hello();
    let report = |results: &[CaseResult]| whole(&WHOLE, &hello, results, Rules::new());
    let in_order = report(&OF_THE_REFERENCE);
    assert_conforming(&in_order);
    let expected = json(&in_order).unwrap();
    // Many more runs, by the binary itself, are compared by `cargo xtask ci`.
    let parts: Vec<ShardReport> = shards(5)
        .into_iter()
        .map(|shard| {
            let shuffled = results_of_the_reference(Some(1), shard);
            part(&report(&shuffled).of_shard(shard))
        })
        .collect();
    let merged = merge(&parts, &WHOLE).unwrap();
    assert_same(&json(&merged).unwrap(), &expected);
}

#[test]
fn the_reference_conforms_to_every_profile() {
    let hello = Reference.hello();
    for profile in Profile::ALL {
        let mut rules = Rules::new();
        rules.profile = Some(profile);
        assert_conforming(&whole(&WHOLE, &hello, &OF_THE_REFERENCE, rules));
    }
}

/// Shows the red cases of a report that is not conforming.
#[track_caller]
fn assert_conforming(report: &Report) {
    let red: Vec<_> = report
        .cases
        .iter()
        .filter(|case| case.status.is_red())
        .collect();
    assert_eq!(report.verdict, Verdict::Conforming, "{red:#?}");
}

/// Compares two long texts, and shows them where they begin to differ.
#[track_caller]
fn assert_same(actual: &str, expected: &str) {
    let mut bytes = actual.bytes().zip(expected.bytes());
    let shorter = actual.len().min(expected.len());
    let at = bytes
        .position(|(one, other)| one != other)
        .unwrap_or(shorter);
    let around = |text: &str| {
        let text = text.as_bytes();
        let end = text.len().min(at + 200);
        String::from_utf8_lossy(&text[at.saturating_sub(600)..end]).into_owned()
    };
    assert!(
        actual == expected,
        "{}\ninstead of\n{}",
        around(actual),
        around(expected)
    );
}

#[test]
fn shards_have_similar_sizes_and_contain_only_their_own_cases() {
    let results = drawn(&WHOLE, &Claims::default(), &[0]);
    let report = whole(&WHOLE, &hello(), &results, Rules::new());
    for shard in shards(5) {
        let report = report.clone().of_shard(shard);
        let size = report.cases.len();
        assert!((300..600).contains(&size), "{shard}: {size}");
        assert!(report.cases.iter().all(|result| shard.contains(&result.id)));
        assert_eq!(report.counts.get(Status::Pass), size);
    }
}

#[test]
fn the_worst_verdict_of_a_shard_is_the_merged_verdict() {
    let results = drawn(&WHOLE, &Claims::default(), &[0]);
    for verdict in [Verdict::Adapter, Verdict::Nonconforming, Verdict::Harness] {
        let mut parts: Vec<Report> = shards(3)
            .into_iter()
            .map(|shard| whole(&WHOLE, &hello(), &results, Rules::new()).of_shard(shard))
            .collect();
        parts[1].worsen(verdict);
        let parts: Vec<ShardReport> = parts.iter().map(part).collect();
        assert_eq!(merge(&parts, &WHOLE).unwrap().verdict, verdict);
    }
}

#[test]
fn an_empty_shard_is_incomplete_but_does_not_make_the_merged_run_incomplete() {
    let results = drawn(&SMALL, &Claims::default(), &[0]);
    let reports: Vec<Report> = shards(40)
        .into_iter()
        .map(|shard| whole(&SMALL, &hello(), &results, Rules::new()).of_shard(shard))
        .collect();
    assert!(reports.iter().any(|report| report.exit == 3));
    let parts: Vec<ShardReport> = reports.iter().map(part).collect();
    assert_eq!(merge(&parts, &SMALL).unwrap().exit, 0);
}

/// Merges two shards after a change to the JSON of the second one.
fn merge_error(change: impl FnOnce(&mut Value)) -> String {
    let results = drawn(&SMALL, &Claims::default(), &[0]);
    let [one, two] = [1, 2].map(|index| {
        let shard = Shard::new(index, 2).unwrap();
        let report = whole(&SMALL, &hello(), &results, Rules::new()).of_shard(shard);
        serde_json::to_value(&report).unwrap()
    });
    let mut changed = two;
    change(&mut changed);
    let one = ShardReport::read(&one.to_string(), "one.json").unwrap();
    let merged = ShardReport::read(&changed.to_string(), "two.json")
        .and_then(|two| merge(&[one, two], &SMALL));
    merged.map_or_else(
        |error| error.to_string(),
        |report| report.verdict.to_string(),
    )
}

#[test]
fn reports_of_different_runs_are_not_merged() {
    type Change = fn(&mut Value);
    let changes: [Change; 18] = [
        |_| {},
        |report| report["schema"] = 2.into(),
        |report| report["suite"] = "2025.1".into(),
        |report| report["corpus_sha256"] = "00".into(),
        |report| report["seed"] = 8.into(),
        |report| report["subject"]["version"] = "9".into(),
        |report| report["claims"]["revisions"] = Value::Array(Vec::new()),
        |report| report["rules"]["level"] = "should".into(),
        |report| report["shard"] = serde_json::json!({"index": 2, "count": 3}),
        |report| report["shard"] = serde_json::json!({"index": 1, "count": 2}),
        |report| report["shard"] = serde_json::json!({"index": 3, "count": 2}),
        |report| drop(report.as_object_mut().unwrap().remove("shard")),
        |report| drop(report["cases"].as_array_mut().unwrap().remove(0)),
        |report| {
            let cases = report["cases"].as_array_mut().unwrap();
            cases.push(cases[0].clone());
        },
        |report| report["cases"][0]["id"] = "no.such.\u{1b}case".into(),
        |report| report["cases"][0]["level"] = "should".into(),
        |report| report["cases"][0]["status"] = "fail".into(),
        |report| report["exit"] = 3.into(),
    ];
    insta::assert_snapshot!(changes.map(merge_error).join("\n"), @r"
conforming
two.json: schema 2 is unknown; this gate reads 1
two.json: its suite differs from this gate
two.json: its corpus differs from this gate
two.json: it differs in seed from one.json
two.json: it differs in subject from one.json
two.json: it differs in claims from one.json
two.json: it differs in rules from one.json
two.json: it is shard 2/3, but one.json is shard 1/2
two.json: it is shard 1/2, like one.json
two.json: invalid report: a shard is a number and a count, 1/5 to 5/5; at most 1000 at line 1 column 1274
two.json: expected the report of a shard, found the report of a whole run
two.json: case parse.basic.completed is missing
two.json: case parse.basic.completed occurs twice
two.json: case no.such.\u{1b}case belongs to another shard
two.json: case parse.basic.completed differs from the case of the corpus
two.json: its verdict is conforming, but its cases give nonconforming
two.json: its exit code does not match its verdict
");
}

#[test]
fn missing_shards_and_an_empty_list_are_rejected() {
    let results = drawn(&SMALL, &Claims::default(), &[0]);
    let of = |index, count| {
        let shard = Shard::new(index, count).unwrap();
        part(&whole(&SMALL, &hello(), &results, Rules::new()).of_shard(shard))
    };
    let error = |parts: &[ShardReport]| merge(parts, &SMALL).unwrap_err().to_string();
    assert_eq!(error(&[]), "expected at least one report to merge");
    assert_eq!(error(&[of(2, 4), of(4, 4)]), "missing shards: 1/4, 3/4");
    assert!(error(&[of(1, 1000)]).starts_with("missing shards: 2/1000, 3/1000"));
    assert_eq!(merge(&[of(1, 1)], &SMALL).unwrap().exit, 0);
}

#[test]
fn text_that_is_not_a_shard_report_is_rejected() {
    let deep = "[".repeat(200_000);
    for text in [
        "",
        "null",
        "{}",
        "{\"schema\":1}",
        "[1]",
        "\u{1b}[2J",
        deep.as_str(),
    ] {
        let message = ShardReport::read(text, "x.json").unwrap_err().to_string();
        assert!(message.starts_with("x.json: invalid report: "), "{message}");
        assert!(!message.contains('\u{1b}'));
    }
    let results = drawn(&SMALL, &Claims::default(), &[0]);
    let report = json(&whole(&SMALL, &hello(), &results, Rules::new())).unwrap();
    let twice = report.replacen("\"seed\": 7,", "\"seed\": 7, \"seed\": 7,", 1);
    let message = |text: &str| ShardReport::read(text, "x.json").unwrap_err().to_string();
    assert!(message(&twice).contains("duplicate field `seed`"));
    assert!(message(&report).contains("of a whole run"));
}
