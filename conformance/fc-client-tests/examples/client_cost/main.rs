//! The CPU time of an invocation with our clients, compared with the same HTTP client that sends a prepared request.
//!
//! `cargo run --release -p fc-client-tests --example client_cost [ROUNDS]` takes about 90 seconds. The server is another
//! process of this program on loopback, with persistent connections and 1 KiB in each direction. A round measures both
//! sides of a ratio one after the other, each with new connections; the printed ratio is the median of the rounds.
//! Both sides have the same time limits, except that hyper-util has none, so only our client pays for them there.
//! The goals are printed for comparison. The program never fails because of a time.
#![expect(clippy::print_stdout, reason = "the table is the result")]

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

/// An HTTP client, its measurement alone and with our client, and the goal for the ratio.
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
        // The order alternates between rounds.
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

/// The load averages of the system, if it reports them, because other processes influence the results.
fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace()
        .take(3)
        .collect::<Vec<_>>()
        .join(" ")
}
