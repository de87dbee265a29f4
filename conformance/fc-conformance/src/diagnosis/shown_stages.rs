//! The intermediate texts of signatures that a subject shows.

use std::collections::BTreeSet;

use fcgate_cases::corpus::Operation;
use fcgate_cases::judge::{CaseResult, CheckStatus};
use fcgate_protocol::{
    BuildInput, BuildOutput, Hello, Implementation, InvokeInput, InvokeOutput, ParseInput,
    ParseOutput, Reply, SignInput, SignOutput, Stages, TaskInput, TaskOutput, TriggerInput,
    TriggerOutput,
};

/// The intermediate texts that a subject shows, by the id of their check.
///
/// The check `verifies` compares texts only if the subject shows them.
#[derive(Debug, Clone, Default)]
pub(super) struct ShownStages(BTreeSet<String>);

impl ShownStages {
    /// The checks that could run in at least one of these results.
    pub(super) fn of(results: &[CaseResult]) -> Self {
        let of_sign = results
            .iter()
            .filter(|one| one.operation == Operation::Sign);
        let checks = of_sign.flat_map(|result| &result.checks);
        let ran = checks.filter(|check| check.status != CheckStatus::Unsupported);
        Self(ran.map(|check| check.id.clone()).collect())
    }

    fn only(&self, stages: Stages) -> Stages {
        let shown = |id: &str, text: Option<String>| text.filter(|_| self.0.contains(id));
        Stages {
            canonical_headers: shown("canonical_headers", stages.canonical_headers),
            canonical_resource: shown("canonical_resource", stages.canonical_resource),
            canonical_request: shown("canonical_request", stages.canonical_request),
            string_to_sign: shown("string_to_sign", stages.string_to_sign),
            signature: shown("signature", stages.signature),
        }
    }
}

/// An implementation that shows only these texts.
pub(super) struct Reticent<'a> {
    pub(super) implementation: &'a dyn Implementation,
    pub(super) shown: &'a ShownStages,
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

    fn trigger(&self, input: &TriggerInput) -> Reply<TriggerOutput> {
        self.implementation.trigger(input)
    }

    fn task(&self, input: &TaskInput) -> Reply<TaskOutput> {
        self.implementation.task(input)
    }
}
