//! Malformed inputs beyond those of `fixtures/bad-inputs.json`: each has its own error.

use fc_headers::{InputError, InvocationType};
use fc_invoke::{
    Endpoint, ExtraHeader, HeadLimits, InvokeFunctionInput, InvokeFunctionInputBuilder,
    PayloadLimits, Region, Scheme, Target,
};

use crate::samples::builder;

/// The first word of the error message, or `accept`.
fn slug<T>(result: Result<T, InputError>) -> String {
    result.map_or_else(
        |error| error.to_string().split(':').next().unwrap().to_owned(),
        |_| "accept".to_owned(),
    )
}

#[test]
fn an_endpoint_is_accepted_or_refused_by_its_url() {
    for (case, text, expected) in [
        ("no scheme", "fc.example.com", "scheme"),
        ("no host", "https://", "host"),
        ("no port", "https://fc.example.com:", "port"),
        ("a slash", "https://fc.example.com/", "accept"),
        ("a number as host", "http://2130706433", "host"),
        ("an open bracket", "https://[::1", "host"),
        ("another loopback address", "http://127.9.9.9", "accept"),
    ] {
        assert_eq!(slug(text.parse::<Endpoint>()), expected, "{case}: {text}");
    }
    assert_eq!(slug(Endpoint::insecure("http://fc.example.com")), "accept");
    assert_eq!(
        slug(Endpoint::insecure("http://user@fc.example.com")),
        "userinfo"
    );
}

#[test]
fn an_error_does_not_show_the_password_of_an_endpoint() {
    let error = "https://user:hunter2@fc.example.com"
        .parse::<Endpoint>()
        .unwrap_err();
    assert!(!format!("{error} {error:?}").contains("hunter2"));
}

#[test]
fn an_extra_header_that_the_library_writes_or_that_is_malformed_is_refused() {
    let header = |name: &str, value: &[u8]| slug(ExtraHeader::try_from((name, value)));
    for (case, found, expected) in [
        ("leading space", header("X-A", b" a"), "header-value"),
        (
            "acs",
            header("X-Acs-Version", b"2021-04-06"),
            "reserved-header",
        ),
        (
            "other",
            header("X-Fc-Invocation-Code-Version", b"Latest"),
            "accept",
        ),
        ("tab inside", header("X-A", b"a\tb"), "accept"),
    ] {
        assert_eq!(found, expected, "{case}");
    }
}

#[test]
fn an_input_whose_settings_contradict_each_other_is_refused() {
    let extra = |count: u32| {
        let headers = (0..count).map(|n| ExtraHeader::try_from((&*format!("x-{n}"), "v")).unwrap());
        slug(
            headers
                .fold(builder(), InvokeFunctionInputBuilder::header)
                .build(),
        )
    };
    let target = Target::v2023_03_30("fn".parse().unwrap());
    let enable = InvokeFunctionInput::builder(target)
        .stateful_async_invocation_enable(true.into())
        .build();
    for (case, found, expected) in [
        (
            "a task id without Async",
            slug(
                builder()
                    .stateful_async_invocation_id("task-1".parse().unwrap())
                    .build(),
            ),
            "async-only",
        ),
        (
            "a delay of a synchronous invocation",
            slug(
                builder()
                    .invocation_type(InvocationType::Sync)
                    .async_delay(60_u64.try_into().unwrap())
                    .build(),
            ),
            "async-only",
        ),
        ("128 headers", extra(128), "accept"),
        ("3.0 without the header", slug(enable), "not-in-revision"),
        (
            "content type",
            slug(builder().content_type(" a/b".parse().unwrap()).build()),
            "header-value",
        ),
        (
            "region",
            slug("cn_hangzhou".parse::<Region>()),
            "forbidden-byte",
        ),
        (
            "region",
            slug("cn.evil.example/".parse::<Region>()),
            "forbidden-byte",
        ),
        ("region", slug("r".repeat(51).parse::<Region>()), "too-long"),
        ("region", slug("".parse::<Region>()), "empty"),
    ] {
        assert_eq!(found, expected, "{case}");
    }
}

