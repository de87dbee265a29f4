//! The functions of the user's own for `fcgate serve`: those of the command line and of `fcgate.toml`.

use std::path::Path;
use std::str::FromStr;

use fc_local::{Behaviour, FunctionName, FunctionSettings, Functions};

use super::failure::Failure;
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
            behaviour: behaviour.parse().map_err(|error| format!("{error}"))?,
        })
    }
}

/// Returns all functions. One of the command line replaces the one of `fcgate.toml` with the same name.
pub(super) fn read(given: &[GivenFunction]) -> Result<Functions, Failure> {
    let mut functions = Functions::default();
    for GivenFunction { name, behaviour } in given {
        let (name, behaviour) = (name.clone(), behaviour.clone());
        let added = functions.add(name, behaviour, FunctionSettings::default());
        added.map_err(|error| Failure::usage(format!("--function: {error}")))?;
    }
    for of_file in settings::project()?.functions {
        if given.iter().any(|given| given.name == of_file.name) {
            continue;
        }
        let at_line = |error: &dyn ToString| {
            Failure::usage(format!("{CONFIG}:{}: {}", of_file.line, error.to_string()))
        };
        let behaviour = Behaviour::read(&of_file.behaviour, Path::new(""));
        let behaviour = behaviour.map_err(|error| at_line(&error))?;
        functions
            .add(of_file.name.clone(), behaviour, of_file.settings.clone())
            .map_err(|error| at_line(&error))?;
    }
    Ok(functions)
}
