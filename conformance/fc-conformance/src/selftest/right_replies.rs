//! The replies of the correct implementation to pure cases. An equal reply of a mutant has the same result, so it is not judged.

use std::collections::BTreeMap;

use fcgate_cases::corpus::{Case, Stimulus};
use fcgate_protocol::{BuildOutput, ParseOutput, Reply, SignOutput};
use fcgate_protocol::{Implementation, catch_panic};

/// The replies, by the id of the case.
pub(super) struct RightReplies<'a>(BTreeMap<&'a str, PureReply>);

#[derive(PartialEq)]
enum PureReply {
    Sign(Reply<SignOutput>),
    Build(Reply<BuildOutput>),
    Parse(Reply<ParseOutput>),
}

impl<'a> RightReplies<'a> {
    /// The replies to those of these cases that are pure.
    pub(super) fn new(cases: &[&'a Case], right: &dyn Implementation) -> Self {
        let replies = cases
            .iter()
            .filter_map(|case| Some((case.id.as_str(), reply(case, right)?)));
        Self(replies.collect())
    }

    /// Whether the reply of an implementation to a pure case is the correct one.
    pub(super) fn is_given_by(&self, implementation: &dyn Implementation, case: &Case) -> bool {
        self.0
            .get(case.id.as_str())
            .is_some_and(|right| reply(case, implementation).as_ref() == Some(right))
    }
}

/// The reply to a pure case; `None` if the implementation panics.
fn reply(case: &Case, implementation: &dyn Implementation) -> Option<PureReply> {
    let reply = || match &case.stimulus {
        Stimulus::Sign { given, .. } => Some(PureReply::Sign(implementation.sign(given))),
        Stimulus::Build { given, .. } => Some(PureReply::Build(implementation.build(given))),
        Stimulus::Parse { given, .. } => Some(PureReply::Parse(implementation.parse(given))),
        Stimulus::Invoke { .. } | Stimulus::Trigger { .. } | Stimulus::Task { .. } => None,
    };
    catch_panic(reply).ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::RightReplies;
    use fcgate_cases::corpus::Corpus;
    use fcgate_mutants::{Mutated, named};
    use fcgate_protocol::Implementation;
    use fcgate_reference::Reference;

    #[test]
    fn only_an_equal_reply_to_a_pure_case_is_the_correct_one() {
        let corpus = Corpus::embedded().unwrap();
        let replies = RightReplies::new(&corpus.cases(), &Reference);
        let wrong = Mutated::new(&Reference, named("function-error-as-success").unwrap());
        let is_right = |id: &str| {
            let case = corpus.case(id).unwrap();
            [&Reference as &dyn Implementation, &wrong].map(|one| replies.is_given_by(one, case))
        };
        assert_eq!(is_right("parse.status.418"), [true, true]);
        assert_eq!(
            is_right("parse.error-types.name-in-upper-case"),
            [true, false]
        );
        let mut exchanges = corpus.cases();
        exchanges.retain(|case| case.stimulus.operation().is_exchange());
        assert!(!exchanges.is_empty());
        assert!(
            !exchanges
                .iter()
                .any(|case| replies.is_given_by(&Reference, case))
        );
    }
}
