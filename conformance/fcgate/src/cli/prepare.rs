//! Runs the command that prepares the adapter, such as a build, before the adapter starts.

use std::sync::Arc;

use fcgate_runner::{Fault, Launch, Preparation, SignalWatch, Stop};

use super::console::note;
use super::failure::{Failure, unwatched_signals};
use super::settings::Settings;

/// Runs `prepare` of `fcgate.toml`, if there is one. A signal stops it. The inner result is that of the command.
pub(super) fn prepare(
    settings: &Settings,
    quiet: bool,
    stop: &Stop,
) -> Result<Result<(), Fault>, Failure> {
    let Some((program, arguments)) = settings.prepare.split_first() else {
        return Ok(Ok(()));
    };
    let launch = Launch::new(program.clone(), arguments.to_vec()).timeout(settings.prepare_timeout);
    let preparation = Arc::new(Preparation::new(launch));
    if !quiet {
        note(&format!("prepare: {}", preparation.command()));
    }
    let (stop, stopped) = (stop.clone(), Arc::clone(&preparation));
    let _signals = SignalWatch::start(move || {
        stop.now();
        stopped.stop();
    })
    .map_err(|error| unwatched_signals(&error))?;
    Ok(preparation.run())
}
