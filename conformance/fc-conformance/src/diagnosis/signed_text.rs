//! Finds the text that was signed in a request with a wrong signature.

use fcgate_cases::judge::SignedText;
use fcgate_mutants::Rule;
use fcgate_mutants::search::{mistakes_of_signature, variants_of_signed_names};
use fcgate_protocol::{Scheme, SignInput};

/// Finds the text that gives the signature of a request that was sent, if the signature is right for the names that
/// were signed or if a known mistake gives it.
pub fn find_signed_text(sent: &SignInput) -> Option<SignedText> {
    let authorization = sent.headers.get_trimmed("authorization")?;
    let (rule, names) = match sent.scheme {
        Scheme::Fc => (Rule::Fc, vec![Vec::new()]),
        Scheme::Acs3 => {
            let (_, rest) = authorization.split_once("SignedHeaders=")?;
            let names = rest.split(',').next()?.split(';');
            let mut lists = vec![names.clone().map(str::to_owned).collect()];
            lists.extend(variants_of_signed_names(&names, &sent.headers));
            lists.dedup();
            (Rule::Acs3, lists)
        }
    };
    let mut input = sent.clone();
    input.headers.remove("authorization");
    let found = mistakes_of_signature(rule, &input, &names, authorization)?;
    let mistakes = found.mistakes.iter();
    Some(SignedText {
        mistakes: mistakes.map(|mutant| mutant.code.to_owned()).collect(),
        text: found.text,
    })
}
