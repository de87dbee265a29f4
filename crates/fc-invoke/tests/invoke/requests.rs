//! The HTTP request of an input.

use bytes::Bytes;
use fc_headers::{InvocationType, LogType};
use fc_invoke::{
    Call, Endpoint, ExtraHeader, InvokeFunctionInput, Region, Revision, Scheme, Signer, Target,
};
use fc_sign::Credentials;
use http::{HeaderMap, HeaderValue, Request};
use proptest::prelude::*;

use crate::samples::{builder, credentials};

fn endpoint() -> Endpoint {
    Endpoint::public(
        &"1234567890123456".parse().unwrap(),
        &"cn-hangzhou".parse().unwrap(),
    )
}

fn target() -> Target {
    Target::new(
        "demoService".parse().unwrap(),
        "demoFunction".parse().unwrap(),
    )
}

fn shown(request: &Request<Bytes>) -> String {
    let header = |(name, value): (&http::HeaderName, &HeaderValue)| {
        format!("\n{name}: {}", value.to_str().unwrap())
    };
    let mut headers: Vec<String> = request.headers().iter().map(header).collect();
    headers.sort_unstable();
    format!("{} {}{}", request.method(), request.uri(), headers.concat())
}

#[test]
fn an_input_with_default_settings_sends_only_a_content_type() {
    let input = InvokeFunctionInput::builder(target()).build().unwrap();
    insta::assert_snapshot!(shown(&input.to_request(&endpoint(), Scheme::Fc)), @r"
    POST https://1234567890123456.cn-hangzhou.fc.aliyuncs.com/2021-04-06/services/demoService/functions/demoFunction/invocations
    content-type: application/octet-stream
    ");
}

#[test]
fn an_input_with_all_settings_sends_every_header() {
    let input = InvokeFunctionInput::builder(target().qualifier("LATEST".parse().unwrap()))
        .invocation_type(InvocationType::Async)
        .log_type(LogType::None)
        .stateful_async_invocation_id("video_42-a".parse().unwrap())
        .stateful_async_invocation_enable(true.into())
        .async_delay(60_u64.try_into().unwrap())
        .account_id("1234567890123456".parse().unwrap())
        .trace_id("my trace".parse().unwrap())
        .content_type("application/json".parse().unwrap())
        .content_md5()
        .header(ExtraHeader::try_from(("X-Fc-Invocation-Code-Version", "Latest")).unwrap())
        .header(ExtraHeader::try_from(("X-Custom", "first")).unwrap())
        .header(ExtraHeader::try_from(("X-Custom", "v")).unwrap())
        .payload(r#"{"key":"value"}"#)
        .build()
        .unwrap();
    let request = input.to_request(&endpoint(), Scheme::Acs3);
    insta::assert_snapshot!(shown(&request), @r"
    POST https://1234567890123456.cn-hangzhou.fc.aliyuncs.com/2021-04-06/services/demoService/functions/demoFunction/invocations?qualifier=LATEST
    content-md5: pzU/fN3OgI3gAydHoLe+UA==
    content-type: application/json
    x-acs-action: InvokeFunction
    x-acs-version: 2021-04-06
    x-custom: first, v
    x-fc-account-id: 1234567890123456
    x-fc-async-delay: 60
    x-fc-invocation-code-version: Latest
    x-fc-invocation-type: Async
    x-fc-log-type: None
    x-fc-stateful-async-invocation-enable: true
    x-fc-stateful-async-invocation-id: video_42-a
    x-fc-trace-id: my trace
    ");
}

#[test]
fn revision_2023_03_30_sends_the_task_id_in_its_own_header() {
    let input = InvokeFunctionInput::builder(Target::v2023_03_30("demoFunction".parse().unwrap()))
        .invocation_type(InvocationType::Async)
        .stateful_async_invocation_id("video_42-a".parse().unwrap())
        .build()
        .unwrap();
    insta::assert_snapshot!(shown(&input.to_request(&endpoint(), Scheme::Acs3)), @r"
    POST https://1234567890123456.cn-hangzhou.fc.aliyuncs.com/2023-03-30/functions/demoFunction/invocations
    content-type: application/octet-stream
    x-acs-action: InvokeFunction
    x-acs-version: 2023-03-30
    x-fc-async-task-id: video_42-a
    x-fc-invocation-type: Async
    ");
}

#[test]
fn a_content_md5_of_another_payload_is_not_signed() {
    let input = builder().content_md5().payload("event").build().unwrap();
    let mut request = input.to_request(&endpoint(), Scheme::Fc);
    let signer = Signer::new(Scheme::Fc, &credentials());
    let (time, nonce) = (
        "2022-05-11T09:00:00Z".parse().unwrap(),
        "n".parse().unwrap(),
    );
    assert!(signer.sign(&request, time, &nonce).is_ok());
    *request.body_mut() = Bytes::from_static(b"another event");
    let error = signer.sign(&request, time, &nonce).unwrap_err();
    assert_eq!(
        error.to_string(),
        "stale-digest: content-md5 is not the digest of the body; remove or update it"
    );
}

#[test]
fn the_error_of_a_plain_http_endpoint_names_the_call_that_allows_it() {
    let error = "http://fc.example.com".parse::<Endpoint>().unwrap_err();
    assert!(error.to_string().contains("Endpoint::insecure"), "{error}");
    assert!(Endpoint::insecure("http://fc.example.com").is_ok());
}

#[test]
fn a_request_shares_the_payload_without_a_copy() {
    let payload = Bytes::from(vec![7; 1 << 20]);
    let input = InvokeFunctionInput::builder(target())
        .payload(payload.clone())
        .build()
        .unwrap();
    let request = input.to_request(&endpoint(), Scheme::Fc);
    assert_eq!(request.body().as_ptr(), payload.as_ptr());
}

#[test]
fn debug_shows_neither_the_payload_nor_a_header_value() {
    let header = ExtraHeader::try_from(("x-a", "secret 4111")).unwrap();
    assert_eq!(format!("{header:?}"), r#"ExtraHeader("x-a", ..)"#);
    let builder = InvokeFunctionInput::builder(target()).header(header);
    let builder = builder.payload("card 4111");
    let input = builder.clone().build().unwrap();
    for (shown, name) in [
        (format!("{builder:?}"), "InvokeFunctionInputBuilder"),
        (format!("{input:?}"), "InvokeFunctionInput"),
    ] {
        assert!(!shown.contains("4111"), "{shown}");
        assert!(
            shown.starts_with(&format!("{name} {{ target: Target {{")),
            "{shown}"
        );
        assert!(shown.ends_with("payload_len: 9, .. }"), "{shown}");
    }
}

#[test]
fn every_revision_accepts_its_schemes() {
    for revision in [
        Revision::V2016_08_15,
        Revision::V2021_04_06,
        Revision::V2023_03_30,
    ] {
        assert_eq!(revision.to_string().parse(), Ok(revision));
        assert!(revision.accepts(Scheme::Acs3));
        assert_eq!(
            revision.accepts(Scheme::Fc),
            revision != Revision::V2023_03_30
        );
    }
}

/// A text that a name accepts can be sent: making the request cannot fail. Every character up to U+00FF, at each place.
#[test]
fn a_text_that_is_accepted_as_a_name_is_in_the_request_line() {
    let mut accepted = 0;
    for character in '\0'..='\u{ff}' {
        for text in [
            format!("{character}b"),
            format!("a{character}b"),
            format!("a{character}"),
        ] {
            let Ok(function) = text.parse() else {
                continue;
            };
            accepted += 1;
            let target = Target::v2023_03_30(function);
            let input = InvokeFunctionInput::builder(target).build().unwrap();
            for scheme in [Scheme::Fc, Scheme::Acs3] {
                let request = input.to_request(&endpoint(), scheme);
                let name = text.replace('$', "%24");
                let expected = format!("/2023-03-30/functions/{name}/invocations");
                assert_eq!(request.uri().path(), expected);
            }
        }
    }
    // A letter or an underscore first; then also digits and hyphens; and `a$b`, a function of a service.
    assert_eq!(accepted, 53 + 64 + 64 + 1);
}

proptest! {
    /// Every accepted name is part of the request line without escapes, in every revision.
    #[test]
    fn every_accepted_name_is_in_the_request_line_and_can_be_signed(
        service in "[A-Za-z_][A-Za-z0-9_-]{0,127}",
        function in "[A-Za-z_][A-Za-z0-9_-]{0,127}",
        qualifier in "[A-Za-z_][A-Za-z0-9_-]{0,127}|[0-9]{1,20}",
        payload in proptest::collection::vec(any::<u8>(), 0..64),
    ) {
        let named = || (service.parse().unwrap(), function.parse().unwrap());
        let (two_0, older) = (named(), named());
        let targets = [
            Target::new(two_0.0, two_0.1),
            Target::v2016_08_15(older.0, older.1),
            Target::v2023_03_30(function.parse().unwrap()),
        ];
        for target in targets {
            let revision = target.revision();
            let target = target.qualifier(qualifier.parse().unwrap());
            let input = InvokeFunctionInput::builder(target).payload(payload.clone()).build().unwrap();
            for scheme in [Scheme::Fc, Scheme::Acs3] {
                let request = input.to_request(&endpoint(), scheme);
                let segments: Vec<&str> = request.uri().path().split('/').collect();
                let named = match revision {
                    Revision::V2016_08_15 => vec!["services", "", "functions", &function],
                    Revision::V2021_04_06 => vec!["services", &service, "functions", &function],
                    _ => vec!["functions", &function],
                };
                let mut expected = vec!["", revision.as_str()];
                expected.extend(named);
                expected.push("invocations");
                let dotted = format!("{service}.{qualifier}");
                if revision == Revision::V2016_08_15 {
                    expected[3] = &dotted;
                    prop_assert_eq!(request.uri().query(), None);
                } else {
                    let query = format!("qualifier={qualifier}");
                    prop_assert_eq!(request.uri().query(), Some(query.as_str()));
                }
                prop_assert_eq!(segments, expected);
                prop_assert_eq!(request.body().as_ref(), payload.as_slice());
                let credentials = Credentials::new("ID".parse().unwrap(), "secret".parse().unwrap());
                let signer = Signer::new(scheme, &credentials);
                let time = "2022-05-11T09:00:00Z".parse().unwrap();
                prop_assert!(signer.sign(&request, time, &"n".parse().unwrap()).is_ok());
            }
        }
    }
}

#[test]
fn an_endpoint_is_displayed_as_its_url() {
    let account = "1234567890123456".parse().unwrap();
    let region: Region = "cn-hangzhou".parse().unwrap();
    assert_eq!(region.as_str(), "cn-hangzhou");
    for (endpoint, shown) in [
        (
            Endpoint::public(&account, &region),
            "https://1234567890123456.cn-hangzhou.fc.aliyuncs.com",
        ),
        (
            Endpoint::internal(&account, &region),
            "https://1234567890123456.cn-hangzhou-internal.fc.aliyuncs.com",
        ),
        (
            "HTTP://localhost:8080/".parse().unwrap(),
            "http://localhost:8080",
        ),
    ] {
        assert_eq!(endpoint.to_string(), shown);
    }
}

#[test]
fn a_revision_is_parsed_from_its_date() {
    for revision in [
        Revision::V2016_08_15,
        Revision::V2021_04_06,
        Revision::V2023_03_30,
    ] {
        assert_eq!(revision.to_string().parse(), Ok(revision));
    }
    assert_eq!(Revision::default().to_string(), "2021-04-06");
    assert!("2021-04-07".parse::<Revision>().is_err());
}

/// The number of headers of a usual response: the map of a request has at least space for them.
const USUAL_RESPONSE: usize = 10;

#[test]
fn a_signed_request_has_space_for_exactly_two_headers_of_the_transport() {
    let key = || ("id".parse().unwrap(), "secret".parse().unwrap());
    let (id, secret) = key();
    let long_lived = Credentials::new(id, secret);
    let (id, secret) = key();
    let temporary = Credentials::temporary(id, secret, "token".parse().unwrap());
    for (scheme, credentials) in [Scheme::Fc, Scheme::Acs3]
        .into_iter()
        .flat_map(|scheme| [(scheme, &long_lived), (scheme, &temporary)])
    {
        let signer = Signer::new(scheme, credentials);
        assert_eq!(signer.scheme(), scheme);
        let mut builder = InvokeFunctionInput::builder(target()).content_md5();
        for number in 0..100 {
            let name = format!("x-{number}");
            builder = builder.header(ExtraHeader::try_from((name.as_str(), "v")).unwrap());
            let input = builder.clone().build().unwrap();
            let call = Call::new(&input, &endpoint(), scheme).unwrap();
            let time = "2022-05-11T09:00:00Z".parse().unwrap();
            let (request, _) = call.start(&signer, time, &"n".parse().unwrap()).unwrap();
            let found = request.headers();
            let room = (found.len() + 2).max(USUAL_RESPONSE);
            let expected = HeaderMap::<HeaderValue>::with_capacity(room);
            assert_eq!(found.capacity(), expected.capacity(), "{scheme:?} {number}");
        }
    }
}
