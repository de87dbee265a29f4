//! What ends the search, and what does not.

use std::error::Error as _;
use std::io;
use std::time::Duration;

use bytes::Bytes;
use fc_credentials::{ChainProvider, Origin, OriginErrorKind};
use fc_sign::CredentialsProvider;
use fc_transport::{Transport, TransportError, TransportErrorKind};
use http::{Request, Response};

use crate::surroundings::{
    ID_VARIABLE, NO_ECS, SECRET_VARIABLE, Script, Surroundings, ask, everything, id, keys, kind,
    now, origin_error, refused, texts,
};

fn without_environment() -> Surroundings {
    everything().without(ID_VARIABLE).without(SECRET_VARIABLE)
}

#[tokio::test]
async fn an_origin_that_is_set_up_and_broken_ends_the_search() {
    let cli = "/home/~demo/.aliyun/config.json";
    let shared = "/home/~demo/.alibabacloud/credentials.ini";
    let denied = io::ErrorKind::PermissionDenied;
    let no_role = without_environment().without("ALIBABA_CLOUD_OIDC_TOKEN_FILE");
    let no_oidc = no_role.clone().without("ALIBABA_CLOUD_OIDC_PROVIDER_ARN");
    let no_cli = no_oidc.clone().without(cli);
    let table = [
        (
            everything().without(SECRET_VARIABLE),
            Origin::Environment,
            OriginErrorKind::HalfSet(SECRET_VARIABLE),
        ),
        (
            no_role,
            Origin::Oidc,
            OriginErrorKind::HalfSet("ALIBABA_CLOUD_OIDC_TOKEN_FILE"),
        ),
        (
            without_environment().without("ALIBABA_CLOUD_ROLE_ARN"),
            Origin::Oidc,
            OriginErrorKind::HalfSet("ALIBABA_CLOUD_ROLE_ARN"),
        ),
        (
            without_environment().without("/var/run/token"),
            Origin::Oidc,
            OriginErrorKind::Unreadable,
        ),
        (
            no_oidc.clone().unreadable(cli, denied),
            Origin::CliProfile,
            OriginErrorKind::Unreadable,
        ),
        (
            no_oidc.file(cli, "{"),
            Origin::CliProfile,
            OriginErrorKind::Malformed,
        ),
        (
            no_cli.clone().unreadable(shared, denied),
            Origin::SharedFile,
            OriginErrorKind::Unreadable,
        ),
        (
            no_cli.file(shared, "[default\n"),
            Origin::SharedFile,
            OriginErrorKind::Malformed,
        ),
    ];
    for (surroundings, origin, kind) in table {
        let script = Script::all();
        let error = ask(&surroundings, &script).await.unwrap_err();
        assert_eq!(origin_error(&error).origin(), origin);
        assert_eq!(origin_error(&error).kind(), kind);
        assert!(script.asked().is_empty(), "nobody else is asked");
    }
}

#[tokio::test]
async fn a_service_that_refuses_the_role_ends_the_search_with_its_status() {
    let script = Script::status(403, "no");
    let error = ask(&without_environment(), &script).await.unwrap_err();
    assert_eq!(script.asked(), ["GET sts.aliyuncs.com/"]);
    assert_eq!(
        texts(&error),
        [
            "credentials: none for the OIDC role",
            "refused: OIDC role: the answer has status 403",
        ]
    );
}

#[tokio::test]
async fn a_service_that_is_not_there_leaves_the_error_of_the_transport() {
    let error = ask(&without_environment(), &Script::nobody())
        .await
        .unwrap_err();
    assert_eq!(
        texts(&error),
        [
            "credentials: none for the OIDC role",
            "unreachable: OIDC role: there is no answer",
            "connect: nobody is there",
        ]
    );
}

#[tokio::test]
async fn an_instance_without_a_role_is_passed_over() {
    let uri = Surroundings::default().variable(
        "ALIBABA_CLOUD_CREDENTIALS_URI",
        "http://localhost:7777/keys",
    );
    let script = Script::new(|request| match request.uri().host() {
        Some("localhost") => Ok(Response::new(keys("FROM-URI").into())),
        _ => Err(refused()),
    });
    assert_eq!(id(&uri, &script).await, "FROM-URI");
}

