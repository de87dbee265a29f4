//! Headers that were added after signing, lost after signing, or sent twice.

use crate::search::common_values::{date_values, usual_values};
use crate::search::original::{Candidates, Original, Transformed};
use crate::search::subsets::subsets;
use crate::signing::encoding::{base64, hex, md5};
use crate::signing::rule::Rule;

const ADDED: &str = "headers-added-after-signing";
const NOT_SENT: &str = "header-signed-not-sent";
const ONE_SIGNED: &str = "two-values-sent-one-signed";

/// Headers that clients sign and that are easily lost.
const LOST_BY_FC: [&str; 12] = [
    "content-type",
    "x-fc-invocation-type",
    "x-fc-log-type",
    "x-fc-account-id",
    "x-fc-date",
    "x-fc-security-token",
    "x-fc-trace-id",
    "x-fc-async-delay",
    "x-fc-async-task-id",
    "x-fc-stateful-async-invocation-id",
    "x-fc-stateful-async-invocation-enable",
    "x-fc-invocation-code-version",
];

const LOST_BY_ACS_V1: [&str; 6] = [
    "accept",
    "content-type",
    "x-acs-signature-method",
    "x-acs-signature-version",
    "x-acs-version",
    "x-acs-action",
];

/// So many headers may have been added after signing.
const MOST_NAMES: usize = 256;

/// Headers that were added after signing.
pub(in crate::search) fn added<'a>(original: &'a Original<'a>) -> Candidates<'a> {
    if original.rule == Rule::Acs3 {
        return Box::new(std::iter::empty());
    }
    let headers = original.input.headers.iter();
    let mut names: Vec<String> = headers
        .map(|(name, _)| name.to_ascii_lowercase())
        .filter(|name| original.covers(name))
        // Without any date the service refuses the request before it looks at the signature.
        .filter(|name| name != "date" || original.input.headers.contains("x-fc-date"))
        .collect();
    names.sort_unstable();
    names.dedup();
    names.truncate(MOST_NAMES);
    let sets = subsets(names.len());
    Box::new(sets.map(move |set| {
        let added: Vec<&str> = set
            .iter()
            .filter_map(|at| names.get(*at))
            .map(String::as_str)
            .collect();
        let detail = shown_names(&added);
        original.with(ADDED, detail, |input| {
            let headers = &mut input.headers;
            headers.retain(|(name, _)| !added.iter().any(|one| one.eq_ignore_ascii_case(name)));
        })
    }))
}

/// At most a few names.
fn shown_names(names: &[&str]) -> String {
    const MOST: usize = 6;
    let shown: Vec<String> = names
        .iter()
        .take(MOST)
        .map(|name| fcgate_text::visible::line(name, 60))
        .collect();
    match names.len().checked_sub(MOST) {
        Some(more) if more > 0 => format!("{} and {more} more", shown.join(", ")),
        _ => shown.join(", "),
    }
}

/// Headers that were signed and are not sent, with their usual values.
pub(in crate::search) fn not_sent<'a>(original: &'a Original<'a>) -> Candidates<'a> {
    let is_absent = |name: &str| !original.input.headers.contains(name);
    let names: Vec<&str> = match original.rule {
        Rule::Fc => LOST_BY_FC.to_vec(),
        Rule::Acs3 => original
            .names
            .iter()
            .map(String::as_str)
            .filter(|name| *name != "host")
            .collect(),
        Rule::AcsV1 => LOST_BY_ACS_V1.to_vec(),
    };
    let values = names
        .into_iter()
        .filter(move |name| is_absent(name))
        .flat_map(move |name| {
            values_of(original, name)
                .into_iter()
                .map(move |value| with_header(original, name, &value))
        });
    let md5 = content_md5(original);
    Box::new(values.chain(md5))
}

