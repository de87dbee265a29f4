//! The control interface: calls, answers, waits and reset.

use std::net::SocketAddr;

use fc_local::{Behaviour, Call, FunctionSettings, Options, Reply, Server};
use serde_json::{Value, json};

use super::support::{Control, Signed};

fn server(functions: &[(&str, &str)]) -> (Server, Control) {
    let mut options = Options::new();
    options.control = Some(SocketAddr::from(([127, 0, 0, 1], 0)));
    for (name, behaviour) in functions {
        let behaviour: Behaviour = behaviour.parse().unwrap();
        let settings = FunctionSettings::default();
        options
            .functions
            .add(name.parse().unwrap(), behaviour, settings)
            .unwrap();
    }
    let server = Server::start(([127, 0, 0, 1], 0).into(), options, |_| ()).unwrap();
    let control = Control::of(&server.control_url().unwrap());
    (server, control)
}

/// Checks a document against one definition of the published schema.
fn assert_matches(definition: &str, document: &Value) {
    let mut schema: Value =
        serde_json::from_str(include_str!("../../../schema/control.schema.json")).unwrap();
    schema.as_object_mut().unwrap().remove("anyOf");
    schema["$ref"] = format!("#/$defs/{definition}").into();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors = validator.iter_errors(document);
    let errors: Vec<_> = errors.map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{definition}: {errors:?} in {document}");
}

