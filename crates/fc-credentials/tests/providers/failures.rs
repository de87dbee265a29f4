//! The failures that end the search for credentials, and those that do not.

use std::error::Error as _;
use std::io;
use std::time::Duration;

use bytes::Bytes;
use fc_credentials::{ChainProvider, CredentialsSource, CredentialsSourceErrorKind};
use fc_sign::CredentialsProvider;
use fc_transport::{Transport, TransportError, TransportErrorKind};
use http::{Request, Response};

use crate::fakes::{
    FakeEnvironment, FakeTransport, ID_VARIABLE, NO_ECS, SECRET_VARIABLE, all_sources,
    connect_error, credentials_json, error_kind, load, loaded_id, messages, now, source_error,
};

fn without_environment() -> FakeEnvironment {
    all_sources().without(ID_VARIABLE).without(SECRET_VARIABLE)
}

#[tokio::test]
async fn a_configured_but_invalid_source_ends_the_search() {
    let cli = "/home/~demo/.aliyun/config.json";
    let shared = "/home/~demo/.alibabacloud/credentials.ini";
    let denied = io::ErrorKind::PermissionDenied;
    let no_role = without_environment().without("ALIBABA_CLOUD_OIDC_TOKEN_FILE");
    let no_oidc = no_role.clone().without("ALIBABA_CLOUD_OIDC_PROVIDER_ARN");
    let no_cli = no_oidc.clone().without(cli);
    let table = [
        (
            all_sources().without(SECRET_VARIABLE),
            CredentialsSource::Environment,
            CredentialsSourceErrorKind::HalfSet {
                set: ID_VARIABLE,
                missing: SECRET_VARIABLE,
            },
        ),
        (
            no_role,
            CredentialsSource::Oidc,
            CredentialsSourceErrorKind::HalfSet {
                set: "ALIBABA_CLOUD_OIDC_PROVIDER_ARN",
                missing: "ALIBABA_CLOUD_OIDC_TOKEN_FILE",
            },
        ),
        (
            without_environment().without("ALIBABA_CLOUD_ROLE_ARN"),
            CredentialsSource::Oidc,
            CredentialsSourceErrorKind::HalfSet {
                set: "ALIBABA_CLOUD_OIDC_PROVIDER_ARN",
                missing: "ALIBABA_CLOUD_ROLE_ARN",
            },
        ),
        (
            without_environment().without("ALIBABA_CLOUD_OIDC_PROVIDER_ARN"),
            CredentialsSource::Oidc,
            CredentialsSourceErrorKind::HalfSet {
                set: "ALIBABA_CLOUD_OIDC_TOKEN_FILE",
                missing: "ALIBABA_CLOUD_OIDC_PROVIDER_ARN",
            },
        ),
        (
            without_environment()
                .without("ALIBABA_CLOUD_ROLE_ARN")
                .without("ALIBABA_CLOUD_OIDC_PROVIDER_ARN"),
            CredentialsSource::Oidc,
            CredentialsSourceErrorKind::HalfSet {
                set: "ALIBABA_CLOUD_OIDC_TOKEN_FILE",
                missing: "ALIBABA_CLOUD_ROLE_ARN",
            },
        ),
        (
            without_environment().without("/var/run/token"),
            CredentialsSource::Oidc,
            CredentialsSourceErrorKind::Unreadable,
        ),
        (
            no_oidc.clone().unreadable(cli, denied),
            CredentialsSource::CliProfile,
            CredentialsSourceErrorKind::Unreadable,
        ),
        (
            no_oidc.file(cli, "{"),
            CredentialsSource::CliProfile,
            CredentialsSourceErrorKind::Malformed,
        ),
        (
            no_cli.clone().unreadable(shared, denied),
            CredentialsSource::SharedFile,
            CredentialsSourceErrorKind::Unreadable,
        ),
        (
            no_cli.file(shared, "[default\n"),
            CredentialsSource::SharedFile,
            CredentialsSourceErrorKind::Malformed,
        ),
    ];
    for (environment, source, kind) in table {
        let transport = FakeTransport::responding();
        let error = load(&environment, &transport).await.unwrap_err();
        assert_eq!(source_error(&error).credentials_source(), source);
        assert_eq!(source_error(&error).kind(), kind);
        assert!(transport.requests_sent().is_empty(), "no request is sent");
    }
}

