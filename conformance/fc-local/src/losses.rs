//! Requests that the server could not judge, and shortages that delayed its clients.

use fc_conformance::report::totals::counted;
use fc_conformance::verdict::Verdict;

/// What a server lost or delayed. A loss changes the verdict, so that a run that lost requests never exits with 0. So
/// does a shortage of descriptors or threads: clients that gave up while they waited have left no trace.
#[derive(Debug, Default)]
pub(super) struct Losses {
    /// Connections whose thread panicked.
    pub(super) panicked: usize,
    /// Whether the thread that accepts connections panicked.
    pub(super) is_acceptor_dead: bool,
    /// The error that left connections unaccepted when the server stopped.
    pub(super) unaccepted: Option<String>,
    /// The error that left a request without its file.
    pub(super) file_error: Option<String>,
    /// Requests without a file, because the folder has the most files that it may have.
    pub(super) unwritten_files: usize,
    /// Requests that had arrived in part when the server stopped.
    pub(super) cut_by_stop: usize,
    /// Asynchronous calls that had not ended when the server did.
    pub(super) cut_background: usize,
    /// How often `accept` failed because of the system, and the last error.
    pub(super) accept_errors: (usize, String),
    /// How often no thread could be started, and the last error.
    pub(super) thread_errors: (usize, String),
}

impl Losses {
    /// The verdict that the losses demand.
    pub(super) fn verdict(&self) -> Verdict {
        if self.panicked > 0
            || self.is_acceptor_dead
            || self.unaccepted.is_some()
            || self.file_error.is_some()
        {
            Verdict::Harness
        } else if self.cut_by_stop > 0 || self.accept_errors.0 > 0 || self.thread_errors.0 > 0 {
            Verdict::Incomplete
        } else {
            Verdict::Conforming
        }
    }

    /// One sentence for each kind of loss or delay.
    pub(super) fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if self.panicked > 0 {
            warnings.push(format!(
                "the server failed on {} (a defect of fcgate): the last request is not in this report",
                counted(self.panicked, "connection")
            ));
        }
        if self.is_acceptor_dead {
            let dead = "the server stopped accepting connections (a defect of fcgate)";
            warnings.push(dead.to_owned());
        }
        if let Some(error) = &self.unaccepted {
            warnings.push(format!(
                "connections were waiting when the server stopped and could not be accepted ({error}): \
                 their requests are not in this report"
            ));
        }
        if let Some(error) = &self.file_error {
            warnings.push(format!(
                "a request could not be written into its file: {error}"
            ));
        }
        if self.unwritten_files > 0 {
            let requests = counted(self.unwritten_files, "request");
            warnings.push(format!("{requests} after the first 10,000 have no file"));
        }
        if self.cut_by_stop > 0 {
            warnings.push(format!(
                "{} had arrived only in part when the server stopped, and is not in this report",
                counted(self.cut_by_stop, "request")
            ));
        }
        if self.cut_background > 0 {
            warnings.push(format!(
                "{} had not ended when the server stopped; the log names them",
                counted(self.cut_background, "asynchronous call")
            ));
        }
        let (count, error) = &self.accept_errors;
        if *count > 0 {
            warnings.push(format!(
                "accepting connections failed {}, and was tried again: {error}",
                counted(*count, "time")
            ));
        }
        let (count, error) = &self.thread_errors;
        if *count > 0 {
            warnings.push(format!(
                "starting a thread failed {}, and its connection waited: {error}",
                counted(*count, "time")
            ));
        }
        warnings
    }
}
