//! Records a call while it is answered.

use fcgate_cases::corpus::Level;
use fcgate_cases::judge::Check;
use fcgate_text::redaction::redact_tokens;

use super::accepted_call::AcceptedCall;
use super::answer::Response;
use super::calls::{CallLog, ReceivedCall, SignatureVerdict, without_credentials};
use super::check_sentence::sentence;
use super::finding::Finding;
use super::functions::FunctionSettings;
use super::received_request::ReceivedRequest;
use super::route::Route;
use super::service_error::{Bodies, ServiceError};

/// What the record has about a call.
#[derive(Debug)]
pub(super) struct RecordedCall<'a> {
    pub(super) received: &'a ReceivedRequest,
    pub(super) route: &'a Route,
    pub(super) request_id: &'a str,
    pub(super) is_known: bool,
    /// Whether the signature was accepted.
    pub(super) is_accepted: bool,
    /// The error that the client receives instead of the answer of the function.
    pub(super) refusal: Option<&'a ServiceError>,
    pub(super) findings: &'a [Finding],
}

/// The place of a call in the record, if it has one.
#[derive(Debug)]
pub(super) struct Recorded<'a>(Option<(&'a CallLog, u64)>);

impl Recorded<'_> {
    /// Notes the answer to the call.
    pub(super) fn answered(self, response: &Response) {
        if let Some((calls, number)) = self.0 {
            calls.answered(number, response.sent_status());
        }
    }
}

impl RecordedCall<'_> {
    /// Adds the call to the record before it runs. Operations on tasks and unknown paths are not calls.
    pub(super) fn add_to<'c>(&self, calls: Option<&'c CallLog>) -> Recorded<'c> {
        let number = calls.and_then(|calls| self.number_in(calls));
        Recorded(calls.zip(number))
    }

    fn number_in(&self, calls: &CallLog) -> Option<u64> {
        let names = match self.route {
            Route::Invocation(names) | Route::Trigger(names) | Route::TriggerHost(names, _) => {
                names
            }
            Route::Task(..) | Route::Elsewhere | Route::Unknown => return None,
        };
        let accepted = AcceptedCall {
            received: self.received,
            names,
            request_id: self.request_id,
            bodies: Bodies::Both,
        };
        let mut call = accepted.call(self.route, &FunctionSettings::default());
        call.target = without_credentials(&call.target);
        let code = self.refusal.map(|error| error.code.clone());
        let required = self.findings.iter();
        let required = required.filter(|finding| finding.level == Level::Must);
        let failed =
            required.flat_map(|finding| finding.checks.iter().filter(|check| check.failed()));
        let failed = failed.map(|check: &Check| redact_tokens(&sentence(check)));
        Some(calls.add(ReceivedCall {
            number: 0,
            call,
            revision: names.revision,
            is_known: self.is_known,
            signature: if self.is_accepted {
                SignatureVerdict::Accepted
            } else {
                SignatureVerdict::Refused(code.clone().unwrap_or_default())
            },
            refusal: code,
            status: None,
            failed_checks: failed.collect(),
        }))
    }
}
