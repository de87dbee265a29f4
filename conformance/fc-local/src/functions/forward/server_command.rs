//! The command that starts the server of a function.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use fcgate_runner::Program;

use crate::functions::behaviour_error::BehaviourError;
use crate::functions::command_line;

/// The time in which the service waits for a server to start.
const START_LIMIT: Duration = Duration::from_secs(120);

/// The command that starts the HTTP server of a function.
///
/// The process receives the port of the URL in `FC_SERVER_PORT`, and no credentials of the caller. It is started with the
/// endpoint and ends with it; if it exits before, the next call starts it again.
///
/// ```no_run
/// use std::time::Duration;
/// use fc_local::{Behaviour, ServerCommand};
///
/// let start: ServerCommand = "python3 server.py".parse()?;
/// // Port 0: a free port, which the process finds in FC_SERVER_PORT.
/// let function: Behaviour = "http://127.0.0.1:0".parse()?;
/// let function = function.started_by(start.start_limit(Duration::from_secs(10)))?;
/// # let _ = function;
/// # Ok::<(), fc_local::BehaviourError>(())
/// ```
#[derive(Debug, Clone)]
pub struct ServerCommand {
    pub(super) program: Program,
    pub(super) start_limit: Duration,
}

impl ServerCommand {
    /// Sets how long the server may take until its port accepts connections. The default is 120 s, as in the service.
    #[must_use]
    pub fn start_limit(mut self, limit: Duration) -> Self {
        self.start_limit = limit;
        self
    }

    /// Sets the path of the `fcgate` binary, whose hidden command ends the process also if this process is killed.
    #[must_use]
    pub fn supervisor(mut self, binary: PathBuf) -> Self {
        self.program = self.program.supervisor(binary);
        self
    }
}

impl FromStr for ServerCommand {
    type Err = BehaviourError;

    /// Reads the words of a command; no shell is used.
    ///
    /// # Errors
    ///
    /// When the text is not a command, or its program is not found or not executable.
    fn from_str(text: &str) -> Result<Self, BehaviourError> {
        let program = command_line::read(text).map_err(BehaviourError)?;
        Ok(Self {
            program,
            start_limit: START_LIMIT,
        })
    }
}
