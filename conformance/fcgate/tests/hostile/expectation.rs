//! The expected result of the gate for a kind of adapter, and the comparison with the observed run.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use serde_json::Value;

use crate::adapter::Adapter;
use crate::gate::{self, Observed};
use crate::kind::{Contain, Kind, does_everything, kind};
use crate::secrets;

/// The memory that the gate may take: 37 MiB with the cases, and the 1,000 connections of the most demanding adapter.
const MEMORY_KIB: u64 = 72 * 1024;
/// The time that a run may take in addition to its time limits.
const TOLERANCE: Duration = Duration::from_secs(1);

/// The factor by which a run may be slower if others run at the same time.
const LOAD_FACTOR: u32 = 6;

pub(crate) struct Expected {
    /// `None` if the gate itself is killed.
    pub(crate) exit: Option<i32>,
    pub(crate) cases: Cases,
    /// The output contains one text of each group.
    pub(crate) output_contains: Vec<&'static [&'static str]>,
    pub(crate) extra_time: Duration,
}

/// The expected results of the cases.
#[derive(Clone, Copy)]
pub(crate) enum Cases {
    /// Each case is as with a correct adapter.
    Correct,
    /// These cases have this status, every other case is as with a correct adapter.
    Listed(&'static [&'static str], &'static str),
    /// Every case that would pass has this status.
    Every(&'static str),
    /// Cases before the faulty case are as with a correct adapter. Later cases are `untestable`, or as with a correct adapter.
    StoppedAtFaultyCase,
    /// None ran.
    NoneRan,
    /// No report is expected.
    NoReport,
    /// The closure compares the observed run with the run of a correct adapter.
    Custom(fn(&Observed, &Observed) -> Result<(), String>),
}

impl Expected {
    pub(crate) fn new(exit: i32, cases: Cases) -> Self {
        Self {
            exit: Some(exit),
            cases,
            output_contains: Vec::new(),
            extra_time: Duration::ZERO,
        }
    }
}

/// The run of a correct adapter with the same cases.
pub(crate) fn correct(kind: &Kind, contain: Contain) -> &'static Observed {
    type Choice = (&'static [&'static str], &'static [&'static str], Contain);
    type Runs = Mutex<BTreeMap<Choice, &'static Observed>>;
    static RUNS: OnceLock<Runs> = OnceLock::new();
    let mut runs = RUNS
        .get_or_init(Runs::default)
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    runs.entry((kind.only, kind.flags, contain))
        .or_insert_with(|| {
            let observed = gate::run(&right(kind.only).flags(kind.flags), contain);
            assert_eq!(
                observed.exit(),
                "0",
                "a correct adapter must conform: {}",
                observed.text()
            );
            Box::leak(Box::new(observed))
        })
}

/// A correct adapter.
pub(crate) fn right(only: &'static [&'static str]) -> Kind {
    let sentence = "a correct adapter conforms";
    kind("right", sentence, does_everything(Adapter::serve)).only(only)
}

