//! The properties of `build`.

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::strategy::BoxedStrategy;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use fcgate_cases::corpus::{BuildExpectation, ExpectedHeaders, Stimulus};
use fcgate_protocol::{
    BuildInput, Credentials, HeaderList, Invocation, RefusalClass, Scheme, capability,
};

use super::family::{Family, Stimuli};
use super::requests::value;

const FC: &[&str] = &[capability::BUILD, capability::SIGN_FC];
const ACS3: &[&str] = &[capability::BUILD, capability::SIGN_ACS3];
const CHECKED: &[&str] = &[
    capability::BUILD,
    capability::SIGN_FC,
    capability::INPUT_CHECK,
];
const TRACED: &[&str] = &[
    capability::BUILD,
    capability::SIGN_FC,
    capability::INPUT_CHECK,
    capability::INVOKE_TRACE_ID,
];
const QUALIFIED_FC: &[&str] = &[
    capability::BUILD,
    capability::SIGN_FC,
    capability::INVOKE_QUALIFIER,
];
const QUALIFIED_ACS3: &[&str] = &[
    capability::BUILD,
    capability::SIGN_ACS3,
    capability::INVOKE_QUALIFIER,
];
const TWIN: &str = "build.paths.2021-04-06-fc-plain";

pub(super) const FAMILIES: &[Family] = &[
    Family::new(
        "property.names-2016",
        "2016-08-15: every valid name is unchanged in the path, with the qualifier after a dot",
        "Otherwise another function runs, or none is found.",
        &["FC-BUILD-002", "FC-BUILD-014"],
        QUALIFIED_FC,
        || names("2016-08-15", Scheme::Fc),
    )
    .revision("2016-08-15"),
    Family::new(
        "property.names-2021",
        "2021-04-06: every valid name is unchanged in the path, with the qualifier in the query",
        "Otherwise another function runs, or none is found.",
        &["FC-BUILD-001", "FC-BUILD-004", "FC-BUILD-014"],
        QUALIFIED_ACS3,
        || names("2021-04-06", Scheme::Acs3),
    )
    .revision("2021-04-06"),
    Family::new(
        "property.names-2023",
        "2023-03-30: every valid name is unchanged in the path, without a service",
        "Otherwise another function runs, or none is found.",
        &["FC-BUILD-003", "FC-BUILD-004", "FC-BUILD-014"],
        QUALIFIED_ACS3,
        || names("2023-03-30", Scheme::Acs3),
    )
    .revision("2023-03-30"),
    Family::new(
        "property.names-refused",
        "A function name with a byte outside its grammar is refused before anything is signed",
        "An invalid name that is escaped and sent reaches another path than the checked one.",
        &["FC-BUILD-016"],
        CHECKED,
        || {
            let foreign = "[^A-Za-z0-9_-]";
            let drawn = ("[A-Za-z_]{0,4}", foreign, "[A-Za-z0-9_-]{0,4}");
            drawn
                .prop_map(|(before, foreign, after)| {
                    let mut input = plain();
                    input.function = format!("{before}{foreign}{after}");
                    vec![refused(input)]
                })
                .boxed()
        },
    )
    .revision("2021-04-06")
    .twin(TWIN, "/given/input/function"),
    Family::new(
        "property.control-bytes-refused",
        "A control byte anywhere in a trace id is refused before anything is signed",
        "A line break in a value adds headers to the request.",
        &["FC-BUILD-019"],
        TRACED,
        || {
            let control = prop_oneof![0_u8..9, 10_u8..32, Just(127_u8)];
            let drawn = ("[!-~]{0,6}", control, "[!-~]{0,6}");
            drawn
                .prop_map(|(before, control, after)| {
                    let mut input = plain();
                    input.trace_id = Some(format!("{before}{}{after}", char::from(control)));
                    vec![refused(input)]
                })
                .boxed()
        },
    )
    .revision("2021-04-06")
    .twin(TWIN, "/given/input/trace_id"),
    Family::new(
        "property.payload-sent",
        "ACS3: the payload is the body byte for byte, and its digest is signed",
        "Binary payloads that are converted to text are damaged without an error.",
        &["FC-BUILD-013", "FC-BUILD-014"],
        ACS3,
        || {
            vec(any::<u8>(), 0..300)
                .prop_map(|payload| {
                    let mut input = plain();
                    input.payload = Some(payload.clone());
                    let expect = BuildExpectation {
                        body_b64: Some(STANDARD.encode(payload)),
                        ..verifying()
                    };
                    let given = given("2021-04-06", Scheme::Acs3, input);
                    vec![Stimulus::Build { given, expect }]
                })
                .boxed()
        },
    )
    .revision("2021-04-06"),
    Family::new(
        "property.extra-headers-sent",
        "FC: every extra header of the caller is sent unchanged, and the request verifies",
        "A dropped header breaks proxies and gateways that rely on it.",
        &["FC-BUILD-021", "FC-BUILD-014"],
        FC,
        || {
            vec(("x-custom-[a-z0-9]{1,8}", value()), 1..5)
                .prop_map(|mut headers| {
                    headers.sort();
                    headers.dedup_by(|one, other| one.0 == other.0);
                    let mut input = plain();
                    let headers = HeaderList::from(headers);
                    input.headers = Some(headers.clone());
                    let expect = BuildExpectation {
                        headers: Some(ExpectedHeaders {
                            present: headers,
                            absent: Vec::new(),
                        }),
                        ..verifying()
                    };
                    let given = given("2021-04-06", Scheme::Fc, input);
                    vec![Stimulus::Build { given, expect }]
                })
                .boxed()
        },
    )
    .revision("2021-04-06"),
];

