//! The search for the mistakes that give a captured signature.

use jiff::fmt::rfc2822::DateTimeParser;

use fcgate_cases::recorded::kind_of;
use fcgate_mutants::{Mutant, Resigned, of_signing, resign};
use fcgate_protocol::{Credentials, HeaderList, Scheme, SignInput, SignKind};

use super::captured::{Body, CapturedRequest};
use super::carrier::Carrier;

/// A request that can be signed anew, and the signature that is looked for.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    /// The request without its signature.
    pub(super) input: SignInput,
    /// The signed names of ACS3: those of the request first, then what it may have been made of.
    pub(super) names: Vec<Vec<String>>,
    /// The authorization, or the signature in a signed URL, as it is sent.
    pub(super) given: String,
    /// The signature alone.
    pub(super) signature: String,
}

/// Mistakes that give the captured signature together, and what was signed.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) mistakes: Vec<&'static Mutant>,
    /// What was guessed, in words.
    pub(super) detail: Option<String>,
    pub(super) resigned: Resigned,
}

impl Subject {
    /// Nothing for what is not signed by one of the two schemes.
    pub(super) fn of(
        request: &CapturedRequest,
        carrier: &Carrier<'_>,
        key: &Credentials,
    ) -> Option<Self> {
        let mut input = input(request, key);
        let (given, signature, id) = match *carrier {
            Carrier::Fc {
                authorization,
                id,
                signature,
            } => {
                input.kind = Some(kind_of(&request.target));
                (authorization.to_owned(), signature, id)
            }
            Carrier::Url { signature } => {
                input.kind = Some(SignKind::PresignedUrl);
                input.expires = expires(request.query());
                input.url = without_signature(&input.url);
                (form_decoded(signature), signature, "")
            }
            Carrier::Acs3 {
                authorization,
                id,
                signature,
                ..
            } => {
                input.scheme = Scheme::Acs3;
                (authorization.to_owned(), signature, id)
            }
            Carrier::AcsV1 { .. } | Carrier::Bearer | Carrier::None => return None,
        };
        // Whose key it should be is said elsewhere.
        if !id.is_empty() {
            id.clone_into(&mut input.credentials.access_key_id);
        }
        let names = match carrier {
            Carrier::Acs3 { names, .. } => lists(names, &request.headers),
            _ => vec![Vec::new()],
        };
        let signature = form_decoded(&signature.replace('+', "%2B"));
        Some(Self {
            input,
            names,
            given,
            signature,
        })
    }

    /// Whether this is the signature that is looked for, with everything round it.
    fn is(&self, resigned: &Resigned) -> bool {
        if self.input.kind == Some(SignKind::PresignedUrl) {
            form_decoded(&resigned.authorization) == self.given
        } else {
            resigned.authorization == self.given
        }
    }

    /// Whether the text is rightly signed; something else may be wrong with the request.
    pub(super) fn is_signed_rightly(&self) -> bool {
        let names = self.names.first().map_or(&[][..], Vec::as_slice);
        self.is(&resign(&self.input, names, &[]))
    }

    /// Where the text is rightly signed, what else may have been meant to be signed.
    pub(super) fn beyond_what_is_right(mut self) -> Option<Self> {
        if !self.is_signed_rightly() {
            return None;
        }
        let input = self.input.clone();
        let given = self.given.clone();
        self.names
            .retain(|names| resign(&input, names, &[]).authorization != given);
        Some(self)
    }

    /// A large body takes time each time it is hashed; mistakes about it are then not looked for.
    pub(super) fn without_body_beyond(&self, most: usize) -> Self {
        let mut light = self.clone();
        if light.input.body.len() > most {
            light.input.body = Vec::new();
        }
        light
    }

    fn attempt(&self, mistakes: &[&'static Mutant]) -> Option<Found> {
        let attempts = self.names.iter();
        let mut attempts = attempts.map(|names| resign(&self.input, names, mistakes));
        Some(Found {
            resigned: attempts.find(|resigned| self.is(resigned))?,
            mistakes: mistakes.to_vec(),
            detail: None,
        })
    }

    /// The mistakes that change anything here.
    fn suspects(&self) -> Vec<&'static Mutant> {
        let names = self.names.first().map_or(&[][..], Vec::as_slice);
        let right = resign(&self.input, names, &[]);
        of_signing(self.input.scheme)
            .filter(|mutant| {
                self.names.iter().skip(1).any(|names| {
                    resign(&self.input, names, &[mutant]).authorization
                        != resign(&self.input, names, &[]).authorization
                }) || resign(&self.input, names, &[mutant]).authorization != right.authorization
            })
            .collect()
    }
}

/// Every single mistake that gives the signature.
pub(super) fn singles(subject: &Subject) -> Vec<Found> {
    of_signing(subject.input.scheme)
        .filter_map(|mutant| subject.attempt(&[mutant]))
        .collect()
}

/// The first pair of mistakes that gives it, in either order.
pub(super) fn pairs(subject: &Subject) -> Option<Found> {
    let suspects = subject.suspects();
    let first = suspects.iter();
    let mut pairs = first.flat_map(|one| suspects.iter().map(move |other| [*one, *other]));
    pairs
        .by_ref()
        .filter(|[one, other]| one != other)
        .find_map(|pair| subject.attempt(&pair))
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
        kind: None,
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

/// The time that the request tells, in ISO form; empty where it tells none.
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

/// The signed names as they stand there; what must be signed with them; and the x-fc- headers too.
fn lists(names: &str, headers: &HeaderList) -> Vec<Vec<String>> {
    let given: Vec<String> = names.split(';').map(str::to_owned).collect();
    let with = |is_signed: fn(&str) -> bool| {
        let present = headers.iter().map(|(name, _)| name.to_ascii_lowercase());
        let given = given.iter().map(|name| name.to_ascii_lowercase());
        let added = present.filter(|name| is_signed(name));
        let mut names: Vec<String> = given.chain(added).collect();
        names.sort();
        names.dedup();
        names
    };
    let mut lists = vec![
        given.clone(),
        with(|_| false),
        with(|name| matches!(name, "host" | "content-type") || name.starts_with("x-acs-")),
        with(|name| {
            matches!(name, "host" | "content-type")
                || name.starts_with("x-acs-")
                || name.starts_with("x-fc-")
        }),
    ];
    lists.dedup();
    lists
}

fn form_decoded(text: &str) -> String {
    let text = text.replace('+', " ");
    percent_encoding::percent_decode_str(&text)
        .decode_utf8_lossy()
        .into_owned()
}
