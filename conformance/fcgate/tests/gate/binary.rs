//! The built binary as a command.

use std::process::{Command, Stdio};

/// `fcgate` with these arguments, without input and without an access key in its environment.
pub(crate) fn fcgate(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fcgate"));
    command.args(arguments).stdin(Stdio::null());
    for name in ["ACCESS_KEY_ID", "ACCESS_KEY_SECRET", "SECURITY_TOKEN"] {
        command.env_remove(format!("FCGATE_{name}"));
    }
    command
}
