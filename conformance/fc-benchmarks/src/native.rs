//! The instructions that this processor executes for a row: counted in single steps, because many virtual machines have no
//! hardware counters. valgrind counts those of its own processor, which has no instructions for SHA.
//!
//! A row runs in a child process, which asks to be traced, stops, runs the row and stops again. Between the two stops the
//! child executes one instruction at a time.

/// The command of the child process.
pub(crate) const STEPPED: &str = "stepped";

#[cfg(target_os = "linux")]
pub(crate) use linux::{count, run_stepped};

#[cfg(not(target_os = "linux"))]
pub(crate) use elsewhere::{count, run_stepped};

#[cfg(not(target_os = "linux"))]
mod elsewhere {
    use serde_json::Value;

    use crate::row::Row;

    pub(crate) fn count(_: &[Row]) -> Result<Value, String> {
        Err("native instructions are counted on Linux only".to_owned())
    }

    pub(crate) fn run_stepped(_: &Row, _: u32) -> Result<(), String> {
        count(&[]).map(drop)
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::env;
    use std::process::{Command, Stdio};

    use nix::errno::Errno;
    use nix::sys::ptrace;
    use nix::sys::signal::{Signal, raise};
    use nix::sys::wait::{WaitStatus, waitpid};
    use nix::unistd::Pid;
    use serde_json::{Value, json};

    use super::STEPPED;
    use crate::row::Row;

    /// Counts the rows that are counted, without those of the pictures, which would take most of the time.
    pub(crate) fn count(rows: &[Row]) -> Result<Value, String> {
        rows.iter()
            .filter(|row| row.is_counted && row.point.is_none())
            .map(|row| {
                // The difference is one call, without the two stops.
                let each = steps(&row.name, 2)?.saturating_sub(steps(&row.name, 1)?);
                Ok(json!({"name": row.name, "instructions": each}))
            })
            .collect()
    }

    /// The child: the first call is not counted, because it loads libraries and fills caches.
    pub(crate) fn run_stepped(row: &Row, count: u32) -> Result<(), String> {
        let mut work = row.prepare();
        work();
        ptrace::traceme().map_err(|error| with("ask to be traced", error))?;
        raise(Signal::SIGSTOP).map_err(|error| with("stop", error))?;
        for _ in 0..count {
            work();
        }
        raise(Signal::SIGSTOP).map_err(|error| with("stop", error))
    }

    /// The steps of the child between its two stops.
    fn steps(name: &str, count: u32) -> Result<u64, String> {
        let program = env::current_exe().map_err(|error| error.to_string())?;
        let mut child = Command::new(program)
            .args([STEPPED, name, &count.to_string()])
            .stdin(Stdio::null())
            .spawn()
            .map_err(|error| error.to_string())?;
        let pid = i32::try_from(child.id()).map_err(|error| error.to_string())?;
        let steps = between_stops(Pid::from_raw(pid)).map_err(|error| with(name, error));
        // A child that has ended cannot be killed, and was reaped by the last `waitpid`.
        let _ = child.kill();
        let _ = child.wait();
        steps
    }

    fn between_stops(child: Pid) -> Result<u64, Errno> {
        if waitpid(child, None)? != WaitStatus::Stopped(child, Signal::SIGSTOP) {
            return Err(Errno::EPERM);
        }
        let mut steps = 0;
        loop {
            ptrace::step(child, None)?;
            match waitpid(child, None)? {
                WaitStatus::Stopped(_, Signal::SIGTRAP) => steps += 1,
                WaitStatus::Stopped(_, Signal::SIGSTOP) => return Ok(steps),
                _ => return Err(Errno::ECHILD),
            }
        }
    }

    fn with(what: &str, error: Errno) -> String {
        format!("native instructions were not counted: {what}: {error}")
    }
}
