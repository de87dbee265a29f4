//! Signs a request with the stages of the oracle, which shares no code with the signers under test.

use std::path::PathBuf;

use fcgate_cases::oracle::{self, WireRequest, sha256_hex};
use fcgate_cases::recorded_traffic::sign_kind_of_target;
use fcgate_http::clock;
use fcgate_protocol::{Credentials, HeaderList, Scheme, SignInput, SignKind, Stages};

use super::super::failure::Failure;
use super::super::files;
use super::headers;
use super::options::{KindName, SchemeName, SignOptions};
use super::presigned_url;
use super::reference_check::{self, PLACEHOLDER_ID};
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
    /// The expiry of a signed URL, in Unix seconds.
    pub(super) expires: Option<i64>,
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
    let target = options.target.request_target()?;
    let scheme = scheme(options, &target)?;
    let kind = kind(options, &target)?;
    let (body, bytes) = body(options)?;
    let digest = sha256_hex(&bytes);
    let token = key.and_then(|key| key.security_token.clone());
    let time = options.date.unwrap_or_else(clock::timestamp);
    let nonce = options.nonce.clone().unwrap_or_else(headers::nonce);
    let mut headers = headers::parse(&options.header)?;
    let is_acs3_trigger = scheme == Scheme::Acs3 && kind == SignKind::HttpTrigger;
    if scheme == Scheme::Acs3 && !is_acs3_trigger {
        add_operation(&mut headers, &target);
    }
    let expires = options
        .expires
        .map(|seconds| time.as_second().saturating_add(seconds));
    let input = SignInput {
        scheme,
        kind: Some(kind),
        method: options.method.clone(),
        url: target.url.clone(),
        headers: headers.clone(),
        body: bytes,
        credentials: Credentials::new("", ""),
        time: time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        nonce: nonce.clone(),
        expires,
    };
    match (scheme, expires) {
        (Scheme::Fc, None) => headers::add_fc(&mut headers, time, token.as_deref()),
        (Scheme::Fc, Some(_)) => {}
        (Scheme::Acs3, _) if is_acs3_trigger => {
            headers::add_acs3_of_trigger(&mut headers, time, token.as_deref());
        }
        (Scheme::Acs3, _) => {
            headers::add_acs3(&mut headers, &nonce, &digest, time, token.as_deref());
        }
    }
    let signed_target = match expires {
        Some(expires) => {
            let id = key.map_or(PLACEHOLDER_ID, |key| key.access_key_id.as_str());
            presigned_url::signed_target(&target.target, id, expires, token.as_deref())
        }
        None => target.target.clone(),
    };
    let mut wire = WireRequest::new(&options.method, &signed_target)
        .headers(&headers)
        .body_sha256(digest);
    if !headers.contains("host") {
        wire = wire.header("host", &target.host);
    }
    let secret = key.map_or("", |key| key.access_key_secret.as_str());
    let names = if is_acs3_trigger {
        headers::NAMES_OF_TRIGGER.to_owned()
    } else {
        headers::signed_names(&wire.headers)
    };
    let stages = match scheme {
        Scheme::Fc => oracle::fc_stages(&wire, kind, secret),
        Scheme::Acs3 => oracle::acs3_stages(&wire, &names, secret)
            .map_err(|reason| Failure::harness(&reason))?,
    };
    // The reference does not sign by the recipe for HTTP triggers.
    if !is_acs3_trigger {
        reference_check::check(input, key, &stages)?;
    }
    Ok(SignedRequest {
        scheme,
        kind,
        method: options.method.clone(),
        url: target.url,
        headers,
        body,
        names,
        stages,
        expires,
        has_key: key.is_some(),
        token,
    })
}

fn scheme(options: &SignOptions, target: &RequestTarget) -> Result<Scheme, Failure> {
    let needs_acs3 = target.revision == Some("2023-03-30");
    match options.scheme {
        Some(SchemeName::Acs3) if options.presigned => Err(Failure::usage(
            "the acs3 scheme has no signed URLs; use --scheme fc",
        )),
        Some(SchemeName::Fc) if needs_acs3 => Err(Failure::usage(
            "revision 2023-03-30 does not support the fc scheme; use --scheme acs3",
        )),
        None if needs_acs3 && options.presigned => Err(Failure::usage(
            "revision 2023-03-30 has no signed URLs: they are for HTTP triggers",
        )),
        Some(SchemeName::Acs3) => Ok(Scheme::Acs3),
        None if needs_acs3 => Ok(Scheme::Acs3),
        Some(SchemeName::Fc) | None => Ok(Scheme::Fc),
    }
}

fn kind(options: &SignOptions, target: &RequestTarget) -> Result<SignKind, Failure> {
    if presigned_url::is_signed(&target.target) {
        return Err(Failure::usage(
            "the URL already has x-fc-signature: remove the parameters of the earlier signature",
        ));
    }
    if options.presigned {
        if sign_kind_of_target(&target.target) == SignKind::Api {
            return Err(Failure::usage(
                "signed URLs are for HTTP triggers; the path is one of the API",
            ));
        }
        return Ok(SignKind::PresignedUrl);
    }
    Ok(match options.kind {
        Some(KindName::Api) => SignKind::Api,
        Some(KindName::HttpTrigger) if options.target.names_a_function() => {
            let message = "--kind http-trigger needs --url: --function is invoked through the API";
            return Err(Failure::usage(message));
        }
        Some(KindName::HttpTrigger) => SignKind::HttpTrigger,
        None if options.target.names_a_function() => SignKind::Api,
        // ACS3 signs a request to a trigger by the recipe of the manual only if the caller asks for it.
        None if options.scheme == Some(SchemeName::Acs3) => SignKind::Api,
        None => sign_kind_of_target(&target.target),
    })
}

/// Adds the operation and its revision, if the path is an invocation.
fn add_operation(headers: &mut HeaderList, target: &RequestTarget) {
    let path = target.target.split('?').next().unwrap_or_default();
    let is_invocation = path.contains("/functions/") && path.ends_with("/invocations");
    if let Some(revision) = target.revision.filter(|_| is_invocation) {
        headers::add(headers, "x-acs-action", Some("InvokeFunction"));
        headers::add(headers, "x-acs-version", Some(revision));
    }
}

/// Returns the body and its bytes.
fn body(options: &SignOptions) -> Result<(RequestBody, Vec<u8>), Failure> {
    Ok(match (&options.body, &options.body_text) {
        (Some(path), _) => (RequestBody::File(path.clone()), files::read(path)?),
        (None, Some(text)) => (RequestBody::Text(text.clone()), text.clone().into_bytes()),
        (None, None) => (RequestBody::Nothing, Vec::new()),
    })
}
