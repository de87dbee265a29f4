//! Judges one request and makes its answer.

use std::borrow::Cow;
use std::sync::Arc;

use fcgate_cases::corpus::{Level, Stimulus};
use fcgate_cases::judge::Check;
use fcgate_http::request::RequestError;
use fcgate_protocol::Scheme;
use fcgate_text::redaction::SECURITY_TOKEN;
use fcgate_text::visible;
use jiff::Timestamp;

use super::affinity::{Affinity, check_session_id};
use super::answer::{self, Response};
use super::background::BackgroundCalls;
use super::callee::Callee;
use super::calls::CallLog;
use super::delivery::Delivery;
use super::explanation::Explainer;
use super::finding::Finding;
use super::functions::FunctionTable;
use super::keys::Keys;
use super::play::AnswerPlayer;
use super::received_request::ReceivedRequest;
use super::request::{self, ServerSettings};
use super::request_time::{self, Clock};
use super::route::Route;
use super::scenario::Scenario;
use super::service_error::{Bodies, ServiceError};
use super::signature::{self, Authentication, Signature};
use super::tasks::{TaskOperation, Tasks};
use super::{
    call_record, refusal_choice, request_deviations, signature_findings, task_request,
    unknown_function,
};

/// The settings that apply to all requests of a server.
#[derive(Debug)]
pub(super) struct Context {
    pub(super) keys: Keys,
    /// The address and the port.
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) bodies: Bodies,
    pub(super) revision: Option<String>,
    pub(super) clock: Clock,
    /// Whether each request is judged as if it were sent now.
    pub(super) any_time: bool,
    pub(super) explainer: Explainer,
    pub(super) tasks: Arc<Tasks>,
    pub(super) background: BackgroundCalls,
    /// The record of the calls, if one was asked for.
    pub(super) calls: Option<Arc<CallLog>>,
    pub(super) affinity: Affinity,
    pub(super) functions: FunctionTable,
}

/// The result of one request.
#[derive(Debug)]
pub(super) struct Exchange {
    /// The function of the table, the operation on tasks, or another word if the request names none of them.
    pub(super) scenario: Cow<'static, str>,
    /// The error code of a scripted answer.
    pub(super) scripted_code: Option<Cow<'static, str>>,
    /// What the user can do about a call of an unknown function.
    pub(super) advice: Vec<String>,
    /// Whether the request is for a function of the table.
    pub(super) has_function: bool,
    pub(super) may_have_run: bool,
    pub(super) route: Route,
    pub(super) authentication: Authentication,
    pub(super) signature: Option<Signature>,
    pub(super) findings: Vec<Finding>,
    /// Unusual properties of the request that the server accepted.
    pub(super) notes: Vec<String>,
    /// What the log says about the answer.
    pub(super) remarks: Vec<String>,
    /// The error, if the request was refused.
    pub(super) refused: Option<ServiceError>,
    /// What `fcgate why` prints for the request, if its signature was refused.
    pub(super) explanation: Option<String>,
    pub(super) response: Response,
}

impl Exchange {
    /// Whether the signature was accepted.
    pub(super) fn holds(&self) -> bool {
        let signature = self.signature.as_ref();
        signature.is_some_and(|signature| signature.refusal.is_none())
    }
}

