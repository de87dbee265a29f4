//! A correct implementation with one mistake.

use fcgate_protocol::Implementation;
use fcgate_protocol::{
    BuildInput, BuildOutput, HeaderList, Hello, InvokeInput, InvokeOutput, ParseInput, ParseOutput,
    Reply, Scheme, SignInput, SignOutput, TaskInput, TaskOutput, TriggerInput, TriggerOutput,
};

use crate::client::{attempts, task, trigger};
use crate::mistake::{Mistake, SigningMistake};
use crate::mutant::Mutant;
use crate::signing::built_request::{with_signature, without_signature};
use crate::signing::signer;

/// A correct implementation with the mistake of a mutant.
///
/// ```
/// use fcgate_protocol::{Outcome, OutcomeKind, ParseInput, Reply};
/// use fcgate_mutants::{Mutated, named};
/// use fcgate_protocol::Implementation as _;
/// use fcgate_reference::Reference;
///
/// let mutant = named("function-error-as-success").ok_or("no such mutant")?;
/// let right = Reference;
/// let wrong = Mutated::new(&right, mutant);
/// assert_eq!(wrong.hello(), right.hello());
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy)]
#[expect(
    missing_debug_implementations,
    reason = "it holds a caller's trait object"
)]
pub struct Mutated<'a> {
    right: &'a dyn Implementation,
    mistake: Mistake,
}

impl<'a> Mutated<'a> {
    /// Adds the mistake to a correct implementation. A mistake of the judge changes nothing.
    pub fn new(right: &'a dyn Implementation, mutant: &Mutant) -> Self {
        Self {
            right,
            mistake: mutant.mistake,
        }
    }

    /// The correct implementation with the HTTP client of the mutants and no mistake.
    pub fn without_mistake(right: &'a dyn Implementation) -> Self {
        Self {
            right,
            mistake: Mistake::NONE,
        }
    }

    /// Builds, sends and parses, each with the mistake.
    fn invoke_with_mistake(&self, input: &InvokeInput) -> Reply<InvokeOutput> {
        attempts::invoke(self, self.mistake, input)
    }
}

impl Implementation for Mutated<'_> {
    fn hello(&self) -> Hello {
        self.right.hello()
    }

    fn sign(&self, input: &SignInput) -> Reply<SignOutput> {
        let right = || self.right.sign(input);
        match self.mistake {
            Mistake::Signing(mistake) => right().map(|output| {
                if concerns(mistake, input.scheme) {
                    signer::sign(input, &output, Some(mistake))
                } else {
                    output
                }
            }),
            Mistake::Replies(replies) => match replies.sign {
                Some(wrongly) => wrongly(self.right, input),
                None => right(),
            },
            _ => right(),
        }
    }

    fn build(&self, input: &BuildInput) -> Reply<BuildOutput> {
        let right = || self.right.build(input);
        match self.mistake {
            Mistake::Signing(mistake) if concerns(mistake, input.scheme) => right().map(|output| {
                sign_request_again(input, &output.headers.clone(), output, Some(mistake))
            }),
            Mistake::Build(change) => right().map(|output| change_and_sign(input, output, change)),
            Mistake::Accepts { replace, restore } => {
                let mut acceptable = input.clone();
                replace(&mut acceptable);
                self.right
                    .build(&acceptable)
                    .map(|output| change_and_sign(input, output, restore))
            }
            Mistake::AfterSigning(change) => right().map(|mut output| {
                change(input, &mut output);
                output
            }),
            Mistake::Replies(replies) => match replies.build {
                Some(wrongly) => wrongly(self.right, input),
                None => right(),
            },
            _ => right(),
        }
    }

    fn parse(&self, input: &ParseInput) -> Reply<ParseOutput> {
        let right = || self.right.parse(input);
        match self.mistake {
            Mistake::Parse(change) => right().map(|mut output| {
                change(input, &mut output.outcome);
                output
            }),
            Mistake::Reads(change) => {
                let mut misread = input.clone();
                change(&mut misread);
                self.right.parse(&misread)
            }
            Mistake::Replies(replies) => match replies.parse {
                Some(wrongly) => wrongly(self.right, input),
                None => right(),
            },
            _ => right(),
        }
    }

    fn invoke(&self, input: &InvokeInput) -> Reply<InvokeOutput> {
        match self.mistake {
            Mistake::Judge(_) => self.right.invoke(input),
            Mistake::Replies(replies) => match replies.invoke {
                Some(wrongly) => wrongly(&|| self.invoke_with_mistake(input)),
                None => self.invoke_with_mistake(input),
            },
            _ => self.invoke_with_mistake(input),
        }
    }

    fn trigger(&self, input: &TriggerInput) -> Reply<TriggerOutput> {
        match self.mistake {
            Mistake::Judge(_) => self.right.trigger(input),
            Mistake::Replies(replies) => match replies.trigger {
                Some(wrongly) => wrongly(self.right, input),
                None => trigger::call(self, Mistake::NONE, input),
            },
            mistake => trigger::call(self, mistake, input),
        }
    }

    fn task(&self, input: &TaskInput) -> Reply<TaskOutput> {
        match self.mistake {
            Mistake::Judge(_) => self.right.task(input),
            Mistake::Replies(replies) => match replies.task {
                Some(wrongly) => wrongly(self.right, input),
                None => task::call(self, Mistake::NONE, input),
            },
            mistake => task::call(self, mistake, input),
        }
    }
}

/// Whether a mistake in signing belongs to this scheme.
fn concerns(mistake: SigningMistake, scheme: Scheme) -> bool {
    match mistake {
        SigningMistake::Fc(_) | SigningMistake::FcAdds(_) => scheme == Scheme::Fc,
        SigningMistake::Acs3(_) | SigningMistake::Acs3Adds(_) => scheme == Scheme::Acs3,
        SigningMistake::NotSent => false,
    }
}

/// Changes the request that the correct implementation built and signs it again without a mistake.
fn change_and_sign(
    input: &BuildInput,
    mut output: BuildOutput,
    change: fn(&BuildInput, &mut BuildOutput),
) -> BuildOutput {
    let before = output.clone();
    change(input, &mut output);
    if output == before {
        return output;
    }
    if output.headers.contains("x-acs-content-sha256") {
        let digest = fcgate_cases::oracle::sha256_hex(&output.body);
        output.headers.set("x-acs-content-sha256", digest);
    }
    sign_request_again(input, &before.headers, output, None)
}

/// Signs a request again; `known` are the headers that the correct implementation has seen.
fn sign_request_again(
    input: &BuildInput,
    known: &HeaderList,
    output: BuildOutput,
    mistake: Option<SigningMistake>,
) -> BuildOutput {
    let (request, added) = without_signature(input, &output);
    let signed = signer::sign_with_known(&request, &SignOutput::new(added), known, mistake);
    with_signature(output, request, signed.headers)
}