/// The problems of a run, except its time.
pub(crate) fn problems(kind: &Kind, observed: &Observed, correct: &Observed) -> Vec<String> {
    let expected = &kind.expected;
    let mut problems = Vec::new();
    let mut require = |holds: bool, problem: String| {
        if !holds {
            problems.push(problem);
        }
    };
    let exit = observed.exit();
    require(
        observed.status.code() == expected.exit,
        format!("expected exit {:?}, got {exit}", expected.exit),
    );
    if let Some(time) = observed.after_signal {
        require(
            time <= Duration::from_secs(3),
            format!("stopping took {time:?}, expected at most 3 s"),
        );
    }
    require(
        (1..MEMORY_KIB).contains(&observed.peak_kib),
        format!(
            "expected at most {MEMORY_KIB} KiB of memory, measured {} KiB",
            observed.peak_kib
        ),
    );
    let may_stay = expected.exit.is_none();
    require(
        if may_stay {
            observed.survivors == 0
        } else {
            observed.left.is_empty()
        },
        format!(
            "{} processes left at the end, {} some seconds later: {}",
            observed.left.len(),
            observed.survivors,
            observed.left.first().map_or("", String::as_str)
        ),
    );
    let text = observed.text();
    for words in &expected.output_contains {
        require(
            words.iter().any(|word| text.contains(word)),
            format!("expected one of {words:?} in the output"),
        );
    }
    require(
        !text.contains("panicked at"),
        "the gate panicked".to_owned(),
    );
    let control = text.chars().find(|one| one.is_control() && *one != '\n');
    require(
        control.is_none(),
        format!("control character in the output: {control:?}"),
    );
    let must_be_shown = |secret: &&str| {
        let mut texts = expected.output_contains.iter();
        texts.any(|words| words.contains(secret))
    };
    for secret in secrets::of_the_cases()
        .iter()
        .map(String::as_str)
        .chain([secrets::CANARY])
        .filter(|secret| !must_be_shown(secret))
    {
        require(
            !text.contains(secret) && !observed.report_text.contains(secret),
            format!("secret in the output: {secret}"),
        );
    }
    if let Some(report) = &observed.report {
        let reported = report["exit"].to_string();
        require(
            reported == exit,
            format!("exit {reported} in the report, but the gate exited with {exit}"),
        );
    }
    if let Err(problem) = cases(expected.cases, observed, correct) {
        problems.push(problem);
    }
    problems
}

/// The problem that a run took longer than its time limits, one second, and the time of several correct
/// adapters that share the processors.
pub(crate) fn slowness(kind: &Kind, observed: &Observed, correct: &Observed) -> Option<String> {
    let bound = kind.expected.extra_time + TOLERANCE + LOAD_FACTOR * correct.elapsed;
    (observed.elapsed > bound)
        .then(|| format!("took {:?}, expected at most {bound:?}", observed.elapsed))
}

fn cases(expected: Cases, observed: &Observed, correct: &Observed) -> Result<(), String> {
    match expected {
        Cases::Correct => each(observed, correct, |_, case, right| case == right),
        Cases::Listed(ids, status) => each(observed, correct, |id, case, right| {
            if ids.contains(&id) {
                case["status"] == status
            } else {
                case == right
            }
        }),
        Cases::Every(status) => each(observed, correct, |_, case, right| {
            right["status"] != "pass" || case["status"] == status
        }),
        Cases::StoppedAtFaultyCase => {
            each(observed, correct, |id, case, right| {
                case == right || (case["status"] == "untestable" && id >= "parse.status.418")
            })?;
            match observed.with_status("untestable").len() {
                0 => Err("no case is untestable".to_owned()),
                _ => Ok(()),
            }
        }
        Cases::NoneRan => match observed.cases().find(|(_, case)| ran(case)) {
            Some((id, case)) => Err(format!(
                "{id} must not run, but has status {}",
                case["status"]
            )),
            None => Ok(()),
        },
        Cases::NoReport => Ok(()),
        Cases::Custom(compare) => compare(observed, correct),
    }
}

fn ran(case: &Value) -> bool {
    !["untestable", "unsupported"].contains(&case["status"].as_str().unwrap())
}

/// Every case of the correct run is in the report and satisfies the condition.
pub(crate) fn each(
    observed: &Observed,
    correct: &Observed,
    holds: impl Fn(&str, &Value, &Value) -> bool,
) -> Result<(), String> {
    if observed.report.is_none() {
        return Err("no report was written".to_owned());
    }
    let cases: BTreeMap<&str, &Value> = observed.cases().collect();
    let mut count = 0;
    for (id, right) in correct.cases() {
        count += 1;
        let case = cases.get(id).ok_or(format!("{id} is not in the report"))?;
        if !holds(id, case, right) {
            return Err(format!("unexpected result of {id}: {case}"));
        }
    }
    if count == cases.len() && count > 0 {
        Ok(())
    } else {
        Err(format!("expected {count} cases, found {}", cases.len()))
    }
}
