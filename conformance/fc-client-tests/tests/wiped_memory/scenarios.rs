//! What happens to a secret or a token before the memory is searched.

use std::hint::black_box;
use std::time::Duration;

use bytes::Bytes;
use fc_client::{BlockingClient, Credentials, InvokeFunctionInput, Scheme, Target};
use fc_sign::{AccessKeySecret, BearerToken, JsonWebToken, SecurityToken, Timestamp, acs3, fc};
use fc_transport::{BlockingTransport, TransportError, TransportErrorKind};
use http::{Request, Response};

use crate::marker::Marker;

/// A scenario.
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    /// Whether no marker may be left.
    pub(crate) is_wiped: bool,
    /// Returns the markers to search for.
    pub(crate) play: fn() -> Vec<Marker>,
}

const fn wiped(name: &'static str, play: fn() -> Vec<Marker>) -> Scenario {
    Scenario {
        name,
        is_wiped: true,
        play,
    }
}

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "a_dropped_string_is_found",
        is_wiped: false,
        play: || {
            let marker = Marker::new(0);
            drop(black_box(marker.plain()));
            vec![marker]
        },
    },
    wiped("a_dropped_secret_is_wiped", || {
        kept(
            |text| drop(black_box(AccessKeySecret::try_from(text).unwrap())),
            "",
        )
    }),
    wiped("a_refused_secret_is_wiped", || {
        kept(
            |text| assert!(AccessKeySecret::try_from(text).is_err()),
            "\n",
        )
    }),
    wiped("a_secret_that_is_too_long_is_wiped", || {
        kept(
            |text| assert!(AccessKeySecret::try_from(text).is_err()),
            &"k".repeat(5000),
        )
    }),
    wiped("a_dropped_security_token_is_wiped", || {
        kept(
            |text| drop(black_box(SecurityToken::try_from(text).unwrap())),
            "",
        )
    }),
    wiped("a_refused_security_token_is_wiped", || {
        kept(|text| assert!(SecurityToken::try_from(text).is_err()), " ")
    }),
    wiped("a_dropped_token_header_is_wiped", || {
        kept(
            |text| {
                drop(black_box(
                    fc_headers::SecurityToken::try_from(text).unwrap(),
                ));
            },
            "",
        )
    }),
    wiped("a_refused_token_header_is_wiped", || {
        kept(
            |text| assert!(fc_headers::SecurityToken::try_from(text).is_err()),
            "\n",
        )
    }),
    wiped("a_dropped_bearer_token_is_wiped", || {
        kept(
            |text| drop(black_box(BearerToken::try_from(text).unwrap())),
            "",
        )
    }),
    wiped("a_refused_bearer_token_is_wiped", || {
        kept(|text| assert!(BearerToken::try_from(text).is_err()), "\n")
    }),
    wiped("a_dropped_web_token_is_wiped", || {
        kept(
            |text| drop(black_box(JsonWebToken::try_from(text).unwrap())),
            ".e30.c2ln",
        )
    }),
    wiped("a_refused_web_token_is_wiped", || {
        kept(|text| assert!(JsonWebToken::try_from(text).is_err()), "\n")
    }),
    wiped("the_key_of_both_signers_is_wiped", || {
        let (secret, token, credentials) = temporary();
        for _ in 0..2 {
            let signer = fc::FcSigner::new(&credentials);
            let signed = signer.sign(&request(), fc::Resource::Api, time());
            drop(black_box(signed.unwrap()));
            let signer = acs3::Acs3Signer::new(&credentials);
            let nonce = "0123456789abcdef".parse().unwrap();
            drop(black_box(signer.sign(&request(), time(), &nonce).unwrap()));
        }
        drop(credentials);
        vec![secret, token]
    }),
    wiped("the_headers_of_a_signed_request_are_wiped", || {
        let (secret, token, credentials) = temporary();
        let signer = fc::FcSigner::new(&credentials);
        let mut request = request();
        let signed = signer.sign(&request, fc::Resource::Api, time()).unwrap();
        signed.apply(request.headers_mut());
        drop(black_box(request.clone()));
        drop((request, signer, credentials));
        vec![secret, token]
    }),
    wiped("the_explanation_of_a_signature_is_wiped", || {
        let (secret, token, credentials) = temporary();
        let signer = fc::FcSigner::new(&credentials);
        let explained = signer.explain(&request(), fc::Resource::Api, time());
        drop(black_box(explained.unwrap()));
        let signer = acs3::Acs3Signer::new(&credentials);
        let nonce = "0123456789abcdef".parse().unwrap();
        drop(black_box(
            signer.explain(&request(), time(), &nonce).unwrap(),
        ));
        drop((signer, credentials));
        vec![secret, token]
    }),
    wiped("a_pre_signed_url_is_wiped", || {
        let (secret, token, credentials) = temporary();
        let signer = fc::FcSigner::new(&credentials);
        let url = signer
            .presign_with_token(&request(), time(), later())
            .unwrap();
        let query = url.uri().query().unwrap();
        let (_, signature) = query.split_once("x-fc-signature=").unwrap();
        let signature = Marker::of(signature);
        drop((url, signer, credentials));
        vec![secret, token, signature]
    }),
    wiped("a_pre_signed_url_that_is_refused_is_wiped", || {
        let (secret, token, credentials) = temporary();
        let signer = fc::FcSigner::new(&credentials);
        assert!(signer.presign(&request(), time(), later()).is_err());
        let earlier = signer.presign_with_token(&request(), later(), time());
        assert!(earlier.is_err());
        let ambiguous = Request::get("https://fc.example.com/p?a=1%0Ab").body(Bytes::new());
        assert!(
            signer
                .presign_with_token(&ambiguous.unwrap(), time(), later())
                .is_err()
        );
        drop((signer, credentials));
        vec![secret, token]
    }),
    wiped("a_request_that_cannot_be_signed_is_wiped", || {
        let (secret, token, credentials) = temporary();
        let signer = fc::FcSigner::new(&credentials);
        let twice = Request::post("https://fc.example.com/p").header("authorization", "FC a:b");
        let twice = twice.body(Bytes::new()).unwrap();
        assert!(signer.sign(&twice, fc::Resource::Api, time()).is_err());
        drop((signer, credentials));
        vec![secret, token]
    }),
    wiped("a_client_that_called_and_failed_is_wiped", || {
        let (secret, token, credentials) = temporary();
        for scheme in [Scheme::Fc, Scheme::Acs3] {
            let client = BlockingClient::new(
                Failing,
                "https://fc.example.com".parse().unwrap(),
                scheme,
                credentials.clone(),
            );
            let target = Target::v2023_03_30("fn".parse().unwrap());
            let input = InvokeFunctionInput::builder(target).build().unwrap();
            assert!(client.invoke(&input).is_err());
            drop(client);
        }
        drop(credentials);
        vec![secret, token]
    }),
];

