//! A request as the endpoint receives it. The oracle computes its signature; published vectors prove the oracle.

use fcgate_cases::judge::{Arrival, Arrivals, ArrivedRequest};
use fcgate_cases::oracle::{self, WireRequest};
use fcgate_protocol::{Credentials, HeaderList, Scheme, SignKind};

/// The endpoint of the tests.
pub(crate) const AUTHORITY: &str = "127.0.0.1:4000";
/// The name of the function in the run.
pub(crate) const FUNCTION: &str = "fn-7f3a";
/// The clock of the endpoint.
pub(crate) const NOW: &str = "2022-05-11T09:00:00Z";

/// The credentials of the tests, with a security token.
pub(crate) fn temporary() -> Credentials {
    long_lived().security_token("dummy-sts-token")
}

/// The credentials of the tests, without a security token.
pub(crate) fn long_lived() -> Credentials {
    Credentials::new("FCTESTACCESSKEYID01", "fcTestAccessKeySecret0123456789")
}

/// A request without a signature.
pub(crate) fn request(
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> ArrivedRequest {
    ArrivedRequest {
        method: method.to_owned(),
        target: target.to_owned(),
        minor_version: 1,
        headers: headers.iter().copied().collect(),
        body: body.to_vec(),
        time: NOW.parse().unwrap(),
        fault: None,
        has_new_nonce: true,
    }
}

/// Adds the signature.
pub(crate) fn sign(
    mut request: ArrivedRequest,
    scheme: Scheme,
    kind: SignKind,
    credentials: &Credentials,
) -> ArrivedRequest {
    let value = authorization(&request, scheme, kind, credentials);
    request.headers.push("Authorization", value);
    request
}

/// The value of `Authorization` that signs a request.
pub(crate) fn authorization(
    request: &ArrivedRequest,
    scheme: Scheme,
    kind: SignKind,
    credentials: &Credentials,
) -> String {
    let wire = WireRequest::new(&request.method, &request.target)
        .headers(&request.headers)
        .body(&request.body);
    let (id, secret) = (&credentials.access_key_id, &credentials.access_key_secret);
    match scheme {
        Scheme::Fc => {
            let stages = oracle::fc_stages(&wire, kind, secret);
            format!("FC {id}:{}", stages.signature.unwrap())
        }
        Scheme::Acs3 => {
            let names = signed_names(&request.headers);
            let stages = oracle::acs3_stages(&wire, &names, secret).unwrap();
            let signature = stages.signature.unwrap();
            format!("ACS3-HMAC-SHA256 Credential={id},SignedHeaders={names},Signature={signature}")
        }
    }
}

fn signed_names(headers: &HeaderList) -> String {
    let names = headers.iter().map(|(name, _)| name.to_ascii_lowercase());
    let is_signed =
        |name: &String| name == "host" || name == "content-type" || name.starts_with("x-acs-");
    let mut names: Vec<String> = names.filter(is_signed).collect();
    names.sort();
    names.dedup();
    names.join(";")
}

/// The arrival of these requests at the endpoint.
pub(crate) fn arrivals(requests: impl IntoIterator<Item = ArrivedRequest>) -> Arrivals {
    let mut arrivals = Arrivals::new(AUTHORITY, FUNCTION);
    let requests = requests.into_iter();
    arrivals.requests = requests
        .map(|request| Arrival::Request(Box::new(request)))
        .collect();
    arrivals
}
