//! `fcgate sign`: its stages equal those of the reference, and `fcgate why` accepts its signatures.

use std::process::Output;

use fcgate_protocol::Implementation as _;
use fcgate_protocol::{HeaderList, Reply, SignInput};
use fcgate_reference::Reference;
use serde_json::{Value, json};

use crate::binary;

const ID: &str = "FCTESTACCESSKEYID01";
const SECRET: &str = "fcTestAccessKeySecret0123456789";
const TOKEN: &str = "dummy-security-token";
const URL: &str = "https://1234567890123456.cn-hangzhou.fc.aliyuncs.com/2021-04-06/services/demoService/functions/demoFunction/invocations?qualifier=a%20b";

fn fcgate(command: &str, arguments: &[&str], key: &[(&str, &str)]) -> Output {
    let mut process = binary::fcgate(&[&[command], arguments].concat());
    for (name, value) in key {
        process.env(format!("FCGATE_{name}"), value);
    }
    process.output().unwrap()
}

fn json_of(arguments: &[&str], key: &[(&str, &str)]) -> Value {
    let arguments = [arguments, &["--format", "json"]].concat();
    let output = fcgate("sign", &arguments, key);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{error}");
    serde_json::from_slice(&output.stdout).unwrap()
}

const KEY: [(&str, &str); 2] = [("ACCESS_KEY_ID", ID), ("ACCESS_KEY_SECRET", SECRET)];
const STS: [(&str, &str); 3] = [KEY[0], KEY[1], ("SECURITY_TOKEN", TOKEN)];

#[test]
fn stages_and_signature_equal_those_of_the_reference() {
    let trigger = "https://f-abc.cn-hangzhou.fcapp.run/a%20b?z=1&a=%E4%B8%AD&a=&b+c=d";
    for (scheme, url, key) in [
        ("fc", URL, &KEY[..]),
        ("fc", URL, &STS[..]),
        ("fc", trigger, &KEY[..]),
        ("acs3", URL, &KEY[..]),
        ("acs3", URL, &STS[..]),
    ] {
        let arguments = [
            "--scheme",
            scheme,
            "--url",
            url,
            "--date",
            "2022-05-11T09:00:00Z",
            "--nonce",
            "0123456789abcdef0123456789abcdef",
            "--body-text",
            "{\"key\":\"value\"}",
            "--header",
            "Content-Type: application/json",
            "--header",
            "X-Fc-Log-Type: Tail",
            "--header",
            "accept-encoding: gzip",
        ];
        let shown = json_of(&arguments, key);
        let mut credentials = json!({"access_key_id": ID, "access_key_secret": SECRET});
        if key.len() == 3 {
            credentials["security_token"] = json!(TOKEN);
        }
        let input: SignInput = serde_json::from_value(json!({
            "scheme": scheme, "kind": shown["kind"], "method": "POST", "url": url,
            "headers": [["Content-Type", "application/json"], ["X-Fc-Log-Type", "Tail"], ["accept-encoding", "gzip"]],
            "body_b64": "eyJrZXkiOiJ2YWx1ZSJ9", "credentials": credentials,
            "time": "2022-05-11T09:00:00Z", "nonce": "0123456789abcdef0123456789abcdef",
        }))
        .unwrap();
        let answer = Reference.sign(&input);
        let Reply::Ok(right) = answer else {
            panic!("the reference does not sign {url}: {answer:?}");
        };
        let stages = serde_json::to_string(&right.stages.unwrap()).unwrap();
        let stages: Value =
            serde_json::from_str(&stages.replace(TOKEN, "[security token]")).unwrap();
        for name in [
            "canonical_headers",
            "canonical_resource",
            "canonical_request",
            "string_to_sign",
        ] {
            assert_eq!(
                shown["stages"].get(name),
                stages.get(name),
                "{scheme} {url}"
            );
        }
        assert_eq!(shown["signature"], stages["signature"]);
        let authorization = right
            .headers
            .iter()
            .find(|(name, _)| name == "authorization")
            .unwrap();
        let shown = shown["authorization"]
            .as_str()
            .unwrap()
            .replace("$FCGATE_ACCESS_KEY_ID", ID);
        assert_eq!(shown, authorization.1);
    }
}

#[test]
fn why_accepts_a_signature_of_sign() {
    let folder = tempfile::tempdir().unwrap();
    for scheme in ["fc", "acs3"] {
        let arguments = [
            "--scheme",
            scheme,
            "--url",
            URL,
            "--body-text",
            "x",
            "--header",
            "X-Fc-Empty:",
        ];
        let signed = json_of(&arguments, &KEY);
        let headers: HeaderList = serde_json::from_value(signed["headers"].clone()).unwrap();
        let target = URL.split_once(".com").unwrap().1;
        let authorization = signed["authorization"]
            .as_str()
            .unwrap()
            .replace("$FCGATE_ACCESS_KEY_ID", ID);
        let mut text = format!(
            "POST {target} HTTP/1.1\r\nHost: 1234567890123456.cn-hangzhou.fc.aliyuncs.com\r\nAuthorization: {authorization}\r\nContent-Length: 1\r\n"
        );
        for (name, value) in headers {
            text = format!("{text}{name}: {value}\r\n");
        }
        let file = folder.path().join(scheme);
        std::fs::write(&file, text + "\r\nx").unwrap();
        let output = fcgate("why", &["--request", &file.display().to_string()], &KEY);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{}",
            String::from_utf8_lossy(&output.stdout)
        );
    }
}

