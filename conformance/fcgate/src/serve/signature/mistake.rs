//! The mistake behind a wrong signature: the mutant that signs the same request alike.

use crate::serve::wire::Arrived;
use fcgate_cases::corpus::Operation;
use fcgate_cases::oracle;
use fcgate_mutants::{self as mutant, Mutant, Mutated};
use fcgate_protocol::Implementation;
use fcgate_protocol::{HeaderList, Hello, Reply, Scheme, SignInput, SignKind, SignOutput, Stages};

use super::form::{parameter, signed_names};
use super::given::is_added;

const DIGEST: &str = "x-acs-content-sha256";

/// Who signs the request as the rule has it.
struct ByTheRule(SignOutput);

impl Implementation for ByTheRule {
    fn hello(&self) -> Hello {
        Hello::new("by-the-rule", "1", "rust")
    }

    fn sign(&self, _: &SignInput) -> Reply<SignOutput> {
        Reply::Ok(self.0.clone())
    }
}

/// A mistake that gives exactly what was sent.
pub(super) struct Mistake {
    pub(super) mutant: &'static Mutant,
    /// The authorization of the rule; a signed URL has none.
    pub(super) authorization: Option<String>,
    /// What the rule signs.
    pub(super) rule: Stages,
    /// What was signed.
    pub(super) signed: Stages,
}

/// The mistake that gives this signature and everything that came with it.
pub(super) fn search(
    arrived: &Arrived,
    given: &SignInput,
    sent_with: &SignOutput,
) -> Option<Mistake> {
    let rightly = match given.scheme {
        Scheme::Fc => vec![by_fc(arrived, given, sent_with)],
        Scheme::Acs3 => by_acs3(arrived, given, sent_with),
    };
    // Where nothing is wrong, whoever changes nothing would seem to be the mistake.
    let rightly = rightly
        .into_iter()
        .filter(|(output, _)| !is_sent(arrived, given, output));
    let suspects = || mutant::all().filter(|mutant| mutant.touches(Operation::Sign));
    rightly.into_iter().find_map(|(output, rule)| {
        let right = ByTheRule(output.clone());
        suspects().find_map(|mutant| match Mutated::new(&right, mutant).sign(given) {
            Reply::Ok(wrong) if is_sent(arrived, given, &wrong) => Some(Mistake {
                mutant,
                authorization: output.headers.get("authorization").map(str::to_owned),
                rule: rule.clone(),
                signed: wrong.stages.unwrap_or_default(),
            }),
            _ => None,
        })
    })
}

fn by_fc(arrived: &Arrived, given: &SignInput, sent_with: &SignOutput) -> (SignOutput, Stages) {
    let kind = given.kind.unwrap_or_default();
    let key = &given.credentials;
    let stages = oracle::fc_stages(&arrived.request(), kind, &key.access_key_secret);
    let mut output = sent_with.clone();
    let signature = stages.signature.as_deref().unwrap_or_default();
    if kind == SignKind::PresignedUrl {
        let unsigned = given.url.split("x-fc-signature=").next();
        output.url = unsigned.map(|url| format!("{url}x-fc-signature={signature}"));
    } else {
        let authorization = format!("FC {}:{signature}", key.access_key_id);
        output.headers.set("authorization", authorization);
    }
    (output, stages)
}

/// With the names that were signed, and with those that may have been meant to be signed.
fn by_acs3(
    arrived: &Arrived,
    given: &SignInput,
    sent_with: &SignOutput,
) -> Vec<(SignOutput, Stages)> {
    let mut output = sent_with.clone();
    let digest = oracle::sha256_hex(&arrived.body);
    output.headers.set(DIGEST, digest.clone());
    let mut request = arrived.request();
    request.headers.set(DIGEST, digest);
    let key = &given.credentials;
    let sent = signed_names(arrived).unwrap_or_default();
    let lists = lists(sent, &request.headers);
    let signed = lists.into_iter().filter_map(|names| {
        let stages = oracle::acs3_stages(&request, &names, &key.access_key_secret).ok()?;
        let (id, signature) = (&key.access_key_id, stages.signature.as_deref()?);
        let authorization =
            format!("ACS3-HMAC-SHA256 Credential={id},SignedHeaders={names},Signature={signature}");
        let mut output = output.clone();
        output.headers.set("authorization", authorization);
        Some((output, stages))
    });
    signed.collect()
}

/// The sent names as the rule writes them; with what must be signed; with the `x-fc-` headers too.
fn lists(sent: &str, headers: &HeaderList) -> Vec<String> {
    let with = |is_signed: fn(&str) -> bool| {
        let present = headers.iter().map(|(name, _)| name.to_ascii_lowercase());
        let sent = sent.split(';').map(str::to_ascii_lowercase);
        let mut names: Vec<String> = sent.chain(present.filter(|name| is_signed(name))).collect();
        names.sort();
        names.dedup();
        names.join(";")
    };
    let mut lists = vec![
        with(|_| false),
        with(is_asked_for),
        with(|name| is_asked_for(name) || name.starts_with("x-fc-")),
    ];
    lists.dedup();
    lists
}

fn is_asked_for(name: &str) -> bool {
    matches!(name, "host" | "content-type") || name.starts_with("x-acs-")
}

/// Whether an answer is what was sent, in everything that signing adds.
fn is_sent(arrived: &Arrived, given: &SignInput, output: &SignOutput) -> bool {
    let added = arrived.headers.iter().map(|(name, _)| name.as_str());
    let mut added = added.filter(|name| is_added(given.scheme, name));
    let mut signed = output.headers.iter();
    let signature = |url: &str| parameter(url.split_once('?')?.1, "x-fc-signature");
    added.all(|name| output.headers.contains(name))
        && signed.all(|(name, value)| arrived.value(name) == Some(value.trim()))
        && output.url.as_deref().and_then(signature) == signature(&arrived.target)
}
