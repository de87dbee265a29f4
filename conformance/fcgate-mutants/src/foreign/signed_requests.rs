//! Another request is signed than the one that is sent.

use super::mistake::ForeignMistake;
use super::step::Step;

pub(super) const MISTAKES: &[ForeignMistake] = &[
    ForeignMistake::new(
        "every-value-lower-cased",
        "signs every header value in lower case",
        &["FCG0128", "FCG0217"],
        Step::SignsAnother(|request| {
            for (_, value) in &mut request.headers {
                value.make_ascii_lowercase();
            }
        }),
    ),
    ForeignMistake::new(
        "content-type-lower-cased",
        "signs the Content-Type in lower case",
        &[],
        Step::SignsAnother(|request| {
            for (name, value) in &mut request.headers {
                if name.eq_ignore_ascii_case("content-type") {
                    value.make_ascii_lowercase();
                }
            }
        }),
    ),
    ForeignMistake::new(
        "content-type-with-charset",
        "signs the Content-Type with a charset that is not sent",
        &[],
        Step::SignsAnother(|request| {
            for (name, value) in &mut request.headers {
                if name.eq_ignore_ascii_case("content-type") {
                    value.push_str("; charset=utf-8");
                }
            }
        }),
    ),
    ForeignMistake::new(
        "spaces-removed-from-values",
        "signs header values without any space",
        &[],
        Step::SignsAnother(|request| {
            for (_, value) in &mut request.headers {
                *value = value.replace(' ', "");
            }
        }),
    ),
    ForeignMistake::new(
        "path-lower-cased",
        "signs the path in lower case",
        &[],
        Step::SignsAnother(|request| change_path(&mut request.url, str::to_ascii_lowercase)),
    ),
    ForeignMistake::new(
        "path-without-its-last-slash",
        "signs a path that ends with a slash without it",
        &["FCG0142"],
        Step::SignsAnother(|request| {
            change_path(&mut request.url, |path| match path.strip_suffix('/') {
                Some("") | None => path.to_owned(),
                Some(shorter) => shorter.to_owned(),
            });
        }),
    ),
    ForeignMistake::new(
        "double-slashes-folded",
        "signs the path with one slash for several",
        &[],
        Step::SignsAnother(|request| change_path(&mut request.url, |path| path.replace("//", "/"))),
    ),
    ForeignMistake::new(
        "path-without-its-version",
        "signs the path without the API version",
        &[],
        Step::SignsAnother(|request| {
            change_path(&mut request.url, |path| {
                let mut rest = path.splitn(3, '/').skip(2);
                rest.next()
                    .map_or(path.to_owned(), |rest| format!("/{rest}"))
            });
        }),
    ),
    ForeignMistake::new(
        "body-trimmed-before-its-digest",
        "signs the digest of the body without outer white space",
        &[],
        Step::SignsAnother(|request| request.body = request.body.trim_ascii().to_vec()),
    ),
    ForeignMistake::new(
        "key-id-lower-cased",
        "signs with the access key id in lower case",
        &[],
        Step::SignsAnother(|request| request.credentials.access_key_id.make_ascii_lowercase()),
    ),
    ForeignMistake::new(
        "secret-in-quotation-marks",
        "signs with the secret and the quotation marks of its file",
        &[],
        Step::SignsAnother(|request| {
            let secret = &mut request.credentials.access_key_secret;
            *secret = format!("\"{secret}\"");
        }),
    ),
    ForeignMistake::new(
        "secret-reversed",
        "signs with the bytes of the secret in the wrong order",
        &[],
        Step::SignsAnother(|request| {
            let secret = &mut request.credentials.access_key_secret;
            *secret = secret.chars().rev().collect();
        }),
    ),
    ForeignMistake::new(
        "token-percent-encoded",
        "percent-encodes the security token",
        &[],
        Step::SignsAnother(|request| {
            if let Some(token) = &mut request.credentials.security_token {
                *token = token
                    .replace('=', "%3D")
                    .replace('+', "%2B")
                    .replace('/', "%2F");
            }
        }),
    ),
    ForeignMistake::new(
        "query-without-empty-values",
        "signs the query without parameters that have no value",
        &[],
        Step::SignsAnother(|request| {
            if let Some((path, query)) = request.url.split_once('?') {
                let mut pairs: Vec<&str> = query.split('&').collect();
                pairs.retain(|pair| {
                    pair.split_once('=')
                        .is_some_and(|(_, value)| !value.is_empty())
                });
                request.url = format!("{path}?{}", pairs.join("&"));
            }
        }),
    ),
    ForeignMistake::new(
        "nonce-never-changes",
        "sends the same nonce with every request",
        &["FCG0246", "FCG0543"],
        Step::SignsAnother(|request| "0000000000000001".clone_into(&mut request.nonce)),
    ),
];

/// Changes the path of a URL.
fn change_path(url: &mut String, change: impl Fn(&str) -> String) {
    let start = url.find("://").map_or(0, |at| at + 3);
    let path = url.get(start..).and_then(|rest| rest.find('/'));
    let Some(from) = path.map(|at| start + at) else {
        return;
    };
    let (front, rest) = url.split_at(from);
    let (path, query) = rest.split_at(rest.find('?').unwrap_or(rest.len()));
    *url = format!("{front}{}{query}", change(path));
}
