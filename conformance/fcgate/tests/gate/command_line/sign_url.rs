//! `fcgate sign --url`: signed URLs, HTTP triggers, and what the path of a URL chooses.

use fcgate_protocol::HeaderList;

use super::sign::{KEY, fcgate, json_of};

/// Source: spec/signing.md HT-09, computed by fc-go-sdk and fc-java-sdk.
#[test]
fn a_signed_url_is_that_of_the_sdks() {
    let url = "https://1234567890123456.cn-hangzhou.fc.aliyuncs.com/2016-08-15/proxy/demoService.LATEST/demoFunction/test/%E4%B8%AD%20x?e=&x=b&x=a";
    let arguments = [
        "--url",
        url,
        "--presigned",
        "--expires",
        "3600",
        "--date",
        "2022-05-11T08:15:00Z",
        "--header",
        "Content-Type: application/json",
        "--header",
        "X-Fc-Trace-Id: tr",
    ];
    let key = [
        KEY[0],
        KEY[1],
        ("SECURITY_TOKEN", "CAISdummySTS+token/with==chars"),
    ];
    let shown = json_of(&arguments, &key);
    assert_eq!(
        shown["signature"],
        "N35tembEhEHcXJ8WBqUbb88B+lARIkr9JKk2M3Hp+xA="
    );
    let signed = shown["signed_url"].as_str().unwrap();
    let pairs = "&x-fc-access-key-id=$FCGATE_ACCESS_KEY_ID&x-fc-expires=1652260500&x-fc-signature=N35tembEhEHcXJ8WBqUbb88B%2BlARIkr9JKk2M3Hp%2BxA%3D";
    assert_eq!(signed, format!("{url}{pairs}"));
    let curl = shown["curl"].as_str().unwrap();
    assert!(
        curl.contains("--url-query \"x-fc-security-token=$FCGATE_SECURITY_TOKEN\""),
        "{curl}"
    );
    assert!(!curl.contains("Authorization"), "{curl}");
}

/// Source: spec/signing.md AC-08, the recipe of the manual for HTTP triggers of FC 3.0.
#[test]
fn acs3_signs_a_request_to_a_trigger_by_the_recipe_of_the_manual() {
    let arguments = [
        "--url",
        "https://xx.cn-shanghai.fcapp.run/hello?foo=bar",
        "--scheme",
        "acs3",
        "--kind",
        "http-trigger",
        "--date",
        "2022-05-11T09:00:00Z",
        "--body-text",
        "hello world",
    ];
    let shown = json_of(&arguments, &KEY);
    assert_eq!(
        shown["authorization"],
        "ACS3-HMAC-SHA256 Credential=$FCGATE_ACCESS_KEY_ID,SignedHeaders=x-acs-date;x-acs-security-token,\
         Signature=bd07a3855e60e6e93cbbf84606e0bd9a08331c58d3e98d5cff6dd6e3670bac66"
    );
}

/// Source: fc20230330 4.8.3 sends x-acs-action and x-acs-version (spec/signing.md 3.3).
#[test]
fn the_path_of_a_url_chooses_scheme_and_operation() {
    let url =
        "https://1234567890123456.cn-hangzhou.fc.aliyuncs.com/2023-03-30/functions/f/invocations";
    for arguments in [&["--url", url][..], &["--url", url, "--scheme", "acs3"]] {
        let shown = json_of(arguments, &KEY);
        assert_eq!(shown["scheme"], "acs3");
        let headers: HeaderList = serde_json::from_value(shown["headers"].clone()).unwrap();
        assert_eq!(headers.get("x-acs-action"), Some("InvokeFunction"));
        assert_eq!(headers.get("x-acs-version"), Some("2023-03-30"));
    }
    for refused in [&["--scheme", "fc"][..], &["--presigned", "--expires", "9"]] {
        let output = fcgate("sign", &[&["--url", url], refused].concat(), &KEY);
        assert_eq!(output.status.code(), Some(2), "{refused:?}");
    }
}
