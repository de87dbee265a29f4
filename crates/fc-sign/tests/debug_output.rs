//! The `Debug` output of explanations and pre-signed URLs contains no token and no signature.

#![expect(
    clippy::unwrap_used,
    reason = "a request that cannot be signed is a failed test"
)]

use fc_sign::{Credentials, Timestamp, acs3, fc};
use http::{Request, Uri};

fn credentials() -> Credentials {
    let secret = "fcTestAccessKeySecret0123456789".parse().unwrap();
    Credentials::new("FCTESTACCESSKEYID01".parse().unwrap(), secret)
}

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn debug_output_of_an_explanation_omits_the_texts_with_token_and_signature() {
    let request = Request::get("https://fc.example.com/p").body("").unwrap();
    let now = time("2022-05-11T09:00:00Z");
    let fc = fc::FcSigner::new(&credentials()).explain(&request, fc::Resource::Api, now);
    assert_eq!(
        format!("{:?}", fc.unwrap()),
        r#"fc::Explanation { canonical_resource: "/p", .. }"#
    );
    let nonce = "0123456789abcdef".parse().unwrap();
    let acs3 = acs3::Acs3Signer::new(&credentials()).explain(&request, now, &nonce);
    assert_eq!(
        format!("{:?}", acs3.unwrap()),
        "acs3::Explanation { signed_headers: \
         \"host;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce\", .. }"
    );
}

#[test]
fn a_pre_signed_url_appends_pairs_to_the_query_and_is_redacted_in_debug_output() {
    let signer = fc::FcSigner::new(&credentials());
    let from = time("2022-05-11T09:00:00Z");
    let until = time("2022-05-11T09:15:00Z");
    for (url, prefix) in [
        ("https://fc.example.com", "https://fc.example.com/?"),
        ("https://fc.example.com/p", "https://fc.example.com/p?"),
        ("https://fc.example.com/p?", "https://fc.example.com/p?"),
        (
            "https://fc.example.com/p?a=1",
            "https://fc.example.com/p?a=1&",
        ),
    ] {
        let request = Request::get(url).body(()).unwrap();
        let url = signer.presign(&request, from, until).unwrap();
        assert_eq!(format!("{url:?}"), "PresignedUrl(redacted)");
        let text = url.uri().to_string();
        let added =
            "x-fc-access-key-id=FCTESTACCESSKEYID01&x-fc-expires=1652260500&x-fc-signature=";
        assert!(text.starts_with(&format!("{prefix}{added}")), "{text}");
        assert_eq!(url.into_uri(), text.parse::<Uri>().unwrap());
    }
}
