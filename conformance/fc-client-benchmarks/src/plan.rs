//! How the requests of one measurement are sent.

use std::time::Duration;

use crate::failure::Failure;
use crate::work::Work;

/// The CPU time of the requests of a plan.
pub(crate) type Measure = fn(&Work, Plan) -> Result<Duration, Failure>;

/// The requests of one measurement with a payload of 1 KiB.
const REQUESTS: usize = 3_000;
/// The bytes that one measurement sends at most.
const BYTES: usize = 128 << 20;

/// How the requests are sent.
#[derive(Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) concurrent: usize,
    pub(crate) one_thread: bool,
    /// The bytes of a payload and of a result.
    pub(crate) payload: usize,
}

impl Plan {
    /// How many of the requests each task sends.
    pub(crate) fn share(self) -> usize {
        (REQUESTS.min(BYTES / self.payload) / self.concurrent).max(1)
    }

    /// The nanoseconds of CPU for one request.
    pub(crate) fn nanoseconds(self, measure: Measure, work: &Work) -> Result<f64, Failure> {
        let sent = u32::try_from(self.share() * self.concurrent)?;
        Ok(measure(work, self)?.as_secs_f64() * 1e9 / f64::from(sent))
    }
}
