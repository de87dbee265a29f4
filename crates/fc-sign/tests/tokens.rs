//! Bearer tokens and JSON Web Tokens: their grammar, their place in a request, and that they are never shown.

#![expect(clippy::unwrap_used, reason = "a test panics when it fails")]

use fc_sign::{BearerToken, JsonWebToken, SignError, TokenPlace};
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderValue, Request};

const JWT: &str = "eyJhbGciOiJSUzI1NiJ9.eyJ1aWQiOiI3In0.c2ln";

fn slug<T>(result: Result<T, impl ToString>) -> String {
    result.map_or_else(
        |error| error.to_string().split(':').next().unwrap().to_owned(),
        |_| "ok".to_owned(),
    )
}

fn place(text: &str) -> TokenPlace {
    text.parse().unwrap()
}

fn insert(place: &TokenPlace, request: &mut Request<()>) -> Result<(), SignError> {
    let token: JsonWebToken = JWT.parse().unwrap();
    token.insert_into(place, request)
}

#[test]
fn a_bearer_token_has_32_to_128_characters_of_its_alphabet() {
    let parse = |text: &str| slug(text.parse::<BearerToken>());
    let alphabet = "AZaz09+/=-~.AZaz09+/=-~.AZaz09+/=-~.";
    assert_eq!(parse(alphabet), "ok");
    assert_eq!(parse(&"a".repeat(32)), "ok");
    assert_eq!(parse(&"a".repeat(128)), "ok");
    assert_eq!(parse(""), "empty");
    assert_eq!(parse(&"a".repeat(31)), "too-short");
    assert_eq!(parse(&"a".repeat(129)), "too-long");
    assert_eq!(
        parse(&format!("{} ", "a".repeat(32))),
        "surrounding-whitespace"
    );
    for other in ["_", "%", ":", "\u{e4}"] {
        let text = format!("{}{other}", "a".repeat(32));
        assert_eq!(parse(&text), "forbidden-byte", "{text}");
    }
}

#[test]
fn a_json_web_token_has_three_parts_of_base64url() {
    let parse = |text: &str| slug(text.parse::<JsonWebToken>());
    assert_eq!(parse(JWT), "ok");
    assert_eq!(parse("a.b.c-_9"), "ok");
    assert_eq!(parse(""), "empty");
    for text in ["abc", "a.b", "a.b.", ".b.c", "a..c", "a.b.c.d"] {
        assert_eq!(parse(text), "format", "{text}");
    }
    for text in ["a.b.c=", "a.b.c+", "a.b;c.d", "a.b\r\n.c"] {
        assert_eq!(parse(text), "forbidden-byte", "{text}");
    }
    assert_eq!(parse(&"a".repeat(65_537)), "too-long");
}

#[test]
fn a_place_is_parsed_from_an_entry_of_the_configuration() {
    let parse = |text: &str| slug(text.parse::<TokenPlace>());
    for text in [
        "header:Authorization:Bearer",
        "header:X-Token",
        "cookie:AuthorizationCookie",
        "query:access_token",
    ] {
        assert_eq!(parse(text), "ok", "{text}");
    }
    for text in ["form:token", ":a", "Header:a"] {
        assert_eq!(parse(text), "place", "{text}");
    }
    for text in [
        "",
        "header",
        "header:",
        "header:a b",
        "cookie:a;b",
        "cookie:",
        "query:a&b",
        "query:a%20",
    ] {
        assert_eq!(parse(text), "name", "{text}");
    }
    for text in [
        "header:a:",
        "header:a:b c",
        "header:a:b:c",
        "cookie:a:b",
        "query:a:b",
    ] {
        assert_eq!(parse(text), "prefix", "{text}");
    }
}

