//! `fcgate why` on the command line.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use fcgate_mutants as mutant;
use fcgate_protocol::Implementation as _;
use fcgate_protocol::{Reply, SignInput};
use fcgate_reference::Reference;
use serde_json::{Value, json};

use crate::binary;

const ID: &str = "FCTESTACCESSKEYID01";
const SECRET: &str = "fcTestAccessKeySecret0123456789";

const FC_REQUEST: &str = "POST /2021-04-06/services/demo%2DService/functions/f/invocations?qualifier=q HTTP/1.1\r\n\
    Host: 1234567890123456.cn-hangzhou.fc.aliyuncs.com\r\n\
    Date: Wed, 11 May 2022 09:00:00 GMT\r\n\
    Content-Type: application/json; charset=utf-8\r\n\
    X-Fc-Log-Type: Tail\r\n\
    X-Fc-Invocation-Type: Sync\r\n";

/// The command, with the dummy key in its environment.
fn why(arguments: &[&str], secret: Option<&str>) -> Output {
    let mut command = binary::fcgate(&[&["why"], arguments].concat());
    if let Some(secret) = secret {
        command
            .env("FCGATE_ACCESS_KEY_ID", ID)
            .env("FCGATE_ACCESS_KEY_SECRET", secret);
    }
    command.output().unwrap()
}

fn json_of(file: &Path, more: &[&str], secret: Option<&str>) -> (i32, Value) {
    let file = file.display().to_string();
    let arguments = [&["--request", &file, "--format", "json"], more].concat();
    let output = why(&arguments, secret);
    let code = output.status.code().unwrap();
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    let json = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{code}: {error}"));
    (code, json)
}

fn written(folder: &tempfile::TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    path
}

/// The request, signed by the reference or by the mutant of this name.
fn signed(scheme: &str, mutant: Option<&str>) -> String {
    let headers: Vec<(String, String)> = FC_REQUEST
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(": "))
        .filter(|(name, _)| *name != "Date" || scheme == "fc")
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let target = FC_REQUEST.split(' ').nth(1).unwrap();
    let input: SignInput = serde_json::from_value(json!({
        "scheme": scheme,
        "method": "POST",
        "url": format!("https://1234567890123456.cn-hangzhou.fc.aliyuncs.com{target}"),
        "headers": headers,
        "body_b64": "e30=",
        "credentials": {"access_key_id": ID, "access_key_secret": SECRET},
        "time": "2022-05-11T09:00:00Z",
        "nonce": "0123456789abcdef0123456789abcdef",
    }))
    .unwrap();
    let right = Reference;
    let answer = match mutant {
        Some(name) => mutant::Mutated::new(&right, mutant::named(name).unwrap()).sign(&input),
        None => right.sign(&input),
    };
    let Reply::Ok(output) = answer else {
        panic!("expected a signed request");
    };
    let mut text = format!("POST {target} HTTP/1.1\r\n");
    let kept = headers.iter().filter(|(name, _)| {
        !output
            .headers
            .iter()
            .any(|(other, _)| other.eq_ignore_ascii_case(name))
    });
    for (name, value) in kept.chain(&output.headers) {
        text = format!("{text}{name}: {value}\r\n");
    }
    text + "Content-Length: 2\r\n\r\n{}"
}

#[test]
fn a_correct_signature_is_valid_in_both_schemes() {
    let folder = tempfile::tempdir().unwrap();
    for scheme in ["fc", "acs3"] {
        let file = written(&folder, scheme, &signed(scheme, None));
        let (code, json) = json_of(&file, &[], Some(SECRET));
        assert_eq!((code, &json["signature"]), (0, &json!("valid")), "{json}");
        assert_eq!(
            (&json["scheme"], &json["causes"]),
            (&json!(scheme), &json!([]))
        );
        assert!(json["stages"]["string_to_sign"].is_string());
        assert_eq!(json["stages"].get("signature"), None);
    }
}

#[test]
fn a_signing_mistake_is_named_with_its_first_wrong_byte() {
    let folder = tempfile::tempdir().unwrap();
    let mistakes = [
        ("fc", "path-escaped"),
        ("fc", "headers-unsorted"),
        ("fc", "content-type-without-parameters"),
        ("fc", "query-signed"),
        ("fc", "signature-in-hex"),
        ("fc", "authorization-without-space"),
        ("acs3", "acs3-path-decoded"),
        ("acs3", "acs3-query-unsigned"),
        ("acs3", "acs3-two-spaces"),
        ("acs3", "acs3-signature-in-upper-case"),
    ];
    for (scheme, mutant) in mistakes {
        let file = written(&folder, mutant, &signed(scheme, Some(mutant)));
        let (code, json) = json_of(&file, &[], Some(SECRET));
        assert_eq!(
            (code, &json["signature"]),
            (1, &json!("invalid")),
            "{mutant}"
        );
        assert_eq!(json["causes"][0]["mutant"], mutant, "{json}");
        assert_eq!(json["causes"].as_array().unwrap().len(), 1);
    }
    let file = folder.path().join("path-escaped");
    let (_, json) = json_of(&file, &[], Some(SECRET));
    let place = &json["causes"][0]["first_difference"];
    assert_eq!(
        place["sentence"], "expected `-` (2d), got `%` (25)",
        "{json}"
    );
    assert_eq!((&place["line"], &place["column"]), (&json!(7), &json!(26)));
}

