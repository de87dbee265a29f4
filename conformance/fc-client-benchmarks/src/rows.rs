//! The clients, and how each is measured.

use serde_json::{Value, json};

use crate::failure::Failure;
use crate::plan::{Measure, Plan};
use crate::work::Work;
use crate::{asynchronous, blocking};

/// An HTTP client, alone and below our client.
struct Client {
    name: &'static str,
    one_thread: bool,
    bare: Measure,
    ours: Measure,
}

const CLIENTS: [Client; 5] = [
    Client {
        name: "hyper-util, a runtime of one thread",
        one_thread: true,
        bare: asynchronous::hyper,
        ours: asynchronous::over_hyper,
    },
    Client {
        name: "hyper-util, a thread for each core",
        one_thread: false,
        bare: asynchronous::hyper,
        ours: asynchronous::over_hyper,
    },
    Client {
        name: "reqwest, a runtime of one thread",
        one_thread: true,
        bare: asynchronous::reqwest,
        ours: asynchronous::over_reqwest,
    },
    Client {
        name: "reqwest, a thread for each core",
        one_thread: false,
        bare: asynchronous::reqwest,
        ours: asynchronous::over_reqwest,
    },
    Client {
        name: "ureq, a thread for each request",
        one_thread: false,
        bare: blocking::ureq,
        ours: blocking::over_ureq,
    },
];
const PAYLOADS: [(usize, &str); 2] = [(1 << 10, "1 KiB"), (1 << 20, "1 MiB")];
const CONCURRENT: [usize; 2] = [1, 64];

/// One row of the table.
pub(crate) struct Row {
    name: String,
    pub(crate) plan: Plan,
    bare: Measure,
    ours: Measure,
}

pub(crate) fn all() -> Vec<Row> {
    let mut rows = Vec::new();
    for client in &CLIENTS {
        for (payload, size) in PAYLOADS {
            rows.extend(CONCURRENT.map(|concurrent| Row {
                name: format!("{}, {size}, {concurrent} at once", client.name),
                plan: Plan {
                    concurrent,
                    one_thread: client.one_thread,
                    payload,
                },
                bare: client.bare,
                ours: client.ours,
            }));
        }
    }
    rows
}

impl Row {
    /// The median time of an invocation, and the median and the limits of its ratio to the HTTP client alone.
    pub(crate) fn measure(&self, rounds: usize, work: &Work) -> Result<Value, Failure> {
        let (mut ours, mut ratios) = (Vec::new(), Vec::new());
        for round in 0..rounds {
            // The order alternates between rounds.
            let bare = || self.plan.nanoseconds(self.bare, work);
            let before = (round % 2 == 0).then(bare).transpose()?;
            let with = self.plan.nanoseconds(self.ours, work)?;
            let without = before.map_or_else(bare, Ok)?;
            ours.push(with);
            ratios.push(with / without);
        }
        ratios.sort_by(f64::total_cmp);
        Ok(json!({
            "name": self.name,
            "nanoseconds": median(ours),
            "ratio": median(ratios.clone()),
            "least_ratio": ratios.first(),
            "greatest_ratio": ratios.last(),
        }))
    }
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}
