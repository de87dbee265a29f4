//! What the gate has to make of a kind, and the comparison with what was seen.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use serde_json::Value;

use crate::actor::Actor;
use crate::gate::{self, Seen};
use crate::kind::{Contain, Kind, kind, plays};
use crate::secrets;

/// The memory that the gate may take.
const MEMORY_KIB: u64 = 64 * 1024;
/// What a run may take beyond its limits.
const BEYOND: Duration = Duration::from_secs(1);

/// How much slower a run may be that is not alone.
const SHARED: u32 = 6;

pub(crate) struct Expected {
    /// Nothing where the gate itself is killed.
    pub(crate) exit: Option<i32>,
    pub(crate) cases: Cases,
    /// Of each group, one stands in what the gate says.
    pub(crate) says: Vec<&'static [&'static str]>,
    pub(crate) spends: Duration,
}

/// What has to become of the cases.
#[derive(Clone, Copy)]
pub(crate) enum Cases {
    /// Each is as with a right adapter.
    Whole,
    /// These have this status, every other one is as with a right adapter.
    These(&'static [&'static str], &'static str),
    /// All that would pass have this status.
    Every(&'static str),
    /// Those before the culprit are as with a right adapter; no later one was judged by a broken stream.
    StoppedAtCulprit,
    /// None ran.
    NoneRan,
    /// Nobody tells.
    Untold,
    /// This tells, from what was seen and from the run of a right adapter.
    Judged(fn(&Seen, &Seen) -> Result<(), String>),
}

impl Expected {
    pub(crate) fn new(exit: i32, cases: Cases) -> Self {
        Self {
            exit: Some(exit),
            cases,
            says: Vec::new(),
            spends: Duration::ZERO,
        }
    }
}

/// The run of a right adapter on the same cases.
pub(crate) fn clean(kind: &Kind, contain: Contain) -> &'static Seen {
    type Choice = (&'static [&'static str], &'static [&'static str], Contain);
    type Runs = Mutex<BTreeMap<Choice, &'static Seen>>;
    static RUNS: OnceLock<Runs> = OnceLock::new();
    let mut runs = RUNS
        .get_or_init(Runs::default)
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    runs.entry((kind.only, kind.flags, contain))
        .or_insert_with(|| {
            let seen = gate::run(&right(kind.only).flags(kind.flags), contain);
            assert_eq!(
                seen.exit(),
                "0",
                "a right adapter conforms: {}",
                seen.said()
            );
            Box::leak(Box::new(seen))
        })
}

/// An adapter that does nothing wrong.
pub(crate) fn right(only: &'static [&'static str]) -> Kind {
    let sentence = "an adapter that does nothing wrong conforms";
    kind("right", sentence, plays(Actor::serve)).only(only)
}

/// Everything that is not as it has to be, but for the time that it takes.
pub(crate) fn complaints(kind: &Kind, seen: &Seen, clean: &Seen) -> Vec<String> {
    let expected = &kind.expected;
    let mut complaints = Vec::new();
    let mut demand = |holds: bool, complaint: String| {
        if !holds {
            complaints.push(complaint);
        }
    };
    let exit = seen.exit();
    demand(
        seen.status.code() == expected.exit,
        format!("it ends with {exit} in the place of {:?}", expected.exit),
    );
    if let Some(time) = seen.after_signal {
        demand(
            time <= Duration::from_secs(3),
            format!("it takes {time:?} to stop"),
        );
    }
    demand(
        (1..MEMORY_KIB).contains(&seen.peak_kib),
        format!("it takes {} KiB of memory", seen.peak_kib),
    );
    let may_stay = expected.exit.is_none();
    demand(
        if may_stay {
            seen.stay == 0
        } else {
            seen.left.is_empty()
        },
        format!(
            "{} processes live at its end, {} some seconds later: {}",
            seen.left.len(),
            seen.stay,
            seen.left.first().map_or("", String::as_str)
        ),
    );
    let said = seen.said();
    for words in &expected.says {
        demand(
            words.iter().any(|word| said.contains(word)),
            format!("it says none of {words:?}"),
        );
    }
    demand(!said.contains("panicked at"), "it panics".to_owned());
    let control = said.chars().find(|one| one.is_control() && *one != '\n');
    demand(
        control.is_none(),
        format!("it lets a control character through: {control:?}"),
    );
    for secret in secrets::of_the_cases()
        .iter()
        .map(String::as_str)
        .chain([secrets::CANARY])
    {
        demand(
            !said.contains(secret) && !seen.report_text.contains(secret),
            format!("it says the secret {secret}"),
        );
    }
    if let Some(report) = &seen.report {
        let told = report["exit"].to_string();
        demand(told == exit, format!("its report tells exit {told}"));
    }
    if let Err(complaint) = cases(expected.cases, seen, clean) {
        complaints.push(complaint);
    }
    complaints
}

/// The complaint that it takes too long: more than its limits, one second, and what several right adapters
/// take that share the processors.
pub(crate) fn slowness(kind: &Kind, seen: &Seen, clean: &Seen) -> Option<String> {
    let bound = kind.expected.spends + BEYOND + SHARED * clean.elapsed;
    (seen.elapsed > bound).then(|| format!("it takes {:?} in the place of {bound:?}", seen.elapsed))
}

fn cases(expected: Cases, seen: &Seen, clean: &Seen) -> Result<(), String> {
    match expected {
        Cases::Whole => each(seen, clean, |_, case, right| case == right),
        Cases::These(ids, status) => each(seen, clean, |id, case, right| {
            if ids.contains(&id) {
                case["status"] == status
            } else {
                case == right
            }
        }),
        Cases::Every(status) => each(seen, clean, |_, case, right| {
            right["status"] != "pass" || case["status"] == status
        }),
        Cases::StoppedAtCulprit => {
            each(seen, clean, |id, case, right| {
                case == right || (case["status"] == "untestable" && id >= "parse.status.418")
            })?;
            match seen.with_status("untestable").len() {
                0 => Err("no case is untestable".to_owned()),
                _ => Ok(()),
            }
        }
        Cases::NoneRan => match seen.cases().find(|(_, case)| ran(case)) {
            Some((id, case)) => Err(format!("{id} has run: {}", case["status"])),
            None => Ok(()),
        },
        Cases::Untold => Ok(()),
        Cases::Judged(judge) => judge(seen, clean),
    }
}

fn ran(case: &Value) -> bool {
    !["untestable", "unsupported"].contains(&case["status"].as_str().unwrap())
}

/// Every case of the right run stands in the report and holds.
pub(crate) fn each(
    seen: &Seen,
    clean: &Seen,
    holds: impl Fn(&str, &Value, &Value) -> bool,
) -> Result<(), String> {
    if seen.report.is_none() {
        return Err("there is no report".to_owned());
    }
    let cases: BTreeMap<&str, &Value> = seen.cases().collect();
    let mut count = 0;
    for (id, right) in clean.cases() {
        count += 1;
        let case = cases.get(id).ok_or(format!("{id} is not in the report"))?;
        if !holds(id, case, right) {
            return Err(format!("{id} is not as it should be: {case}"));
        }
    }
    if count == cases.len() && count > 0 {
        Ok(())
    } else {
        Err(format!("{} cases in the place of {count}", cases.len()))
    }
}