#[test]
fn two_mistakes_at_once_are_both_named() {
    let folder = tempfile::tempdir().unwrap();
    // Signed in this test: the path with its escapes, the type without its parameters.
    let string = "POST\n\napplication/json\nWed, 11 May 2022 09:00:00 GMT\n\
        x-fc-invocation-type:Sync\nx-fc-log-type:Tail\n\
        /2021-04-06/services/demo%2DService/functions/f/invocations";
    let signature = {
        use base64::Engine as _;
        use hmac::{KeyInit as _, Mac as _};
        let mac = hmac::Hmac::<sha2::Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
        let mac = mac.chain_update(string.as_bytes()).finalize().into_bytes();
        base64::engine::general_purpose::STANDARD.encode(mac)
    };
    let text =
        format!("{FC_REQUEST}Authorization: FC {ID}:{signature}\r\nContent-Length: 2\r\n\r\n{{}}");
    let file = written(&folder, "two", &text);
    let (code, json) = json_of(&file, &[], Some(SECRET));
    let named: Vec<&str> = json["causes"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|cause| cause["mutant"].as_str())
        .collect();
    assert_eq!(
        (code, named),
        (1, vec!["content-type-without-parameters", "path-escaped"])
    );
}

#[test]
fn curl_output_and_a_har_get_the_same_explanation() {
    let folder = tempfile::tempdir().unwrap();
    let raw = signed("fc", Some("path-escaped"));
    let head = raw.split("\r\n\r\n").next().unwrap();
    let mut curl = "* Connected to h (127.0.0.1) port 80\n".to_owned();
    for line in head.lines() {
        curl = format!("{curl}> {line}\r\n");
    }
    curl += "> \r\n< HTTP/1.1 403 Forbidden\r\n< Date: Wed, 11 May 2022 09:20:00 GMT\r\n< \r\n{}\n";
    let mut lines = head.lines();
    let target = lines.next().unwrap().split(' ').nth(1).unwrap().to_owned();
    let headers: Vec<Value> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| json!({"name": name, "value": value}))
        .collect();
    let har = json!({"log": {"version": "1.2", "entries": [{
        "startedDateTime": "2022-05-11T09:00:01.000Z",
        "request": {"method": "POST", "url": format!("https://h{target}"), "headers": headers,
            "postData": {"mimeType": "application/json", "text": "{}"}},
        "response": {"status": 403, "headers": [{"name": "date", "value": "Wed, 11 May 2022 08:59:00 GMT"}],
            "content": {"text": "{}"}}}]}});
    for (name, text, skew) in [("curl", curl, -1200), ("har", har.to_string(), 60)] {
        let file = written(&folder, name, &text);
        let (code, json) = json_of(&file, &[], Some(SECRET));
        assert_eq!(
            (code, &json["causes"][0]["mutant"]),
            (1, &json!("path-escaped")),
            "{name}: {json}"
        );
        assert_eq!(json["clock_skew_seconds"], skew, "{name}");
    }
}

#[test]
fn a_date_that_is_far_from_the_server_is_a_problem_and_the_signature_stays_valid() {
    let folder = tempfile::tempdir().unwrap();
    let file = written(&folder, "request", &signed("fc", None));
    let answer = "HTTP/1.1 403 Forbidden\r\nDate: Wed, 11 May 2022 10:00:00 GMT\r\n\r\n{}";
    let answer = written(&folder, "answer", answer).display().to_string();
    let (code, json) = json_of(&file, &["--response", &answer], Some(SECRET));
    assert_eq!((code, &json["signature"]), (1, &json!("valid")));
    assert_eq!(json["clock_skew_seconds"], -3600);
    assert_eq!(json["problems"][0]["name"], "clock-differs", "{json}");
}

#[test]
fn equal_strings_to_sign_prove_a_wrong_secret_only_if_the_signature_is_valid() {
    let folder = tempfile::tempdir().unwrap();
    let file = written(&folder, "request", &signed("acs3", None));
    let (_, valid) = json_of(&file, &[], Some(SECRET));
    let string = valid["stages"]["string_to_sign"].as_str().unwrap();
    let message = format!(
        "Specified signature does not match our calculation. server StringToSign is [{string}]"
    );
    let body = json!({"Code": "SignatureDoesNotMatch", "Message": message});
    let answer = written(&folder, "answer", &body.to_string())
        .display()
        .to_string();
    for secret in [Some("anotherDummySecret0123456789"), Some(SECRET), None] {
        let (_, json) = json_of(&file, &["--response", &answer], secret);
        let summary = json["causes"][0]["summary"].as_str().unwrap();
        let is_valid = secret == Some(SECRET);
        assert_eq!(json["causes"][0]["proven"], is_valid, "{json}");
        if is_valid {
            assert_eq!(summary, "the strings agree: the secret is wrong");
        } else {
            assert!(summary.contains("another secret"), "{json}");
        }
        assert_eq!(json["server"]["agrees"], true);
    }
    let other = body
        .to_string()
        .replace("ACS3-HMAC-SHA256\\n", "ACS3-HMAC-SHA256\\r\\n");
    let answer = written(&folder, "other", &other).display().to_string();
    let (_, json) = json_of(&file, &["--response", &answer], Some(SECRET));
    assert_eq!(json["server"]["agrees"], false);
    assert_eq!(json["server"]["first_difference"]["offset"], 16, "{json}");
}

