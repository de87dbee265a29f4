//! Settings, headers and payloads of an invocation.

use fc_bad_inputs::{ACCEPT, Entry};
use fc_headers::{InputError, InvocationType, LogType};
use fc_invoke::{
    Endpoint, ExtraHeader, InvokeFunctionInput, InvokeFunctionInputBuilder, PayloadLimits,
    Revision, Scheme, Target,
};

use crate::found;

fn builder() -> InvokeFunctionInputBuilder {
    let target = Target::new("svc".parse().unwrap(), "fn".parse().unwrap());
    InvokeFunctionInput::builder(target)
}

pub(crate) fn check(entry: &Entry) -> Result<(), String> {
    let found = if entry.has("api_version") {
        found(entry.text("api_version").parse::<Revision>())
    } else if entry.has("extra_headers_count") {
        let count = entry.field("extra_headers_count").as_u64().unwrap();
        let header = |number: u64| ExtraHeader::try_from((&*format!("x-{number}"), "v")).unwrap();
        let build = |count| {
            let headers = (0..count).map(header);
            headers
                .fold(builder(), InvokeFunctionInputBuilder::header)
                .build()
        };
        assert!(
            build(count - 1).is_ok(),
            "one header less is within the limit"
        );
        found(build(count))
    } else if entry.has("payload") {
        payload(entry)
    } else {
        found(with_settings(entry))
    };
    entry.expect(&found)
}

fn with_settings(entry: &Entry) -> Result<InvokeFunctionInput, InputError> {
    let mut input = builder();
    if entry.has("invocation_type") {
        let invocation_type: InvocationType = entry.text("invocation_type").parse().unwrap();
        input = input.invocation_type(invocation_type);
    }
    if entry.has("log_type") {
        let log_type: LogType = entry.text("log_type").parse().unwrap();
        input = input.log_type(log_type);
    }
    if entry.has("extra_header") {
        let pair = entry.field("extra_header");
        let name = pair.get(0).and_then(|name| name.as_str()).unwrap();
        let value = fc_bad_inputs::bytes(pair.get(1).unwrap());
        let header = ExtraHeader::try_from((name, value.as_slice()));
        if let Err(error) = &header {
            assert!(error.to_string().len() < 450, "{error}");
        }
        input = input.header(header?);
    }
    input.build()
}

fn payload(entry: &Entry) -> String {
    let payload = entry.bytes("payload");
    let input = builder().payload(payload.clone()).build().unwrap();
    if entry.has("limit") {
        let limit = entry.field("limit").as_u64().unwrap();
        let limit = usize::try_from(limit).unwrap();
        // The default limit is the one of the entry.
        let at_the_limit = builder().payload(vec![0; limit]).build().unwrap();
        assert!(PayloadLimits::default().check(&at_the_limit).is_ok());
        return found(PayloadLimits::default().check(&input));
    }
    let endpoint: Endpoint = "https://fc.example.com".parse().unwrap();
    let request = input.to_request(&endpoint, Scheme::Fc);
    assert_eq!(*request.body(), payload, "{}", entry.id());
    ACCEPT.to_owned()
}