fn with_header(original: &Original<'_>, name: &str, value: &str) -> Transformed {
    // A token is a secret.
    let detail = if name.ends_with("-security-token") {
        format!("`{name}` with the security token of the given key")
    } else {
        format!("`{name}: {}`", fcgate_text::visible::line(value, 120))
    };
    original.with(NOT_SENT, detail, |input| input.headers.push(name, value))
}

/// The values that a lost header may have had.
fn values_of(original: &Original<'_>, name: &str) -> Vec<String> {
    let key = &original.input.credentials;
    let mut values = match name {
        "x-fc-account-id" => account_ids(original),
        "x-fc-security-token" | "x-acs-security-token" => {
            key.security_token.iter().cloned().collect()
        }
        "x-acs-accesskey-id" => vec![key.access_key_id.clone()],
        "x-fc-trace-id" => original.clues.request_id.iter().cloned().collect(),
        "x-fc-date" | "date" | "x-acs-date" => date_values(&original.input.headers),
        "x-acs-content-sha256" => original
            .clues
            .body
            .iter()
            .map(|body| fcgate_cases::oracle::sha256_hex(body))
            .collect(),
        _ => Vec::new(),
    };
    values.extend(usual_values(name));
    values
}

/// The account ids that the request shows.
fn account_ids(original: &Original<'_>) -> Vec<String> {
    let host = original
        .input
        .headers
        .get_trimmed("host")
        .unwrap_or_default();
    let labels = host.split('.').filter(|label| label.len() >= 10);
    labels
        .filter(|label| label.bytes().all(|byte| byte.is_ascii_digit()))
        .map(str::to_owned)
        .collect()
}

/// A Content-MD5 that was signed and is not sent, in the spellings of the SDKs.
fn content_md5<'a>(original: &'a Original<'a>) -> impl Iterator<Item = Transformed> + 'a {
    let is_signed = original.rule != Rule::Acs3 && !original.input.headers.contains("content-md5");
    let bodies = original
        .clues
        .body
        .iter()
        .map(Vec::as_slice)
        .chain([&[][..]]);
    let bodies = bodies.filter(move |_| is_signed);
    bodies.flat_map(move |body| {
        let digest = md5(body);
        let digits = hex(&digest);
        let spellings = [
            base64(&digest),
            base64(digits.as_bytes()),
            digits.to_ascii_uppercase(),
            digits,
        ];
        spellings.map(|value| with_header(original, "content-md5", &value))
    })
}

/// One of several values of a header was signed, or all of them in another form.
pub(in crate::search) fn repeated<'a>(original: &'a Original<'a>) -> Candidates<'a> {
    let mut names: Vec<String> = Vec::new();
    let mut seen = std::collections::BTreeMap::new();
    for (name, _) in &original.input.headers {
        let name = name.to_ascii_lowercase();
        let count = seen.entry(name.clone()).or_insert(0_usize);
        *count += 1;
        if *count == 2 && original.covers(&name) {
            names.push(name);
        }
    }
    Box::new(names.into_iter().flat_map(move |name| {
        let values = original.input.headers.get_all_trimmed(&name);
        let values: Vec<&str> = values.collect();
        let joined = [values.join(","), values.join(", "), values.join("; ")];
        let reversed: Vec<&str> = values.iter().rev().copied().collect();
        let joined = joined.into_iter().chain([reversed.join(",")]);
        let own: Vec<String> = values
            .iter()
            .take(16)
            .map(|one| (*one).to_owned())
            .collect();
        let own = own.into_iter().map(|value| (true, value));
        let forms = own.chain(joined.map(|value| (false, value)));
        forms.map(move |(is_one, value)| {
            let shown = if fcgate_text::redaction::is_token_name(&name) {
                "[token]".to_owned()
            } else {
                fcgate_text::visible::line(&value, 120)
            };
            let words = if is_one { "only" } else { "joined values" };
            let detail = format!("`{name}`: signed was {words} `{shown}`");
            original.with(ONE_SIGNED, detail, |input| input.headers.set(&name, value))
        })
    }))
}