impl Context {
    /// Judges a request and makes its answer. `is_new` returns whether a nonce was never used before.
    pub(super) fn exchange(
        &self,
        received: &ReceivedRequest,
        request_id: &str,
        is_new: impl FnOnce(&str) -> bool,
    ) -> Exchange {
        let now = self.clock.now();
        let judged_at = self.judged_at(received, now);
        let host = received.value("host").unwrap_or_default();
        let route = Route::of_request(&received.method, &received.target, host);
        let mut signature = signature::judge(
            received,
            &route,
            &self.keys,
            &self.host,
            (&self.explainer, judged_at),
        );
        let scheme = match signature.authentication {
            Authentication::Signed(scheme, _) => scheme,
            _ => Scheme::Fc,
        };
        let settings = ServerSettings {
            scheme,
            key: &self.keys.lasting,
            host: &self.host,
            revision: self.revision.as_deref(),
        };
        let request = request::judge(received, &route, settings);
        if route == Route::Elsewhere {
            return elsewhere(received, request.stimulus, request_id);
        }
        let nonce = received.value("x-acs-signature-nonce");
        let nonce = nonce.filter(|_| signature.refusal.is_none() && scheme == Scheme::Acs3);
        let replayed = nonce.is_some_and(|nonce| !is_new(nonce));
        let mut notes = request_deviations::of(received, &route, self.port);
        let deviations = signature.deviations.iter();
        notes.extend(deviations.map(|deviation| (*deviation).to_owned()));
        let replay = nonce.map(|_| replayed);
        let mut findings = self.findings(request, received, &route, &mut signature, replay);
        notes.extend(unusual_scheme(&signature, &route));
        let callee = Callee::of(&route, &self.functions);
        findings.extend(check_session_id(
            received,
            callee.scenario(),
            &self.affinity,
            &signature.stimulus,
        ));
        let by = AnswerPlayer {
            received,
            route: &route,
            request_id,
            bodies: self.bodies,
            tasks: &self.tasks,
            background: &self.background,
            affinity: &self.affinity,
            now,
        };
        let error = refusal_choice::of(received, &route, &callee, &signature, replayed);
        let recorded = call_record::RecordedCall {
            received,
            route: &route,
            request_id,
            is_known: callee.is_known(),
            is_accepted: signature.refusal.is_none(),
            refusal: error.as_ref(),
            findings: &findings,
        }
        .add_to(self.calls.as_deref());
        let answer = by.answer(&callee, error);
        recorded.answered(&answer.response);
        let refused = answer.refused;
        let is_explainable = refused.is_some() && route.named().is_some();
        let explanation = is_explainable
            .then(|| self.explanation(received, &mut signature, judged_at))
            .flatten();
        Exchange {
            scenario: word(&route, &callee),
            scripted_code: answer.code.map(Cow::Owned).or_else(|| {
                let code = callee.scenario().and_then(Scenario::code);
                code.map(Cow::Borrowed)
            }),
            advice: match (&refused, route.named()) {
                (Some(error), Some(named)) if error.code == ServiceError::NO_FUNCTION => {
                    unknown_function::advice(named, &self.functions)
                }
                _ => Vec::new(),
            },
            has_function: callee.is_known()
                || matches!(route, Route::Task(_, TaskOperation::ListFunctions)),
            may_have_run: refused.is_none()
                && !matches!(route, Route::Task(..))
                && (answer.is_uncertain || callee.scenario().is_some_and(Scenario::may_have_run)),
            authentication: signature.authentication.clone(),
            route,
            explanation,
            signature: Some(signature),
            findings,
            notes,
            remarks: answer.remarks,
            refused,
            response: answer.response,
        }
    }

    /// The time with which the time of a request is compared.
    fn judged_at(&self, received: &ReceivedRequest, now: Timestamp) -> Timestamp {
        let sent = Some(received).filter(|_| self.any_time);
        sent.and_then(request_time::of).unwrap_or(now)
    }

    /// What `fcgate why` prints for a request whose signature was refused.
    fn explanation(
        &self,
        received: &ReceivedRequest,
        signature: &mut Signature,
        judged_at: Timestamp,
    ) -> Option<String> {
        signature
            .refusal
            .as_ref()
            .filter(|refusal| refusal.is_explainable())?;
        let key = self.keys.of(&signature.key_id);
        let key = key.unwrap_or(&self.keys.lasting);
        let known = signature.explanation.take();
        Some(known.unwrap_or_else(|| self.explainer.explain(received, key, judged_at).text))
    }

