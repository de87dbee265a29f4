//! The headers that the service adds to every request to a function.

use crate::demo_account::{ACCOUNT, REGION};
use crate::functions::call::{Call, CallKind};
use crate::keys::Keys;

/// The path for the event of an invocation.
pub(super) const INVOKE: &str = "/invoke";

/// The common headers of a call. The credentials are the dummies of the server.
///
/// Their names are in the manual of custom runtimes, except `x-fc-function-timeout`, which published requests of the
/// service have.
pub(super) fn of_call(call: &Call) -> Vec<(&'static str, String)> {
    let keys = Keys::dummy();
    let control_path = match call.kind {
        CallKind::HttpTrigger => "/http-invoke",
        CallKind::Sync | CallKind::Async => INVOKE,
    };
    let mut headers = vec![
        ("x-fc-request-id", call.request_id.clone()),
        ("x-fc-access-key-id", keys.temporary.access_key_id.clone()),
        (
            "x-fc-access-key-secret",
            keys.temporary.access_key_secret.clone(),
        ),
        ("x-fc-security-token", keys.token().to_owned()),
        ("x-fc-function-name", call.function.clone()),
        ("x-fc-function-handler", "index.handler".to_owned()),
        ("x-fc-function-memory", call.memory.to_string()),
        (
            "x-fc-function-timeout",
            call.time_limit.as_secs_f64().ceil().to_string(),
        ),
        ("x-fc-region", REGION.to_owned()),
        ("x-fc-account-id", ACCOUNT.to_owned()),
        ("x-fc-qualifier", call.qualifier_or_latest().to_owned()),
        ("x-fc-version-id", call.version().to_owned()),
        ("x-fc-control-path", control_path.to_owned()),
    ];
    if let Some(service) = &call.service {
        headers.push(("x-fc-service-name", service.clone()));
        // The service of FC 2.0 has no log project here.
        headers.push(("x-fc-service-logproject", String::new()));
        headers.push(("x-fc-service-logstore", String::new()));
    }
    headers
}
