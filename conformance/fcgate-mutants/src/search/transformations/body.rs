//! Another body was signed than was sent. Only ACS3 covers the body, by its digest.

use fcgate_cases::oracle::sha256_hex;

use crate::search::body_spellings::spellings;
use crate::search::original::{Candidates, Original};
use crate::signing::rule::Rule;

const DIGEST: &str = "x-acs-content-sha256";
const CHANGED: &str = "body-changed-after-signing";

pub(in crate::search) fn transformations<'a>(original: &'a Original<'a>) -> Candidates<'a> {
    if original.rule != Rule::Acs3 {
        return Box::new(std::iter::empty());
    }
    let sent = original.input.headers.get_trimmed(DIGEST);
    let body = original.clues.body.as_deref().unwrap_or_default();
    let digests = spellings(body).map(|(words, body)| (words, sha256_hex(&body)));
    let fixed = [
        ("the digest was left out", String::new()),
        (
            "the payload was declared as unsigned",
            "UNSIGNED-PAYLOAD".to_owned(),
        ),
    ];
    let own = [("the digest of the body that was sent", sha256_hex(body))];
    let digests = own.into_iter().chain(fixed).chain(digests);
    Box::new(
        digests
            .filter(move |(_, digest)| sent != Some(digest.as_str()))
            .map(move |(words, digest)| {
                original.with(CHANGED, words, |input| input.headers.set(DIGEST, digest))
            }),
    )
}
