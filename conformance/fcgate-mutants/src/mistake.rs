//! What can be wrong, by the place in which it is wrong.

use fcgate_cases::judge::Comparer;
use fcgate_protocol::Implementation;
use fcgate_protocol::{
    BuildInput, BuildOutput, InvokeInput, InvokeOutput, Outcome, ParseInput, ParseOutput, Reply,
    SignInput, SignOutput, TransportClass,
};

use super::attempts::Tried;
use super::framing::Received;
use super::http::Exchange;
use super::mutated::Mutated;
use super::signing::SigningMistake;

/// One mistake.
#[derive(Clone, Copy)]
pub(super) enum Mistake {
    /// In the signature, wherever something is signed.
    Signing(SigningMistake),
    /// In the request; it is rightly signed afterwards.
    Build(fn(&BuildInput, &mut BuildOutput)),
    /// What must be refused is sent: `instead` makes the input acceptable, `put_back` puts into the
    /// request what was given; it is rightly signed afterwards.
    Accepts {
        instead: fn(&mut BuildInput),
        put_back: fn(&BuildInput, &mut BuildOutput),
    },
    /// In the request, after it was signed.
    AfterSigning(fn(&BuildInput, &mut BuildOutput)),
    /// In the outcome, which is otherwise the right one.
    Parse(fn(&ParseInput, &mut Outcome)),
    /// In the response as it is seen.
    Reads(fn(&mut ParseInput)),
    /// In the exchange of messages.
    Http(fn(&mut Exchange, &BuildOutput) -> Result<Received, TransportClass>),
    /// In what is repeated: whether another attempt follows this one.
    Repeats(fn(&Tried<'_>) -> bool),
    /// Every attempt carries the signature of the first one.
    SignsOnce,
    /// In the kind of the answer: right for the wrong reason, or none at all.
    Replies(Replies),
    /// In the comparisons of the judge.
    Judge(Comparer),
}

/// An answer that may ask the right one.
type Answer<I, O> = fn(&dyn Implementation, &I) -> Reply<O>;

/// Wrong answers by operation; an operation without one is answered rightly.
#[derive(Clone, Copy)]
pub(super) struct Replies {
    pub(super) sign: Option<Answer<SignInput, SignOutput>>,
    pub(super) build: Option<Answer<BuildInput, BuildOutput>>,
    pub(super) parse: Option<Answer<ParseInput, ParseOutput>>,
    pub(super) invoke: Option<fn(&Mutated<'_>, &InvokeInput) -> Reply<InvokeOutput>>,
}
