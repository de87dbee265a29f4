//! Measures how fast the corpus is judged in this process on one core, compared with reading the same JSON.
//!
//! `cargo run --release -p fcgate --example corpus_speed`
//!
//! Only the cases of `sign`, `build` and `parse` run, because `invoke` waits for sockets. The comparison reads the same
//! stimuli and expectations as JSON and does nothing with them. The times are processor time, which depends less on other
//! processes. Read the ratio.

#![expect(clippy::print_stdout, reason = "an example prints its result")]

use std::error::Error;
use std::hint::black_box;
use std::time::Duration;

use cpu_time::ProcessTime;
use fcgate_cases::Claims;
use fcgate_cases::corpus::{Case, Corpus, Operation, case_json};
use fcgate_cases::judge::Status;
use fcgate_protocol::Implementation as _;
use fcgate_reference::Reference;
use fcgate_runner::{InProcess, Plan, run};

/// The number of measurements of each loop. The fastest counts.
const ROUNDS: usize = 7;

/// How often one measurement runs the corpus.
const PASSES: u32 = 10;

fn main() -> Result<(), Box<dyn Error>> {
    let mut corpus = Corpus::embedded()?;
    let pure = |case: &Case| case.stimulus.operation() != Operation::Invoke;
    for group in &mut corpus.groups {
        group.cases.retain(pure);
    }
    let count = u32::try_from(corpus.cases().len())?;
    let json: Vec<String> = corpus
        .cases()
        .into_iter()
        .flat_map(|case| ["given", "expect"].map(|part| case_json(case, part)))
        .collect::<Result<_, _>>()?;
    let bytes: usize = json.iter().map(String::len).sum();

    let reference = Reference;
    let subject = InProcess::new(&reference);
    let claims = Claims::of(&reference.hello());
    let mut plan = Plan::new();
    plan.jobs = 1;
    let judged = fastest(|| {
        let results = run(&corpus, &subject, &claims, &plan, &|_| true).results;
        let passed = results
            .iter()
            .filter(|result| result.status == Status::Pass);
        black_box(passed.count())
    });
    let read = fastest(|| {
        let values = json
            .iter()
            .flat_map(|text| serde_json::from_str::<serde_json::Value>(text));
        black_box(values.count())
    });

    let each = |time: Duration| time.as_secs_f64() / f64::from(PASSES * count);
    println!(
        "{count} pure cases, {} KiB of JSON, one core, best of {ROUNDS}",
        bytes / 1024
    );
    for (what, time) in [("judged", judged), ("read as JSON alone", read)] {
        let each = each(time);
        println!(
            "{what:<20} {:>9.0} cases/s {:>8.2} us each",
            1.0 / each,
            each * 1e6
        );
    }
    println!(
        "ratio                {:>9.2}",
        judged.as_secs_f64() / read.as_secs_f64()
    );
    Ok(())
}

/// The shortest processor time of all rounds.
fn fastest(pass: impl Fn() -> usize) -> Duration {
    let round = || {
        let from = ProcessTime::now();
        for _ in 0..PASSES {
            black_box(pass());
        }
        from.elapsed()
    };
    (0..ROUNDS).map(|_| round()).min().unwrap_or_default()
}
