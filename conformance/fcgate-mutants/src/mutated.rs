//! An implementation with one mistake.

use fcgate_protocol::Implementation;
use fcgate_protocol::{
    BuildInput, BuildOutput, HeaderList, Hello, InvokeInput, InvokeOutput, ParseInput, ParseOutput,
    Reply, Scheme, SignInput, SignOutput,
};

use super::Mutant;
use super::attempts::{self, Tried};
use super::mistake::Mistake;
use super::signing::{self, SigningMistake};

/// The headers that signing adds to a request that is built.
const ADDED: [&str; 7] = [
    "authorization",
    "date",
    "x-fc-security-token",
    "x-acs-date",
    "x-acs-signature-nonce",
    "x-acs-content-sha256",
    "x-acs-security-token",
];

/// A right implementation with the mistake of a mutant.
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
    /// The right one with this mistake. A mutant of the judge leaves it as it is.
    pub fn new(right: &'a dyn Implementation, mutant: &Mutant) -> Self {
        Self {
            right,
            mistake: mutant.mistake,
        }
    }

    /// The right one behind the plain client of the mutants, with no mistake.
    pub fn without_mistake(right: &'a dyn Implementation) -> Self {
        Self {
            right,
            mistake: Mistake::Repeats(by_the_rules),
        }
    }

    pub(super) fn mistake(&self) -> Mistake {
        self.mistake
    }

    /// Builds, sends and parses, each with the mistake.
    pub(super) fn invoked(&self, input: &InvokeInput) -> Reply<InvokeOutput> {
        attempts::invoked(self, input)
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
                    signing::sign(input, &output, Some(mistake))
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
            Mistake::Signing(mistake) if concerns(mistake, input.scheme) => right()
                .map(|output| signed_anew(input, &output.headers.clone(), output, Some(mistake))),
            Mistake::Build(change) => right().map(|output| drafted(input, output, change)),
            Mistake::Accepts { instead, put_back } => {
                let mut acceptable = input.clone();
                instead(&mut acceptable);
                self.right
                    .build(&acceptable)
                    .map(|output| drafted(input, output, put_back))
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
                Some(wrongly) => wrongly(self, input),
                None => self.invoked(input),
            },
            _ => self.invoked(input),
        }
    }
}

fn by_the_rules(tried: &Tried<'_>) -> bool {
    tried.is_followed()
}

/// Whether a mistake in signing is one of this scheme.
fn concerns(mistake: SigningMistake, scheme: Scheme) -> bool {
    match mistake {
        SigningMistake::Fc(_) | SigningMistake::FcAdds(_) => scheme == Scheme::Fc,
        SigningMistake::Acs3(_) | SigningMistake::Acs3Adds(_) => scheme == Scheme::Acs3,
        SigningMistake::Lost => false,
    }
}

/// The request that the right one built, changed and rightly signed anew.
fn drafted(
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
    signed_anew(input, &before.headers, output, None)
}

/// The same request with another signature; `known` are the headers that the right one has seen.
fn signed_anew(
    input: &BuildInput,
    known: &HeaderList,
    mut output: BuildOutput,
    mistake: Option<SigningMistake>,
) -> BuildOutput {
    let (added, given) = output
        .headers
        .into_iter()
        .partition(|(name, _)| ADDED.iter().any(|added| added.eq_ignore_ascii_case(name)));
    let request = SignInput {
        scheme: input.scheme,
        kind: None,
        method: output.method.clone(),
        url: output.url.clone(),
        headers: given,
        body: output.body.clone(),
        credentials: input.credentials.clone(),
        time: input.time.clone(),
        nonce: input.nonce.clone(),
        expires: None,
    };
    let signed = signing::sign_beyond(&request, &SignOutput::new(added), known, mistake);
    output.headers = request.headers;
    output.headers.extend(signed.headers);
    output
}
