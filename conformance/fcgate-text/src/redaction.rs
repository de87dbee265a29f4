//! Redaction of credentials in everything that the gate prints, logs or writes into a report.
//!
//! - [`Redactor`] knows access key secrets and security tokens. It finds them and replaces them.
//! - [`redact_tokens`] knows no value. It recognizes tokens by the name before them and by their form.
//! - [`is_credential_variable`] and [`is_credential_value`] recognize environment variables with a credential.
//! - [`abbreviate_id`] shortens an access key id that the gate does not know.

mod abbreviation;
mod forms;
mod json;
mod redactor;
mod token;
mod token_form;
mod token_name;
mod variable;

pub use self::abbreviation::abbreviate_id;
pub use self::redactor::{Redactor, SECRET, SECURITY_TOKEN};
pub use self::token::{is_in_token, redact_tokens};
pub use self::token_name::is_token_name;
pub use self::variable::{
    is_credential_value, is_credential_variable, is_proxy_variable, is_reserved_variable,
};
