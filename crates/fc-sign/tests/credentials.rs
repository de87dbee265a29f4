//! Credentials and nonces through the public API: limits, `Debug` output and errors.

#![expect(clippy::unwrap_used, reason = "an unexpected error fails the test")]

use fc_sign::{
    AccessKeyId, AccessKeySecret, Credentials, CredentialsErrorKind, Nonce, SecurityToken, acs3, fc,
};
use http::{HeaderName, HeaderValue, Request};

fn long_lived() -> Credentials {
    let secret = "fcTestAccessKeySecret0123456789".parse().unwrap();
    Credentials::new("FCTESTACCESSKEYID01".parse().unwrap(), secret)
}

fn temporary() -> Credentials {
    let secret = "fcTestAccessKeySecret0123456789".parse().unwrap();
    let token = "CAISdummySTS+token/with==chars".parse().unwrap();
    Credentials::temporary("FCTESTACCESSKEYID01".parse().unwrap(), secret, token)
}

#[test]
fn values_of_the_maximum_length_are_accepted_and_longer_ones_rejected() {
    assert!("A".repeat(256).parse::<AccessKeyId>().is_ok());
    assert!("n".repeat(128).parse::<Nonce>().is_ok());
    assert!("n".repeat(129).parse::<Nonce>().is_err());
    let id = "A".repeat(257).parse::<AccessKeyId>().unwrap_err();
    let secret = |len| AccessKeySecret::try_from("k".repeat(len));
    let token = |len| SecurityToken::try_from("t".repeat(len));
    assert!(secret(4096).is_ok());
    assert!(token(65_536).is_ok());
    for (error, field, limit) in [
        (id, "access key id", 256),
        (secret(4097).unwrap_err(), "access key secret", 4096),
        (token(65_537).unwrap_err(), "security token", 65_536),
    ] {
        assert_eq!(error.kind(), CredentialsErrorKind::TooLong);
        assert_eq!(error.field(), field);
        assert_eq!(
            error.to_string(),
            format!("too-long: the {field} is longer than {limit} bytes")
        );
    }
}

#[test]
fn ids_and_nonces_are_displayed_and_secrets_and_tokens_redacted() {
    let id: AccessKeyId = "FCTESTACCESSKEYID01".parse().unwrap();
    let nonce: Nonce = "0123456789abcdef".parse().unwrap();
    assert_eq!(id.to_string(), "FCTESTACCESSKEYID01");
    assert_eq!(nonce.to_string(), "0123456789abcdef");
    let secret: AccessKeySecret = "fcTestAccessKeySecret0123456789".parse().unwrap();
    let token: SecurityToken = "CAISdummySTS+token/with==chars".parse().unwrap();
    assert_eq!(format!("{secret:?}"), "AccessKeySecret(redacted)");
    assert_eq!(format!("{token:?}"), "SecurityToken(redacted)");
}

#[test]
fn debug_output_of_credentials_and_signers_shows_the_key_id_only() {
    for (credentials, is_temporary, token) in [
        (long_lived(), false, "none"),
        (temporary(), true, "redacted"),
    ] {
        let fc = fc::FcSigner::new(&credentials);
        let acs3 = acs3::Acs3Signer::new(&credentials);
        assert_eq!(credentials.is_temporary(), is_temporary);
        assert_eq!(fc.is_temporary(), is_temporary);
        assert_eq!(acs3.is_temporary(), is_temporary);
        let shown = format!(
            r#"Credentials {{ access_key_id: "FCTESTACCESSKEYID01", secret: redacted, token: {token} }}"#
        );
        assert_eq!(format!("{credentials:?}"), shown);
        let shown = r#"FcSigner { access_key_id: "FCTESTACCESSKEYID01", .. }"#;
        assert_eq!(format!("{fc:?}"), shown);
        let shown =
            r#"Acs3Signer { access_key_id: "FCTESTACCESSKEYID01", coverage: Everything, .. }"#;
        assert_eq!(format!("{acs3:?}"), shown);
    }
}

#[test]
fn the_token_of_the_credentials_in_the_request_is_not_added_again() {
    let time = "2022-05-11T09:00:00Z".parse().unwrap();
    let nonce = "0123456789abcdef".parse().unwrap();
    let fc = fc::FcSigner::new(&temporary());
    let acs3 = acs3::Acs3Signer::new(&temporary());
    let bare = Request::post("https://fc.example.com/p").body("").unwrap();
    let with = |name: &str| {
        let mut request = bare.clone();
        let name: HeaderName = name.parse().unwrap();
        let token = HeaderValue::from_static("CAISdummySTS+token/with==chars");
        request.headers_mut().insert(name, token);
        request
    };
    let sign_fc = |request: Request<&str>| fc.sign(&request, fc::Resource::Api, time).unwrap();
    let signed = sign_fc(with("x-fc-security-token"));
    assert_eq!(
        signed.authorization(),
        sign_fc(bare.clone()).authorization()
    );
    let sign_acs3 = |request: Request<&str>| acs3.sign(&request, time, &nonce).unwrap();
    let signed = sign_acs3(with("x-acs-security-token"));
    assert_eq!(signed.authorization(), sign_acs3(bare).authorization());
}

#[test]
fn only_clones_of_credentials_are_clones() {
    let credentials = temporary();
    assert!(credentials.is_clone_of(&credentials.clone()));
    assert!(!credentials.is_clone_of(&temporary()));
}
