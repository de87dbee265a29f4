//! What a function of the table does, and its text: `echo`, `body:TEXT` and the like.

use std::fmt;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use fcgate_text::suggestion::most_similar;

use crate::scenario::{SCENARIOS, Scenario};

use super::behaviour_error::BehaviourError;
use super::body::Body;
use super::call::Call;
use super::exec::Exec;
use super::forward::{Forwarded, ServerCommand, ServerUrl};
use super::from_file::{self, FromFile};
use super::function::Function;
use super::reply::Reply;
use super::script::{NO_MORE_ANSWERS, Script};
use super::service_refusal::ServiceRefusal;

/// The forms of behaviours that are not built in.
const FORMS: &str = "body:TEXT, file:PATH, error:STATUS:CODE, script:FILE, exec:COMMAND, start:COMMAND, http://127.0.0.1:PORT";

/// What a function of the table does.
///
/// ```
/// use fc_local::{Behaviour, Call, Reply};
///
/// let built_in: Behaviour = "echo".parse()?;
/// let fixed: Behaviour = "body:done".parse()?;
/// let own = Behaviour::of(|call: &Call| Reply::success(call.text().to_uppercase()));
/// # let _ = (built_in, fixed, own);
/// # Ok::<(), fc_local::BehaviourError>(())
/// ```
#[derive(Clone)]
pub struct Behaviour(pub(crate) Kind);

#[derive(Clone)]
pub(crate) enum Kind {
    /// A function that the server has.
    BuiltIn(&'static Scenario),
    /// Code, with its text in the table.
    Own(Arc<dyn Function>, String),
    /// An HTTP server, with its text as it was written.
    Forwarded(Arc<Forwarded>, String),
}

impl Behaviour {
    /// A function whose calls run this code.
    pub fn of(function: impl Function + 'static) -> Self {
        Self::own(function, "code of the program")
    }

    /// The behaviour of a function that exists only for a list of answers: it refuses every further call.
    pub(super) fn no_more_answers() -> Self {
        let function = |_: &Call| {
            Reply::service_error(
                500,
                NO_MORE_ANSWERS,
                "the function has no answer for this call: all answers that were set for it are used",
            )
        };
        Self::own(function, "answers that were set")
    }

    /// A script, from its text.
    ///
    /// # Errors
    ///
    /// The line, the field and the reason.
    pub(crate) fn of_script(text: &str) -> Result<Self, String> {
        Script::read(text).map(|script| Self::own(script, "a script"))
    }

    fn own(function: impl Function + 'static, text: impl Into<String>) -> Self {
        Self(Kind::Own(Arc::new(function), text.into()))
    }
}

impl fmt::Display for Behaviour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::BuiltIn(scenario) => f.write_str(scenario.name),
            Kind::Own(_, text) => f.write_str(text),
            Kind::Forwarded(forwarded, _) => write!(f, "{forwarded}"),
        }
    }
}

impl fmt::Debug for Behaviour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Behaviour({self})")
    }
}

impl FromStr for Behaviour {
    type Err = BehaviourError;

    fn from_str(text: &str) -> Result<Self, BehaviourError> {
        Self::read(text, Path::new(""))
    }
}

impl Behaviour {
    /// Reads the text of a behaviour; the paths in it are relative to this folder.
    ///
    /// # Errors
    ///
    /// When the text is not a behaviour, and when the file that it names cannot be read or has a mistake.
    ///
    /// When a function is forwarded to another machine: see [`read_with_remote`](Self::read_with_remote).
    pub fn read(text: &str, folder: &Path) -> Result<Self, BehaviourError> {
        let behaviour = Self::read_with_remote(text, folder)?;
        match behaviour.remote_server() {
            Some(server) => Err(BehaviourError(remote(&server))),
            None => Ok(behaviour),
        }
    }

