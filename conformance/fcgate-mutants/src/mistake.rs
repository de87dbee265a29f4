//! The kinds of mistakes, by the step in which they are made.

use fcgate_cases::judge::Comparer;
use fcgate_protocol::Implementation;
use fcgate_protocol::{
    BuildInput, BuildOutput, HeaderList, InvokeOutput, Outcome, ParseInput, ParseOutput, Reply,
    Session, SignInput, SignOutput, TaskInput, TaskOutput, TransportClass, TriggerInput,
    TriggerOutput,
};

use crate::client::acs3_trigger::Acs3Trigger;
use crate::client::exchange::Exchange;
use crate::client::finished_attempt::FinishedAttempt;
use crate::client::framing::Received;
use crate::signing::acs3_pieces::Acs3Pieces;
use crate::signing::fc_pieces::FcPieces;
use crate::signing::request::RequestToSign;

/// One mistake.
#[derive(Clone, Copy)]
pub(crate) enum Mistake {
    /// In the signature, in every operation that signs.
    Signing(SigningMistake),
    /// In the request, which is then signed correctly.
    Build(fn(&BuildInput, &mut BuildOutput)),
    /// Invalid input is sent: `replace` makes the input valid, `restore` writes the invalid values into
    /// the request, which is then signed correctly.
    Accepts {
        replace: fn(&mut BuildInput),
        restore: fn(&BuildInput, &mut BuildOutput),
    },
    /// In the request, after it was signed.
    AfterSigning(fn(&BuildInput, &mut BuildOutput)),
    /// In the outcome, which is otherwise correct.
    Parse(fn(&ParseInput, &mut Outcome)),
    /// In the response, before it is parsed correctly.
    Reads(fn(&mut ParseInput)),
    /// In what the client passes to the signer for an attempt (counted from 0) of an invocation.
    Prepares(fn(&mut BuildInput, u32)),
    /// In the HTTP exchange.
    Http(fn(&mut Exchange, &BuildOutput) -> Result<Received, TransportClass>),
    /// In the decision whether another attempt follows this one.
    Retries(fn(&FinishedAttempt<'_>) -> bool),
    /// Every attempt carries the signature of the first one.
    SignsOnce,
    /// In the request to an HTTP trigger, which is then signed correctly.
    CallsTrigger(fn(&mut SignInput)),
    /// In the request to an HTTP trigger, after its authentication was added.
    AuthenticatesTrigger(fn(&TriggerInput, &mut BuildOutput)),
    /// In the signature of a call of an HTTP trigger by ACS3.
    SignsTrigger(fn(&mut Acs3Trigger)),
    /// In reading the session id of a response.
    ReadsSession(fn(&Session, &HeaderList) -> Option<String>),
    /// In the response of an HTTP trigger that the caller sees.
    AnswersTrigger(fn(TriggerOutput) -> TriggerOutput),
    /// In the request of an operation on tasks, which is then signed correctly.
    CallsTask(fn(&TaskInput, &mut SignInput)),
    /// In the result of an operation on tasks.
    AnswersTask(fn(&TaskInput, &mut TaskOutput)),
    /// In the decision whether another poll follows this one, counted from 1.
    PollsTask(fn(&TaskOutput, u32) -> bool),
    /// In the kind of the reply: right for the wrong reason, or no reply.
    Replies(Replies),
    /// In the comparisons of the judge.
    Judge(Comparer),
}

impl Mistake {
    /// The client of the mutants without a mistake: it retries by the published rules.
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the method is for one lifetime, the field for every one"
    )]
    pub(crate) const NONE: Self = Self::Retries(|attempt| attempt.is_followed());
}

/// A mistake in signing.
#[derive(Debug, Clone, Copy)]
pub(crate) enum SigningMistake {
    /// In the headers that the `FC` scheme adds.
    FcAdds(fn(&SignInput, &mut HeaderList)),
    /// In the string to sign or the authorization of the `FC` scheme.
    Fc(fn(&RequestToSign<'_>, &mut FcPieces)),
    /// In the headers that ACS3 adds.
    Acs3Adds(fn(&SignInput, &mut HeaderList)),
    /// In the canonical request, the string to sign or the authorization of ACS3.
    Acs3(fn(&RequestToSign<'_>, &mut Acs3Pieces)),
    /// Between signing and sending: the signed value is not in the captured request and can only be
    /// guessed.
    NotSent,
}

/// A wrong reply, which may call the correct implementation.
type WrongReply<I, O> = fn(&dyn Implementation, &I) -> Reply<O>;

/// A wrong reply to `invoke`, which may make the correct invocation.
type WrongInvocation = fn(&dyn Fn() -> Reply<InvokeOutput>) -> Reply<InvokeOutput>;

/// Wrong replies by operation; an operation without one gets the correct reply.
#[derive(Clone, Copy)]
pub(crate) struct Replies {
    pub(crate) sign: Option<WrongReply<SignInput, SignOutput>>,
    pub(crate) build: Option<WrongReply<BuildInput, BuildOutput>>,
    pub(crate) parse: Option<WrongReply<ParseInput, ParseOutput>>,
    /// Receives the function that makes the invocation correctly.
    pub(crate) invoke: Option<WrongInvocation>,
    pub(crate) trigger: Option<WrongReply<TriggerInput, TriggerOutput>>,
    pub(crate) task: Option<WrongReply<TaskInput, TaskOutput>>,
}
