//! The descriptors and the memory of this process.

use std::fs;
use std::sync::Mutex;

use crate::Failure;

/// The largest number of descriptors that may be open: 8 connections, those that are just being closed, the runtime and
/// the pipes of the server.
const DESCRIPTORS: usize = 64;
/// The largest growth of the memory after the first tenth of the calls, in KiB.
const GROWTH: u64 = 8 * 1024;

/// A sample.
#[derive(Debug, Clone, Copy)]
struct Sample {
    descriptors: usize,
    kib: u64,
}

/// The samples of a run, one after each tenth of the calls.
#[derive(Debug, Default)]
pub(crate) struct Samples(Mutex<Vec<Sample>>);

impl Samples {
    pub(crate) fn take(&self) -> Result<(), Failure> {
        let descriptors = fs::read_dir("/proc/self/fd")?.count();
        let status = fs::read_to_string("/proc/self/status")?;
        let kib = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .and_then(|rest| rest.split_whitespace().next());
        let kib = kib.ok_or("expected VmRSS in /proc/self/status")?.parse()?;
        let mut samples = self.0.lock().map_err(|_| "a thread panicked")?;
        samples.push(Sample { descriptors, kib });
        Ok(())
    }

    /// The samples as text; fails if a bound is exceeded.
    pub(crate) fn check(&self) -> Result<String, Failure> {
        let samples = self.0.lock().map_err(|_| "a thread panicked")?;
        let first = samples.first().ok_or("there is no sample")?;
        let descriptors = samples.iter().map(|sample| sample.descriptors).max();
        let descriptors = descriptors.unwrap_or_default();
        let kib = samples.iter().map(|sample| sample.kib).max();
        let kib = kib.unwrap_or_default();
        let text = format!(
            "at most {descriptors} descriptors; memory from {} to at most {kib} KiB",
            first.kib
        );
        if descriptors > DESCRIPTORS {
            return Err(format!("{text}: more than {DESCRIPTORS} descriptors").into());
        }
        if kib > first.kib + GROWTH {
            return Err(format!("{text}: the memory grew by more than {GROWTH} KiB").into());
        }
        Ok(text)
    }
}
