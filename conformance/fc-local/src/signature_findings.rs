//! The findings about the signature of a request and about its time.

use fcgate_cases::corpus::Level;
use fcgate_cases::judge::Check;
use fcgate_protocol::{Scheme, SignKind};

use super::finding::Finding;
use super::signature::{Authentication, Signature};

/// The check of the form of the time. The service may accept other forms, so that it is not a must.
pub(super) fn of_time_form(signature: &mut Signature) -> Option<Finding> {
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
pub(super) fn of_signature(signature: &mut Signature, replayed: Option<bool>) -> Finding {
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
