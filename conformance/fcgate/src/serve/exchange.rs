//! Judges one request and makes its answer.

use fcgate_cases::corpus::{Level, Stimulus};
use fcgate_cases::judge::Check;
use fcgate_http::request::RequestError;
use fcgate_protocol::{Scheme, SignKind};
use fcgate_text::visible;

use super::answer::{self, Response};
use super::delivery::Delivery;
use super::error_bodies::{Bodies, Problem};
use super::finding::Observed;
use super::keys::Keys;
use super::request::{self, Terms};
use super::route::Place;
use super::scenario::Scenario;
use super::signature::{self, Form, Signature};
use super::wire::Arrived;
use super::{accepted_deviations, refusal_choice};

/// The settings that apply to all requests of a server.
#[derive(Debug)]
pub(super) struct Context {
    pub(super) keys: Keys,
    /// The address and the port.
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) bodies: Bodies,
    pub(super) revision: Option<String>,
}

/// The result of one request.
#[derive(Debug)]
pub(super) struct Exchange {
    /// The function of the table, or another word if the request names none of them.
    pub(super) scenario: &'static str,
    pub(super) may_have_run: bool,
    pub(super) place: Place,
    pub(super) form: Form,
    pub(super) signature: Option<Signature>,
    pub(super) observed: Vec<Observed>,
    /// Unusual properties of the request that the server accepted.
    pub(super) notes: Vec<String>,
    /// The error, if the request was refused.
    pub(super) refused: Option<Problem>,
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
        arrived: &Arrived,
        request_id: &str,
        is_new: impl FnOnce(&str) -> bool,
    ) -> Exchange {
        let place = Place::of(&arrived.target);
        let mut signature = signature::judge(arrived, &place, &self.keys, &self.host);
        let scheme = match signature.form {
            Form::Signed(scheme, _) => scheme,
            _ => Scheme::Fc,
        };
        let terms = Terms {
            scheme,
            key: &self.keys.lasting,
            host: &self.host,
            revision: self.revision.as_deref(),
        };
        let request = request::judge(arrived, &place, terms);
        if place == Place::Elsewhere {
            return elsewhere(arrived, request.stimulus, request_id);
        }
        let nonce = arrived.value("x-acs-signature-nonce");
        let nonce = nonce.filter(|_| signature.refusal.is_none() && scheme == Scheme::Acs3);
        let replayed = nonce.is_some_and(|nonce| !is_new(nonce));
        let mut notes = accepted_deviations::of(arrived, &place, self.port);
        notes.extend(
            signature
                .granted
                .iter()
                .map(|granted| (*granted).to_owned()),
        );
        let digest = accepted_deviations::digest(arrived, &request.stimulus);
        let mut observed = vec![
            request,
            of_signature(&mut signature, nonce.map(|_| replayed)),
        ];
        observed.extend(digest);
        if let (Scheme::Fc, Some("2023-03-30")) = (scheme, place.named().map(|of| of.revision)) {
            notes.push("2023-03-30 with the FC scheme, which no official SDK sends".to_owned());
        }
        let scenario = place
            .named()
            .and_then(|named| Scenario::named(&named.function));
        let problem = refusal_choice::of(arrived, &place, scenario, &signature, replayed);
        let response = match (&problem, scenario) {
            (None, Some(scenario)) => answer::play(scenario.play, arrived, request_id, self.bodies),
            (problem, _) => {
                let unknown = || Problem::new(404, Problem::NO_FUNCTION, "no such function");
                let problem = problem.clone().unwrap_or_else(unknown);
                answer::problem(&problem, request_id, self.bodies)
            }
        };
        Exchange {
            scenario: match (&place, scenario) {
                (_, Some(scenario)) => scenario.name,
                (Place::Unknown, None) => "unknown-path",
                (_, None) => "other",
            },
            may_have_run: problem.is_none() && scenario.is_some_and(Scenario::may_have_run),
            form: signature.form.clone(),
            place,
            signature: Some(signature),
            observed,
            notes,
            refused: problem,
            response,
        }
    }

    /// The finding and the answer for bytes that are not a complete request.
    pub(super) fn malformed(&self, error: RequestError, request_id: &str) -> Exchange {
        let nothing = Arrived::unreadable();
        let terms = Terms {
            scheme: Scheme::Fc,
            key: &self.keys.lasting,
            host: &self.host,
            revision: None,
        };
        let stimulus = request::judge(&nothing, &Place::Unknown, terms).stimulus;
        let title = "The request can be read as HTTP/1.1.".to_owned();
        let mut observed = Observed::new("framing", Level::Must, title, stimulus);
        observed.because = "A server cannot read the request.";
        let why = error.to_string();
        let check = Check::holds("framing", false, "a request of HTTP/1.1", &why);
        observed.check(check, "FC-BUILD-013");
        let problem = Problem::new(400, "InvalidArgument", why);
        let mut response = answer::problem(&problem, request_id, self.bodies);
        if !error.can_be_answered() {
            response.delivery = Delivery::Close;
        }
        Exchange {
            scenario: "unreadable",
            may_have_run: false,
            place: Place::Unknown,
            form: Form::Unsigned,
            signature: None,
            observed: vec![observed],
            notes: Vec::new(),
            response,
            refused: Some(problem),
        }
    }
}

