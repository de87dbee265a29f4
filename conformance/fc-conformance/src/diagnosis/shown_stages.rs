//! The intermediate texts of signatures that a subject shows.

use fcgate_cases::judge::{CaseResult, CheckStatus};
use fcgate_protocol::{
    BuildInput, BuildOutput, Hello, Implementation, InvokeInput, InvokeOutput, ParseInput,
    ParseOutput, Reply, SignInput, SignOutput, Stages,
};

/// The intermediate texts that a subject shows: the check `verifies` compares more of them if there are more.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ShownStages {
    canonical_headers: bool,
    canonical_resource: bool,
    canonical_request: bool,
    string_to_sign: bool,
    signature: bool,
}

impl ShownStages {
    /// The texts that were compared in at least one of these results.
    pub(super) fn of(results: &[CaseResult]) -> Self {
        let is_shown = |id: &str| {
            let mut checks = results.iter().flat_map(|result| &result.checks);
            checks.any(|check| check.id == id && check.status != CheckStatus::Unsupported)
        };
        Self {
            canonical_headers: is_shown("canonical_headers"),
            canonical_resource: is_shown("canonical_resource"),
            canonical_request: is_shown("canonical_request"),
            string_to_sign: is_shown("string_to_sign"),
            signature: is_shown("signature"),
        }
    }

    fn only(self, stages: Stages) -> Stages {
        Stages {
            canonical_headers: stages.canonical_headers.filter(|_| self.canonical_headers),
            canonical_resource: stages
                .canonical_resource
                .filter(|_| self.canonical_resource),
            canonical_request: stages.canonical_request.filter(|_| self.canonical_request),
            string_to_sign: stages.string_to_sign.filter(|_| self.string_to_sign),
            signature: stages.signature.filter(|_| self.signature),
        }
    }
}

/// An implementation that shows only these texts.
pub(super) struct Reticent<'a> {
    pub(super) implementation: &'a dyn Implementation,
    pub(super) shown: ShownStages,
}

impl Implementation for Reticent<'_> {
    fn hello(&self) -> Hello {
        self.implementation.hello()
    }

    fn sign(&self, input: &SignInput) -> Reply<SignOutput> {
        self.implementation.sign(input).map(|mut output| {
            output.stages = output.stages.take().map(|stages| self.shown.only(stages));
            output
        })
    }

    fn build(&self, input: &BuildInput) -> Reply<BuildOutput> {
        self.implementation.build(input)
    }

    fn parse(&self, input: &ParseInput) -> Reply<ParseOutput> {
        self.implementation.parse(input)
    }

    fn invoke(&self, input: &InvokeInput) -> Reply<InvokeOutput> {
        self.implementation.invoke(input)
    }
}