    /// The findings about a request and its signature, without unknown tokens. `replayed` is whether its nonce was used
    /// before; `None` without a nonce.
    fn findings(
        &self,
        request: Finding,
        received: &ReceivedRequest,
        route: &Route,
        signature: &mut Signature,
        replayed: Option<bool>,
    ) -> Vec<Finding> {
        let digest = request_deviations::digest(received, &request.stimulus);
        let mut findings = vec![request];
        if signature.authentication != Authentication::Anonymous {
            findings.push(signature_findings::of_signature(signature, replayed));
        }
        findings.extend(digest);
        findings.extend(task_request::query(received, route, &signature.stimulus));
        findings.extend(signature_findings::of_time_form(signature));
        for token in signature::unknown_tokens(received, &self.keys) {
            let checks = findings.iter_mut().flat_map(|finding| &mut finding.checks);
            checks.for_each(|check| check.replace(&token, SECURITY_TOKEN));
        }
        findings
    }

    /// The finding and the answer for bytes that are not a complete request.
    pub(super) fn malformed(&self, error: RequestError, request_id: &str) -> Exchange {
        let nothing = ReceivedRequest::unreadable();
        let settings = ServerSettings {
            scheme: Scheme::Fc,
            key: &self.keys.lasting,
            host: &self.host,
            revision: None,
        };
        let stimulus = request::judge(&nothing, &Route::Unknown, settings).stimulus;
        let title = "The request is valid HTTP/1.1.".to_owned();
        let mut finding = Finding::new("framing", Level::Must, title, stimulus);
        finding.because = "A server cannot parse the request.";
        let reason = error.to_string();
        let check = Check::holds("framing", false, "a valid HTTP/1.1 request", &reason);
        finding.check(check, "FC-BUILD-013");
        let refusal = ServiceError::new(400, "InvalidArgument", reason);
        let mut response = answer::refusal(&refusal, request_id, self.bodies);
        if !error.can_be_answered() {
            response.delivery = Delivery::Close;
        }
        Exchange {
            scenario: "unreadable".into(),
            scripted_code: None,
            advice: Vec::new(),
            has_function: false,
            may_have_run: false,
            route: Route::Unknown,
            authentication: Authentication::Unsigned,
            signature: None,
            findings: vec![finding],
            notes: Vec::new(),
            remarks: Vec::new(),
            response,
            refused: Some(refusal),
            explanation: None,
        }
    }
}

/// The word for a request in the ids of results: its function, its operation, or what it is instead.
fn word(route: &Route, callee: &Callee) -> Cow<'static, str> {
    match (route, callee.label()) {
        (Route::Task(_, operation), _) => operation.word().into(),
        (_, Some(label)) => label,
        (Route::Unknown, None) => "unknown-path".into(),
        (_, None) => "other".into(),
    }
}

/// A note on a scheme that no official SDK uses with this revision.
fn unusual_scheme(signature: &Signature, route: &Route) -> Option<String> {
    let by_fc = matches!(
        signature.authentication,
        Authentication::Signed(Scheme::Fc, _)
    );
    let (Route::Invocation(named) | Route::Task(named, _)) = route else {
        return None;
    };
    let is_unusual = by_fc && named.revision == "2023-03-30";
    let note = "revision 2023-03-30 with the FC scheme; official SDKs use ACS3";
    is_unusual.then(|| note.to_owned())
}

fn elsewhere(received: &ReceivedRequest, stimulus: Stimulus, request_id: &str) -> Exchange {
    let title = "No request arrives at the target of a redirect.".to_owned();
    let mut finding = Finding::new("followed", Level::Should, title, stimulus);
    finding.because = "A response could send the signed request of the caller to any host.";
    let method = visible::line(&received.method, 20);
    let check = Check::holds(
        "redirect",
        false,
        "no request",
        &format!("{method} arrived"),
    );
    finding.check(check, "FC-INVOKE-004");
    Exchange {
        scenario: "elsewhere".into(),
        scripted_code: None,
        advice: Vec::new(),
        has_function: false,
        may_have_run: false,
        route: Route::Elsewhere,
        authentication: Authentication::Unsigned,
        signature: None,
        findings: vec![finding],
        notes: Vec::new(),
        remarks: Vec::new(),
        refused: None,
        explanation: None,
        response: Response::new(200, request_id).body("elsewhere"),
    }
}
