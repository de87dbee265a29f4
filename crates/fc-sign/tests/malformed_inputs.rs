//! Malformed inputs beyond those of `fixtures/bad-inputs.json` are rejected with their typed error.

#![expect(clippy::unwrap_used, reason = "an unexpected error fails the test")]

use fc_sign::{AccessKeyId, AccessKeySecret, Credentials, Nonce, SignError, Timestamp, acs3, fc};
use http::{HeaderName, HeaderValue, Request};

/// The first word of the error message, or `accept`.
fn slug<T, E: ToString>(result: Result<T, E>) -> String {
    result.map_or_else(
        |error| error.to_string().split(':').next().unwrap().to_owned(),
        |_| "accept".to_owned(),
    )
}

#[test]
fn credentials_are_accepted_or_rejected_with_their_slug() {
    let id = |text: &str| slug(text.parse::<AccessKeyId>());
    let secret = |text: String| slug(AccessKeySecret::try_from(text));
    for (case, found, expected) in [
        ("an id with a colon", id("AK:ID"), "forbidden-byte"),
        ("an id with a comma", id("AK,ID"), "forbidden-byte"),
        ("an id with a space", id(" AKID"), "surrounding-whitespace"),
        ("an id of 257 bytes", id(&"A".repeat(257)), "too-long"),
        (
            "a secret with a line break",
            secret("sec\nret".into()),
            "forbidden-byte",
        ),
    ] {
        assert_eq!(found, expected, "{case}");
    }
}

#[test]
fn invalid_times_and_nonces_are_rejected() {
    for (case, found, expected) in [
        (
            "year 10000",
            slug(Timestamp::try_from(253_402_300_800_u64)),
            "time-out-of-range",
        ),
        ("empty nonce", slug("".parse::<Nonce>()), "nonce"),
        (
            "nonce of 129 bytes",
            slug("n".repeat(129).parse::<Nonce>()),
            "nonce",
        ),
    ] {
        assert_eq!(found, expected, "{case}");
    }
}

const API: &str = "https://fc.example.com/2021-04-06/services/s/functions/f/invocations";

fn signer() -> fc::FcSigner {
    let id = "FCTESTACCESSKEYID01".parse().unwrap();
    fc::FcSigner::new(&Credentials::new(
        id,
        "fcTestAccessKeySecret0123456789".parse().unwrap(),
    ))
}

fn temporary() -> Credentials {
    let id = "FCTESTACCESSKEYID01".parse().unwrap();
    let secret = "fcTestAccessKeySecret0123456789".parse().unwrap();
    Credentials::temporary(
        id,
        secret,
        "CAISdummySTS+token/with==chars".parse().unwrap(),
    )
}

fn time() -> Timestamp {
    "2022-05-11T09:00:00Z".parse().unwrap()
}

fn with_headers(headers: &[(&str, &[u8])]) -> Request<Vec<u8>> {
    let mut request = Request::post(API).body(Vec::new()).unwrap();
    for (name, value) in headers {
        let name: HeaderName = name.parse().unwrap();
        request
            .headers_mut()
            .append(name, HeaderValue::from_bytes(value).unwrap());
    }
    request
}

#[test]
fn the_fc_scheme_rejects_conflicting_and_unsignable_headers() {
    let sign = |headers: &[(&str, &[u8])]| {
        slug(signer().sign(&with_headers(headers), fc::Resource::Api, time()))
    };
    for (case, found, expected) in [
        (
            "two dates",
            sign(&[("date", b"x"), ("x-fc-date", b"y")]),
            "date-conflict",
        ),
        (
            "equal dates",
            sign(&[("date", b"x"), ("x-fc-date", b"x")]),
            "accept",
        ),
    ] {
        assert_eq!(found, expected, "{case}");
    }
}

#[test]
fn a_pre_signed_url_is_not_signed_again() {
    for (query, expected) in [
        ("x-fc-expires=1652260500", "already-signed"),
        ("expires=1652260500", "accept"),
    ] {
        let request = Request::get(format!("https://fc.example.com/p?{query}"));
        let request = request.body(()).unwrap();
        let signed = signer().sign(&request, fc::Resource::HttpTrigger, time());
        assert_eq!(slug(signed), expected, "{query}");
    }
}

#[test]
fn presign_rejects_ambiguous_queries_invalid_expiries_and_tokens() {
    let presign = |query: &str, expires: Result<Timestamp, SignError>| {
        let request = Request::get(format!("https://fc.example.com/p?{query}"))
            .body(())
            .unwrap();
        slug(expires.and_then(|expires| signer().presign(&request, time(), expires)))
    };
    let later = Timestamp::try_from(1_652_260_500_i64);
    for (case, found, expected) in [
        (
            "signed twice",
            presign("x-fc-signature=s", later.clone()),
            "already-signed",
        ),
        ("accepted", presign("a=1", later.clone()), "accept"),
    ] {
        assert_eq!(found, expected, "{case}");
    }
}

