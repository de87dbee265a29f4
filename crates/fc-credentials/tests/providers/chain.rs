//! The sources of the chain, their order and their requests.

use fc_credentials::CredentialsSource;
use fc_sign::CredentialsProvider;

use crate::fakes::{
    FakeEnvironment, FakeTransport, ID_VARIABLE, SECRET_VARIABLE, all_sources, chain, load,
    loaded_id, now,
};

#[tokio::test]
async fn the_first_configured_source_is_used() {
    let transport = FakeTransport::responding();
    let mut environment = all_sources();
    assert_eq!(
        loaded_id(&environment, &transport).await,
        "FROM-ENVIRONMENT"
    );
    environment = environment.without(ID_VARIABLE).without(SECRET_VARIABLE);
    assert_eq!(loaded_id(&environment, &transport).await, "FROM-OIDC");
    environment = environment
        .without("ALIBABA_CLOUD_OIDC_PROVIDER_ARN")
        .without("ALIBABA_CLOUD_OIDC_TOKEN_FILE");
    assert_eq!(loaded_id(&environment, &transport).await, "FROM-CLI");
    environment = environment.without("/home/~demo/.aliyun/config.json");
    assert_eq!(loaded_id(&environment, &transport).await, "FROM-SHARED");
    environment = environment.without("/home/~demo/.alibabacloud/credentials.ini");
    assert_eq!(loaded_id(&environment, &transport).await, "FROM-ECS");
    environment = environment.variable("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "True");
    assert_eq!(loaded_id(&environment, &transport).await, "FROM-URI");
    environment = environment.without("ALIBABA_CLOUD_CREDENTIALS_URI");
    assert!(load(&environment, &transport).await.is_err());
}

#[tokio::test]
async fn a_removed_source_is_not_used() {
    let expected = [
        "FROM-ENVIRONMENT",
        "FROM-OIDC",
        "FROM-CLI",
        "FROM-SHARED",
        "FROM-ECS",
        "FROM-URI",
    ];
    let mut provider = chain(&all_sources(), &FakeTransport::responding());
    for (source, expected) in CredentialsSource::ALL.into_iter().zip(expected) {
        let found = provider.credentials(now()).await.unwrap();
        assert_eq!(found.access_key_id().as_str(), expected);
        provider = provider.without(source);
    }
    assert!(provider.credentials(now()).await.is_err());
}

#[tokio::test]
async fn no_request_is_sent_if_variables_or_files_have_credentials() {
    let transport = FakeTransport::responding();
    let environment = all_sources()
        .without("ALIBABA_CLOUD_OIDC_PROVIDER_ARN")
        .without("ALIBABA_CLOUD_OIDC_TOKEN_FILE");
    load(&environment, &transport).await.unwrap();
    load(
        &environment.without(ID_VARIABLE).without(SECRET_VARIABLE),
        &transport,
    )
    .await
    .unwrap();
    assert!(transport.requests_sent().is_empty());
}

#[tokio::test]
async fn an_oidc_role_is_assumed_with_the_token_in_the_file() {
    let transport = FakeTransport::responding();
    let environment = all_sources().without(ID_VARIABLE).without(SECRET_VARIABLE);
    assert!(load(&environment, &transport).await.unwrap().is_temporary());
    assert_eq!(transport.requests_sent(), ["GET sts.aliyuncs.com/"]);
    let requests = transport.requests.lock().unwrap();
    let query = requests[0].uri().query().unwrap().to_owned();
    for part in [
        "Action=AssumeRoleWithOIDC",
        "RoleArn=acs%3Aram%3A%3A1%3Arole%2Fdemo",
        "OIDCProviderArn=acs%3Aram%3A%3A1%3Aoidc-provider%2Fdemo",
        "RoleSessionName=fc-credentials",
        "OIDCToken=dummy.oidc.token",
    ] {
        assert!(query.split('&').any(|other| other == part), "{part}");
    }
}

#[tokio::test]
async fn variables_set_the_session_name_and_the_sts_endpoint() {
    let transport = FakeTransport::responding();
    let environment = all_sources()
        .without(ID_VARIABLE)
        .without(SECRET_VARIABLE)
        .variables(&[
            ("ALIBABA_CLOUD_ROLE_SESSION_NAME", "tests"),
            ("ALIBABA_CLOUD_STS_ENDPOINT", "sts.cn-hangzhou.aliyuncs.com"),
        ]);
    let _ = load(&environment, &transport).await;
    assert_eq!(
        transport.requests_sent(),
        ["GET sts.cn-hangzhou.aliyuncs.com/"]
    );
    let requests = transport.requests.lock().unwrap();
    assert!(
        requests[0]
            .uri()
            .query()
            .unwrap()
            .contains("RoleSessionName=tests")
    );
}

#[tokio::test]
async fn requests_to_the_metadata_service_have_a_session_token() {
    let transport = FakeTransport::responding();
    assert_eq!(
        loaded_id(&FakeEnvironment::default(), &transport).await,
        "FROM-ECS"
    );
    assert_eq!(
        transport.requests_sent(),
        [
            "PUT 100.100.100.200/latest/api/token",
            "GET 100.100.100.200/latest/meta-data/ram/security-credentials/",
            "GET 100.100.100.200/latest/meta-data/ram/security-credentials/demo",
        ]
    );
    let requests = transport.requests.lock().unwrap();
    assert!(
        requests[1..]
            .iter()
            .all(|request| { request.headers()["x-aliyun-ecs-metadata-token"] == "session" })
    );
}

#[tokio::test]
async fn a_configured_ecs_role_is_not_requested_from_the_metadata_service() {
    let transport = FakeTransport::responding();
    let named = FakeEnvironment::default().variable("ALIBABA_CLOUD_ECS_METADATA", "other");
    load(&named, &transport).await.unwrap();
    assert_eq!(
        transport.requests_sent()[1..],
        ["GET 100.100.100.200/latest/meta-data/ram/security-credentials/other"]
    );
}

#[tokio::test]
async fn the_ecs_role_is_disabled_only_by_the_value_true() {
    let environment = FakeEnvironment::default();
    for value in ["false", "0", "yes", " true"] {
        let environment = environment
            .clone()
            .variable("ALIBABA_CLOUD_ECS_METADATA_DISABLED", value);
        assert_eq!(
            loaded_id(&environment, &FakeTransport::responding()).await,
            "FROM-ECS",
            "{value}"
        );
    }
}

#[tokio::test]
async fn the_variables_of_the_object_storage_service_are_not_read() {
    let transport = FakeTransport::unreachable();
    let environment = FakeEnvironment::default().variables(&[
        ("OSS_ACCESS_KEY_ID", "FROM-OSS"),
        ("OSS_ACCESS_KEY_SECRET", "fcTestAccessKeySecret0123456789"),
    ]);
    assert!(load(&environment, &transport).await.is_err());
    let variables = environment.variables_read.lock().unwrap();
    assert!(
        variables
            .iter()
            .all(|name| name.starts_with("ALIBABA_CLOUD_"))
    );
}
