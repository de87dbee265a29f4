//! The search for the mistake in a request that `fcgate serve` refuses.

use fcgate_cases::oracle::{self, WireRequest, sha256_hex};
use fcgate_protocol::Implementation;
use fcgate_protocol::{HeaderList, Hello, Reply, Scheme, SignInput, SignKind, SignOutput, Stages};

use crate::mutant::Mutant;
use crate::mutated_implementation::Mutated;
use crate::signing::encoding::form_decode;

use super::candidates;
use super::combinations::singles;
use super::signed_names::variants;

const DIGEST: &str = "x-acs-content-sha256";
const SIGNATURE: &str = "x-fc-signature";

/// A request whose signature is wrong.
#[derive(Debug)]
pub struct RefusedRequest<'a> {
    /// The request as received.
    pub wire: &'a WireRequest,
    /// The request as it was before it was signed.
    pub input: &'a SignInput,
    /// The headers that signing added, as sent, and the URL of a signed URL.
    pub sent: &'a SignOutput,
    /// The `SignedHeaders` of ACS3; empty for `FC`.
    pub signed_names: &'a str,
}

/// A mistake that gives exactly the received signature.
#[derive(Debug)]
pub struct KnownMistake {
    /// The mistake.
    pub mutant: &'static Mutant,
    /// The correct authorization; `None` for a signed URL.
    pub authorization: Option<String>,
    /// The texts that the rule signs.
    pub rule: Stages,
    /// The texts that were signed.
    pub signed: Stages,
}

/// The correct reply to `sign`, as an implementation that a mutant can change.
struct CorrectReply(SignOutput);

impl Implementation for CorrectReply {
    fn hello(&self) -> Hello {
        Hello::new("correct-reply", "1", "rust")
    }

    fn sign(&self, _: &SignInput) -> Reply<SignOutput> {
        Reply::Ok(self.0.clone())
    }
}

impl RefusedRequest<'_> {
    /// The mistake that gives the received signature and every header that signing added.
    pub fn find_mistake(&self) -> Option<KnownMistake> {
        let correct = match self.input.scheme {
            Scheme::Fc => vec![self.correct_fc()],
            Scheme::Acs3 => self.correct_acs3(),
        };
        // If the received request is correct, a mutant that changes nothing would match.
        let mut correct = correct
            .into_iter()
            .filter(|(output, _)| !self.is_as_sent(output));
        correct.find_map(|(output, rule)| {
            let reply = CorrectReply(output);
            let attempt = |mistakes: &[&'static Mutant]| {
                let mutant = *mistakes.first()?;
                match Mutated::new(&reply, mutant).sign(self.input) {
                    Reply::Ok(wrong) if self.is_as_sent(&wrong) => Some((mutant, wrong)),
                    _ => None,
                }
            };
            let (mutant, wrong) = singles(candidates::of_refused_request(), attempt).next()?;
            let authorization = reply.0.headers.get("authorization");
            Some(KnownMistake {
                mutant,
                authorization: authorization.map(str::to_owned),
                rule,
                signed: wrong.stages.unwrap_or_default(),
            })
        })
    }

    fn correct_fc(&self) -> (SignOutput, Stages) {
        let kind = self.input.kind.unwrap_or_default();
        let key = &self.input.credentials;
        let stages = oracle::fc_stages(self.wire, kind, &key.access_key_secret);
        let mut output = self.sent.clone();
        let signature = stages.signature.as_deref().unwrap_or_default();
        if kind == SignKind::PresignedUrl {
            let unsigned = self.input.url.split("x-fc-signature=").next();
            output.url = unsigned.map(|url| format!("{url}x-fc-signature={signature}"));
        } else {
            let authorization = format!("FC {}:{signature}", key.access_key_id);
            output.headers.set("authorization", authorization);
        }
        (output, stages)
    }

    /// With the names that were signed, and with the names that the client may have meant to sign.
    fn correct_acs3(&self) -> Vec<(SignOutput, Stages)> {
        let mut output = self.sent.clone();
        let digest = sha256_hex(&self.input.body);
        output.headers.set(DIGEST, digest.clone());
        let mut request = self.wire.clone();
        request.headers.set(DIGEST, digest);
        let key = &self.input.credentials;
        let lists = variants(&self.signed_names.split(';'), &request.headers);
        let signed = lists.into_iter().filter_map(|names| {
            let names = names.join(";");
            let stages = oracle::acs3_stages(&request, &names, &key.access_key_secret).ok()?;
            let (id, signature) = (&key.access_key_id, stages.signature.as_deref()?);
            let authorization = format!(
                "ACS3-HMAC-SHA256 Credential={id},SignedHeaders={names},Signature={signature}"
            );
            let mut output = output.clone();
            output.headers.set("authorization", authorization);
            Some((output, stages))
        });
        signed.collect()
    }

    /// Whether the output equals the received request in everything that signing adds.
    fn is_as_sent(&self, output: &SignOutput) -> bool {
        let has_all =
            |sent: &HeaderList| sent.iter().all(|(name, _)| output.headers.contains(name));
        let mut signed = output.headers.iter();
        has_all(&self.sent.headers)
            && signed.all(|(name, value)| self.wire.headers.get_trimmed(name) == Some(value.trim()))
            && output.url.as_deref().and_then(signature_in_url)
                == signature_in_url(&self.wire.target)
    }
}

/// The decoded signature of a signed URL.
fn signature_in_url(url: &str) -> Option<Vec<u8>> {
    let (_, query) = url.split_once('?')?;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(key, _)| *key == SIGNATURE)?;
    Some(form_decode(value))
}
