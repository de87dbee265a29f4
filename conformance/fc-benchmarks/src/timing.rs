//! CPU times, as ratios that other work on the machine changes little.

use cpu_time::ProcessTime;
use serde_json::{Value, json};

use crate::row::{Row, Work};

/// The least CPU time of one measurement, in seconds: many times the resolution of the clock.
const BATCH: f64 = 0.001;

/// Runs the selected rows in turn in each round, and returns for each row the median of the nanoseconds, and the median, the least
/// and the greatest ratio to its floor. The floor is measured a second time directly before the row.
pub(crate) fn measure(rows: &[Row], rounds: u32, selected: impl Fn(&Row) -> bool) -> Value {
    let selected = rows.iter().filter(|row| selected(row));
    let mut prepared: Vec<Prepared> = selected.map(|row| Prepared::new(row, rows)).collect();
    for _ in 0..rounds {
        for row in &mut prepared {
            row.measure();
        }
    }
    prepared.into_iter().map(Prepared::into_json).collect()
}

struct Prepared {
    name: String,
    own: Repeated,
    floor: Option<Repeated>,
    nanoseconds: Vec<f64>,
    ratios: Vec<f64>,
}

impl Prepared {
    fn new(row: &Row, rows: &[Row]) -> Self {
        Self {
            name: row.name.clone(),
            own: Repeated::new(row),
            floor: row.floor(rows).map(Repeated::new),
            nanoseconds: Vec::new(),
            ratios: Vec::new(),
        }
    }

    fn measure(&mut self) {
        let floor = self.floor.as_mut().map(Repeated::seconds);
        let own = self.own.seconds();
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

/// The work of a row, and how often it runs in one measurement.
struct Repeated {
    work: Work,
    count: u32,
    operations: f64,
}

impl Repeated {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a row has fewer operations than a float has integers"
    )]
    fn new(row: &Row) -> Self {
        let mut new = Self {
            work: row.prepare(),
            count: 1,
            operations: row.operations as f64,
        };
        while new.batch() < BATCH {
            new.count *= 2;
        }
        new
    }

    /// The CPU seconds of one operation, on all threads of this process.
    fn seconds(&mut self) -> f64 {
        self.batch() / f64::from(self.count) / self.operations
    }

    fn batch(&mut self) -> f64 {
        let start = ProcessTime::now();
        for _ in 0..self.count {
            (self.work)();
        }
        start.elapsed().as_secs_f64()
    }
}

fn median(sorted: &[f64]) -> Option<f64> {
    sorted.get(sorted.len() / 2).copied()
}