#[test]
fn acs3_rejects_missing_hosts_and_repeated_headers() {
    let signer = acs3::Acs3Signer::new(&temporary());
    let nonce = "0123456789abcdef".parse().unwrap();
    let relative = Request::post("/p").body("").unwrap();
    assert_eq!(slug(signer.sign(&relative, time(), &nonce)), "host");
    let doubled = with_headers(&[("x-acs-a", b"1"), ("x-acs-a", b"2")]);
    assert_eq!(
        slug(signer.sign(&doubled, time(), &nonce)),
        "duplicate-header"
    );
    let token = with_headers(&[("x-acs-security-token", b"t")]);
    assert_eq!(slug(signer.sign(&token, time(), &nonce)), "token-conflict");
}

#[test]
fn acs3_rejects_signed_requests_and_values_that_are_not_ascii() {
    let signer = acs3::Acs3Signer::new(&temporary());
    let nonce = "0123456789abcdef".parse().unwrap();
    let sign = |name, value| {
        let request = with_headers(&[(name, value)]);
        slug(signer.sign(&request, time(), &nonce))
    };
    let trigger =
        |headers: &[(&str, &[u8])]| slug(signer.sign_http_trigger(&with_headers(headers), time()));
    assert_eq!(
        sign("authorization", b"ACS3-HMAC-SHA256 a"),
        "already-signed"
    );
    assert_eq!(sign("x-acs-a", "\u{e9}".as_bytes()), "unsignable-header");
    assert_eq!(sign("x-acs-a", b"a"), "accept");
    let date = "x-acs-date";
    assert_eq!(trigger(&[(date, b"a"), (date, b"a")]), "duplicate-header");
    assert_eq!(trigger(&[(date, b"\xff")]), "unsignable-header");
    assert_eq!(trigger(&[(date, b"a")]), "accept");
}

#[test]
fn every_signer_rejects_a_uri_without_a_path() {
    let nonce = "0123456789abcdef".parse().unwrap();
    let acs3 = acs3::Acs3Signer::new(&temporary());
    let later = Timestamp::try_from(1_652_260_500_i64).unwrap();
    // The form of `CONNECT`, and that of `OPTIONS *` (RFC 9112, section 3.2).
    for uri in ["fc.example.com:443", "*"] {
        let request = Request::post(uri).body("").unwrap();
        let api = signer().sign(&request, fc::Resource::Api, time());
        let trigger = signer().sign(&request, fc::Resource::HttpTrigger, time());
        let url = signer().presign(&request, time(), later);
        let errors = [
            api.map(drop),
            trigger.map(drop),
            url.map(drop),
            acs3.sign(&request, time(), &nonce).map(drop),
            acs3.sign_http_trigger(&request, time()).map(drop),
        ];
        for (place, error) in errors.into_iter().enumerate() {
            assert_eq!(error, Err(SignError::Path), "{uri} {place}");
        }
    }
}

#[test]
fn a_pre_signed_url_that_no_client_can_send_is_rejected() {
    let presign = |length| {
        let id = "FCTESTACCESSKEYID01".parse().unwrap();
        let secret = "fcTestAccessKeySecret0123456789".parse().unwrap();
        let token = "t".repeat(length).parse().unwrap();
        let signer = fc::FcSigner::new(&Credentials::temporary(id, secret, token));
        let request = Request::get("https://fc.example.com/p").body(()).unwrap();
        let later = Timestamp::try_from(1_652_260_500_i64).unwrap();
        slug(signer.presign_with_token(&request, time(), later))
    };
    // The `http` crate allows 65,534 bytes of path and query.
    assert_eq!(presign(65_000), "accept");
    assert_eq!(presign(65_536), "uri-too-long");
}

#[test]
fn acs3_rejects_the_digest_of_another_body_and_a_missing_one_of_a_body_that_is_not_in_memory() {
    let signer = acs3::Acs3Signer::new(&temporary());
    let nonce = "0123456789abcdef".parse().unwrap();
    // SHA-256 of the empty text, from FIPS 180-4.
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let request = |digest: &str, body| {
        let request = Request::post("https://fc.example.com/p");
        let request = request.header("x-acs-content-sha256", digest);
        request.body(body).unwrap()
    };
    let sign = |digest: &str, body| slug(signer.sign(&request(digest, body), time(), &nonce));
    assert_eq!(sign(empty, ""), "accept");
    assert_eq!(sign(&empty.to_uppercase(), ""), "accept");
    assert_eq!(sign(empty, "changed"), "stale-digest");
    assert_eq!(sign("", ""), "stale-digest");
    let explained = signer.explain(&request(empty, "changed"), time(), &nonce);
    assert_eq!(slug(explained), "stale-digest");
    let streamed = request(empty, "a body that is not in memory").map(|_| ());
    assert_eq!(slug(signer.sign_head(&streamed, time(), &nonce)), "accept");
    let bare = Request::post("https://fc.example.com/p").body(()).unwrap();
    assert_eq!(
        slug(signer.sign_head(&bare, time(), &nonce)),
        "missing-digest"
    );
}
