//! `fcgate sign`: a request signed offline, every stage shown.
//!
//! The stages are those of the oracle, which shares no code with the signers that are judged.

mod address;
mod curl;
mod shown;

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

use fc_conformance::verdict::Verdict;
use fcgate_cases::oracle::{self, WireRequest, sha256_hex};
use fcgate_cases::recorded::kind_of;
use fcgate_http::clock;
use fcgate_protocol::{Credentials, HeaderList, Scheme, SignKind, Stages};

use self::address::{Address, Addressed};
use super::arguments::{Color, Format};
use super::{Failure, environment, output, print, why};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  fcgate sign --account-id 1234567890123456 --region cn-hangzhou --service s --function f --body-text '{}'
  fcgate sign --url 'https://f-abc.cn-hangzhou.fcapp.run/a?b=c' --method GET

With FCGATE_ACCESS_KEY_ID and FCGATE_ACCESS_KEY_SECRET in the environment the signature is computed too;
FCGATE_SECURITY_TOKEN is sent with it. Nothing goes over the network.")]
pub(super) struct SignOptions {
    /// The signature scheme [default: acs3 for revision 2023-03-30, else fc]
    #[arg(long, value_enum)]
    scheme: Option<SchemeName>,
    /// What the path and the query belong to [default: told by the path]
    #[arg(long, value_enum)]
    kind: Option<KindName>,
    /// The method
    #[arg(long, default_value = "POST")]
    method: String,
    #[command(flatten)]
    address: Address,
    /// A header of the request, e.g. 'X-Fc-Log-Type: Tail'
    #[arg(long, value_name = "NAME:VALUE", value_parser = header)]
    header: Vec<(String, String)>,
    /// The file that is the body
    #[arg(long, value_name = "FILE", conflicts_with = "body_text")]
    body: Option<PathBuf>,
    /// The text that is the body
    #[arg(long, value_name = "TEXT")]
    body_text: Option<String>,
    /// The time, e.g. 2022-05-11T09:00:00Z or in the form of the Date header [default: now]
    #[arg(long, value_parser = time)]
    date: Option<Timestamp>,
    /// The nonce of ACS3 [default: a new one]
    #[arg(long)]
    nonce: Option<String>,
    /// How to show it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// When to use colour
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SchemeName {
    /// The scheme of the manual
    Fc,
    /// The scheme of the generated SDKs
    Acs3,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum KindName {
    /// The query is not signed by the FC scheme
    Api,
    /// The query is signed, line by line
    HttpTrigger,
}

/// A request with everything that its signature needs.
#[derive(Debug)]
struct Signed {
    scheme: Scheme,
    kind: SignKind,
    method: String,
    url: String,
    /// Those that were given, then those that signing adds; not the authorization.
    headers: HeaderList,
    body: Sent,
    /// The names that ACS3 signs.
    names: String,
    stages: Stages,
    /// Whether the key is there, so that the signature is right.
    has_key: bool,
    token: Option<String>,
}

#[derive(Debug)]
enum Sent {
    Nothing,
    Text(String),
    File(PathBuf),
}

pub(super) fn sign(options: &SignOptions) -> Result<Verdict, Failure> {
    output::color(options.color);
    let key = environment::access_key()?;
    let signed = signed(options, key.as_ref())?;
    let text = match options.format {
        Format::Text => shown::text(&signed),
        Format::Json => shown::json(&signed)?,
    };
    print(&why::concealed(text, key.as_ref()));
    Ok(Verdict::Conforming)
}

fn signed(options: &SignOptions, key: Option<&Credentials>) -> Result<Signed, Failure> {
    if http::Method::from_bytes(options.method.as_bytes()).is_err() {
        return Err(Failure::usage("the method is no token"));
    }
    let Addressed {
        url,
        target,
        host,
        revision,
    } = options.address.addressed()?;
    let scheme = match options.scheme {
        Some(SchemeName::Acs3) => Scheme::Acs3,
        None if revision == Some("2023-03-30") => Scheme::Acs3,
        Some(SchemeName::Fc) | None => Scheme::Fc,
    };
    if scheme == Scheme::Fc && revision == Some("2023-03-30") {
        let message = "revision 2023-03-30 is not signed by the fc scheme; use --scheme acs3";
        return Err(Failure::usage(message));
    }
    let kind = match options.kind {
        Some(KindName::Api) => SignKind::Api,
        Some(KindName::HttpTrigger) if options.address.is_by_names() => {
            let message =
                "a function by its names is invoked by the API; an HTTP trigger has a --url";
            return Err(Failure::usage(message));
        }
        Some(KindName::HttpTrigger) => SignKind::HttpTrigger,
        None if options.address.is_by_names() => SignKind::Api,
        None => kind_of(&target),
    };
    let (body, digest) = body(options)?;
    let token = key.and_then(|key| key.security_token.clone());
    let time = options.date.unwrap_or_else(clock::time);
    let mut headers = HeaderList::from(options.header.clone());
    match scheme {
        Scheme::Fc => add_fc(&mut headers, time, token.as_deref()),
        Scheme::Acs3 => {
            let nonce = options.nonce.clone().unwrap_or_else(nonce);
            let operation = revision.map(|revision| ("InvokeFunction", revision));
            add_acs3(
                &mut headers,
                operation,
                &nonce,
                &digest,
                time,
                token.as_deref(),
            );
        }
    }
    let mut wire = WireRequest::new(&options.method, &target)
        .headers(&headers)
        .body_sha256(digest);
    if !headers.contains("host") {
        wire = wire.header("host", host);
    }
    let secret = key.map_or("", |key| key.access_key_secret.as_str());
    let names = names(&wire.headers);
    let stages = match scheme {
        Scheme::Fc => oracle::fc_stages(&wire, kind, secret),
        Scheme::Acs3 => oracle::acs3_stages(&wire, &names, secret)
            .map_err(|reason| Failure::harness(&reason))?,
    };
    Ok(Signed {
        scheme,
        kind,
        method: options.method.clone(),
        url,
        headers,
        body,
        names,
        stages,
        has_key: key.is_some(),
        token,
    })
}

/// The body, and its digest.
fn body(options: &SignOptions) -> Result<(Sent, String), Failure> {
    Ok(match (&options.body, &options.body_text) {
        (Some(path), _) => (Sent::File(path.clone()), sha256_hex(&why::read(path)?)),
        (None, Some(text)) => (Sent::Text(text.clone()), sha256_hex(text.as_bytes())),
        (None, None) => (Sent::Nothing, sha256_hex(b"")),
    })
}

fn add_fc(headers: &mut HeaderList, time: Timestamp, token: Option<&str>) {
    let is_dated = ["date", "x-fc-date"]
        .into_iter()
        .any(|name| headers.contains(name));
    if !is_dated {
        let date = time.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        headers.push("Date".to_owned(), date);
    }
    add(headers, "X-Fc-Security-Token", token);
}

fn add_acs3(
    headers: &mut HeaderList,
    operation: Option<(&str, &str)>,
    nonce: &str,
    digest: &str,
    time: Timestamp,
    token: Option<&str>,
) {
    let time = time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    add(headers, "x-acs-action", operation.map(|(action, _)| action));
    add(
        headers,
        "x-acs-version",
        operation.map(|(_, version)| version),
    );
    add(headers, "x-acs-date", Some(&time));
    add(headers, "x-acs-signature-nonce", Some(nonce));
    add(headers, "x-acs-content-sha256", Some(digest));
    add(headers, "x-acs-security-token", token);
}

/// Adds a header, unless the caller has set it.
fn add(headers: &mut HeaderList, name: &str, with: Option<&str>) {
    if let Some(with) = with.filter(|_| !headers.contains(name)) {
        headers.push(name.to_owned(), with.to_owned());
    }
}

/// What HTTP clients and proxies set or change by themselves.
const OF_THE_CONNECTION: [&str; 9] = [
    "accept-encoding",
    "connection",
    "content-length",
    "expect",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Every header that arrives as it is sent, in lower case, sorted and joined by semicolons.
fn names(headers: &HeaderList) -> String {
    let names = headers.iter().map(|(name, _)| name.to_ascii_lowercase());
    let mut names: Vec<String> = names
        .filter(|name| !OF_THE_CONNECTION.contains(&name.as_str()))
        .collect();
    names.sort();
    names.dedup();
    names.join(";")
}

fn nonce() -> String {
    let drawn = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", drawn(), drawn())
}

fn header(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once(':').ok_or("NAME:VALUE is expected")?;
    let (name, value) = (name.trim(), value.trim_matches([' ', '\t']));
    if http::HeaderName::from_bytes(name.as_bytes()).is_err() {
        return Err("the name is no header name".to_owned());
    }
    if name.eq_ignore_ascii_case("authorization") {
        return Err("the authorization is what is computed".to_owned());
    }
    if !value
        .bytes()
        .all(|byte| matches!(byte, b' '..=b'~' | b'\t'))
    {
        return Err("the value has characters beyond printable ASCII".to_owned());
    }
    Ok((name.to_owned(), value.to_owned()))
}

fn time(text: &str) -> Result<Timestamp, String> {
    let iso = text.parse().ok();
    iso.or_else(|| DateTimeParser::new().parse_timestamp(text).ok())
        .ok_or_else(|| "no time; 2022-05-11T09:00:00Z is one".to_owned())
}