    /// Reads the text of a behaviour as [`read`](Self::read) does, and accepts servers of functions on other machines: payloads
    /// and dummy credentials leave this machine, without TLS.
    ///
    /// # Errors
    ///
    /// Those of [`read`](Self::read), except for other machines.
    pub fn read_with_remote(text: &str, folder: &Path) -> Result<Self, BehaviourError> {
        let Some((kind, rest)) = text.split_once(':') else {
            let scenario = Scenario::named(text).ok_or_else(|| unknown(text))?;
            return Ok(Self(Kind::BuiltIn(scenario)));
        };
        let behaviour = match kind {
            "body" => Ok(Self::own(Body(rest.to_owned()), text)),
            "file" => FromFile::open(folder.join(rest)).map(|file| Self::own(file, text)),
            "error" => ServiceRefusal::read(rest).map(|refusal| Self::own(refusal, text)),
            "script" => read_script(&folder.join(rest)).map(|script| Self::own(script, text)),
            "exec" => Exec::read(rest).map(|exec| Self::own(exec, text)),
            "start" => read_started(rest).map(|function| Self::forwarded(function, text)),
            "http" | "https" => ServerUrl::read(text)
                .map(Forwarded::new)
                .map(|function| Self::forwarded(function, text)),
            _ => return Err(unknown(text)),
        };
        behaviour.map_err(BehaviourError)
    }
}

impl Behaviour {
    fn forwarded(function: Forwarded, text: impl Into<String>) -> Self {
        Self(Kind::Forwarded(Arc::new(function), text.into()))
    }

    /// The text of the behaviour as it was written.
    pub(super) fn written(&self) -> &str {
        match &self.0 {
            Kind::BuiltIn(scenario) => scenario.name,
            Kind::Own(_, text) | Kind::Forwarded(_, text) => text,
        }
    }

    /// The same function, with the command that starts its HTTP server.
    ///
    /// # Errors
    ///
    /// When the function is not forwarded to a server on this machine, or there is no free port for port 0.
    pub fn started_by(self, command: ServerCommand) -> Result<Self, BehaviourError> {
        let url = match &self.0 {
            Kind::Forwarded(function, _) if function.url().is_loopback() => function.url(),
            _ => {
                return Err(BehaviourError(format!(
                    "expected a function at http://127.0.0.1:PORT, whose server a command can start, found '{self}'"
                )));
            }
        };
        let started = Forwarded::started_by(url, command);
        let text = self.written();
        started
            .map(|function| Self::forwarded(function, text))
            .map_err(BehaviourError)
    }

    /// The command that starts the HTTP server of the function.
    pub fn server_command(&self) -> Option<ServerCommand> {
        match &self.0 {
            Kind::Forwarded(function, _) => function.command().cloned(),
            Kind::BuiltIn(_) | Kind::Own(..) => None,
        }
    }

    /// The URL of the server, if the function is forwarded to another machine.
    pub fn remote_server(&self) -> Option<String> {
        match &self.0 {
            Kind::Forwarded(function, _) if !function.url().is_loopback() => {
                Some(function.url().to_string())
            }
            _ => None,
        }
    }

    /// Whether the function is forwarded to a server that no command starts.
    pub fn needs_server(&self) -> bool {
        matches!(&self.0, Kind::Forwarded(function, _) if function.command().is_none())
    }
}

/// Reads the command of an HTTP server, which is at a free port of this machine.
fn read_started(command: &str) -> Result<Forwarded, String> {
    let command: ServerCommand = command.parse().map_err(|BehaviourError(problem)| problem)?;
    Forwarded::started_by(&ServerUrl::at_free_port(), command)
}

fn remote(server: &str) -> String {
    format!(
        "expected a function on this machine (127.0.0.1, [::1] or localhost), found {server}; to send payloads to another \
         machine, use --allow-remote-functions"
    )
}

/// Reads a script from a file.
fn read_script(path: &Path) -> Result<Script, String> {
    let shown = path.display();
    let content = String::from_utf8(from_file::read(path)?)
        .map_err(|_| format!("{shown}: expected UTF-8 text"))?;
    Script::read(&content).map_err(|error| format!("{shown}:{error}"))
}

fn unknown(text: &str) -> BehaviourError {
    let names: Vec<&str> = SCENARIOS.iter().map(|scenario| scenario.name).collect();
    let shown = fcgate_text::visible::line(text, 60);
    let hint = match most_similar(text, names.into_iter()) {
        Some(name) => format!("; did you mean '{name}'?"),
        None => String::new(),
    };
    BehaviourError(format!(
        "expected a built-in function (such as echo) or one of {FORMS}, found '{shown}'{hint}"
    ))
}
