//! The two versions of the metadata service: with a session token, and without.

use bytes::Bytes;
use fc_credentials::CredentialsSourceErrorKind;
use http::Response;

use crate::fakes::{FakeEnvironment, FakeTransport, credentials_json, error_kind, loaded_id};

/// A metadata service that returns a token and refuses to be read with it.
fn refuses_reads_with_a_token(status: u16, refused: &'static str) -> FakeTransport {
    FakeTransport::new(move |request| {
        let path = request.uri().path();
        let has_token = request
            .headers()
            .contains_key("x-aliyun-ecs-metadata-token");
        let mut response = Response::new(match path {
            "/latest/api/token" => "session".into(),
            path if path.ends_with('/') => "demo".into(),
            _ => credentials_json("FROM-ECS").into(),
        });
        if has_token && path.ends_with(refused) {
            *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
        }
        Ok(response)
    })
}

#[tokio::test]
async fn a_metadata_service_that_refuses_the_token_is_read_by_version_1_unless_that_is_disabled() {
    let default = FakeEnvironment::default();
    let strict = default
        .clone()
        .variable("ALIBABA_CLOUD_IMDSV1_DISABLED", "true");
    for status in [401, 403, 404, 500] {
        for refused in ["/security-credentials/", "/demo"] {
            let transport = refuses_reads_with_a_token(status, refused);
            assert_eq!(
                loaded_id(&default, &transport).await,
                "FROM-ECS",
                "{status}"
            );
            let sent = transport.requests_sent();
            let tokens = sent.iter().filter(|line| line.starts_with("PUT"));
            assert_eq!(tokens.count(), 1, "{sent:?}");
            let transport = refuses_reads_with_a_token(status, refused);
            assert_eq!(
                error_kind(&strict, &transport).await,
                CredentialsSourceErrorKind::Refused(status)
            );
        }
    }
}

#[tokio::test]
async fn a_metadata_service_that_refuses_both_versions_is_the_error_of_version_2() {
    let transport = FakeTransport::new(|request| {
        let is_token = request.uri().path() == "/latest/api/token";
        let has_token = request
            .headers()
            .contains_key("x-aliyun-ecs-metadata-token");
        let mut response = Response::new(Bytes::from("session"));
        if !is_token {
            *response.status_mut() =
                http::StatusCode::from_u16(if has_token { 500 } else { 403 }).unwrap();
        }
        Ok(response)
    });
    let default = FakeEnvironment::default();
    assert_eq!(
        error_kind(&default, &transport).await,
        CredentialsSourceErrorKind::Refused(500)
    );
    assert_eq!(transport.requests_sent().len(), 3);
}
