//! The steps of a client in which a foreign mistake is made.

use fcgate_protocol::{
    BuildInput, BuildOutput, Outcome, ParseInput, SignInput, SignOutput, TransportClass,
};

use crate::client::exchange::Exchange;
use crate::client::finished_attempt::FinishedAttempt;
use crate::client::framing::Received;

/// A step with its mistake.
#[derive(Clone, Copy)]
pub(super) enum Step {
    /// Another request is signed than the one that is sent.
    SignsAnother(fn(&mut SignInput)),
    /// Another text is signed: the string to sign of `FC`, the canonical request of ACS3.
    SignsText(fn(&SignInput, String) -> String),
    /// The authorization is written in another way.
    Writes(fn(&SignInput, &mut SignOutput)),
    /// The time of the request is another one.
    Time(fn(&str) -> String),
    /// The caller's input is changed, and then built and signed correctly.
    Input(fn(&mut BuildInput)),
    /// The request is changed, and then signed correctly.
    Request(fn(&BuildInput, &mut BuildOutput)),
    /// The request is changed after it was signed.
    Sent(fn(&BuildInput, &mut BuildOutput)),
    /// These inputs are refused.
    Refuses(fn(&BuildInput) -> bool),
    /// The response is changed before it is parsed.
    Response(fn(&mut ParseInput)),
    /// The outcome is changed.
    Outcome(fn(&ParseInput, &mut Outcome)),
    /// The exchange of the messages.
    Exchange(fn(&mut Exchange, &BuildOutput) -> Result<Received, TransportClass>),
    /// Whether another attempt follows.
    Retry(fn(&FinishedAttempt<'_>) -> bool),
}
