//! CPU times, as ratios that other work on the machine changes little.

use cpu_time::ThreadTime;
use serde_json::{Value, json};

use crate::row::{Row, Work};

/// The least CPU time of one measurement, in seconds: many times the resolution of the clock.
const BATCH: f64 = 0.001;

/// Runs all rows in turn in each round, and returns for each row the median of the nanoseconds, and the median, the least
/// and the greatest ratio to its floor. The floor is measured a second time directly before the row.
pub(crate) fn measure(rows: &[Row], rounds: u32) -> Value {
    let mut prepared: Vec<Prepared> = rows.iter().map(|row| Prepared::new(row, rows)).collect();
    for _ in 0..rounds {
        for row in &mut prepared {
            row.measure();
        }
    }
    prepared.into_iter().map(Prepared::into_json).collect()
}

struct Prepared {
    name: String,
    work: Work,
    count: u32,
    floor: Option<(Work, u32)>,
    nanoseconds: Vec<f64>,
    ratios: Vec<f64>,
}

impl Prepared {
    fn new(row: &Row, rows: &[Row]) -> Self {
        let mut work = row.prepare();
        let floor = row.floor.as_ref();
        let floor = floor.and_then(|name| rows.iter().find(|other| other.name == *name));
        Self {
            name: row.name.clone(),
            count: batch(&mut work),
            work,
            floor: floor.map(|floor| {
                let mut work = floor.prepare();
                let count = batch(&mut work);
                (work, count)
            }),
            nanoseconds: Vec::new(),
            ratios: Vec::new(),
        }
    }

    fn measure(&mut self) {
        let floor = self.floor.as_mut().map(|(work, count)| each(work, *count));
        let own = each(&mut self.work, self.count);
        self.nanoseconds.push(own * 1e9);
        self.ratios.extend(floor.map(|floor| own / floor));
    }

    fn into_json(mut self) -> Value {
        self.nanoseconds.sort_by(f64::total_cmp);
        self.ratios.sort_by(f64::total_cmp);
        let ratios = &self.ratios;
        json!({
            "name": self.name,
            "nanoseconds": median(&self.nanoseconds),
            "ratio": median(ratios),
            "least_ratio": ratios.first(),
            "greatest_ratio": ratios.last(),
        })
    }
}

/// How often the work runs in one measurement.
fn batch(work: &mut Work) -> u32 {
    let mut count = 1;
    while f64::from(count) * each(work, count) < BATCH {
        count *= 2;
    }
    count
}

/// The CPU seconds of one call.
fn each(work: &mut Work, count: u32) -> f64 {
    let start = ThreadTime::now();
    for _ in 0..count {
        work();
    }
    start.elapsed().as_secs_f64() / f64::from(count)
}

fn median(sorted: &[f64]) -> Option<f64> {
    sorted.get(sorted.len() / 2).copied()
}