#[test]
fn neither_the_secret_nor_the_correct_signature_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let right = signed("fc", None);
    let signature = right
        .split(&format!("{ID}:"))
        .nth(1)
        .unwrap()
        .lines()
        .next()
        .unwrap()
        .to_owned();
    let wrong = signed("fc", Some("path-escaped"));
    // A client that sends the secret in a header.
    let leaking = wrong.replace("X-Fc-Log-Type: Tail", &format!("X-Fc-Log-Type: {SECRET}"));
    for (name, text) in [("wrong", wrong), ("leaking", leaking)] {
        let file = written(&folder, name, &text).display().to_string();
        for format in ["text", "json"] {
            let output = why(&["--request", &file, "--format", format], Some(SECRET));
            let shown = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
            assert!(
                !shown.contains(SECRET) && !shown.contains(&signature),
                "{shown}"
            );
        }
    }
}

#[test]
fn the_text_output_shows_every_byte_of_both_strings_to_sign() {
    let folder = tempfile::tempdir().unwrap();
    let file = written(&folder, "request", &signed("fc", Some("path-escaped")))
        .display()
        .to_string();
    let output = why(&["--request", &file], Some(SECRET));
    insta::assert_snapshot!(String::from_utf8(output.stdout).unwrap(), @r"
    scheme     FC, in the authorization header
    signature  invalid: the signature does not match this method, target and headers

    string to sign, as the service computes it:
      | POST␊
      | ␊
      | application/json; charset=utf-8␊
      | Wed, 11 May 2022 09:00:00 GMT␊
      | x-fc-invocation-type:Sync␊
      | x-fc-log-type:Tail␊
      | /2021-04-06/services/demo-Service/functions/f/invocations⌁
      its signature begins with ykYv4Y…

    cause      FCG0135 path-escaped: signs the path with its percent escapes, as sent
      first difference at byte 138, line 7, column 26: expected `-` (2d), got `%` (25)
      the client signed:
      | POST␊
      | ␊
      | application/json; charset=utf-8␊
      | Wed, 11 May 2022 09:00:00 GMT␊
      | x-fc-invocation-type:Sync␊
      | x-fc-log-type:Tail␊
      | /2021-04-06/services/demo%2DService/functions/f/invocations⌁

    next: fcgate explain FCG0135
    ");
}

#[test]
fn unusable_input_exits_with_2_and_a_message() {
    let folder = tempfile::tempdir().unwrap();
    let request = written(&folder, "request", &signed("fc", None))
        .display()
        .to_string();
    let basic = FC_REQUEST.to_owned() + "Authorization: Basic eDp5\r\n\r\n";
    let texts = [
        ("empty", ""),
        ("noise", "hello"),
        ("folded", "GET / HTTP/1.1\r\na: b\r\n c\r\n\r\n"),
        ("archive", "{\"log\":{}}"),
        ("basic", &basic),
    ];
    for (name, text) in texts {
        let file = written(&folder, name, text).display().to_string();
        let output = why(&["--request", &file], Some(SECRET));
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(
            !output.stderr.is_empty() && output.stdout.is_empty(),
            "{name}"
        );
    }
    let without_key = why(&["--request", &request], None);
    assert_eq!(without_key.status.code(), Some(2));
    let message = String::from_utf8(without_key.stderr).unwrap();
    assert!(message.contains("FCGATE_ACCESS_KEY_SECRET"), "{message}");
    let missing = why(&["--request", "no/such/file"], Some(SECRET));
    assert_eq!(missing.status.code(), Some(2));
}

#[test]
fn a_request_without_a_signature_is_unsigned() {
    let folder = tempfile::tempdir().unwrap();
    for (name, header, scheme) in [
        ("none", "", "none"),
        ("bearer", "x-acs-bearer-token: abc\r\n", "bearer"),
        ("token", "Authorization: Bearer abc\r\n", "bearer"),
    ] {
        let text = format!("{FC_REQUEST}{header}\r\n");
        let file = written(&folder, name, &text);
        let (code, json) = json_of(&file, &[], None);
        assert_eq!(
            (code, &json["signature"], &json["scheme"]),
            (1, &json!("unsigned"), &json!(scheme))
        );
    }
}
