//! The exit code of a run for every flag that can change it.

mod small_run;

use fc_conformance::verdict::{Shard, Verdict};
use fcgate_cases::judge::Status;

use crate::doubles::{Double, claiming};
use crate::small_corpus::small_corpus;

use self::small_run::{Flags, panicking, report, right, shrunken, unchecked, without_build, wrong};

const DAY: &str = "2026-12-20";
const OVER: &str = "2026-11-30";
const PARSE: &str = "parse.basic.completed";
const AS_LISTED: &str = "kind completed>accepted";

/// The name of the row, the subject, the flags and the expected exit code.
type Row = (&'static str, fn() -> Double, Flags, u8);

#[track_caller]
fn exits(rows: &[Row]) {
    for (name, double, flags, code) in rows {
        assert_eq!(report(&double(), *flags).exit, *code, "{name}: {flags:?}");
    }
}

fn plain() -> Flags {
    Flags::default()
}

fn without_capabilities() -> Double {
    claiming(&[])
}

#[test]
fn without_flags_the_must_cases_decide_the_exit_code() {
    exits(&[
        ("right", right, plain(), 0),
        ("wrong", wrong, plain(), 1),
        ("a panic", panicking, plain(), 1),
        ("no capability declared", without_capabilities, plain(), 3),
        ("declared, but unsupported", shrunken, plain(), 1),
        ("not declared", without_build, plain(), 0),
    ]);
}

#[test]
fn with_level_should_the_should_cases_gate() {
    exits(&[
        ("right", right, plain().should(), 0),
        ("wrong", wrong, plain().should(), 1),
        ("should not declared", unchecked, plain().should(), 0),
    ]);
}

#[test]
fn a_filtered_run_is_incomplete_without_partial_ok() {
    let partial = |start| plain().only(start).partial_ok();
    let padded = partial("sign.basic.padded");
    let line_feed = partial("sign.basic.line-feed");
    exits(&[
        ("right", right, plain().only("sign."), 3),
        ("wrong left out", wrong, plain().only("sign."), 3),
        ("wrong left in", wrong, plain().only("parse."), 1),
        ("accepted, right", right, partial("sign."), 0),
        ("accepted, wrong left out", wrong, partial("sign."), 0),
        ("accepted, wrong left in", wrong, partial("parse."), 1),
        ("accepted, nothing", right, partial("zzz"), 3),
        ("observe alone", right, padded, 3),
        (
            "observe alone where should gates",
            right,
            padded.should(),
            3,
        ),
        ("should alone", right, line_feed, 3),
        ("should alone where it gates", right, line_feed.should(), 0),
        ("nothing left out", right, plain().only(""), 0),
        ("accepted, nothing left out", right, plain().partial_ok(), 0),
    ]);
}

#[test]
fn a_profile_requires_its_capabilities() {
    let full = plain().profile("full");
    exits(&[
        ("all declared", right, full, 0),
        ("wrong", wrong, full, 1),
        ("not declared", without_build, plain().profile("core"), 3),
        ("not required", without_build, plain().profile("sign"), 0),
        ("should not declared", unchecked, full, 0),
        (
            "should not declared where it gates",
            unchecked,
            full.should(),
            3,
        ),
        (
            "should not required",
            unchecked,
            plain().profile("http").should(),
            0,
        ),
        (
            "no capability declared",
            without_capabilities,
            plain().profile("sign"),
            3,
        ),
        ("left out", without_build, full.only("sign."), 3),
        (
            "left out, accepted",
            without_build,
            full.only("sign.").partial_ok(),
            0,
        ),
    ]);
}

#[test]
fn a_report_lists_cases_that_the_profile_requires_and_that_did_not_run() {
    let missed = |flags| {
        let report = report(&without_build(), flags);
        let missed = report.cases.iter().filter(|result| report.lacks(result));
        missed.map(|result| result.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(missed(plain().profile("core")), ["build.basic.plain"]);
    assert_eq!(missed(plain()), [""; 0]);
}

#[test]
fn cases_newer_than_the_pinned_suite_do_not_gate() {
    let (this, earlier) = (plain().suite("2026.1"), plain().suite("2025.4"));
    exits(&[
        ("this one, right", right, this, 0),
        ("this one, wrong", wrong, this, 1),
        ("all is new, right", right, earlier, 3),
        ("all is new, wrong", wrong, earlier, 3),
        ("all is new, accepted", right, earlier.partial_ok(), 3),
        ("all is new, required", right, earlier.profile("full"), 3),
    ]);
}

#[test]
fn capabilities_of_the_configuration_file_are_tested_even_if_hello_omits_them() {
    exits(&[
        (
            "done",
            || claiming(&["sign.fc"]),
            plain().claims("parse"),
            0,
        ),
        ("not done", without_build, plain().claims("build"), 1),
        (
            "nothing else",
            without_capabilities,
            plain().claims("parse"),
            0,
        ),
        (
            "required, not done",
            without_build,
            plain().claims("build").profile("core"),
            1,
        ),
    ]);
}

#[test]
fn known_failures_keep_exit_0_and_stale_entries_exit_with_1() {
    let listed = plain().known([PARSE, AS_LISTED, DAY]);
    let observed = plain().known(["sign.basic.padded", "crash", DAY]);
    let line_feed = plain().known(["sign.basic.line-feed", "crash", DAY]);
    let unsupported = ["build.*", "reply ok>unsupported", DAY];
    exits(&[
        ("as listed", wrong, listed, 0),
        ("passes", right, listed, 1),
        ("expired", wrong, plain().known([PARSE, AS_LISTED, OVER]), 1),
        (
            "too long",
            wrong,
            plain().known([PARSE, AS_LISTED, "9999-12-31"]),
            1,
        ),
        (
            "in another way",
            wrong,
            plain().known([PARSE, "crash", DAY]),
            1,
        ),
        (
            "a crash",
            panicking,
            plain().known(["build.*", "crash", DAY]),
            0,
        ),
        ("unsupported", shrunken, plain().known(unsupported), 0),
        (
            "not declared",
            without_build,
            plain().known(["build.*", "crash", DAY]),
            0,
        ),
        (
            "not declared, expired",
            without_build,
            plain().known(["build.*", "crash", OVER]),
            1,
        ),
        ("should passes", right, line_feed, 1),
        ("observe passes", right, observed, 1),
        ("left out", wrong, listed.only("sign.").partial_ok(), 0),
        ("left out, not accepted", wrong, listed.only("sign."), 3),
        ("alone", wrong, listed.only("parse.").partial_ok(), 0),
        ("new", wrong, listed.suite("2025.4"), 3),
        ("next to another failure", panicking, listed, 1),
        (
            "all declared and required",
            wrong,
            listed.profile("full"),
            0,
        ),
        (
            "stale outweighs required",
            without_build,
            listed.profile("core"),
            1,
        ),
    ]);
}

#[test]
fn a_shard_is_judged_by_its_own_cases() {
    let both = ["1/2", "2/2"];
    let exits = |double: fn() -> Double, flags: Flags| {
        both.map(|shard| {
            let report = report(&double(), flags.shard(shard));
            assert_eq!(report.counts.get(Status::Filtered), 0);
            report.exit
        })
    };
    let home = both.map(|shard| u8::from(shard.parse::<Shard>().unwrap().contains(PARSE)));
    let listed = plain().known([PARSE, AS_LISTED, DAY]);
    assert_eq!(exits(right, plain()), [0, 0]);
    assert_eq!(exits(wrong, plain()), home);
    assert_eq!(exits(wrong, listed), [0, 0]);
    assert_eq!(exits(right, listed), home);
    let expired = plain().known([PARSE, AS_LISTED, OVER]);
    assert_eq!(exits(wrong, expired), [1, 1]);
}

#[test]
fn a_shard_without_a_required_case_is_incomplete() {
    let corpus = small_corpus();
    let is_empty = |shard: &Shard| !corpus.cases().iter().any(|case| shard.contains(&case.id));
    let empty = (1..=40)
        .map(|index| Shard::new(index, 40).unwrap())
        .find(is_empty);
    let name: &'static str = empty.unwrap().to_string().leak();
    assert_eq!(report(&right(), plain().shard(name)).exit, 3);
    assert_eq!(report(&right(), plain().shard(name).partial_ok()).exit, 3);
}

#[test]
fn the_worst_verdict_decides_in_any_order() {
    let mut report = report(&wrong(), plain().only("parse."));
    for (verdict, code) in [
        (Verdict::Incomplete, 1),
        (Verdict::Adapter, 5),
        (Verdict::Nonconforming, 5),
        (Verdict::Config, 2),
        (Verdict::Adapter, 2),
        (Verdict::Harness, 4),
        (Verdict::Config, 4),
    ] {
        report.worsen(verdict);
        assert_eq!(report.exit, code);
    }
}
