//! Kills the process of an adapter and waits for its exit.

use std::process::Child;

use shared_child::SharedChild;

use super::super::exit_status::ExitStatus;
use super::containment::Containment;

/// The process of an adapter, which one thread may kill while another waits for its exit.
pub(in crate::child) struct ProcessReaper(Option<SharedChild>);

/// The time in which a process is being started.
pub(in crate::child) struct Starting;

impl Drop for Starting {
    fn drop(&mut self) {}
}

impl ProcessReaper {
    /// Announces nothing: these systems give no orphans to this process.
    pub(in crate::child) fn starting() -> Starting {
        Starting
    }

    /// Creates the reaper of a process.
    pub(in crate::child) fn new(child: Child, _containment: Containment) -> Self {
        // The conversion fails only if the process has been waited for already.
        Self(SharedChild::new(child).ok())
    }

    /// Kills the process. The processes that it started keep running.
    pub(in crate::child) fn kill(&self) {
        if let Some(child) = &self.0 {
            // The process may have exited.
            let _ = child.kill();
        }
    }

    /// Kills the process and waits for its exit, if it was started but cannot be used.
    pub(in crate::child) fn kill_and_reap(&self) {
        self.kill();
        self.reap();
    }

    /// Waits until the process exits.
    pub(in crate::child) fn wait(&self) -> ExitStatus {
        let status = self.0.as_ref().and_then(|child| child.wait().ok());
        status.map_or(ExitStatus::UNKNOWN, |status| {
            ExitStatus::new(status.code(), None)
        })
    }

    /// Releases the process, which has exited. Nothing finds the processes that it left.
    pub(in crate::child) fn reap(&self) {
        let _ = self.wait();
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;
    use std::sync::Arc;
    use std::thread;

    use super::super::containment::Containment;
    use super::ProcessReaper;

    /// A process that waits for input which does not come.
    fn waiting_process() -> (ProcessReaper, std::io::PipeWriter) {
        let (stdin, input) = std::io::pipe().unwrap();
        let program = if cfg!(windows) { "more" } else { "cat" };
        let child = Command::new(program).stdin(stdin).spawn().unwrap();
        (ProcessReaper::new(child, Containment::marked("")), input)
    }

    #[test]
    fn a_process_is_killed_while_another_thread_waits_for_it() {
        let (reaper, _input) = waiting_process();
        let reaper = Arc::new(reaper);
        let waiting = Arc::clone(&reaper);
        let wait = thread::spawn(move || waiting.wait());
        reaper.kill();
        assert!(!wait.join().unwrap().is_success());
        reaper.reap();
        reaper.kill();
    }

    #[test]
    fn a_process_whose_input_ends_exits_with_status_0() {
        let (reaper, input) = waiting_process();
        drop(input);
        assert!(reaper.wait().is_success());
    }
}