/// The invocation of the twin case.
fn plain() -> Invocation {
    Invocation {
        service: Some("demoService".to_owned()),
        payload: Some(br#"{"key":"value"}"#.to_vec()),
        ..Invocation::new("demoFunction")
    }
}

fn given(revision: &str, scheme: Scheme, input: Invocation) -> BuildInput {
    BuildInput {
        revision: revision.to_owned(),
        scheme,
        endpoint: "https://1234567890123456.cn-hangzhou.fc.aliyuncs.com".to_owned(),
        credentials: Credentials::new("FCTESTACCESSKEYID01", "fcTestAccessKeySecret0123456789"),
        time: "2022-05-11T09:00:00Z".to_owned(),
        nonce: "0123456789abcdef0123456789abcdef".to_owned(),
        input,
    }
}

fn verifying() -> BuildExpectation {
    BuildExpectation {
        verifies: Some(true),
        ..BuildExpectation::default()
    }
}

fn refused(input: Invocation) -> Stimulus {
    Stimulus::Build {
        given: given("2021-04-06", Scheme::Fc, input),
        expect: BuildExpectation {
            refused: Some(RefusalClass::Input),
            ..BuildExpectation::default()
        },
    }
}

fn names(revision: &'static str, scheme: Scheme) -> BoxedStrategy<Stimuli> {
    let name = "[A-Za-z_][A-Za-z0-9_-]{0,40}";
    let qualifier = prop_oneof!["[1-9][0-9]{0,6}", "[A-Za-z_][A-Za-z0-9_-]{0,30}"];
    let drawn = (name, name, proptest::option::of(qualifier));
    drawn
        .prop_map(move |(service, function, qualifier)| {
            let mut input = plain();
            let path = match (revision, &qualifier) {
                ("2016-08-15", Some(qualifier)) => {
                    format!("/{revision}/services/{service}.{qualifier}/functions/{function}/invocations")
                }
                ("2023-03-30", _) => format!("/{revision}/functions/{function}/invocations"),
                _ => format!("/{revision}/services/{service}/functions/{function}/invocations"),
            };
            let in_query = qualifier.clone().filter(|_| revision != "2016-08-15");
            let query = in_query.map(|value| ("qualifier".to_owned(), value));
            input.service = (revision != "2023-03-30").then_some(service);
            input.function = function;
            input.qualifier = qualifier;
            let expect = BuildExpectation {
                path: Some(path),
                query: Some(query.into_iter().collect()),
                ..verifying()
            };
            let given = given(revision, scheme, input);
            vec![Stimulus::Build { given, expect }]
        })
        .boxed()
}
