//! Secrets, tokens, signers, signatures and their errors.

use std::fmt::Debug;

use fc_sign::{
    AccessKeySecret, BearerToken, Credentials, JsonWebToken, SecurityToken, Timestamp, acs3, fc,
};
use http::{HeaderValue, Request};

use crate::Text;
use crate::search::{SECRET, TOKEN};

/// Ends that make a value invalid, and none.
const ENDS: [&str; 7] = [
    "",
    "\n",
    " ",
    "\u{e9}",
    "\0",
    " with more words",
    "\r\nX-Evil: 1",
];

pub(crate) fn credentials() -> Credentials {
    Credentials::temporary(
        "FCTESTACCESSKEYID01".parse().unwrap(),
        SECRET.parse().unwrap(),
        TOKEN.parse().unwrap(),
    )
}

pub(crate) fn time() -> Timestamp {
    "2022-05-11T09:00:00Z".parse().unwrap()
}

pub(crate) fn texts() -> Vec<Text> {
    let mut texts = values();
    texts.extend(signers());
    texts.extend(refused_signatures());
    texts
}

fn of<T: Debug, E: std::error::Error>(source: &str, result: Result<T, E>) -> Vec<Text> {
    match result {
        Ok(value) => Text::debug(source, &value),
        Err(error) => Text::error(source, &error),
    }
}

fn values() -> Vec<Text> {
    let mut texts = Vec::new();
    let long = "x".repeat(70_000);
    for end in ENDS.into_iter().chain([long.as_str()]) {
        let name = |what: &str| format!("{what} with the end {:.20}", format!("{end:?}"));
        let (secret, token) = (format!("{SECRET}{end}"), format!("{TOKEN}{end}"));
        texts.extend(of(&name("secret"), secret.parse::<AccessKeySecret>()));
        texts.extend(of(&name("token"), token.parse::<SecurityToken>()));
        texts.extend(of(&name("bearer token"), token.parse::<BearerToken>()));
        let web = format!("{TOKEN}.e30.{TOKEN}{end}");
        texts.extend(of(&name("web token"), web.parse::<JsonWebToken>()));
        texts.extend(of(
            &name("token header"),
            token.parse::<fc_headers::SecurityToken>(),
        ));
        let key = format!("https://user:{SECRET}{end}@fc.example.com");
        texts.extend(of(&name("endpoint"), key.parse::<fc_invoke::Endpoint>()));
    }
    texts
}

fn request() -> Request<&'static str> {
    Request::post("https://fc.example.com/2021-04-06/services/s/functions/f/invocations")
        .body("")
        .unwrap()
}

fn signers() -> Vec<Text> {
    let credentials = credentials();
    let (fc, acs3) = (
        fc::FcSigner::new(&credentials),
        acs3::Acs3Signer::new(&credentials),
    );
    let nonce = "0123456789abcdef".parse().unwrap();
    let mut texts = Text::debug("credentials", &credentials);
    texts.extend(Text::debug("signer fc", &fc));
    texts.extend(Text::debug("signer acs3", &acs3));
    let signed_fc = fc.sign(&request(), fc::Resource::Api, time()).unwrap();
    let signed_acs3 = acs3.sign(&request(), time(), &nonce).unwrap();
    texts.extend(Text::debug("signature fc", &signed_fc));
    texts.extend(Text::debug("signature acs3", &signed_acs3));
    for (name, signed) in [("fc", signed_fc), ("acs3", signed_acs3)] {
        let mut request = request();
        signed.apply(request.headers_mut());
        texts.extend(Text::debug(&format!("signed request {name}"), &request));
        texts.extend(Text::debug(
            &format!("signed headers {name}"),
            request.headers(),
        ));
    }
    let explained = fc.explain(&request(), fc::Resource::Api, time()).unwrap();
    texts.extend(Text::debug("explanation fc", &explained));
    let explained = acs3.explain(&request(), time(), &nonce).unwrap();
    texts.extend(Text::debug("explanation acs3", &explained));
    let later = "2022-05-11T09:15:00Z".parse().unwrap();
    let url = fc.presign_with_token(&request(), time(), later).unwrap();
    texts.extend(Text::debug("pre-signed URL", &url));
    texts
}

/// Requests that cannot be signed, with tokens in places where callers put them.
fn refused_signatures() -> Vec<Text> {
    let credentials = credentials();
    let fc = fc::FcSigner::new(&credentials);
    let acs3 = acs3::Acs3Signer::new(&credentials);
    let nonce = "0123456789abcdef".parse().unwrap();
    let mut texts = Vec::new();
    let headers = [
        "x-fc-security-token",
        "x-acs-security-token",
        "authorization",
        "x-fc-a",
        "date",
        "content-type",
        "x-acs-content-sha256",
    ];
    for name in headers {
        for value in [
            TOKEN.to_owned(),
            format!(" {TOKEN} "),
            format!("{TOKEN}\u{e9}"),
        ] {
            let mut request = request();
            let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
            request.headers_mut().append(name, value.clone());
            request.headers_mut().append(name, value);
            if let Err(error) = fc.sign(&request, fc::Resource::Api, time()) {
                texts.extend(Text::error(&format!("fc, {name} twice"), &error));
            }
            if let Err(error) = acs3.sign(&request, time(), &nonce) {
                texts.extend(Text::error(&format!("acs3, {name} twice"), &error));
            }
        }
    }
    let later = "2022-05-11T09:15:00Z".parse().unwrap();
    for path in ["/a%2fb", "/a%ff", "//a", "/a/../b", "/a%zz"] {
        let url = format!("https://fc.example.com{path}?token={TOKEN}%0A");
        let request = Request::get(url).body(()).unwrap();
        for result in [
            fc.presign(&request, time(), later),
            fc.presign_with_token(&request, time(), later),
            fc.presign_with_token(&request, later, time()),
        ] {
            texts.extend(Text::error(
                &format!("pre-signed {path}"),
                &result.unwrap_err(),
            ));
        }
    }
    texts
}
