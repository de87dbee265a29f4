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

pub(super) fn fcgate(command: &str, arguments: &[&str], key: &[(&str, &str)]) -> Output {
    let mut process = binary::fcgate(&[&[command], arguments].concat());
    for (name, value) in key {
        process.env(format!("FCGATE_{name}"), value);
    }
    process.output().unwrap()
}

pub(super) fn json_of(arguments: &[&str], key: &[(&str, &str)]) -> Value {
    let arguments = [arguments, &["--format", "json"]].concat();
    let output = fcgate("sign", &arguments, key);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{error}");
    serde_json::from_slice(&output.stdout).unwrap()
}

pub(super) const KEY: [(&str, &str); 2] = [("ACCESS_KEY_ID", ID), ("ACCESS_KEY_SECRET", SECRET)];
const STS: [(&str, &str); 3] = [KEY[0], KEY[1], ("SECURITY_TOKEN", TOKEN)];

#[test]
fn authorization_equals_that_of_the_reference() {
    let trigger = "https://f-abc.cn-hangzhou.fcapp.run/a%20b?z=1&a=%E4%B8%AD&a=&b+c=d";
    for (scheme, url, key) in [
        ("fc", URL, &KEY[..]),
        ("fc", URL, &STS[..]),
        ("fc", trigger, &KEY[..]),
        ("acs3", URL, &KEY[..]),
        ("acs3", URL, &STS[..]),
        ("acs3", trigger, &KEY[..]),
    ] {
        let mut headers = vec![
            ("Content-Type", "application/json"),
            ("X-Fc-Log-Type", "Tail"),
            ("accept-encoding", "gzip"),
        ];
        let mut arguments = vec![
            "--scheme".to_owned(),
            scheme.to_owned(),
            "--url".to_owned(),
            url.to_owned(),
            "--date=2022-05-11T09:00:00Z".to_owned(),
            "--nonce=0123456789abcdef0123456789abcdef".to_owned(),
            "--body-text={\"key\":\"value\"}".to_owned(),
        ];
        for (name, value) in &headers {
            arguments.push(format!("--header={name}: {value}"));
        }
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let shown = json_of(&arguments, key);
        if scheme == "acs3" && url == URL {
            headers.push(("x-acs-action", "InvokeFunction"));
            headers.push(("x-acs-version", "2021-04-06"));
        }
        let mut credentials = json!({"access_key_id": ID, "access_key_secret": SECRET});
        if key.len() == 3 {
            credentials["security_token"] = json!(TOKEN);
        }
        let input: SignInput = serde_json::from_value(json!({
            "scheme": scheme, "kind": shown["kind"], "method": "POST", "url": url, "headers": headers,
            "body_b64": "eyJrZXkiOiJ2YWx1ZSJ9", "credentials": credentials,
            "time": "2022-05-11T09:00:00Z", "nonce": "0123456789abcdef0123456789abcdef",
        }))
        .unwrap();
        let answer = Reference.sign(&input);
        let Reply::Ok(right) = answer else {
            panic!("the reference does not sign {url}: {answer:?}");
        };
        let authorization = right.headers.get("authorization").unwrap();
        let shown = shown["authorization"].as_str().unwrap();
        assert_eq!(
            shown.replace("$FCGATE_ACCESS_KEY_ID", ID),
            authorization,
            "{scheme} {url}"
        );
    }
}

/// The SHA-256 of no bytes (FIPS 180-4).
const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// What the library behind the command does: it compares its own stages with those of the reference, so an exit code
/// other than 0 (both sign) and 2 (both refuse) is a disagreement.
#[test]
fn sign_and_reference_agree_on_unusual_requests() {
    let trigger = "https://f-abc.cn-hangzhou.fcapp.run";
    for (arguments, code) in [
        (format!("--url|{trigger}/a?debug|--method|GET"), 2),
        (format!("--url|{trigger}/a?debug=|--method|GET"), 0),
        (format!("--url|{trigger}/a?b=1%0Ax"), 2),
        (format!("--url|{trigger}/a?b%3Dc=1"), 2),
        (format!("--url|{trigger}/a%0Ab"), 2),
        (format!("--url|{trigger}/a//b"), 2),
        (format!("--url|{trigger}/a/../b"), 2),
        (format!("--url|{trigger}/a%zz"), 2),
        (format!("--url|{trigger}/a%ff"), 2),
        (format!("--url|{trigger}"), 0),
        (format!("--url|{trigger}?"), 0),
        (format!("--url|{trigger}/?a&&b=1"), 2),
        (format!("--url|{trigger}/?a=1&&b=1"), 0),
        (format!("--url|{trigger}/?a=+%2B"), 0),
        (
            format!("--url|{URL}|--header|X-Fc-A: 1|--header|x-fc-a: 2"),
            2,
        ),
        (format!("--url|{URL}|--header|Date: today"), 0),
        (format!("--url|{URL}|--header|X-Fc-Date: today"), 0),
        (
            format!("--url|{URL}|--header|X-Fc-Date: a|--header|Date: b"),
            2,
        ),
        (format!("--url|{URL}|--header|X-Fc-Empty:"), 0),
        (
            format!("--url|{URL}|--scheme|acs3|--header|x-acs-date: 2022-05-11T09:00:00Z"),
            0,
        ),
        (format!("--url|{URL}|--scheme|acs3|--header|host: other"), 0),
        (
            format!("--url|{URL}|--scheme|acs3|--header|x-acs-content-sha256: 00"),
            2,
        ),
        (
            format!("--url|{URL}|--scheme|acs3|--header|x-acs-content-sha256: {EMPTY}"),
            0,
        ),
        (
            format!("--url|{URL}|--scheme|acs3|--header|X-Fc-A: 1|--header|x-fc-a: 2"),
            2,
        ),
        (format!("--url|{URL}|--method|post"), 2),
        (format!("--url|{trigger}/a?b=c|--presigned|--expires|60"), 0),
        (format!("--url|{trigger}/a?b|--presigned|--expires|60"), 2),
        (
            format!("--url|{trigger}/a?x-fc-expires=1|--presigned|--expires|60"),
            2,
        ),
        (format!("--url|{trigger}/a?x-fc-signature=1"), 2),
        (format!("--url|{URL}|--presigned|--expires|60"), 2),
        (format!("--url|{trigger}/a|--presigned"), 2),
        (format!("--url|{trigger}/a|--presigned|--expires|0"), 2),
    ] {
        let arguments: Vec<&str> = arguments.split('|').collect();
        for key in [&KEY[..], &STS[..], &[]] {
            let output = fcgate("sign", &arguments, key);
            let error = String::from_utf8_lossy(&output.stderr);
            assert_eq!(
                output.status.code(),
                Some(code),
                "{arguments:?} {}: {error}",
                key.len()
            );
        }
    }
    let other_token = ["--url", URL, "--header", "X-Fc-Security-Token: other"];
    assert_eq!(fcgate("sign", &other_token, &STS).status.code(), Some(2));
    let bare = format!("{trigger}/a?debug");
    let output = fcgate("sign", &["--url", &bare], &KEY);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(error.contains("write `name=` instead of `name`"), "{error}");
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
        let url = format!("{URL}&access_token=abcToken");
        let header = "Cookie: a=abcToken; b=abcToken";
        let arguments = [
            "--scheme", scheme, "--url", &url, "--format", format, "--header", header,
        ];
        let output = fcgate("sign", &arguments, &STS);
        let shown = String::from_utf8(output.stdout).unwrap();
        assert!(!shown.contains(SECRET) && !shown.contains(TOKEN), "{shown}");
        assert!(!shown.contains("abcToken"), "{shown}");
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
