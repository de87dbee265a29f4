//! Functions of the user's own: which calls each answers, and how.

mod answer_document;
mod behaviour;
mod body;
mod call;
mod from_file;
mod function_name;
mod reply;
mod response;
mod script;
mod service_refusal;
mod settings;
mod table;

pub use self::behaviour::{Behaviour, BehaviourError};
pub use self::call::{Call, CallKind};
pub use self::function_name::{FunctionName, FunctionNameError};
pub use self::reply::{Ending, Reply};
pub use self::settings::FunctionSettings;
pub use self::table::{DuplicateFunction, Function, Functions};

pub(super) use self::response::{Replied, of_reply};
pub(super) use self::table::{FunctionTable, OwnFunction};
