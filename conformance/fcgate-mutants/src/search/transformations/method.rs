//! Another method was signed than was sent.

use crate::search::original::{Candidates, Original};

const METHODS: [&str; 7] = ["GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"];

pub(in crate::search) fn transformations<'a>(original: &'a Original<'a>) -> Candidates<'a> {
    let sent = original.input.method.as_str();
    let capitalized = || {
        let mut letters = sent.chars();
        let first = letters.next().into_iter();
        first
            .chain(letters.map(|one| one.to_ascii_lowercase()))
            .collect()
    };
    let spellings = [
        sent.to_ascii_uppercase(),
        sent.to_ascii_lowercase(),
        capitalized(),
    ];
    let methods = METHODS.into_iter().map(str::to_owned).chain(spellings);
    Box::new(
        methods
            .filter(move |method| method != sent)
            .map(move |method| {
                let detail = format!("`{method}` was signed, `{sent}` was sent");
                original.with("another-method-sent", detail, |input| input.method = method)
            }),
    )
}
