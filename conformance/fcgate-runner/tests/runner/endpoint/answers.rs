//! The fake endpoint over real HTTP, with a minimal client.

use fcgate_cases::corpus::{InvokeGiven, Stimulus};
use fcgate_cases::oracle::{self, WireRequest};
use fcgate_protocol::{HeaderList, SignKind};
use fcgate_runner::endpoint::Endpoint;

use crate::exchange::exchange;
use crate::judged::failed;
use crate::small_corpus::small_corpus;

fn given() -> InvokeGiven {
    match small_corpus()
        .case("invoke.basic.sync")
        .unwrap()
        .stimulus
        .clone()
    {
        Stimulus::Invoke { given, .. } => given,
        other => panic!("{other:?}"),
    }
}

/// The path and signed headers of an invocation of this function.
fn signed(function: &str, extra: &[(&str, &str)]) -> (String, HeaderList) {
    let path = format!("/2021-04-06/services/demoService/functions/{function}/invocations");
    let mut headers = HeaderList::from([("date", "Wed, 11 May 2022 09:00:00 GMT")]);
    headers.extend(extra.iter().copied());
    let request = WireRequest::new("POST", &path).headers(&headers);
    let credentials = given().credentials;
    let stages = oracle::fc_stages(&request, SignKind::Api, &credentials.access_key_secret);
    let authorization = format!(
        "FC {}:{}",
        credentials.access_key_id,
        stages.signature.unwrap()
    );
    headers.push("authorization", authorization);
    (path, headers)
}

#[test]
fn a_request_that_verifies_gets_the_answer_of_its_case() {
    let endpoint = Endpoint::start().unwrap();
    let address = endpoint.expect("invoke.basic.sync", &given()).unwrap();
    let (path, headers) = signed(&address.function, &[("X-Fc-Log-Type", " Tail ")]);
    let (status, headers, body) = exchange(endpoint.uri(), &path, &headers, b"x");
    assert_eq!((status, body.as_slice()), (200, b"ok".as_slice()));
    assert!(headers.get("x-fc-request-id") == Some("r-2"), "{headers:?}");
    let mut given = given();
    given.input.log_type = Some("Tail".to_owned());
    given.input.payload = Some(b"x".to_vec());
    let arrivals = endpoint.close(&address);
    assert_eq!(arrivals.requests.len(), 1);
    assert_eq!(
        failed(&given, &arrivals),
        ["arrived.date: in the year 2022"]
    );
}

#[test]
fn a_request_that_does_not_verify_is_refused_as_the_service_does() {
    let endpoint = Endpoint::start().unwrap();
    let address = endpoint.expect("invoke.basic.sync", &given()).unwrap();
    let (path, mut headers) = signed(&address.function, &[]);
    headers.push("x-fc-log-type", "Tail");
    let (status, _, body) = exchange(endpoint.uri(), &path, &headers, b"x");
    assert_eq!(status, 403);
    assert!(
        String::from_utf8(body)
            .unwrap()
            .contains("\"ErrorCode\":\"SignatureNotMatch\"")
    );
    let failed = failed(&given(), &endpoint.close(&address));
    let refusal = "arrived.verifies: the signature does not match this method, target and headers";
    assert_eq!(failed.last().unwrap(), refusal);
}

#[test]
fn every_request_of_a_case_is_counted_and_cases_do_not_mix() {
    let endpoint = Endpoint::start().unwrap();
    let one = endpoint.expect("one", &given()).unwrap();
    let other = endpoint.expect("other", &given()).unwrap();
    assert_ne!(one, other);
    for address in [&one, &one, &other] {
        let (path, headers) = signed(&address.function, &[]);
        assert_eq!(exchange(endpoint.uri(), &path, &headers, b"").0, 200);
    }
    assert_eq!(
        [&one, &other].map(|address| endpoint.close(address).requests.len()),
        [2, 1]
    );
    let (path, headers) = signed(&one.function, &[]);
    assert_eq!(
        exchange(endpoint.uri(), &path, &headers, b"").0,
        404,
        "the case is closed"
    );
}

#[test]
fn the_function_name_of_a_case_differs_in_each_run_and_does_not_contain_its_id() {
    let name = |endpoint: &Endpoint| {
        endpoint
            .expect("invoke.basic.sync", &given())
            .unwrap()
            .function
    };
    let (one, other) = (Endpoint::start().unwrap(), Endpoint::start().unwrap());
    assert_eq!(name(&one), name(&one));
    assert_ne!(name(&one), name(&other));
    assert!(!name(&one).contains("sync"));
}

#[test]
fn a_request_after_the_answer_is_late() {
    let endpoint = Endpoint::start().unwrap();
    let address = endpoint.expect("one", &given()).unwrap();
    let (path, headers) = signed(&address.function, &[]);
    exchange(endpoint.uri(), &path, &headers, b"");
    assert_eq!(endpoint.close(&address).requests.len(), 1);
    assert_eq!(endpoint.late("one"), 0);
    exchange(endpoint.uri(), &path, &headers, b"");
    assert_eq!((endpoint.late("one"), endpoint.late("other")), (1, 0));
}

#[test]
fn an_endpoint_can_be_dropped_immediately_after_its_start() {
    for _ in 0..5 {
        drop(Endpoint::start().unwrap());
    }
}
