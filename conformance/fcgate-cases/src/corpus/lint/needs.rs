//! Needs: a case lists the capabilities that its stimulus needs, and belongs to a profile.

use crate::Profile;
use fcgate_protocol::{Invocation, Scheme, SignKind, TaskOperation, TriggerAuth, capability};

use super::super::{Case, Corpus, Level, Stimulus};
use super::finding::Finding;

pub(super) fn lint(corpus: &Corpus, findings: &mut Vec<Finding>) {
    for case in corpus.each_case() {
        if !Profile::ALL
            .into_iter()
            .any(|profile| profile.demands(case))
        {
            findings.push(Finding::of_case(
                case,
                "unreachable",
                "no profile contains the case",
            ));
        }
        for name in implied_capabilities(case) {
            if !case.needs.iter().any(|need| need == name) {
                let message = format!("the stimulus needs {name}");
                findings.push(Finding::of_case(case, "needs", message));
            }
        }
    }
}

/// Returns the capabilities that an implementation needs for the stimulus of a case.
pub(in super::super) fn implied_capabilities(case: &Case) -> Vec<&'static str> {
    match &case.stimulus {
        Stimulus::Sign { given, .. } => {
            let mut names = vec![scheme(given.scheme)];
            names.extend(match given.kind.unwrap_or_default() {
                SignKind::HttpTrigger => Some(capability::SIGN_FC_HTTP_TRIGGER),
                SignKind::PresignedUrl => Some(capability::SIGN_FC_PRESIGNED_URL),
                SignKind::Api => None,
            });
            names
        }
        Stimulus::Build { given, .. } => {
            let mut names = vec![capability::BUILD, scheme(given.scheme)];
            names.extend(given.input.session.as_ref().map(|_| capability::SESSIONS));
            // A refusal can be tested without support for the optional fields of the input.
            if !case.stimulus.expects_refusal() && case.level == Level::Must {
                names.extend(options(&given.input));
            }
            names
        }
        Stimulus::Parse { .. } => vec![capability::PARSE],
        Stimulus::Invoke { given, .. } => {
            let mut names = vec![capability::INVOKE, scheme(given.scheme)];
            names.extend(given.retry.map(|_| capability::RETRY));
            names.extend(options(&given.input));
            names
        }
        Stimulus::Trigger { given, .. } => match (&given.auth, given.scheme) {
            (Some(TriggerAuth::Anonymous), _) => {
                vec![capability::TRIGGER, capability::TRIGGER_ANONYMOUS]
            }
            (Some(TriggerAuth::Bearer { .. }), _) => {
                vec![capability::TRIGGER, capability::TRIGGER_BEARER]
            }
            (None, Scheme::Acs3) => {
                vec![
                    capability::TRIGGER,
                    capability::TRIGGER_ACS3,
                    capability::SIGN_ACS3,
                ]
            }
            (None, Scheme::Fc) => vec![capability::TRIGGER, capability::SIGN_FC],
        },
        Stimulus::Task { given, .. } => {
            let waits = given.request.operation == TaskOperation::Wait;
            let mut names = vec![capability::TASKS, scheme(given.scheme)];
            names.extend(waits.then_some(capability::TASKS_WAIT));
            names
        }
    }
}

fn scheme(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Fc => capability::SIGN_FC,
        Scheme::Acs3 => capability::SIGN_ACS3,
    }
}

fn options(input: &Invocation) -> Vec<&'static str> {
    let is_async = input.invocation_type.as_deref() == Some("Async");
    let wants_tail = input.log_type.as_deref() == Some("Tail");
    let options = [
        (is_async, capability::INVOKE_ASYNC),
        (
            input.stateful_async_invocation_id.is_some(),
            capability::INVOKE_STATEFUL,
        ),
        (input.qualifier.is_some(), capability::INVOKE_QUALIFIER),
        (wants_tail, capability::INVOKE_LOG_TAIL),
        (input.trace_id.is_some(), capability::INVOKE_TRACE_ID),
        (input.account_id.is_some(), capability::INVOKE_ACCOUNT_ID),
        (input.session.is_some(), capability::SESSIONS),
    ];
    let needed = options.into_iter().filter(|(given, _)| *given);
    needed.map(|(_, name)| name).collect()
}
