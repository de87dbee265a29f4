//! The environment variables that a process of a function receives in addition to those of every program.

use crate::demo_account::{ACCOUNT, REGION};

use super::call::Call;

/// The variables of a process that runs once for a call.
///
/// The runtimes of the service set all of them except `FC_REQUEST_ID`, which exists only here: a process of the service
/// serves more than one request.
pub(super) fn of_call(call: &Call) -> Vec<(String, String)> {
    let mut variables = vec![
        ("FC_FUNCTION_NAME", call.function.clone()),
        ("FC_FUNCTION_MEMORY_SIZE", call.memory.to_string()),
        ("FC_QUALIFIER", call.qualifier_or_latest().to_owned()),
        ("FC_REQUEST_ID", call.request_id.clone()),
    ];
    if let Some(service) = &call.service {
        variables.push(("FC_SERVICE_NAME", service.clone()));
    }
    variables.extend(of_account());
    owned(variables)
}

/// The variables of a process that serves all calls on a port.
pub(super) fn of_server(port: u16) -> Vec<(String, String)> {
    let mut variables = vec![("FC_SERVER_PORT", port.to_string())];
    variables.extend(of_account());
    owned(variables)
}

fn of_account() -> [(&'static str, String); 2] {
    [
        ("FC_ACCOUNT_ID", ACCOUNT.to_owned()),
        ("FC_REGION", REGION.to_owned()),
    ]
}

fn owned(variables: Vec<(&str, String)>) -> Vec<(String, String)> {
    let pairs = variables.into_iter();
    pairs
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}
