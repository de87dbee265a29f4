//! Conversations with session affinity against `fcgate serve`, by both clients.

use fc_invoke::{
    BlockingClient, Client, Endpoint, InvokeFunctionInput, RetryPolicy, Scheme, Session, Target,
};
use fc_local::{Options, Server};
use fc_response::Outcome;
use fc_sign::Credentials;
use fc_transport_hyper::HyperTransport;
use fc_transport_ureq::{UreqTransport, config};

fn server() -> Server {
    Server::start(([127, 0, 0, 1], 0).into(), Options::new(), |_| ()).unwrap()
}

fn header_field() -> Session {
    Session::header_field("x-affinity-session".parse().unwrap())
}

fn credentials() -> Credentials {
    let secret = "dummySecretForLoopbackOnly".parse().unwrap();
    Credentials::new("LTAI5dummyAccessKeyId".parse().unwrap(), secret)
}

/// No retry, so that no test waits.
fn once() -> RetryPolicy {
    RetryPolicy::default().max_attempts(1)
}

/// What a client does with one input.
type Invoke = Box<dyn Fn(&InvokeFunctionInput) -> Outcome>;

/// Both clients for one server.
fn clients(server: &Server) -> [(&'static str, Invoke); 2] {
    let endpoint: Endpoint = server.url().parse().unwrap();
    let transport = UreqTransport::new(config().build().new_agent());
    let blocking = BlockingClient::new(transport, endpoint.clone(), Scheme::Acs3, credentials())
        .retry_policy(once());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    // The asynchronous client is made where its transport has a runtime.
    let asynchronous = runtime.block_on(async {
        Client::new(
            HyperTransport::http(),
            endpoint,
            Scheme::Acs3,
            credentials(),
        )
        .retry_policy(once())
    });
    [
        (
            "blocking",
            Box::new(move |input| blocking.invoke(input).unwrap()),
        ),
        (
            "asynchronous",
            Box::new(move |input| runtime.block_on(asynchronous.invoke(input)).unwrap()),
        ),
    ]
}

/// Sends messages in one session: the number of the request in its session, and whether the session changed.
fn conversation(
    invoke: &Invoke,
    function: &str,
    session: &mut Session,
    messages: usize,
) -> Vec<(String, bool)> {
    let target = Target::v2023_03_30(function.parse().unwrap());
    let prepared = InvokeFunctionInput::builder(target).build().unwrap();
    let send = |_| {
        let input = prepared.with_session(session).unwrap();
        let success = invoke(&input).into_result().unwrap();
        let changed = session.update(success.headers()).unwrap();
        let body = String::from_utf8(success.payload().to_vec()).unwrap();
        let number = body.split("\"request\":").nth(1).unwrap();
        let number = number.split([',', '}']).next().unwrap();
        (number.to_owned(), changed)
    };
    (0..messages).map(send).collect()
}

fn numbered(numbers: &[(&str, bool)]) -> Vec<(String, bool)> {
    numbers
        .iter()
        .map(|(number, new)| ((*number).to_owned(), *new))
        .collect()
}

#[test]
fn an_id_that_the_service_made_keeps_a_conversation_on_its_instance() {
    let server = server();
    for (name, invoke) in clients(&server) {
        for (function, mut session) in [
            ("session-header", header_field()),
            ("session-cookie", Session::cookie()),
        ] {
            let found = conversation(&invoke, function, &mut session, 3);
            let expected = numbered(&[("1", true), ("2", false), ("3", false)]);
            assert_eq!(found, expected, "{name}, {function}");
            // Another conversation begins at 1 again.
            session.forget();
            let found = conversation(&invoke, function, &mut session, 1);
            assert_eq!(found, numbered(&[("1", true)]), "{name}, {function}");
        }
    }
}

#[test]
fn an_id_of_the_caller_names_the_session() {
    let server = server();
    for (name, invoke) in clients(&server) {
        let id = format!("id-{name}").parse().unwrap();
        let mut session = Session::with_id("x-affinity-session".parse().unwrap(), id);
        let found = conversation(&invoke, "session-header", &mut session, 2);
        assert_eq!(found, numbered(&[("1", false), ("2", false)]), "{name}");
    }
}

#[test]
fn an_expired_session_silently_starts_again() {
    let server = server();
    for (name, invoke) in clients(&server) {
        let found = conversation(&invoke, "session-short", &mut header_field(), 4);
        let numbers: Vec<&str> = found.iter().map(|(number, _)| number.as_str()).collect();
        assert_eq!(numbers, ["1", "2", "3", "1"], "{name}");
    }
}

#[test]
fn a_busy_session_is_throttled_and_the_function_did_not_run() {
    let server = server();
    for (name, invoke) in clients(&server) {
        let mut session = header_field();
        conversation(&invoke, "session-busy", &mut session, 1);
        let target = Target::v2023_03_30("session-busy".parse().unwrap());
        let input = InvokeFunctionInput::builder(target).session(session);
        let failure = invoke(&input.build().unwrap()).into_result().unwrap_err();
        assert_eq!(failure.status(), 429, "{name}");
        assert!(!failure.may_have_run(), "{name}");
    }
}