fn elsewhere(arrived: &Arrived, stimulus: Stimulus, request_id: &str) -> Exchange {
    let title = "No request arrives at the target of a redirect.".to_owned();
    let mut observed = Observed::new("followed", Level::Should, title, stimulus);
    observed.because = "A response could send the signed request of the caller to any host.";
    let method = visible::line(&arrived.method, 20);
    let check = Check::holds(
        "redirect",
        false,
        "no request",
        &format!("{method} arrived"),
    );
    observed.check(check, "FC-INVOKE-004");
    Exchange {
        scenario: "elsewhere",
        may_have_run: false,
        place: Place::Elsewhere,
        form: Form::Unsigned,
        signature: None,
        observed: vec![observed],
        notes: Vec::new(),
        refused: None,
        response: Response::new(200, request_id).body("elsewhere"),
    }
}

/// The checks of a signature. `replayed` is whether its nonce was used before; `None` without a nonce.
fn of_signature(signature: &mut Signature, replayed: Option<bool>) -> Observed {
    let title = "The signature is that of the rule.".to_owned();
    let stimulus = signature.stimulus.clone();
    let mut observed = Observed::new("signature", Level::Must, title, stimulus);
    observed.because = "The service refuses the call.";
    observed.checks = std::mem::take(&mut signature.checks);
    observed.mistake = signature.mistake();
    if let Form::Foreign(word) = signature.form {
        let note = format!("the scheme is not known here ({word}): nothing of it was checked");
        observed.note = Some(note);
    }
    let rules: &[&str] = match signature.form {
        Form::Signed(Scheme::Fc, SignKind::PresignedUrl) => &["FC-SIGN-030", "FC-SIGN-031"],
        Form::Signed(Scheme::Fc, SignKind::HttpTrigger) => &["FC-SIGN-020", "FC-SIGN-021"],
        Form::Signed(Scheme::Fc, _) => &["FC-SIGN-001", "FC-SIGN-002", "FC-SIGN-003"],
        Form::Signed(Scheme::Acs3, _) => &["ACS3-SIGN-001", "ACS3-SIGN-002", "ACS3-SIGN-003"],
        Form::Foreign(_) | Form::Unsigned => &[],
    };
    let of_mistake = signature
        .mistake()
        .map_or(&[][..], |mutant| mutant.requirements);
    for rule in rules.iter().chain(of_mistake).chain(&["FC-BUILD-014"]) {
        observed.rule(rule);
    }
    if observed.checks.iter().any(|check| check.id == "token") {
        let by_acs3 = matches!(signature.form, Form::Signed(Scheme::Acs3, _));
        observed.rule(if by_acs3 {
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
        observed.check(check, "FC-INVOKE-016");
    }
    observed
}
