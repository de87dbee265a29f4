//! Signs a request with the stages of the oracle, which shares no code with the signers under test.

use std::path::PathBuf;

use fcgate_cases::oracle::{self, WireRequest, sha256_hex};
use fcgate_cases::recorded_traffic::sign_kind_of_target;
use fcgate_http::clock;
use fcgate_protocol::{Credentials, HeaderList, Scheme, SignKind, Stages};

use super::super::failure::Failure;
use super::super::files;
use super::headers;
use super::options::{KindName, SchemeName, SignOptions};
use super::request_target::RequestTarget;

/// A signed request.
#[derive(Debug)]
pub(super) struct SignedRequest {
    pub(super) scheme: Scheme,
    pub(super) kind: SignKind,
    pub(super) method: String,
    pub(super) url: String,
    /// The given headers, then those that signing adds, without the authorization.
    pub(super) headers: HeaderList,
    pub(super) body: RequestBody,
    /// The names that ACS3 signs.
    pub(super) names: String,
    pub(super) stages: Stages,
    /// Whether the environment has a key, so that the signature is valid.
    pub(super) has_key: bool,
    pub(super) token: Option<String>,
}

#[derive(Debug)]
pub(super) enum RequestBody {
    Nothing,
    Text(String),
    File(PathBuf),
}

/// Signs the request that the options describe.
pub(super) fn sign_request(
    options: &SignOptions,
    key: Option<&Credentials>,
) -> Result<SignedRequest, Failure> {
    if http::Method::from_bytes(options.method.as_bytes()).is_err() {
        return Err(Failure::usage(format!(
            "invalid HTTP method {:?}",
            options.method
        )));
    }
    let RequestTarget {
        url,
        target,
        host,
        revision,
    } = options.target.request_target()?;
    let scheme = match options.scheme {
        Some(SchemeName::Acs3) => Scheme::Acs3,
        None if revision == Some("2023-03-30") => Scheme::Acs3,
        Some(SchemeName::Fc) | None => Scheme::Fc,
    };
    if scheme == Scheme::Fc && revision == Some("2023-03-30") {
        let message = "revision 2023-03-30 does not support the fc scheme; use --scheme acs3";
        return Err(Failure::usage(message));
    }
    let kind = match options.kind {
        Some(KindName::Api) => SignKind::Api,
        Some(KindName::HttpTrigger) if options.target.names_a_function() => {
            let message = "--kind http-trigger needs --url: --function is invoked through the API";
            return Err(Failure::usage(message));
        }
        Some(KindName::HttpTrigger) => SignKind::HttpTrigger,
        None if options.target.names_a_function() => SignKind::Api,
        None => sign_kind_of_target(&target),
    };
    let (body, digest) = body(options)?;
    let token = key.and_then(|key| key.security_token.clone());
    let time = options.date.unwrap_or_else(clock::timestamp);
    let mut headers = HeaderList::from(options.header.clone());
    match scheme {
        Scheme::Fc => headers::add_fc(&mut headers, time, token.as_deref()),
        Scheme::Acs3 => {
            let nonce = options.nonce.clone().unwrap_or_else(headers::nonce);
            let operation = revision.map(|revision| ("InvokeFunction", revision));
            headers::add_acs3(
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
    let names = headers::signed_names(&wire.headers);
    let stages = match scheme {
        Scheme::Fc => oracle::fc_stages(&wire, kind, secret),
        Scheme::Acs3 => oracle::acs3_stages(&wire, &names, secret)
            .map_err(|reason| Failure::harness(&reason))?,
    };
    Ok(SignedRequest {
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

/// Returns the body and its SHA-256 digest.
fn body(options: &SignOptions) -> Result<(RequestBody, String), Failure> {
    Ok(match (&options.body, &options.body_text) {
        (Some(path), _) => (
            RequestBody::File(path.clone()),
            sha256_hex(&files::read(path)?),
        ),
        (None, Some(text)) => (RequestBody::Text(text.clone()), sha256_hex(text.as_bytes())),
        (None, None) => (RequestBody::Nothing, sha256_hex(b"")),
    })
}