#[tokio::test]
async fn an_error_status_of_the_security_token_service_ends_the_search() {
    let transport = FakeTransport::status(403, "no");
    let error = load(&without_environment(), &transport).await.unwrap_err();
    assert_eq!(transport.requests_sent(), ["GET sts.aliyuncs.com/"]);
    assert_eq!(
        messages(&error),
        [
            "credentials: the OIDC role has no valid access key",
            "refused: OIDC role: expected status 200, found 403",
        ]
    );
}

#[tokio::test]
async fn the_error_code_of_the_security_token_service_is_in_the_error() {
    for body in [
        r#"{"RequestId":"A","HostId":"sts.aliyuncs.com","Code":"AuthenticationFail.NoPermission","Message":"m"}"#,
        "<?xml version='1.0'?><Error><Code>AuthenticationFail.NoPermission</Code><Message>m</Message></Error>",
    ] {
        let transport = FakeTransport::status(403, body);
        let error = load(&without_environment(), &transport).await.unwrap_err();
        let cause = source_error(&error);
        assert_eq!(cause.kind(), CredentialsSourceErrorKind::Refused(403));
        assert_eq!(cause.code(), Some("AuthenticationFail.NoPermission"));
        assert_eq!(
            cause.to_string(),
            "refused: OIDC role: expected status 200, found 403 with the code AuthenticationFail.NoPermission"
        );
    }
}

#[tokio::test]
async fn an_unreachable_service_ends_the_search_with_the_error_of_the_transport() {
    let error = load(&without_environment(), &FakeTransport::unreachable())
        .await
        .unwrap_err();
    assert_eq!(
        messages(&error),
        [
            "credentials: the OIDC role has no valid access key",
            "unreachable: OIDC role: no response",
            "connect: connection refused",
        ]
    );
}

#[tokio::test]
async fn an_unreachable_metadata_service_is_skipped() {
    let uri = FakeEnvironment::default().variable(
        "ALIBABA_CLOUD_CREDENTIALS_URI",
        "http://localhost:7777/keys",
    );
    let transport = FakeTransport::new(|request| match request.uri().host() {
        Some("localhost") => Ok(Response::new(credentials_json("FROM-URI").into())),
        _ => Err(connect_error()),
    });
    assert_eq!(loaded_id(&uri, &transport).await, "FROM-URI");
}

#[tokio::test]
async fn without_any_credentials_the_error_of_the_ecs_role_is_the_source() {
    let error = load(&FakeEnvironment::default(), &FakeTransport::status(404, ""))
        .await
        .unwrap_err();
    assert_eq!(
        messages(&error),
        [
            "credentials: no source in the chain has credentials",
            "refused: ECS role: expected status 200, found 404",
        ]
    );
    let without_ecs = FakeEnvironment::default().variables(&[NO_ECS]);
    let error = load(&without_ecs, &FakeTransport::unreachable())
        .await
        .unwrap_err();
    assert!(error.source().is_none());
}

#[tokio::test]
async fn requests_without_a_session_token_are_sent_unless_they_are_disabled() {
    let transport = || {
        FakeTransport::new(|request| match request.uri().path() {
            "/latest/api/token" => Err(connect_error()),
            path if path.ends_with('/') => Ok(Response::new("demo".into())),
            _ => Ok(Response::new(credentials_json("FROM-ECS").into())),
        })
    };
    let default = FakeEnvironment::default();
    assert_eq!(loaded_id(&default, &transport()).await, "FROM-ECS");
    let strict = default.variable("ALIBABA_CLOUD_IMDSV1_DISABLED", "true");
    let transport = transport();
    assert_eq!(
        error_kind(&strict, &transport).await,
        CredentialsSourceErrorKind::Unreachable
    );
    assert_eq!(
        transport.requests_sent(),
        ["PUT 100.100.100.200/latest/api/token"]
    );
}

