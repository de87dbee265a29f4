//! Chooses the service error that a client receives instead of the answer of the function.

use fcgate_text::visible;

use super::callee::Callee;
use super::header_values::{FIELDS, Field};
use super::received_request::ReceivedRequest;
use super::request_time::TimeRefusal;
use super::resource_names::ResourceNames;
use super::route::Route;
use super::service_error::ServiceError;
use super::signature::{Refusal, Signature};
use super::task_request;
use super::tasks::TaskOperation;

const BEARER: &str = "no source has the status and the code of this refusal";

/// Returns the service error for a request, or `None` if the function answers it.
pub(super) fn of(
    received: &ReceivedRequest,
    route: &Route,
    callee: &Callee,
    signature: &Signature,
    replayed: bool,
) -> Option<ServiceError> {
    let Some(named) = route.named() else {
        let path = received.target.split('?').next().unwrap_or_default();
        return Some(ServiceError::path_not_supported(&received.method, path));
    };
    if let Some(refusal) = &signature.refusal {
        return Some(refused(refusal, signature, route));
    }
    if replayed {
        let message = "Specified signature nonce was used already.";
        return Some(ServiceError::new(400, "SignatureNonceUsed", message));
    }
    if let Some(error) = too_long_for_trigger(received, route) {
        return Some(error);
    }
    if let Route::Task(named, operation) = route {
        return task_request::refusal(received, named, operation)
            .or_else(|| (!callee.is_known() && !is_of_account(operation)).then(|| unknown(named)));
    }
    let wrong = FIELDS.iter().find(|field| {
        let value = received
            .value(field.header)
            .filter(|value| !value.is_empty());
        (field.is_of)(named.revision) && value.is_some_and(|value| !(field.allows)(value))
    });
    if let Some(field) = wrong {
        return Some(invalid(received, field));
    }
    if !callee.is_known() {
        return Some(unknown(named));
    }
    let is_async = received.value(Field::TYPE) == Some("Async");
    if is_async && received.value(Field::LOG) == Some("Tail") {
        let message = "LogType is set to an invalid value (allowed: None, actual: 'Tail')";
        return Some(ServiceError::new(400, "InvalidArgument", message));
    }
    too_large(received, is_async)
}

/// Whether an operation is not about one function.
fn is_of_account(operation: &TaskOperation) -> bool {
    *operation == TaskOperation::ListFunctions
}

/// The limits of the manual for HTTP triggers: 8 KB of headers, 4 KB of path and query.
fn too_long_for_trigger(received: &ReceivedRequest, route: &Route) -> Option<ServiceError> {
    if !matches!(route, Route::TriggerHost(..)) {
        return None;
    }
    let headers = received.headers.iter();
    let headers: usize = headers.map(|(name, value)| name.len() + value.len()).sum();
    let (what, most) = match (headers > 8 << 10, received.target.len() > 4 << 10) {
        (true, _) => ("headers", "8 KB"),
        (false, true) => ("path and query", "4 KB"),
        (false, false) => return None,
    };
    let message = format!("the {what} of the request exceed {most}");
    Some(ServiceError::new(400, "InvalidArgument", message))
}

/// Returns an error for a body above the limits of the manual, "EntityTooLarge": 32 MB, and 128 KB for an
/// asynchronous call.
fn too_large(received: &ReceivedRequest, is_async: bool) -> Option<ServiceError> {
    let most: usize = if is_async { 128 << 10 } else { 32 << 20 };
    (received.body.len() > most).then(|| {
        let message = format!("payload size exceeds maximum allowed size ({most} bytes)");
        ServiceError::new(400, "EntityTooLarge", message)
    })
}

fn refused(refusal: &Refusal, signature: &Signature, route: &Route) -> ServiceError {
    match refusal {
        // The message of the manual for an HTTP trigger; the status and the code are those of an invocation.
        Refusal::Missing if matches!(route, Route::TriggerHost(..)) => {
            let message = "required HTTP header Date was not specified";
            ServiceError::new(400, "MissingRequiredHeader", message)
        }
        // The messages of the manual. No source has the status and the code.
        Refusal::NoBearerToken => {
            let message = "Authorization header is expected but missing";
            ServiceError::new(403, "AccessDenied", message).assumed(BEARER)
        }
        Refusal::BearerToken => {
            let message = "access denied due to invalid bearer token";
            ServiceError::new(403, "AccessDenied", message).assumed(BEARER)
        }
        Refusal::Missing => {
            let message = "required HTTP header Authorization was not specified";
            ServiceError::new(400, "MissingRequiredHeader", message)
        }
        Refusal::NoDate => {
            let message = "required HTTP header Date was not specified";
            ServiceError::new(400, "MissingRequiredHeader", message)
        }
        Refusal::Foreign(word) => {
            let message = format!("this server cannot verify the signature scheme: {word}");
            ServiceError::new(403, "AccessDenied", message)
        }
        Refusal::KeyId(id) => {
            let message = format!("invalid access key ID '{}'", visible::line(id, 60));
            ServiceError::new(403, "InvalidAccessKeyID", message)
        }
        // The code is not documented. The status is the one in the Java SDK's test of the service.
        Refusal::Expired(_) => ServiceError::new(403, "AccessDenied", "the signed URL has expired"),
        // The message is that of the service; its code is not documented.
        Refusal::Time(TimeRefusal::Skew { sent, now }) => {
            let message = format!(
                "the difference between the request time '{sent}' and the current time '{now}' is too large"
            );
            let mut error = ServiceError::new(403, "AccessDenied", message.clone());
            error.gateway = Some(("InvalidTimeStamp.Expired", message));
            error
        }
        // No source has the answer of the service.
        Refusal::Time(TimeRefusal::Unreadable { header, value }) => {
            let message = format!("the value '{value}' of HTTP header {header} is invalid");
            ServiceError::new(400, "InvalidArgument", message)
        }
        Refusal::Token(_) | Refusal::Other(_) => {
            let message = "The request signature we calculated does not match the signature you \
                           provided. Check your access key and signing method";
            let mut error = ServiceError::new(403, "SignatureNotMatch", message);
            if matches!(route, Route::TriggerHost(..)) {
                return error;
            }
            let text = signature
                .stages
                .string_to_sign
                .as_deref()
                .unwrap_or_default();
            let message = format!(
                "Specified signature does not match our calculation. server StringToSign is [{text}]"
            );
            error.gateway = Some(("SignatureDoesNotMatch", message));
            error
        }
    }
}

fn invalid(received: &ReceivedRequest, field: &Field) -> ServiceError {
    let value = visible::line(received.value(field.header).unwrap_or_default(), 80);
    let message = format!(
        "{} is set to an invalid value (allowed: {}, actual: '{value}')",
        field.header, field.allowed
    );
    ServiceError::new(400, "InvalidArgument", message)
}

fn unknown(named: &ResourceNames) -> ServiceError {
    let function = visible::line(&named.function, 130);
    let of_service = named
        .service
        .as_deref()
        .map_or_else(String::new, |service| {
            format!(" in service '{}'", visible::line(service, 130))
        });
    let message = format!("function '{function}' does not exist{of_service}");
    ServiceError::new(404, ServiceError::NO_FUNCTION, message)
}
