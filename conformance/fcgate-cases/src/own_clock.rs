//! Cases for an implementation that reads its own clock: values that depend on the time have no expected value.

use std::borrow::Cow;

use fcgate_protocol::{Scheme, SignInput, SignKind, Stages};

use crate::corpus::{ExpectedHeaders, Stimulus};

/// The headers that depend on the time and the nonce.
const DEPENDENT: [&str; 4] = [
    "date",
    "x-acs-date",
    "x-acs-signature-nonce",
    "authorization",
];

/// Returns the stimulus without the expected values that depend on the time of the gate. The oracle verifies the
/// signature instead.
pub fn without_time(stimulus: &Stimulus) -> Cow<'_, Stimulus> {
    match stimulus {
        Stimulus::Sign { given, expect } if expect.refused.is_none() && uses_the_time(given) => {
            let mut expect = expect.clone();
            expect.authorization = None;
            expect.stages = expect.stages.map(|stages| Stages {
                canonical_headers: stages.canonical_headers,
                canonical_resource: stages.canonical_resource,
                ..Stages::default()
            });
            remove_dependent(&mut expect.headers);
            expect.verifies = Some(expect.verifies.unwrap_or(true));
            let given = given.clone();
            Cow::Owned(Stimulus::Sign { given, expect })
        }
        Stimulus::Build { given, expect } if expect.refused.is_none() => {
            let mut expect = expect.clone();
            remove_dependent(&mut expect.headers);
            expect.verifies = Some(expect.verifies.unwrap_or(true));
            let given = given.clone();
            Cow::Owned(Stimulus::Build { given, expect })
        }
        other => Cow::Borrowed(other),
    }
}

/// Whether the implementation has to add the current time to the request.
pub fn adds_the_time(stimulus: &Stimulus) -> bool {
    match stimulus {
        Stimulus::Sign { given, expect } => {
            let lacks_date = given.scheme == Scheme::Fc || !given.headers.contains("x-acs-date");
            expect.refused.is_none() && uses_the_time(given) && lacks_date
        }
        Stimulus::Build { expect, .. } => expect.refused.is_none(),
        Stimulus::Parse { .. }
        | Stimulus::Invoke { .. }
        | Stimulus::Trigger { .. }
        | Stimulus::Task { .. } => false,
    }
}

/// Whether the signer has to add a time or a nonce.
fn uses_the_time(given: &SignInput) -> bool {
    let lacks = |name: &str| !given.headers.contains(name);
    match given.scheme {
        Scheme::Fc => {
            given.kind != Some(SignKind::PresignedUrl) && lacks("date") && lacks("x-fc-date")
        }
        Scheme::Acs3 => lacks("x-acs-date") || lacks("x-acs-signature-nonce"),
    }
}

fn remove_dependent(headers: &mut Option<ExpectedHeaders>) {
    if let Some(headers) = headers {
        let depends = |name: &str| DEPENDENT.iter().any(|one| one.eq_ignore_ascii_case(name));
        headers.present.retain(|(name, _)| !depends(name));
    }
}
