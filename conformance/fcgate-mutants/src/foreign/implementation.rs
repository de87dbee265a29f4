//! A correct implementation with a foreign mistake in one step.

use fcgate_cases::oracle::sha256_hex;
use fcgate_protocol::{
    BuildInput, BuildOutput, Hello, Implementation, InvokeInput, InvokeOutput, ParseInput,
    ParseOutput, Reply, Scheme, SignInput, SignKind, SignOutput, TaskInput, TaskOutput,
    TriggerInput, TriggerOutput,
};

use crate::client::{attempts, task, trigger};
use crate::mistake::Mistake;
use crate::signing::built_request::{with_signature, without_signature};
use crate::signing::encoding::{base64, bytes, encode, hex, hmac};

use super::mistake::ForeignMistake;
use super::step::Step;

/// A correct implementation with a foreign mistake.
#[derive(Clone, Copy)]
#[expect(
    missing_debug_implementations,
    reason = "it holds a caller's trait object"
)]
pub struct Foreign<'a> {
    right: &'a dyn Implementation,
    step: Step,
}

impl<'a> Foreign<'a> {
    /// Adds the mistake to a correct implementation.
    pub fn new(right: &'a dyn Implementation, mistake: &ForeignMistake) -> Self {
        Self {
            right,
            step: mistake.step,
        }
    }

    /// Signs a built request again; the request is left alone if that gives the same headers.
    fn sign_again(&self, input: &BuildInput, built: BuildOutput) -> Reply<BuildOutput> {
        let (request, _) = without_signature(input, &built);
        let (right, wrong) = (self.right.sign(&request), self.sign(&request));
        if right == wrong {
            return Reply::Ok(built);
        }
        wrong.map(|signed| with_signature(built, request, signed.headers))
    }
}

impl Implementation for Foreign<'_> {
    fn hello(&self) -> Hello {
        self.right.hello()
    }

    fn sign(&self, input: &SignInput) -> Reply<SignOutput> {
        let mut given = input.clone();
        match self.step {
            Step::SignsAnother(change) => change(&mut given),
            Step::Time(change) => given.time = change(&given.time),
            _ => {}
        }
        self.right.sign(&given).map(|mut output| {
            match self.step {
                Step::SignsText(change) => sign_text(input, &mut output, change),
                Step::Writes(change) => change(input, &mut output),
                _ => {}
            }
            output
        })
    }

    fn build(&self, input: &BuildInput) -> Reply<BuildOutput> {
        let mut given = input.clone();
        match self.step {
            Step::Input(change) => change(&mut given),
            Step::Time(change) => given.time = change(&given.time),
            Step::Refuses(refuses) if refuses(input) => {
                return Reply::refused("this client does not support it");
            }
            _ => {}
        }
        let built = match self.right.build(&given) {
            Reply::Ok(built) => built,
            other => return other,
        };
        match self.step {
            Step::SignsAnother(_) | Step::SignsText(_) | Step::Writes(_) => {
                self.sign_again(input, built)
            }
            Step::Request(change) => {
                let mut changed = built.clone();
                change(input, &mut changed);
                if changed == built {
                    return Reply::Ok(built);
                }
                let (request, _) = without_signature(input, &changed);
                let signed = self.right.sign(&request);
                signed.map(|signed| with_signature(changed, request, signed.headers))
            }
            Step::Sent(change) => {
                let mut changed = built;
                change(input, &mut changed);
                Reply::Ok(changed)
            }
            _ => Reply::Ok(built),
        }
    }

    fn parse(&self, input: &ParseInput) -> Reply<ParseOutput> {
        let mut read = input.clone();
        if let Step::Response(change) = self.step {
            change(&mut read);
        }
        self.right.parse(&read).map(|mut output| {
            if let Step::Outcome(change) = self.step {
                change(input, &mut output.outcome);
            }
            output
        })
    }

    fn trigger(&self, input: &TriggerInput) -> Reply<TriggerOutput> {
        trigger::call(self, Mistake::NONE, input)
    }

    fn task(&self, input: &TaskInput) -> Reply<TaskOutput> {
        task::call(self, Mistake::NONE, input)
    }

    fn invoke(&self, input: &InvokeInput) -> Reply<InvokeOutput> {
        let client = match self.step {
            Step::Exchange(exchange) => Mistake::Http(exchange),
            Step::Retry(again) => Mistake::Retries(again),
            _ => Mistake::NONE,
        };
        attempts::invoke(self, client, input)
    }
}

/// Signs another text than the correct one.
fn sign_text(input: &SignInput, output: &mut SignOutput, change: fn(&SignInput, String) -> String) {
    let Some(mut stages) = output.stages.take() else {
        return;
    };
    let key = input.credentials.access_key_secret.as_bytes();
    let before = stages.signature.clone().unwrap_or_default();
    let signature = match input.scheme {
        Scheme::Fc => {
            let text = change(input, stages.string_to_sign.take().unwrap_or_default());
            let signature = base64(&hmac(key, &bytes(&text)));
            stages.string_to_sign = Some(text);
            signature
        }
        Scheme::Acs3 => {
            let text = change(input, stages.canonical_request.take().unwrap_or_default());
            let string = format!("ACS3-HMAC-SHA256\n{}", sha256_hex(&bytes(&text)));
            stages.canonical_request = Some(text);
            let signature = hex(&hmac(key, string.as_bytes()));
            stages.string_to_sign = Some(string);
            signature
        }
    };
    if input.kind == Some(SignKind::PresignedUrl) {
        let (old, new) = (encode(before.as_bytes()), encode(signature.as_bytes()));
        output.url = output.url.take().map(|url| url.replace(&old, &new));
    } else if let Some(authorization) = output.headers.get("authorization") {
        let authorization = authorization.replace(&before, &signature);
        output.headers.set("authorization", authorization);
    }
    stages.signature = Some(signature);
    output.stages = Some(stages);
}
