//! Creates the input of the search from a captured exchange.

use jiff::fmt::rfc2822::DateTimeParser;

use fcgate_cases::recorded_traffic::sign_kind_of_target;
use fcgate_mutants::Rule;
use fcgate_mutants::search::{Clues, SignedRequest, variants_of_signed_names};
use fcgate_protocol::{Credentials, Scheme, SignInput, SignKind};

use super::authorization::Authorization;
use super::captured::{Body, CapturedRequest, Exchange};
use super::clock;

/// The signed request; `None` if it is not signed.
pub(super) fn of(
    exchange: &Exchange,
    authorization: &Authorization<'_>,
    key: &Credentials,
) -> Option<SignedRequest> {
    let request = &exchange.request;
    let mut input = input(request, key);
    let mut names = vec![Vec::new()];
    let (rule, sent, signature, id) = match *authorization {
        Authorization::Fc {
            authorization,
            id,
            signature,
        } => (Rule::Fc, authorization.to_owned(), signature, id),
        Authorization::Url { signature } => {
            input.kind = Some(SignKind::PresignedUrl);
            input.expires = expires(request.query());
            input.url = without_signature(&input.url);
            (Rule::Fc, form_decoded(signature), signature, "")
        }
        Authorization::Acs3 {
            authorization,
            id,
            signature,
            names: list,
        } => {
            input.scheme = Scheme::Acs3;
            names = candidate_signed_names(list, request);
            (Rule::Acs3, authorization.to_owned(), signature, id)
        }
        Authorization::AcsV1 { id, signature } => {
            (Rule::AcsV1, format!("acs {id}:{signature}"), signature, id)
        }
        Authorization::Bearer | Authorization::None => return None,
    };
    // The verdict reports a different access key id.
    if !id.is_empty() {
        id.clone_into(&mut input.credentials.access_key_id);
    }
    let signature = match authorization {
        Authorization::Url { .. } => form_decoded(&signature.replace('+', "%2B")),
        _ => signature.to_owned(),
    };
    Some(SignedRequest {
        rule,
        input,
        names,
        authorization: sent,
        signature,
        clues: clues(exchange),
    })
}

fn clues(exchange: &Exchange) -> Clues {
    let response = exchange.response.as_ref();
    let request_id = response.and_then(|response| response.value("x-fc-request-id"));
    Clues {
        sent: clock::possible_send_times(exchange),
        request_id: request_id.map(str::to_owned),
        body: match &exchange.request.body {
            Body::Whole(body) => Some(body.clone()),
            Body::Digest(_) | Body::Unknown => None,
        },
    }
}

fn input(request: &CapturedRequest, key: &Credentials) -> SignInput {
    let host = request.value("host").unwrap_or("localhost");
    let headers = request.headers.iter();
    let headers = headers.filter(|(name, _)| !name.eq_ignore_ascii_case("authorization"));
    let body = match &request.body {
        Body::Whole(body) => body.clone(),
        Body::Digest(_) | Body::Unknown => Vec::new(),
    };
    SignInput {
        scheme: Scheme::Fc,
        kind: Some(sign_kind_of_target(&request.target)),
        method: request.method.clone(),
        url: format!("http://{host}{}", request.target),
        headers: headers.cloned().collect(),
        body,
        credentials: key.clone(),
        time: time(request),
        nonce: String::new(),
        expires: None,
    }
}

/// The time of the request in ISO form; empty if the request has none.
fn time(request: &CapturedRequest) -> String {
    if let Some(time) = request.value("x-acs-date") {
        return time.to_owned();
    }
    let date = request.value("date").or_else(|| request.value("x-fc-date"));
    let date = date.and_then(|date| DateTimeParser::new().parse_timestamp(date).ok());
    date.map_or_else(String::new, |date| date.to_string())
}

fn expires(query: &str) -> Option<i64> {
    let mut pairs = query.split('&');
    pairs.find_map(|pair| pair.strip_prefix("x-fc-expires=")?.parse().ok())
}

fn without_signature(url: &str) -> String {
    let Some((path, query)) = url.split_once('?') else {
        return url.to_owned();
    };
    let pairs = query.split('&');
    let pairs: Vec<&str> = pairs
        .filter(|pair| !pair.starts_with("x-fc-signature="))
        .collect();
    format!("{path}?{}", pairs.join("&"))
}

/// So many names may be in a list that is also tried in other forms.
const MOST_NAMES: usize = 5_000;

/// The signed names as sent, then the lists that the client may have meant.
fn candidate_signed_names(names: &str, request: &CapturedRequest) -> Vec<Vec<String>> {
    let sent = names.split(';');
    if sent.clone().nth(MOST_NAMES).is_some() {
        return vec![sent.map(str::to_owned).collect()];
    }
    let mut lists = vec![sent.clone().map(str::to_owned).collect()];
    lists.extend(variants_of_signed_names(&sent, &request.headers));
    lists.dedup();
    lists
}

fn form_decoded(text: &str) -> String {
    let text = text.replace('+', " ");
    percent_encoding::percent_decode_str(&text)
        .decode_utf8_lossy()
        .into_owned()
}