#[tokio::test]
async fn a_temporary_key_without_its_token_ends_the_search() {
    let missing = |source, missing: &'static str| (source, missing);
    let id = "STS.FCTESTACCESSKEYID01";
    let environment = all_sources().variable(ID_VARIABLE, id);
    let cli = without_environment()
        .without("ALIBABA_CLOUD_ROLE_ARN")
        .without("ALIBABA_CLOUD_OIDC_PROVIDER_ARN")
        .without("ALIBABA_CLOUD_OIDC_TOKEN_FILE");
    let ak = format!(
        r#"{{"current":"prod","profiles":[{{"name":"prod","mode":"AK","access_key_id":"{id}","access_key_secret":"s"}}]}}"#
    );
    let cli = cli.file("/home/~demo/.aliyun/config.json", ak);
    let shared = cli.clone().without("/home/~demo/.aliyun/config.json");
    let shared = shared.file(
        "/home/~demo/.alibabacloud/credentials.ini",
        format!("[default]\ntype = access_key\naccess_key_id = {id}\naccess_key_secret = s\n"),
    );
    for (environment, (source, missing)) in [
        (
            environment,
            missing(
                CredentialsSource::Environment,
                "set ALIBABA_CLOUD_SECURITY_TOKEN",
            ),
        ),
        (
            cli,
            missing(
                CredentialsSource::CliProfile,
                "set sts_token in the profile",
            ),
        ),
        (
            shared,
            missing(
                CredentialsSource::SharedFile,
                "set security_token in the profile",
            ),
        ),
    ] {
        let transport = FakeTransport::responding();
        let error = load(&environment, &transport).await.unwrap_err();
        let error = source_error(&error);
        assert_eq!(error.credentials_source(), source);
        assert_eq!(error.kind(), CredentialsSourceErrorKind::NoToken);
        assert!(error.to_string().ends_with(missing), "{error}");
        assert!(transport.requests_sent().is_empty());
    }
}

#[tokio::test]
async fn an_incomplete_response_is_malformed() {
    let uri = FakeEnvironment::default().variables(&[
        NO_ECS,
        (
            "ALIBABA_CLOUD_CREDENTIALS_URI",
            "http://localhost:7777/keys",
        ),
    ]);
    for body in ["", "{}", "[]", r#"{"Code":"Failed"}"#] {
        let transport = FakeTransport::status(200, body);
        assert_eq!(
            error_kind(&uri, &transport).await,
            CredentialsSourceErrorKind::Malformed,
            "{body}"
        );
    }
    for (from, to) in [
        ("SecurityToken", "Other"),
        ("2022-05-11T", "soon"),
        ("2022-", "-2022-"),
    ] {
        let transport = FakeTransport::new(move |_| {
            Ok(Response::new(
                credentials_json("ID").replace(from, to).into(),
            ))
        });
        assert_eq!(
            error_kind(&uri, &transport).await,
            CredentialsSourceErrorKind::Malformed,
            "{from}"
        );
    }
    let transport = FakeTransport::new(|_| Ok(Response::new(credentials_json(" ID").into())));
    assert_eq!(
        error_kind(&uri, &transport).await,
        CredentialsSourceErrorKind::Invalid
    );
}

#[tokio::test]
async fn an_empty_key_of_an_oidc_role_ends_the_search() {
    let body = r#"{"Credentials":{"Expiration":"2022-05-11T15:00:00Z"}}"#;
    let transport = FakeTransport::status(200, body);
    assert_eq!(
        error_kind(&without_environment(), &transport).await,
        CredentialsSourceErrorKind::Invalid
    );
}

#[tokio::test]
async fn an_invalid_credentials_uri_is_malformed() {
    let uri = FakeEnvironment::default().variables(&[
        NO_ECS,
        ("ALIBABA_CLOUD_CREDENTIALS_URI", "http://local host/keys"),
    ]);
    assert_eq!(
        error_kind(&uri, &FakeTransport::responding()).await,
        CredentialsSourceErrorKind::Malformed
    );
}

/// A transport without a response, whose `sleep` returns immediately.
struct Silent;

impl Transport for Silent {
    async fn send(&self, _: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        std::future::pending().await
    }

    async fn sleep(&self, duration: Duration) {
        assert_eq!(duration, Duration::from_secs(2));
    }
}

#[tokio::test]
async fn a_request_without_a_response_fails_after_the_time_limit() {
    let provider = ChainProvider::new(Silent)
        .environment(FakeEnvironment::default())
        .limit(Duration::from_secs(2));
    let error = provider.credentials(now()).await.unwrap_err();
    let error = source_error(&error);
    assert_eq!(error.credentials_source(), CredentialsSource::EcsRole);
    let cause: &TransportError = error.source().unwrap().downcast_ref().unwrap();
    assert_eq!(cause.kind(), TransportErrorKind::Timeout);
}