#[test]
fn names_give_the_url_of_the_function_in_every_revision() {
    let of = |arguments: &[&str]| {
        let base = [
            "--account-id",
            "1234567890123456",
            "--region",
            "cn-hangzhou",
        ];
        let shown = json_of(&[&base, arguments].concat(), &[]);
        (
            shown["url"].as_str().unwrap().to_owned(),
            shown["scheme"].as_str().unwrap().to_owned(),
        )
    };
    let host = "https://1234567890123456.cn-hangzhou.fc.aliyuncs.com";
    let named = ["--service", "s", "--function", "f", "--qualifier", "q-r"];
    let (url, scheme) = of(&[&named[..], &["--revision", "2016-08-15"]].concat());
    assert_eq!(
        url,
        format!("{host}/2016-08-15/services/s.q-r/functions/f/invocations")
    );
    assert_eq!(scheme, "fc");
    let (url, _) = of(&named);
    assert_eq!(
        url,
        format!("{host}/2021-04-06/services/s/functions/f/invocations?qualifier=q-r")
    );
    let (url, scheme) = of(&["--function", "f", "--revision", "2023-03-30"]);
    assert_eq!(url, format!("{host}/2023-03-30/functions/f/invocations"));
    assert_eq!(scheme, "acs3");
}

#[test]
fn without_a_key_the_stages_are_shown_and_the_signature_is_a_shell_variable() {
    let output = fcgate(
        "sign",
        &[
            "--url",
            "http://localhost:8080/2021-04-06/services/s/functions/it%27s/invocations",
            "--date",
            "Wed, 11 May 2022 09:00:00 GMT",
            "--body-text",
            "it's",
        ],
        &[],
    );
    assert_eq!(output.status.code(), Some(0));
    insta::assert_snapshot!(String::from_utf8(output.stdout).unwrap(), @r#"
    scheme     FC for an API request: the query is not signed

    canonical headers:
      | ⌁

    canonical resource:
      | /2021-04-06/services/s/functions/it's/invocations⌁

    string to sign:
      | POST␊
      | ␊
      | ␊
      | Wed, 11 May 2022 09:00:00 GMT␊
      | /2021-04-06/services/s/functions/it's/invocations⌁

    signature  not computed: set FCGATE_ACCESS_KEY_ID and FCGATE_ACCESS_KEY_SECRET

    curl --globoff --path-as-is \
      -X POST \
      -H 'Date: Wed, 11 May 2022 09:00:00 GMT' \
      -H 'Content-Type:' \
      -H "Authorization: FC $FCGATE_ACCESS_KEY_ID:$SIGNATURE" \
      --data-raw 'it'\''s' \
      'http://localhost:8080/2021-04-06/services/s/functions/it%27s/invocations'
    "#);
}

#[test]
fn neither_the_secret_nor_the_token_is_shown() {
    for (scheme, format) in [
        ("fc", "text"),
        ("acs3", "text"),
        ("fc", "json"),
        ("acs3", "json"),
    ] {
        let arguments = ["--scheme", scheme, "--url", URL, "--format", format];
        let output = fcgate("sign", &arguments, &STS);
        let shown = String::from_utf8(output.stdout).unwrap();
        assert!(!shown.contains(SECRET) && !shown.contains(TOKEN), "{shown}");
        assert!(
            shown.contains("$FCGATE_SECURITY_TOKEN") && !shown.contains(ID),
            "{shown}"
        );
    }
}

#[test]
fn invalid_input_is_a_usage_error() {
    for arguments in [
        &["--function", "f", "--service", "s"][..],
        &["--url", "ftp://h/"],
        &["--url", "http://h/a b"],
        &["--url", "http://h/#a"],
        &["--url", URL, "--header", "no colon"],
        &["--url", URL, "--header", "Authorization: x"],
        &["--url", URL, "--header", "a: b\r\nc: d"],
        &["--url", URL, "--date", "yesterday"],
        &["--url", URL, "--body", "no/such/file"],
        &["--url", URL, "--method", "P OST"],
    ] {
        let output = fcgate("sign", arguments, &KEY);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
    for by_names in [
        "--function|f",
        "--function|f|--service|s.q",
        "--function|f f|--service|s",
        "--function|..|--service|s",
        "--function|f|--service|s|--qualifier|q r",
        "--function|f|--service|s|--kind|http-trigger",
        "--function|f|--service|s|--revision|2023-03-30",
        "--function|f|--revision|2023-03-30|--scheme|fc",
    ] {
        let mut arguments = vec!["--endpoint", "http://h"];
        arguments.extend(by_names.split('|'));
        let output = fcgate("sign", &arguments, &KEY);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
    let with_path = "--endpoint|http://h/foo|--function|f|--service|s";
    let with_path: Vec<&str> = with_path.split('|').collect();
    assert_eq!(fcgate("sign", &with_path, &KEY).status.code(), Some(2));
    let nothing = fcgate("sign", &[], &KEY);
    assert_eq!(nothing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&nothing.stderr).contains("--function"));
    let half = fcgate("sign", &["--url", URL], &KEY[..1]);
    assert_eq!(half.status.code(), Some(2));
}
