//! Judges one request and makes its answer.

use std::borrow::Cow;

use fcgate_cases::corpus::{Level, Stimulus};
use fcgate_cases::judge::Check;
use fcgate_http::request::RequestError;
use fcgate_protocol::{Scheme, SignKind};
use fcgate_text::redaction::SECURITY_TOKEN;
use fcgate_text::visible;

use super::affinity::{Affinity, check_session_id};
use super::answer::{self, Response};
use super::callee::Callee;
use super::delivery::Delivery;
use super::explanation::Explainer;
use super::finding::Finding;
use super::functions::FunctionTable;
use super::keys::Keys;
use super::play::AnswerPlayer;
use super::received_request::ReceivedRequest;
use super::request::{self, ServerSettings};
use super::request_time::Clock;
use super::route::Route;
use super::scenario::Scenario;
use super::service_error::{Bodies, ServiceError};
use super::signature::{self, Authentication, Refusal, Signature};
use super::tasks::{TaskOperation, Tasks};
use super::{refusal_choice, request_deviations, task_request};

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
    pub(super) explainer: Explainer,
    pub(super) tasks: Tasks,
    pub(super) affinity: Affinity,
    pub(super) functions: FunctionTable,
}

/// The result of one request.
#[derive(Debug)]
pub(super) struct Exchange {
    /// The function of the table, the operation on tasks, or another word if the request names none of them.
    pub(super) scenario: Cow<'static, str>,
    /// The built-in function that answered.
    pub(super) answered_by: Option<&'static Scenario>,
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
        let host = received.value("host").unwrap_or_default();
        let route = Route::of_request(&received.method, &received.target, host);
        let mut signature = signature::judge(
            received,
            &route,
            &self.keys,
            &self.host,
            (&self.explainer, now),
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
        notes.extend(
            signature
                .deviations
                .iter()
                .map(|deviation| (*deviation).to_owned()),
        );
        let digest = request_deviations::digest(received, &request.stimulus);
        let mut findings = vec![request];
        if signature.authentication != Authentication::Anonymous {
            findings.push(of_signature(&mut signature, nonce.map(|_| replayed)));
        }
        findings.extend(digest);
        findings.extend(task_request::query(received, &route, &signature.stimulus));
        findings.extend(of_time_form(&mut signature));
        for token in signature::unknown_tokens(received, &self.keys) {
            let checks = findings.iter_mut().flat_map(|finding| &mut finding.checks);
            checks.for_each(|check| check.replace(&token, SECURITY_TOKEN));
        }
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
            affinity: &self.affinity,
            now,
        };
        let error = refusal_choice::of(received, &route, &callee, &signature, replayed);
        let answer = by.answer(&callee, error);
        let refused = answer.refused;
        let keyed = self.keys.of(&signature.key_id);
        let is_explainable = route.named().is_some()
            && signature
                .refusal
                .as_ref()
                .is_some_and(Refusal::is_explainable);
        Exchange {
            scenario: match (&route, callee.label()) {
                (Route::Task(_, operation), _) => operation.word().into(),
                (_, Some(label)) => label,
                (Route::Unknown, None) => "unknown-path".into(),
                (_, None) => "other".into(),
            },
            answered_by: callee.scenario(),
            has_function: callee.is_known()
                || matches!(route, Route::Task(_, TaskOperation::ListFunctions)),
            may_have_run: refused.is_none()
                && !matches!(route, Route::Task(..))
                && (answer.is_uncertain || callee.scenario().is_some_and(Scenario::may_have_run)),
            authentication: signature.authentication.clone(),
            route,
            explanation: refused.as_ref().filter(|_| is_explainable).map(|_| {
                let key = keyed.unwrap_or(&self.keys.lasting);
                let known = signature.explanation.take();
                known.unwrap_or_else(|| self.explainer.explain(received, key, now).text)
            }),
            signature: Some(signature),
            findings,
            notes,
            remarks: answer.remarks,
            refused,
            response: answer.response,
        }
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
            answered_by: None,
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
        answered_by: None,
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

/// The check of the form of the time. The service may accept other forms, so that it is not a must.
fn of_time_form(signature: &mut Signature) -> Option<Finding> {
    let check = signature.time_form.take()?;
    let title = "The time has the form that all official SDKs send.".to_owned();
    let mut finding = Finding::new(
        "time-form",
        Level::Should,
        title,
        signature.stimulus.clone(),
    );
    finding.because = "The service may be unable to read the time.";
    let requirement = match signature.authentication {
        Authentication::Signed(Scheme::Acs3, _) => "ACS3-SIGN-008",
        _ => "FC-SIGN-007",
    };
    finding.check(check, requirement);
    Some(finding)
}

/// The checks of a signature. `replayed` is whether its nonce was used before; `None` without a nonce.
fn of_signature(signature: &mut Signature, replayed: Option<bool>) -> Finding {
    let title = "The signature follows the published rule.".to_owned();
    let stimulus = signature.stimulus.clone();
    let mut finding = Finding::new("signature", Level::Must, title, stimulus);
    finding.because = "The service rejects the request.";
    finding.checks = std::mem::take(&mut signature.checks);
    finding.mistake = signature.mistake;
    if let Authentication::Foreign(word) = signature.authentication {
        let note = format!("the server cannot verify this scheme ({word}), so no check ran");
        finding.note = Some(note);
    }
    let rules: &[&str] = match signature.authentication {
        Authentication::Signed(Scheme::Fc, SignKind::PresignedUrl) => {
            &["FC-SIGN-030", "FC-SIGN-031"]
        }
        Authentication::Signed(Scheme::Fc, SignKind::HttpTrigger) => {
            &["FC-SIGN-020", "FC-SIGN-021"]
        }
        Authentication::Signed(Scheme::Fc, _) => &["FC-SIGN-001", "FC-SIGN-002", "FC-SIGN-003"],
        Authentication::Signed(Scheme::Acs3, _) => {
            &["ACS3-SIGN-001", "ACS3-SIGN-002", "ACS3-SIGN-003"]
        }
        Authentication::Bearer
        | Authentication::Anonymous
        | Authentication::Foreign(_)
        | Authentication::Unsigned => &[],
    };
    let of_mistake = signature
        .mistake
        .map_or(&[][..], |mutant| mutant.requirements);
    for rule in rules.iter().chain(of_mistake).chain(&["FC-BUILD-014"]) {
        finding.rule(rule);
    }
    if finding.checks.iter().any(|check| check.id == "token") {
        let by_acs3 = matches!(
            signature.authentication,
            Authentication::Signed(Scheme::Acs3, _)
        );
        finding.rule(if by_acs3 {
            "ACS3-SIGN-009"
        } else {
            "FC-SIGN-013"
        });
    }
    if let Some(replayed) = replayed {
        let actual = if replayed {
            "one that was used before"
        } else {
            "a new one"
        };
        let check = Check::holds("nonce", !replayed, "a new one", actual);
        finding.check(check, "FC-INVOKE-016");
    }
    finding
}
