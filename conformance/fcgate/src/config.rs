//! The configuration of a project: the file `fcgate.toml`.

mod error;
mod line_reader;
mod own_function;
mod project;
mod reader;
mod variable;

pub use self::error::ConfigError;
pub use self::own_function::OwnFunction;
pub use self::project::{
    Config, LONGEST_PREPARE_TIMEOUT, LONGEST_TIMEOUT, MAX_JOBS, MAX_PROCESSES,
};
pub use self::variable::reason_to_refuse_credential;
