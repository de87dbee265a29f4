//! The process of a server that the endpoint starts: it waits for the port, starts it again after an exit, and ends it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use fcgate_http::clock;
use fcgate_runner::ServerProcess;

use crate::functions::process_variables;

use super::server_command::ServerCommand;
use super::server_url::ServerUrl;

/// The wait between two attempts to connect. The exit of the process ends it.
const BETWEEN: Duration = Duration::from_millis(20);
/// The time limit of one attempt to connect.
const ATTEMPT: Duration = Duration::from_secs(1);
/// The server of a function and the command that starts it.
#[derive(Debug)]
pub(super) struct StartedServer {
    command: ServerCommand,
    url: ServerUrl,
    running: Mutex<Option<Arc<ServerProcess>>>,
    is_ended: AtomicBool,
}

/// A running process.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) process: Arc<ServerProcess>,
    /// Why it was started again.
    pub(super) restarted: Option<String>,
}

impl StartedServer {
    pub(super) fn new(command: ServerCommand, url: ServerUrl) -> Self {
        Self {
            command,
            url,
            running: Mutex::default(),
            is_ended: AtomicBool::new(false),
        }
    }

    pub(super) fn command(&self) -> &ServerCommand {
        &self.command
    }

    /// The running process. It is started if there is none, and started again if it has exited.
    ///
    /// # Errors
    ///
    /// When the process cannot be started, exits, or its port does not accept connections in time.
    pub(super) fn running(&self) -> Result<Running, String> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let mut restarted = None;
        if let Some(process) = &*running {
            match process.exited() {
                None => {
                    return Ok(Running {
                        process: Arc::clone(process),
                        restarted: None,
                    });
                }
                Some(status) => {
                    // What it left could still have the port.
                    process.kill_and_wait();
                    restarted = Some(format!(
                        "the process of the function {status}; it was started again: {}",
                        self.command.program.command()
                    ));
                }
            }
        }
        *running = None;
        let process = Arc::new(self.start()?);
        *running = Some(Arc::clone(&process));
        Ok(Running { process, restarted })
    }

    fn start(&self) -> Result<ServerProcess, String> {
        let command = self.command.program.command();
        let port = self.url.port();
        if self.url.connect(ATTEMPT).is_ok() {
            return Err(format!(
                "expected that `{command}` will listen on port {port}, but another process does already; end it, or choose \
                 another port (0 in the URL: a free one)"
            ));
        }
        let variables = process_variables::of_server(port);
        let process = ServerProcess::start(&self.command.program, &variables)
            .map_err(|error| format!("cannot start `{command}`: {error}"))?;
        let limit = self.command.start_limit;
        let until = clock::after(limit);
        loop {
            let problem = match self.url.connect(ATTEMPT) {
                Ok(()) => return Ok(process),
                Err(problem) => problem,
            };
            let problem = if let Some(status) = process.wait_for_exit(BETWEEN) {
                format!("`{command}` {status} before it listened on port {port} (FC_SERVER_PORT)")
            } else if self.is_ended.load(Ordering::Relaxed) {
                format!("the endpoint ended before `{command}` listened")
            } else if clock::now() >= until {
                format!(
                    "`{command}` did not listen on {} within {limit:?} ({problem}); it should listen on the port in \
                     FC_SERVER_PORT",
                    self.url
                )
            } else {
                continue;
            };
            process.kill_and_wait();
            return Err(with_output(&problem, &process.last_lines()));
        }
    }

    /// Ends the process, and starts none afterwards.
    pub(super) fn end(&self) {
        self.is_ended.store(true, Ordering::Relaxed);
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(process) = &*running {
            process.kill_and_wait();
        }
    }
}

/// Adds what a process wrote last.
fn with_output(problem: &str, lines: &str) -> String {
    if lines.is_empty() {
        return format!("{problem}; it wrote nothing");
    }
    let lines = lines.replace('\n', "\n    ");
    format!("{problem}; it wrote:\n    {lines}")
}
