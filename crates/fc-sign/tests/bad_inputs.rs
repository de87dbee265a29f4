//! Malformed inputs are rejected with their typed error. The ids are those of the catalogue of
//! malformed inputs.

#![expect(clippy::unwrap_used, reason = "an unexpected error fails the test")]

use std::time::{Duration, UNIX_EPOCH};

use fc_sign::{
    AccessKeyId, AccessKeySecret, Credentials, Nonce, SecurityToken, SignError, Timestamp, acs3, fc,
};
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
    let token = |text: String| slug(SecurityToken::try_from(text));
    for (case, found, expected) in [
        ("cr-001", id(""), "empty"),
        ("cr-003", id("AK ID"), "forbidden-byte"),
        ("cr-004", id("AKID\r\nX-Evil: 1"), "forbidden-byte"),
        ("cr-005", id("AK\u{cd}D"), "forbidden-byte"),
        ("cr-006", secret(String::new()), "empty"),
        (
            "cr-007",
            secret("secret\n".into()),
            "surrounding-whitespace",
        ),
        ("cr-008", secret(" secret".into()), "surrounding-whitespace"),
        ("cr-009", secret("k".repeat(65)), "accept"),
        ("cr-010", secret("k".repeat(1 << 20)), "too-long"),
        ("cr-011", token(String::new()), "empty"),
        ("cr-013", token("tok en".into()), "forbidden-byte"),
        ("cr-014", token("tok\u{80}".into()), "forbidden-byte"),
        ("cr-015", token("t".repeat(8192)), "accept"),
        ("cr-016", token("t".repeat(65_537)), "too-long"),
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
    let before_1970 = UNIX_EPOCH - Duration::from_nanos(1);
    for (case, found, expected) in [
        (
            "sg-001",
            slug(Timestamp::try_from(-1_i64)),
            "time-out-of-range",
        ),
        ("sg-003", slug(Timestamp::try_from(0_i64)), "accept"),
        (
            "sg-004",
            slug(Timestamp::try_from(951_782_400_i64)),
            "accept",
        ),
        (
            "sg-005",
            slug(Timestamp::try_from(before_1970)),
            "time-out-of-range",
        ),
        (
            "year 10000",
            slug(Timestamp::try_from(253_402_300_800_u64)),
            "time-out-of-range",
        ),
        ("sg-038", slug("a\r\nb".parse::<Nonce>()), "nonce"),
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
            "sg-006",
            sign(&[("authorization", b"FC old:sig")]),
            "already-signed",
        ),
        (
            "sg-007",
            sign(&[("date", b"x"), ("date", b"y")]),
            "duplicate-header",
        ),
        (
            "sg-008",
            sign(&[("x-fc-a", b"1"), ("X-FC-A", b"2")]),
            "duplicate-header",
        ),
        (
            "sg-009",
            sign(&[("x-fc-a", b"\xe2\x80\x98")]),
            "unsignable-header",
        ),
        (
            "sg-010",
            sign(&[("x-fc-a", b" padded ")]),
            "unsignable-header",
        ),
        ("sg-011", sign(&[("x-fc-a", b"")]), "accept"),
        ("sg-012", sign(&[("x-fcx", b"1")]), "accept"),
        (
            "sg-017",
            sign(&[("content-type", b"a/b"), ("content-type", b"c/d")]),
            "duplicate-header",
        ),
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
    let request = with_headers(&[("X-Fc-Security-Token", b"other")]);
    let signed = fc::FcSigner::new(&temporary()).sign(&request, fc::Resource::Api, time());
    assert_eq!(slug(signed), "token-conflict", "sg-018");
}

#[test]
fn the_fc_scheme_sorts_its_headers_by_the_bytes_of_their_names() {
    let lines = |headers: &[(&str, &[u8])]| {
        let request = with_headers(headers);
        let explained = signer()
            .explain(&request, fc::Resource::Api, time())
            .unwrap();
        explained.canonical_headers().to_owned()
    };
    assert_eq!(lines(&[("x-fc-a", b"")]), "x-fc-a:\n", "sg-011");
    assert_eq!(lines(&[("x-fcx", b"1")]), "", "sg-012");
    assert_eq!(
        lines(&[("X-Fc-Z", b"1"), ("x-fc-a", b"2")]),
        "x-fc-a:2\nx-fc-z:1\n",
        "sg-013"
    );
    assert_eq!(
        lines(&[("x-fc-a-b", b"1"), ("x-fc-a", b"2")]),
        "x-fc-a:2\nx-fc-a-b:1\n",
        "sg-014"
    );
}

#[test]
fn the_fc_scheme_rejects_invalid_and_ambiguous_methods_and_paths() {
    let sign = |method: &str, target: &str| {
        let request = Request::builder()
            .method(method)
            .uri(target)
            .body(())
            .unwrap();
        slug(signer().sign(&request, fc::Resource::Api, time()))
    };
    let forged = "/2021-04-06/services/s/functions/f%0Ax-fc-expires=1/invocations";
    for (case, found, expected) in [
        ("sg-019", sign("post", "/a"), "method"),
        ("sg-020", sign("POST", forged), "ambiguous-resource"),
        ("sg-021", sign("POST", "/a%00b"), "ambiguous-resource"),
        ("sg-022", sign("POST", "/a%zz"), "bad-percent-escape"),
        ("sg-023", sign("POST", "/a%2"), "bad-percent-escape"),
        ("sg-024", sign("POST", "/a%ff"), "not-utf8"),
        ("sg-025", sign("POST", "/a%2fb"), "ambiguous-resource"),
        ("sg-026", sign("POST", "/a/../b"), "dot-segment"),
        ("sg-027", sign("POST", "//a"), "empty-segment"),
        ("sg-030", sign("POST", "*"), "path"),
    ] {
        assert_eq!(found, expected, "{case}");
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
            "sg-032",
            presign("a=1%0Ab=2", later.clone()),
            "ambiguous-resource",
        ),
        (
            "sg-033",
            presign("a=1", Timestamp::try_from(0_i64)),
            "expires-out-of-range",
        ),
        (
            "sg-035",
            presign("a=1", Timestamp::try_from(u64::MAX)),
            "time-out-of-range",
        ),
        (
            "signed twice",
            presign("x-fc-signature=s", later.clone()),
            "already-signed",
        ),
        ("accepted", presign("a=1", later.clone()), "accept"),
    ] {
        assert_eq!(found, expected, "{case}");
    }
    let request = Request::get("https://fc.example.com/p").body(()).unwrap();
    let signer = fc::FcSigner::new(&temporary());
    let later = later.unwrap();
    assert_eq!(
        slug(signer.presign(&request, time(), later)),
        "token-in-url",
        "sg-036"
    );
    assert_eq!(
        slug(signer.presign_with_token(&request, time(), later)),
        "accept",
        "sg-036"
    );
}

#[test]
fn acs3_omits_the_default_port_and_rejects_missing_hosts_and_repeated_headers() {
    let signer = acs3::Acs3Signer::new(&temporary());
    let nonce = "0123456789abcdef".parse().unwrap();
    let request = Request::post("https://fc.example.com:443/p")
        .body("")
        .unwrap();
    let explained = signer.explain(&request, time(), &nonce).unwrap();
    assert!(
        explained
            .canonical_request()
            .contains("\nhost:fc.example.com\n"),
        "sg-040"
    );
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
