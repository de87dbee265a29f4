//! The command `sign`, implemented with `fc-sign`.

use bytes::Bytes;
use fc_sign::{Credentials, SignError, SignatureHeaders, Timestamp, acs3, fc};
use http::Request;

use super::wire::{self, Refused};
use fcgate_protocol::{Scheme, SignInput, SignKind, SignOutput, Stages};

pub(super) fn sign(input: &SignInput) -> Result<SignOutput, Refused> {
    let request = wire::request(&input.method, &input.url, &input.headers, &input.body)?;
    let credentials = wire::credentials(&input.credentials)?;
    let time: Timestamp = input.time.parse()?;
    match (input.scheme, input.kind.unwrap_or_default()) {
        (Scheme::Fc, SignKind::Api) => in_headers(&request, &credentials, fc::Resource::Api, time),
        (Scheme::Fc, SignKind::HttpTrigger) => {
            in_headers(&request, &credentials, fc::Resource::HttpTrigger, time)
        }
        (Scheme::Fc, SignKind::PresignedUrl) => {
            let expires = input.expires.ok_or(SignError::ExpiresOutOfRange)?;
            in_url(&request, &credentials, time, expires)
        }
        (Scheme::Acs3, SignKind::Api) => by_acs3(&request, &credentials, time, &input.nonce),
        (Scheme::Acs3, _) => Err("the ACS3 scheme signs API requests only".into()),
    }
}

fn in_headers(
    request: &Request<Bytes>,
    credentials: &Credentials,
    resource: fc::Resource,
    time: Timestamp,
) -> Result<SignOutput, Refused> {
    let signer = fc::FcSigner::new(credentials);
    let additions = signer.sign(request, resource, time)?;
    let explained = signer.explain(request, resource, time)?;
    Ok(output(&additions).stages(fc_stages(&explained)))
}

fn in_url(
    request: &Request<Bytes>,
    credentials: &Credentials,
    time: Timestamp,
    expires: i64,
) -> Result<SignOutput, Refused> {
    let signer = fc::FcSigner::new(credentials);
    let expires = Timestamp::try_from(expires)?;
    let url = signer.presign_with_token(request, time, expires)?;
    let explained = signer.explain_presigned(request, time, expires)?;
    Ok(SignOutput::default()
        .url(url.uri().to_string())
        .stages(fc_stages(&explained)))
}

fn by_acs3(
    request: &Request<Bytes>,
    credentials: &Credentials,
    time: Timestamp,
    nonce: &str,
) -> Result<SignOutput, Refused> {
    let signer = acs3::Acs3Signer::new(credentials);
    let nonce = nonce.parse()?;
    let additions = signer.sign(request, time, &nonce)?;
    let explained = signer.explain(request, time, &nonce)?;
    let stages = Stages {
        canonical_request: Some(explained.canonical_request().to_owned()),
        string_to_sign: Some(explained.string_to_sign().to_owned()),
        signature: Some(explained.signature().to_owned()),
        ..Stages::default()
    };
    Ok(output(&additions).stages(stages))
}

fn output(additions: &SignatureHeaders) -> SignOutput {
    SignOutput::new(wire::header_list(additions.iter()))
}

fn fc_stages(explained: &fc::Explanation) -> Stages {
    Stages {
        canonical_headers: Some(explained.canonical_headers().to_owned()),
        canonical_resource: Some(explained.canonical_resource().to_owned()),
        string_to_sign: Some(explained.string_to_sign().to_owned()),
        signature: Some(explained.signature().to_owned()),
        ..Stages::default()
    }
}
