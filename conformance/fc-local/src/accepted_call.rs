//! A call of an own function: what the function receives, and the answer to its reply.

use std::time::Duration;

use super::functions::{Call, CallKind, FunctionSettings, Replied, Reply, of_reply};
use super::header_values::Field;
use super::received_request::ReceivedRequest;
use super::resource_names::ResourceNames;
use super::route::Route;
use super::service_error::Bodies;
use super::stop_signal::StopSignal;

/// The headers that no function receives: they hold the caller's credentials.
const SECRET: [&str; 4] = [
    "authorization",
    "x-fc-security-token",
    "x-acs-security-token",
    "proxy-authorization",
];

/// A call that the server accepted.
#[derive(Debug, Clone, Copy)]
pub(super) struct AcceptedCall<'a> {
    pub(super) received: &'a ReceivedRequest,
    pub(super) names: &'a ResourceNames,
    pub(super) request_id: &'a str,
    pub(super) bodies: Bodies,
}

impl AcceptedCall<'_> {
    /// What the function receives.
    pub(super) fn call(&self, route: &Route, settings: &FunctionSettings) -> Call {
        let received = self.received;
        let is_trigger = matches!(route, Route::Trigger(..) | Route::TriggerHost(..));
        let kind = match received.value(Field::TYPE) {
            _ if is_trigger => CallKind::HttpTrigger,
            Some("Async") => CallKind::Async,
            _ => CallKind::Sync,
        };
        let is_public = |name: &str| !SECRET.iter().any(|other| name.eq_ignore_ascii_case(other));
        let headers = received.headers.iter().filter(|(name, _)| is_public(name));
        Call {
            request_id: self.request_id.to_owned(),
            kind,
            service: self.names.own_service().map(str::to_owned),
            function: self.names.own_function().to_owned(),
            qualifier: self.names.qualifier.clone(),
            method: received.method.clone(),
            target: received.target.clone(),
            headers: headers.cloned().collect(),
            payload: received.body.clone(),
            time_limit: settings.time_limit,
            memory: settings.memory,
            stop: StopSignal::default(),
        }
    }

    /// The answer to the reply of a function that ran for this time.
    pub(super) fn answer(&self, reply: Reply, call: &Call, ran: Duration) -> Replied {
        let wants_log = self.received.value(Field::LOG) == Some("Tail");
        let mut replied = of_reply(reply, call, self.bodies, ran, wants_log);
        if call.kind == CallKind::HttpTrigger {
            let origin = self.received.value("origin");
            replied.response = replied.response.of_trigger(origin);
        }
        replied
    }
}
