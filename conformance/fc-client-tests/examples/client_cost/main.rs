//! What an invocation costs in place: CPU time of the client process, against the same HTTP client that sends a
//! request finished beforehand.
//!
//! `cargo run --release -p fc-conformance --example client_cost [ROUNDS]`, about a minute and a half. The server is a
//! process of its own (this program again), on loopback, with kept connections, 1 KiB each way. Both sides of a ratio
//! are measured in turn within a round, each with new connections; the ratio told is the median over the rounds.
//! Both have the same time limits by their own means; hyper-util has none, so that only ours pays for them there.
//! It shows the goals beside and never fails on a figure: times are no tests.
#![expect(clippy::print_stdout, reason = "the table is what it is for")]

mod asynchronous;
mod blocking;
mod server;
mod work;

use std::error::Error;
use std::time::Duration;

use self::server::Server;
use self::work::Work;

type Failure = Box<dyn Error + Send + Sync>;
/// The CPU time of the requests of a plan.
type Measure = fn(&Work, Plan) -> Result<Duration, Failure>;

/// A way to send, how it is measured bare and below our client, and what ours may cost of it.
struct Row {
    client: &'static str,
    threads: &'static str,
    bare: Measure,
    ours: Measure,
    goal: f64,
}

const ROWS: [Row; 5] = [
    Row {
        client: "hyper-util",
        threads: ONE,
        bare: asynchronous::hyper,
        ours: asynchronous::over_hyper,
        goal: 1.20,
    },
    Row {
        client: "hyper-util",
        threads: CORES,
        bare: asynchronous::hyper,
        ours: asynchronous::over_hyper,
        goal: 1.20,
    },
    Row {
        client: "reqwest",
        threads: ONE,
        bare: asynchronous::reqwest,
        ours: asynchronous::over_reqwest,
        goal: 1.25,
    },
    Row {
        client: "reqwest",
        threads: CORES,
        bare: asynchronous::reqwest,
        ours: asynchronous::over_reqwest,
        goal: 1.25,
    },
    Row {
        client: "ureq",
        threads: EACH,
        bare: blocking::ureq,
        ours: blocking::over_ureq,
        goal: 1.25,
    },
];
/// A runtime of one thread.
const ONE: &str = "one";
/// A runtime with a thread for each core.
const CORES: &str = "cores";
/// A thread for each concurrent request.
const EACH: &str = "each";

const ROUNDS: usize = 21;
const REQUESTS: usize = 3_000;
const TOTAL: Duration = Duration::from_secs(60);
const IDLE: Duration = Duration::from_secs(30);

/// How the requests are sent.
#[derive(Clone, Copy)]
struct Plan {
    concurrent: usize,
    one_thread: bool,
}

impl Plan {
    /// How many of the requests each task sends.
    fn share(self) -> usize {
        REQUESTS / self.concurrent
    }

    /// The microseconds of CPU for one request.
    fn micros(self, measure: Measure, work: &Work) -> Result<f64, Failure> {
        let sent = u32::try_from(self.share() * self.concurrent)?;
        let time = measure(work, self)?;
        Ok(time.as_secs_f64() * 1e6 / f64::from(sent))
    }
}

fn main() -> Result<(), Failure> {
    let first = std::env::args().nth(1);
    if first.as_deref() == Some(server::WORD) {
        return server::run();
    }
    let rounds = first.map_or(Ok(ROUNDS), |rounds| rounds.parse())?;
    let server = Server::start()?;
    let work = Work::at(server.uri())?;
    println!("{rounds} rounds of {REQUESTS} requests, load {}", load());
    println!("client      threads  concurrent  bare us  ours us  ratio    min    max  goal");
    for row in ROWS {
        for concurrent in [1, 64] {
            measure(&row, concurrent, rounds, &work)?;
        }
    }
    println!("load {}", load());
    Ok(())
}

fn measure(row: &Row, concurrent: usize, rounds: usize, work: &Work) -> Result<(), Failure> {
    let plan = Plan {
        concurrent,
        one_thread: row.threads == ONE,
    };
    let (mut bare, mut ours, mut ratio) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..rounds {
        // Who goes first changes from round to round.
        let before = (round % 2 == 0)
            .then(|| plan.micros(row.bare, work))
            .transpose()?;
        let with = plan.micros(row.ours, work)?;
        let without = before.map_or_else(|| plan.micros(row.bare, work), Ok)?;
        bare.push(without);
        ours.push(with);
        ratio.push(with / without);
    }
    ratio.sort_by(f64::total_cmp);
    println!(
        "{:<10}  {:<7}  {concurrent:>10}  {:>7.1}  {:>7.1}  {:>5.2}  {:>5.2}  {:>5.2}  {:>4.2}",
        row.client,
        row.threads,
        median(bare),
        median(ours),
        median(ratio.clone()),
        ratio.first().copied().unwrap_or(f64::NAN),
        ratio.last().copied().unwrap_or(f64::NAN),
        row.goal,
    );
    Ok(())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The load averages, where the system tells them: others' work moves the figures.
fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace()
        .take(3)
        .collect::<Vec<_>>()
        .join(" ")
}
