//! Functions of the user's own: which calls each answers, and how.

mod answer_document;
mod behaviour;
mod behaviour_error;
mod body;
mod call;
mod command_line;
mod exec;
mod failures;
mod forward;
mod from_file;
mod function;
mod function_name;
mod next_answers;
mod process_variables;
mod reply;
mod response;
mod script;
mod service_refusal;
mod settings;
mod table;

pub use self::behaviour::Behaviour;
pub use self::behaviour_error::BehaviourError;
pub use self::call::{Call, CallKind};
pub use self::forward::ServerCommand;
pub use self::function::Function;
pub use self::function_name::{FunctionName, FunctionNameError};
pub use self::reply::{Ending, Reply};
pub use self::settings::{FunctionSettings, SettingError};
pub use self::table::{DuplicateFunction, Functions};

pub(super) use self::next_answers::NextAnswer;
pub(super) use self::reply::Outcome;
pub(super) use self::response::{Replied, of_reply, within_limit};
pub(super) use self::table::{FunctionTable, OwnFunction};