#[test]
fn a_name_and_a_prefix_have_at_most_128_characters() {
    let parse = |text: String| slug(text.parse::<TokenPlace>());
    for (place, error) in [
        ("header:", "name"),
        ("cookie:", "name"),
        ("query:", "name"),
        ("header:a:", "prefix"),
    ] {
        assert_eq!(
            parse(format!("{place}{}", "a".repeat(128))),
            "ok",
            "{place}"
        );
        assert_eq!(
            parse(format!("{place}{}", "a".repeat(129))),
            error,
            "{place}"
        );
    }
}

#[test]
fn a_token_is_written_into_a_header_with_or_without_a_prefix() {
    let mut request = Request::new(());
    insert(&TokenPlace::bearer(), &mut request).unwrap();
    assert_eq!(request.headers()[AUTHORIZATION], format!("Bearer {JWT}"));
    insert(&place("header:X-Token"), &mut request).unwrap();
    assert_eq!(request.headers()["x-token"], JWT);
    assert!(request.headers().values().all(HeaderValue::is_sensitive));
    let again = insert(&TokenPlace::bearer(), &mut request);
    assert_eq!(again, Err(SignError::AlreadySigned));
    assert_eq!(
        slug(insert(&place("header:X-Token"), &mut request)),
        "duplicate-header"
    );
    assert_eq!(request.headers().len(), 2);
}

#[test]
fn a_token_is_written_into_the_one_line_of_cookies() {
    let mut request = Request::new(());
    request
        .headers_mut()
        .append(COOKIE, HeaderValue::from_static("a=1; b=2"));
    request
        .headers_mut()
        .append(COOKIE, HeaderValue::from_static("c=3;"));
    insert(&place("cookie:token"), &mut request).unwrap();
    let lines: Vec<_> = request.headers().get_all(COOKIE).iter().collect();
    assert_eq!(lines, [&format!("a=1; b=2; c=3; token={JWT}")]);
    assert!(lines[0].is_sensitive());
    assert_eq!(
        slug(insert(&place("cookie:token"), &mut request)),
        "duplicate-header"
    );
    assert_eq!(slug(insert(&place("cookie:tok"), &mut request)), "ok");
}

#[test]
fn a_token_is_written_behind_the_query() {
    for (before, after) in [
        (
            "https://fc.example.com/a",
            "https://fc.example.com/a?token=",
        ),
        ("https://fc.example.com", "https://fc.example.com/?token="),
        (
            "https://fc.example.com:8443/a?b=%20&c",
            "https://fc.example.com:8443/a?b=%20&c&token=",
        ),
        ("/a?", "/a?token="),
    ] {
        let mut request = Request::get(before).body(()).unwrap();
        insert(&place("query:token"), &mut request).unwrap();
        assert_eq!(request.uri().to_string(), format!("{after}{JWT}"));
        let again = slug(insert(&place("query:token"), &mut request));
        assert_eq!(again, "ambiguous-resource");
    }
    let long: JsonWebToken = format!("a.b.{}", "c".repeat(65_500)).parse().unwrap();
    let request = Request::get("https://fc.example.com/abcdefghijklmnopqrstuvwxyz-0123456789");
    let mut request = request.body(()).unwrap();
    let error = long.insert_into(&place("query:token"), &mut request);
    assert_eq!(error, Err(SignError::UriTooLong));
    assert_eq!(request.uri().query(), None);
}

#[test]
fn debug_output_and_errors_show_no_token() {
    let bearer = "secret-secret-secret-secret-secret-";
    let token: BearerToken = bearer.parse().unwrap();
    assert_eq!(format!("{token:?}"), "BearerToken(redacted)");
    assert_eq!(format!("{:?}", token.header_value()), "Sensitive");
    let token: JsonWebToken = JWT.parse().unwrap();
    assert_eq!(format!("{token:?}"), "JsonWebToken(redacted)");
    let errors = [
        "secret_".parse::<BearerToken>().unwrap_err(),
        "secret.secret".parse::<JsonWebToken>().unwrap_err(),
    ];
    for error in errors {
        assert!(!format!("{error} {error:?}").contains("secret."), "{error}");
        assert!(!error.to_string().contains("secret_"), "{error}");
    }
}
