//! The functions of the user's own for `fcgate serve`: those of the command line and of `fcgate.toml`.

use std::path::Path;
use std::str::FromStr;

use fc_local::{Behaviour, FunctionName, FunctionSettings, Functions};

use super::failure::Failure;
use super::serve_servers::{ServerOptions, StartCommands};
use super::settings::{self, CONFIG};

/// A function of the command line: `NAME=BEHAVIOUR`.
#[derive(Debug, Clone)]
pub(super) struct GivenFunction {
    name: FunctionName,
    behaviour: Behaviour,
}

impl FromStr for GivenFunction {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, behaviour) = text
            .split_once('=')
            .ok_or("expected NAME=BEHAVIOUR, e.g. resize=echo")?;
        Ok(Self {
            name: name.parse().map_err(|error| format!("{error}"))?,
            behaviour: Behaviour::read_with_remote(behaviour, Path::new(""))
                .map_err(|error| error.to_string())?,
        })
    }
}

/// Returns all functions. One of the command line replaces the one of `fcgate.toml` with the same name.
pub(super) fn read(given: &[GivenFunction], servers: &ServerOptions) -> Result<Functions, Failure> {
    let mut rows = Vec::new();
    for GivenFunction { name, behaviour } in given {
        rows.push(Row {
            place: "--function".to_owned(),
            name: name.clone(),
            behaviour: behaviour.clone(),
            settings: FunctionSettings::default(),
        });
    }
    for of_file in settings::project()?.functions {
        if given.iter().any(|given| given.name == of_file.name) {
            continue;
        }
        let place = format!("{CONFIG}:{}", of_file.line);
        let at_place =
            |error: &dyn ToString| Failure::usage(format!("{place}: {}", error.to_string()));
        let behaviour = Behaviour::read_with_remote(&of_file.behaviour, Path::new(""))
            .map_err(|error| at_place(&error))?;
        let behaviour = match &of_file.start {
            Some(command) => servers
                .started(behaviour, command)
                .map_err(|error| at_place(&error))?,
            None => behaviour,
        };
        rows.push(Row {
            name: of_file.name.clone(),
            behaviour,
            settings: of_file.settings.clone(),
            place,
        });
    }
    let names = rows.iter().map(|row| (&row.name, &row.behaviour));
    let mut commands = StartCommands::new(servers, names.collect())?;
    let mut functions = Functions::default();
    for row in rows {
        servers
            .check_place(&row.behaviour)
            .map_err(|error| Failure::usage(format!("{}: {error}", row.place)))?;
        let behaviour = match commands.take(&row.name) {
            Some(command) => servers
                .started(row.behaviour, &command)
                .map_err(|error| Failure::usage(format!("--start: {error}")))?,
            None => servers
                .apply(row.behaviour)
                .map_err(|error| Failure::usage(format!("{}: {error}", row.place)))?,
        };
        functions
            .add(row.name, behaviour, row.settings)
            .map_err(|error| Failure::usage(format!("{}: {error}", row.place)))?;
    }
    Ok(functions)
}

/// A function, and where it is written.
struct Row {
    place: String,
    name: FunctionName,
    behaviour: Behaviour,
    settings: FunctionSettings,
}
