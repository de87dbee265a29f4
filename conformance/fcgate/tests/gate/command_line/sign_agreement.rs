//! `fcgate sign` and the reference agree on arbitrary requests: both sign the same texts, or both refuse.

use proptest::prelude::*;

use crate::binary;

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(48)
    })]

    /// The command compares its own stages with those of the reference. Exit code 4 means that they differ.
    #[test]
    fn no_request_is_signed_differently(
        path in "(/(2021-04-06|2023-03-30|2016-08-15/proxy/s|a%20b|%2e|\\.\\.|%E4%B8%AD|a\\+b|%0A|%2F|;|~|)){0,4}",
        query in "(\\?((a|b%3D|%E4%B8%AD|x-fc-expires|x-fc-signature|)(=|)(1|%0Ax|\\+|%zz|%|)(&|&&|)){0,4})?",
        headers in proptest::collection::vec(
            "(x-fc-a|X-Fc-Date|Date|Content-Type|Content-MD5|x-acs-date|x-acs-b|host|accept-encoding|Cookie):( |  |)(a b|a|,|)( |)", 0..4),
        method in "(GET|POST|post|BREW)",
        form in "(fc|acs3|presigned|api)",
        token in proptest::option::of("[ -~]{1,12}"),
    ) {
        let url = format!("https://h.cn-hangzhou.fcapp.run{path}{query}");
        let mut arguments = vec!["sign".to_owned(), "--url".to_owned(), url, "--method".to_owned(), method];
        for header in headers {
            arguments.push(format!("--header={header}"));
        }
        arguments.extend(match form.as_str() {
            "presigned" => vec!["--presigned".to_owned(), "--expires=9".to_owned()],
            "api" => vec!["--kind=api".to_owned()],
            scheme => vec![format!("--scheme={scheme}")],
        });
        let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let mut process = binary::fcgate(&words);
        process.env("FCGATE_ACCESS_KEY_ID", "FCTESTACCESSKEYID01");
        process.env("FCGATE_ACCESS_KEY_SECRET", "fcTestAccessKeySecret0123456789");
        if let Some(token) = token {
            process.env("FCGATE_SECURITY_TOKEN", token);
        }
        let output = process.output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr);
        prop_assert!(matches!(output.status.code(), Some(0 | 2)), "{arguments:?}: {error}");
    }
}