#[test]
fn the_default_payload_limit_depends_on_the_invocation_type() {
    let check = |input: InvokeFunctionInputBuilder| {
        slug(PayloadLimits::default().check(&input.build().unwrap()))
    };
    let sync = |len| check(builder().payload(vec![0; len]));
    let r#async = |len| {
        check(
            builder()
                .invocation_type(InvocationType::Async)
                .payload(vec![0; len]),
        )
    };
    assert_eq!(sync(33_554_432), "accept");
    assert_eq!(sync(33_554_433), "payload-too-large");
    assert_eq!(r#async(131_072), "accept");
    assert_eq!(r#async(131_073), "payload-too-large");
}

#[test]
fn regions_and_extra_headers_are_accepted_up_to_their_limits() {
    let region = |text: &str| slug(text.parse::<Region>());
    let header = |value: &[u8]| slug(ExtraHeader::try_from(("x-a", value)));
    for (case, found, expected) in [
        ("no region", region(""), "empty"),
        ("50 characters", region(&"a".repeat(50)), "accept"),
        ("51 characters", region(&"a".repeat(51)), "too-long"),
        ("a region", region("cn-hangzhou-1"), "accept"),
        ("a leading hyphen", region("-cn"), "forbidden-byte"),
        ("a trailing hyphen", region("cn-"), "forbidden-byte"),
        ("an upper-case letter", region("Cn"), "forbidden-byte"),
        ("a dot", region("cn.evil"), "forbidden-byte"),
        ("64 KiB", header(&vec![b'v'; 65_536]), "accept"),
        ("64 KiB and a byte", header(&vec![b'v'; 65_537]), "too-long"),
        ("a leading space", header(b" v"), "header-value"),
        ("a trailing tab", header(b"v\t"), "header-value"),
        ("an empty value", header(b""), "accept"),
    ] {
        assert_eq!(found, expected, "{case}");
    }
}

#[test]
fn a_payload_limit_of_the_caller_holds_for_its_invocation_type_only() {
    let limits = PayloadLimits::default().synchronous(5).asynchronous(3);
    let check = |invocation_type, len| {
        let input = builder().invocation_type(invocation_type);
        slug(limits.check(&input.payload(vec![0; len]).build().unwrap()))
    };
    assert_eq!(check(InvocationType::Sync, 5), "accept");
    assert_eq!(check(InvocationType::Sync, 6), "payload-too-large");
    assert_eq!(check(InvocationType::Async, 3), "accept");
    assert_eq!(check(InvocationType::Async, 4), "payload-too-large");
}

#[test]
fn a_region_with_the_suffix_of_a_host_is_refused_and_the_region_is_named() {
    for (text, region) in [
        ("cn-hangzhou-internal", "cn-hangzhou"),
        ("cn-hangzhou-vpc", "cn-hangzhou"),
        ("cn-hangzhou-intranet", "cn-hangzhou"),
        ("cn-hangzhou-finance-internal", "cn-hangzhou-finance"),
    ] {
        let error = text.parse::<Region>().unwrap_err().to_string();
        assert!(error.starts_with("unknown-value: region: "), "{error}");
        assert!(
            error.contains(&format!("the region is \"{region}\"")),
            "{error}"
        );
        assert!(error.contains("Endpoint::internal"), "{error}");
    }
    for text in ["cn-hangzhou-finance", "internal", "cn-internal-1", "vpc"] {
        assert!(text.parse::<Region>().is_ok(), "{text}");
    }
}

#[test]
fn a_refused_extra_header_is_named_and_its_value_is_not_shown() {
    let message = |name: &str, value: &[u8]| {
        let refused = ExtraHeader::try_from((name, value));
        refused.unwrap_err().to_string()
    };
    let too_long = vec![b's'; 65_537];
    for (name, value, expected) in [
        (
            "X-Order",
            &b"secret\n"[..],
            "header-value: extra header: the value of \"x-order\" has a byte at 6 that is not visible ASCII",
        ),
        (
            "X-Order",
            b"secret ",
            "header-value: extra header: the value of \"x-order\" begins or ends with whitespace",
        ),
        (
            "X-Order",
            &too_long,
            "too-long: extra header: the value of \"x-order\" has 65537 bytes, at most 65536 are allowed",
        ),
        (
            "Host",
            b"h",
            "reserved-header: extra header: \"host\" is written by the library",
        ),
        (
            "X Order",
            b"v",
            "header-name: extra header: the byte at 1 of the name is not allowed",
        ),
        ("", b"v", "header-name: extra header: the name has 0 bytes"),
    ] {
        let message = message(name, value);
        assert!(message.starts_with(expected), "{message}");
        assert!(!message.contains("secret"), "{message}");
    }
}

#[test]
fn the_sizes_of_headers_and_of_the_path_are_compared_with_the_limits_of_the_manual() {
    let endpoint: Endpoint = "https://fc.example.com".parse().unwrap();
    let request = |length: usize| {
        let value = "v".repeat(length);
        let header = ExtraHeader::try_from(("X-Large", value)).unwrap();
        let input = builder().header(header).build().unwrap();
        input.to_request(&endpoint, Scheme::Fc)
    };
    let usual: usize = request(1)
        .headers()
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum();
    let room = (8 << 10) - usual + 1;
    let limits = HeadLimits::default();
    assert!(limits.check(&request(room)).is_ok());
    let error = limits.check(&request(room + 1)).unwrap_err().to_string();
    let largest = room + 1 + "x-large".len();
    assert_eq!(
        error,
        format!(
            "too-long: headers: 8193 bytes of names and values, at most 8192 are allowed; the largest is \"x-large\" \
             with {largest}"
        )
    );
    assert!(limits.headers(9000).check(&request(room + 1)).is_ok());
    let target = request(1).uri().path_and_query().unwrap().as_str().len();
    assert!(limits.target(target).check(&request(1)).is_ok());
    let error = limits.target(target - 1).check(&request(1)).unwrap_err();
    assert!(
        error.to_string().starts_with("too-long: path and query: "),
        "{error}"
    );
}