#[test]
fn every_call_is_listed_as_it_was_received() {
    let (server, control) = server(&[("f", "body:done")]);
    let mut call = Signed::call("f", b"{\"a\":1}");
    call.target += "?qualifier=prod";
    assert_eq!(
        call.header("X-Trace", "t").send(server.address()).status,
        200
    );
    let mut wrong = Signed::call("f", b"\xff");
    wrong.secret = "anotherSecret";
    assert_eq!(wrong.send(server.address()).status, 403);
    assert_eq!(
        Signed::call("unknown", b"").send(server.address()).status,
        404
    );
    let task = Signed::get_task("f", "t");
    assert_eq!(task.send(server.address()).status, 404);

    let listed = control.ok("GET", "/calls", "");
    assert_matches("calls", &listed);
    let calls = listed["calls"].as_array().unwrap();
    assert_eq!(
        calls.len(),
        3,
        "an operation on tasks is not a call: {listed}"
    );
    let first = &calls[0];
    assert_eq!(first["function"], "f");
    assert_eq!(first["qualifier"], "prod");
    assert_eq!(first["kind"], "Sync");
    assert_eq!(first["status"], 200);
    assert_eq!(
        first["payload"],
        json!({"base64": "eyJhIjoxfQ==", "text": "{\"a\":1}"})
    );
    assert_eq!(
        first["signature"],
        json!({"verdict": "accepted", "code": null})
    );
    let headers = first["headers"].to_string();
    assert!(headers.contains(r#"["X-Trace","t"]"#), "{headers}");
    assert!(
        !headers.to_lowercase().contains("authorization"),
        "{headers}"
    );
    let refused = json!({"verdict": "refused", "code": "SignatureNotMatch"});
    assert_eq!(calls[1]["signature"], refused);
    assert_eq!(calls[1]["payload"], json!({"base64": "/w==", "text": null}));
    assert_eq!(calls[2]["is_known"], false);
    assert_eq!(calls[2]["refusal"], "FunctionNotFound");
}

#[test]
fn a_list_is_filtered_and_read_page_by_page() {
    let (server, control) = server(&[("*", "echo")]);
    for function in ["f", "g", "f", "f"] {
        assert_eq!(
            Signed::call(function, b"").send(server.address()).status,
            200
        );
    }
    let numbers = |list: &Value| -> Vec<u64> {
        let calls = list["calls"].as_array().unwrap().iter();
        calls.map(|call| call["number"].as_u64().unwrap()).collect()
    };
    let page = control.ok("GET", "/calls?function=f&limit=2", "");
    assert_eq!(
        (numbers(&page), &page["has_more"]),
        (vec![1, 3], &json!(true))
    );
    let page = control.ok("GET", "/calls?function=f&since=3", "");
    assert_eq!(
        (numbers(&page), &page["has_more"]),
        (vec![4], &json!(false))
    );
    assert_matches("done", &control.ok("DELETE", "/calls", ""));
    let page = control.ok("GET", "/calls", "");
    assert_eq!((numbers(&page), &page["last"]), (vec![], &json!(4)));
}

#[test]
fn set_answers_are_given_once_and_then_the_function_goes_on() {
    let (server, control) = server(&[("f", "body:before")]);
    let answers = json!([
        {"status": 429, "code": "ResourceExhausted", "message": "busy"},
        {"json": {"n": 1}, "log": "l"},
    ]);
    assert_matches("answers", &answers);
    let done = control.ok("PUT", "/functions/f/answers", &answers.to_string());
    assert_matches("done", &done);
    let call = |function: &str| Signed::call(function, b"sent").send(server.address());
    assert_eq!(call("f").status, 429);
    assert_eq!(call("f").body, r#"{"n":1}"#);
    assert_eq!(call("f").body, "before");
    // A built-in function, and one that does not exist.
    for (function, then) in [("echo", 200), ("made", 500)] {
        let target = format!("/functions/{function}/answers");
        control.ok("PUT", &target, r#"{"answers": [{"body": "once"}]}"#);
        assert_eq!(call(function).body, "once");
        assert_eq!(call(function).status, then);
    }
    assert!(call("made").body.contains("NoMoreAnswers"));
    assert_eq!(call("echo").body, "sent");
    control.ok("PUT", "/functions/f/answers", r#"[{"body": "waits"}]"#);
    control.ok("PUT", "/functions/f/answers", "[]");
    assert_eq!(
        call("f").body,
        "before",
        "an empty list removes those that wait"
    );
}

#[test]
fn a_function_is_set_by_a_safe_behaviour_or_by_a_script() {
    let (server, control) = server(&[("f", "body:first")]);
    let call = |function: &str| Signed::call(function, b"sent").send(server.address());
    let set = json!({"behaviour": "error:503:ResourceThrottled", "time_limit": 1.5, "memory": 128});
    assert_matches("function", &set);
    control.ok("PUT", "/functions/f", &set.to_string());
    assert_eq!(call("f").status, 503);
    let set =
        json!({"script": {"answers": [{"body": "1"}, {"body": "2"}], "after_last": "start-again"}});
    assert_matches("function", &set);
    control.ok("PUT", "/functions/s%2Fg", &set.to_string());
    assert_eq!(call("s%24g").body, "1");
    assert_eq!(call("s%24g").body, "2");
    assert_eq!(call("s%24g").body, "1");
    for behaviour in [
        "exec:id",
        "file:/etc/passwd",
        "script:/etc/passwd",
        "http://127.0.0.1:1",
    ] {
        let set = json!({"behaviour": behaviour}).to_string();
        let answer = control.send("PUT", "/functions/f", &set);
        assert_eq!(answer.status, 403, "{answer:?}");
        assert_matches("error", &answer.json());
        assert_eq!(answer.json()["error"]["code"], "BehaviourNotAllowed");
    }
    assert_eq!(
        call("f").status,
        503,
        "the refused behaviours changed nothing"
    );
}

#[test]
fn a_wait_ends_with_the_call_and_says_what_came_instead() {
    let (server, control) = server(&[("f", "echo")]);
    std::thread::scope(|scope| {
        let waiting =
            scope.spawn(|| control.ok("GET", "/wait?calls=2&function=f&timeout_ms=60000", ""));
        for function in ["f", "echo", "f"] {
            Signed::call(function, b"").send(server.address());
        }
        let received = waiting.join().unwrap();
        assert_matches("received", &received);
        assert_eq!(received["calls"], 2);
    });
    let answer = control.send("GET", "/wait?calls=3&function=f&timeout_ms=0", "");
    assert_eq!(answer.status, 504);
    let error = &answer.json()["error"];
    assert_matches("error", &answer.json());
    assert_eq!(error["expected"], "3 calls of f within 0 ms");
    assert_eq!(error["found"], "2 calls");
}

#[test]
fn a_reset_starts_again_and_keeps_the_functions() {
    let (server, control) = server(&[]);
    let script = r#"{"script": {"answers": [{"body": "1"}, {"body": "2"}]}}"#;
    control.ok("PUT", "/functions/f", script);
    control.ok("PUT", "/functions/made/answers", r#"[{"body": "a"}]"#);
    let call = |function: &str| Signed::call(function, b"").send(server.address());
    assert_eq!(call("f").body, "1");
    assert_eq!(
        Signed::task("f", "t", b"").send(server.address()).status,
        202
    );
    assert_eq!(
        Signed::task("f", "t", b"").send(server.address()).status,
        409
    );
    control.ok("POST", "/reset", "");
    assert_eq!(control.ok("GET", "/calls", "")["calls"], json!([]));
    assert_eq!(call("f").body, "1", "the script starts again");
    assert_eq!(call("made").status, 404, "it existed only for its answers");
    assert_eq!(
        Signed::task("f", "t", b"").send(server.address()).status,
        202,
        "the id is free"
    );
}

#[test]
fn the_root_has_the_addresses_and_dummy_keys_and_the_ready_line_too() {
    let (server, control) = server(&[]);
    let root = control.ok("GET", "/", "");
    assert_matches("ready", &root);
    assert_eq!(root["url"], server.url());
    assert_eq!(root["port"], server.address().port());
    assert_eq!(root["control_url"], server.control_url().unwrap());
    assert_eq!(root["access_key_secret"], server.access_key().1);
    let line = server.ready_line(Some("ca.pem".as_ref()));
    let ready: Value = serde_json::from_str(&line).unwrap();
    assert_matches("ready", &ready);
    assert_eq!(line.lines().count(), 1);
    let path = ready["ca_certificate"].as_str().unwrap();
    assert!(std::path::Path::new(path).is_absolute(), "{path}");
}

#[test]
fn a_call_is_listed_while_its_function_runs() {
    let (server, control) = server(&[]);
    let (running, started) = std::sync::mpsc::channel();
    let (release, released) = std::sync::mpsc::channel::<()>();
    let released = std::sync::Mutex::new(released);
    let function = move |_: &Call| {
        running.send(()).unwrap();
        let _ = released.lock().unwrap().recv();
        Reply::success("done")
    };
    server.function("f".parse().unwrap(), Behaviour::of(function));
    std::thread::scope(|scope| {
        let caller = scope.spawn(|| Signed::call("f", b"").send(server.address()));
        started.recv().unwrap();
        assert_eq!(
            control.ok("GET", "/calls", "")["calls"][0]["status"],
            Value::Null
        );
        release.send(()).unwrap();
        assert_eq!(caller.join().unwrap().body, "done");
    });
    assert_eq!(control.ok("GET", "/calls", "")["calls"][0]["status"], 200);
}
