//! The HTTP servers of functions for `fcgate serve`: which commands start them, and where they may be.

use std::time::Duration;

use clap::Args;

use fc_local::{Behaviour, BehaviourError, FunctionName, ServerCommand};

use super::failure::Failure;
use super::run_options::seconds;

/// The options of the servers of functions.
#[derive(Debug, Args)]
pub(super) struct ServerOptions {
    /// Start the HTTP server of a function, and end it with fcgate: `COMMAND`, or `NAME=COMMAND` if more than one function
    /// is forwarded; its port is in `FC_SERVER_PORT`
    #[arg(long = "start", value_name = "[NAME=]COMMAND")]
    commands: Vec<String>,
    /// How long a started server may take until its port accepts connections
    #[arg(long, value_name = "SECONDS", default_value = "120", value_parser = seconds)]
    start_timeout: Duration,
    /// Allow functions at http://HOST:PORT on other machines; payloads are sent to them without TLS
    #[arg(long)]
    allow_remote_functions: bool,
}

impl ServerOptions {
    /// The function with the command that starts its server.
    pub(super) fn started(
        &self,
        behaviour: Behaviour,
        command: &str,
    ) -> Result<Behaviour, BehaviourError> {
        behaviour.started_by(self.with_settings(command.parse()?))
    }

    /// The function with the settings of these options, if a command starts its server.
    pub(super) fn apply(&self, behaviour: Behaviour) -> Result<Behaviour, BehaviourError> {
        match behaviour.server_command() {
            Some(command) => behaviour.started_by(self.with_settings(command)),
            None => Ok(behaviour),
        }
    }

    fn with_settings(&self, command: ServerCommand) -> ServerCommand {
        let command = command.start_limit(self.start_timeout);
        match std::env::current_exe() {
            Ok(supervisor) => command.supervisor(supervisor),
            Err(_) => command,
        }
    }

    /// Checks that a function is on this machine, unless others are allowed.
    pub(super) fn check_place(&self, behaviour: &Behaviour) -> Result<(), String> {
        match behaviour.remote_server() {
            Some(server) if !self.allow_remote_functions => Err(format!(
                "expected a function on this machine (127.0.0.1, [::1] or localhost), found {server}; to send payloads to another \
                 machine, use --allow-remote-functions"
            )),
            _ => Ok(()),
        }
    }
}

/// The commands of the command line, each with its function.
#[derive(Debug)]
pub(super) struct StartCommands(Vec<(FunctionName, String)>);

impl StartCommands {
    /// Finds the function of each command.
    pub(super) fn new(
        options: &ServerOptions,
        functions: Vec<(&FunctionName, &Behaviour)>,
    ) -> Result<Self, Failure> {
        let forwarded: Vec<&FunctionName> = functions
            .into_iter()
            .filter_map(|(name, behaviour)| behaviour.needs_server().then_some(name))
            .collect();
        let mut found: Vec<(FunctionName, String)> = Vec::new();
        for text in &options.commands {
            let (name, command) = of_text(text, &forwarded).map_err(Failure::usage)?;
            if found.iter().any(|(other, _)| other == name) {
                let message = format!("--start: the function {name} has two commands; remove one");
                return Err(Failure::usage(message));
            }
            found.push((name.clone(), command.to_owned()));
        }
        Ok(Self(found))
    }

    /// Takes the command of a function.
    pub(super) fn take(&mut self, name: &FunctionName) -> Option<String> {
        let place = self.0.iter().position(|(other, _)| other == name)?;
        Some(self.0.swap_remove(place).1)
    }
}

/// The function and the command of `[NAME=]COMMAND`. Without the name of a forwarded function before the first `=`, the
/// whole text is a command.
fn of_text<'a>(
    text: &'a str,
    forwarded: &[&'a FunctionName],
) -> Result<(&'a FunctionName, &'a str), String> {
    if let Some((name, command)) = text.split_once('=') {
        let name: Option<FunctionName> = name.parse().ok();
        let mut names = forwarded.iter();
        if let Some(known) = name.and_then(|name| names.find(|other| ***other == name)) {
            return Ok((known, command));
        }
    }
    match forwarded {
        [only] => Ok((only, text)),
        [] => Err(
            "--start: expected a function at http://127.0.0.1:PORT that the command serves, found none; add one, e.g. \
             --function NAME=http://127.0.0.1:9000"
                .to_owned(),
        ),
        several => {
            let names: Vec<String> = several.iter().map(ToString::to_string).collect();
            let shown = fcgate_text::visible::line(text, 100);
            Err(format!(
                "--start: expected NAME=COMMAND, because several functions are forwarded ({}), found '{shown}'",
                names.join(", ")
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use fc_local::FunctionName;

    use super::of_text;

    #[test]
    fn a_command_belongs_to_the_function_before_the_equals_sign_or_to_the_only_one() {
        let names: Vec<FunctionName> = ["f", "s/g"].map(|name| name.parse().unwrap()).into();
        let (one, both) = ([&names[0]], [&names[0], &names[1]]);
        assert_eq!(
            of_text("node a.js", &one).unwrap(),
            (&names[0], "node a.js")
        );
        assert_eq!(
            of_text("f=node a.js", &one).unwrap(),
            (&names[0], "node a.js")
        );
        assert_eq!(
            of_text("env A=1 node", &one).unwrap(),
            (&names[0], "env A=1 node")
        );
        assert_eq!(
            of_text("s/g=node --x=1", &both).unwrap(),
            (&names[1], "node --x=1")
        );
        let error = of_text("h=node", &both).unwrap_err();
        assert!(error.ends_with("(f, s/g), found 'h=node'"), "{error}");
        assert!(of_text("node", &[]).unwrap_err().contains("found none"));
    }
}