/// A transport that loses every connection.
struct Failing;

impl BlockingTransport for Failing {
    fn send(&self, _: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        Err(TransportError::new(TransportErrorKind::Interrupted, "lost"))
    }

    fn sleep(&self, _: Duration) {}
}

/// Gives the plain marker, with this end, to a function.
fn kept(consume: impl FnOnce(String), end: &str) -> Vec<Marker> {
    let marker = Marker::new(1);
    consume(marker.plain_and(end));
    vec![marker]
}

/// Credentials whose secret and token are markers.
fn temporary() -> (Marker, Marker, Credentials) {
    let (secret, token) = (Marker::new(2), Marker::new(3));
    let credentials = Credentials::temporary(
        "FCTESTACCESSKEYID01".parse().unwrap(),
        AccessKeySecret::try_from(secret.plain()).unwrap(),
        SecurityToken::try_from(token.plain()).unwrap(),
    );
    (secret, token, credentials)
}

fn request() -> Request<Bytes> {
    let request =
        Request::post("https://fc.example.com/2021-04-06/services/s/functions/f/invocations");
    request.body(Bytes::from_static(b"payload")).unwrap()
}

fn time() -> Timestamp {
    "2022-05-11T09:00:00Z".parse().unwrap()
}

fn later() -> Timestamp {
    "2022-05-11T09:15:00Z".parse().unwrap()
}
