//! The mistake behind a wrong signature: the mutant that signs the same request alike.

use crate::Implementation;
use crate::corpus::Operation;
use crate::mutant::{self, Mutant, Mutated};
use crate::protocol::{Hello, Reply, SignInput, SignOutput, Stages};

/// Who signs the request as the rule has it, with the signed names of its sender.
struct AsSent(SignOutput);

impl Implementation for AsSent {
    fn hello(&self) -> Hello {
        Hello::new("as-sent", "1", "rust")
    }

    fn sign(&self, _: &SignInput) -> Reply<SignOutput> {
        Reply::Ok(self.0.clone())
    }
}

/// The mistake that gives exactly this authorization, and the texts that it signs.
pub(super) fn search(
    given: &SignInput,
    sent_with: &SignOutput,
    right: &str,
    sent: &str,
) -> Option<(&'static Mutant, Stages)> {
    let mut rightly = sent_with.clone();
    for (name, value) in &mut rightly.headers {
        if name == "authorization" {
            right.clone_into(value);
        }
    }
    let rightly = AsSent(rightly);
    let mut suspects = mutant::all().filter(|mutant| mutant.touches(Operation::Sign));
    suspects.find_map(|mutant| match Mutated::new(&rightly, mutant).sign(given) {
        Reply::Ok(output) => {
            let mut headers = output.headers.iter();
            let same = headers.any(|(name, value)| name == "authorization" && value == sent);
            same.then(|| (mutant, output.stages.unwrap_or_default()))
        }
        _ => None,
    })
}