#[tokio::test]
async fn at_the_end_of_the_chain_stands_why_the_instance_has_no_role() {
    let error = ask(&Surroundings::default(), &Script::status(404, ""))
        .await
        .unwrap_err();
    assert_eq!(
        texts(&error),
        [
            "credentials: no link of the chain has any",
            "refused: ECS role: the answer has status 404",
        ]
    );
    let off = Surroundings::default().variables(&[NO_ECS]);
    let error = ask(&off, &Script::nobody()).await.unwrap_err();
    assert!(error.source().is_none());
}

#[tokio::test]
async fn without_a_session_token_the_metadata_service_is_asked_only_if_that_is_allowed() {
    let script = || {
        Script::new(|request| match request.uri().path() {
            "/latest/api/token" => Err(refused()),
            path if path.ends_with('/') => Ok(Response::new("demo".into())),
            _ => Ok(Response::new(keys("FROM-ECS").into())),
        })
    };
    let open = Surroundings::default();
    assert_eq!(id(&open, &script()).await, "FROM-ECS");
    let strict = open.variable("ALIBABA_CLOUD_IMDSV1_DISABLED", "true");
    let script = script();
    assert_eq!(kind(&strict, &script).await, OriginErrorKind::Unreachable);
    assert_eq!(script.asked(), ["PUT 100.100.100.200/latest/api/token"]);
}

#[tokio::test]
async fn an_answer_that_is_not_complete_is_malformed() {
    let uri = Surroundings::default().variables(&[
        NO_ECS,
        (
            "ALIBABA_CLOUD_CREDENTIALS_URI",
            "http://localhost:7777/keys",
        ),
    ]);
    for body in ["", "{}", "[]", r#"{"Code":"Failed"}"#] {
        let script = Script::status(200, body);
        assert_eq!(
            kind(&uri, &script).await,
            OriginErrorKind::Malformed,
            "{body}"
        );
    }
    for (from, to) in [
        ("SecurityToken", "Other"),
        ("2022-05-11T", "soon"),
        ("2022-", "-2022-"),
    ] {
        let script = Script::new(move |_| Ok(Response::new(keys("ID").replace(from, to).into())));
        assert_eq!(
            kind(&uri, &script).await,
            OriginErrorKind::Malformed,
            "{from}"
        );
    }
    let script = Script::new(|_| Ok(Response::new(keys(" ID").into())));
    assert_eq!(kind(&uri, &script).await, OriginErrorKind::Invalid);
}

#[tokio::test]
async fn a_role_with_an_empty_key_ends_the_search() {
    let body = r#"{"Credentials":{"Expiration":"2022-05-11T15:00:00Z"}}"#;
    let script = Script::status(200, body);
    assert_eq!(
        kind(&without_environment(), &script).await,
        OriginErrorKind::Invalid
    );
}

#[tokio::test]
async fn a_uri_that_is_none_is_malformed() {
    let uri = Surroundings::default().variables(&[
        NO_ECS,
        ("ALIBABA_CLOUD_CREDENTIALS_URI", "http://local host/keys"),
    ]);
    assert_eq!(kind(&uri, &Script::all()).await, OriginErrorKind::Malformed);
}

/// A service that never answers, and a clock that is at its end at once.
struct Silence;

impl Transport for Silence {
    async fn send(&self, _: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        std::future::pending().await
    }

    async fn sleep(&self, duration: Duration) {
        assert_eq!(duration, Duration::from_secs(2));
    }
}

#[tokio::test]
async fn a_service_that_never_answers_is_given_up_after_the_limit() {
    let provider = ChainProvider::new(Silence)
        .environment(Surroundings::default())
        .limit(Duration::from_secs(2));
    let error = provider.credentials(now()).await.unwrap_err();
    let error = origin_error(&error);
    assert_eq!(error.origin(), Origin::EcsRole);
    let cause: &TransportError = error.source().unwrap().downcast_ref().unwrap();
    assert_eq!(cause.kind(), TransportErrorKind::Timeout);
}
