//! Functions of the user's own.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fc_local::{Behaviour, FunctionSettings, Functions, Options};
use fcgate_cases::corpus::Files;
use fcgate_cases::recorded_traffic::{RecordedRequest, recordings};

use super::client::{Request, TestServer, raw};

fn options(functions: &[(&str, &str)]) -> Options {
    let mut options = Options::new();
    options.functions = Functions::default();
    for (name, behaviour) in functions {
        let behaviour: Behaviour = behaviour.parse().unwrap();
        let settings = FunctionSettings::default();
        let added = options
            .functions
            .add(name.parse().unwrap(), behaviour, settings);
        added.unwrap();
    }
    options
}

#[test]
fn the_name_of_a_call_selects_its_function() {
    let server = TestServer::with(options(&[
        ("resize", "body:any"),
        ("orders/resize.prod", "body:prod of orders"),
        ("denied", "echo"),
        ("shop/invoice", "echo"),
        ("busy", "error:429:ResourceExhausted"),
    ]));
    let body = |target: &str| server.send(&Request::to(target)).body();
    let of = |service: &str, function: &str| {
        format!("/2021-04-06/services/{service}/functions/{function}/invocations")
    };
    assert_eq!(body(&of("s", "resize")), "any");
    let prod = format!("{}?qualifier=prod", of("orders", "resize"));
    assert_eq!(body(&prod), "prod of orders");
    assert_eq!(
        body("/2016-08-15/services/orders.prod/functions/resize/invocations"),
        "prod of orders"
    );
    // An own function hides the built-in one, and the other built-in functions stay.
    assert_eq!(body(&of("s", "denied")), "{\"key\":\"value\"}");
    assert_eq!(server.send(&Request::of("throttled")).status(), 429);
    let busy = server.send(&Request::of("busy"));
    assert_eq!(busy.status(), 429);
    assert!(busy.body().contains("ResourceExhausted"), "{}", busy.text());
    let unknown = server.send(&Request::of("reseze"));
    assert_eq!(unknown.status(), 404);
    let log = server.log();
    let next = "  next: to play this function, start the server with --function NAME=BEHAVIOUR, e.g. --function reseze=echo\n";
    assert!(log.contains(next), "{log}");
    assert!(log.contains("  next: did you mean `resize`?\n"), "{log}");
    let before = server.log().len();
    server.send(&Request::to(&of("other", "invoice")));
    let log = server.log().split_off(before);
    let next =
        "  next: the service or the qualifier of this call is another than that of `shop/invoice`";
    assert!(log.contains(next), "{log}");
    let table = server.end().table;
    assert!(table.contains("orders-resize-prod"), "{table}");
}

#[test]
fn the_log_tail_has_the_lines_of_the_runtime_and_its_last_4_kilobytes() {
    let mut options = options(&[]);
    let log = format!("{}last line", "x".repeat(5_000));
    let behaviour =
        Behaviour::of(move |_: &fc_local::Call| fc_local::Reply::success("done").log(log.as_str()));
    let settings = FunctionSettings::default();
    let name = "noisy".parse().unwrap();
    options.functions.add(name, behaviour, settings).unwrap();
    let server = TestServer::with(options);
    let answer = server.send(&Request::of("noisy").header("X-Fc-Log-Type", "Tail"));
    let text = answer.text();
    let header = text
        .lines()
        .find_map(|line| line.strip_prefix("X-Fc-Log-Result: "));
    let tail = STANDARD.decode(header.unwrap()).unwrap();
    assert_eq!(tail.len(), 4_096);
    let tail = String::from_utf8(tail).unwrap();
    assert!(tail.starts_with("xxx"), "{tail}");
    assert!(
        tail.contains("xlast line\nFC Invoke End RequestId: 0000"),
        "{tail}"
    );
    assert!(tail.contains("Memory Size: 512 MB"), "{tail}");
}

/// What a recorded invocation gets from a function that returns its payload.
fn answer(server: &TestServer, recorded: &RecordedRequest) -> Option<u16> {
    let body = recorded.body.as_deref().unwrap_or_default();
    let mut headers = recorded.headers.clone();
    headers.retain(|(name, _)| !name.eq_ignore_ascii_case("connection"));
    let (method, target) = (&recorded.method, &recorded.target);
    let answer = raw(server.address(), method, target, &headers, body);
    match answer.status() {
        200 => answer.bytes.ends_with(body).then_some(200),
        202 => Some(202),
        _ => None,
    }
}

/// The invocations of each recorded SDK whose signature follows the rule: the number, those that are answered with 200 and the
/// payload, and those that are accepted with 202. The one that is neither has a path with `/../`, which names no function.
const RECORDED: [(&str, usize, usize, usize); 6] = [
    ("node-fc2-2.6.6", 28, 24, 3),
    ("node-fc3-4.7.6", 35, 33, 2),
    ("node-open-2.0.13", 36, 34, 2),
    ("py-fc2-2.5.2", 28, 25, 3),
    ("py-fc3-4.8.3", 33, 31, 2),
    ("py-open-2.0.12", 31, 29, 2),
];

#[test]
fn recorded_invocations_are_answered_by_a_function_for_every_name() {
    let mut counts = Vec::new();
    for recording in recordings(&Files::embedded()).unwrap() {
        let mut options = options(&[("*", "echo")]);
        options.any_time = true;
        let server = TestServer::with(options);
        let invocations: Vec<_> = recording
            .requests
            .iter()
            .filter(|request| request.verifies && request.target.contains("/invocations"))
            .filter(|request| request.body.is_some() || request.body_sha256.is_none())
            .collect();
        let answers: Vec<_> = invocations
            .iter()
            .map(|request| answer(&server, request))
            .collect();
        let with = |status| {
            answers
                .iter()
                .filter(|answer| **answer == Some(status))
                .count()
        };
        counts.push((recording.sdk.clone(), answers.len(), with(200), with(202)));
    }
    let counts: Vec<_> = counts
        .iter()
        .map(|(sdk, all, sync, later)| (sdk.as_str(), *all, *sync, *later))
        .collect();
    assert_eq!(counts, RECORDED);
}
