//! Where the chain looks, and in which order.

use fc_credentials::Origin;
use fc_sign::CredentialsProvider;

use crate::surroundings::{
    ID_VARIABLE, SECRET_VARIABLE, Script, Surroundings, ask, chain, everything, id, now,
};

#[tokio::test]
async fn the_first_origin_that_is_set_up_wins() {
    let script = Script::all();
    let mut left = everything();
    assert_eq!(id(&left, &script).await, "FROM-ENVIRONMENT");
    left = left.without(ID_VARIABLE).without(SECRET_VARIABLE);
    assert_eq!(id(&left, &script).await, "FROM-OIDC");
    left = left
        .without("ALIBABA_CLOUD_OIDC_PROVIDER_ARN")
        .without("ALIBABA_CLOUD_OIDC_TOKEN_FILE");
    assert_eq!(id(&left, &script).await, "FROM-CLI");
    left = left.without("/home/~demo/.aliyun/config.json");
    assert_eq!(id(&left, &script).await, "FROM-SHARED");
    left = left.without("/home/~demo/.alibabacloud/credentials.ini");
    assert_eq!(id(&left, &script).await, "FROM-ECS");
    left = left.variable("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "True");
    assert_eq!(id(&left, &script).await, "FROM-URI");
    left = left.without("ALIBABA_CLOUD_CREDENTIALS_URI");
    assert!(ask(&left, &script).await.is_err());
}

#[tokio::test]
async fn a_link_that_is_left_out_is_not_asked() {
    let expected = [
        "FROM-ENVIRONMENT",
        "FROM-OIDC",
        "FROM-CLI",
        "FROM-SHARED",
        "FROM-ECS",
        "FROM-URI",
    ];
    let mut provider = chain(&everything(), &Script::all());
    for (origin, expected) in Origin::ALL.into_iter().zip(expected) {
        let found = provider.credentials(now()).await.unwrap();
        assert_eq!(found.access_key_id().as_str(), expected);
        provider = provider.without(origin);
    }
    assert!(provider.credentials(now()).await.is_err());
}

#[tokio::test]
async fn nothing_is_sent_while_variables_and_files_suffice() {
    let script = Script::all();
    let left = everything()
        .without("ALIBABA_CLOUD_OIDC_PROVIDER_ARN")
        .without("ALIBABA_CLOUD_OIDC_TOKEN_FILE");
    ask(&left, &script).await.unwrap();
    ask(&left.without(ID_VARIABLE).without(SECRET_VARIABLE), &script)
        .await
        .unwrap();
    assert!(script.asked().is_empty());
}

#[tokio::test]
async fn a_role_is_assumed_with_the_token_in_the_file() {
    let script = Script::all();
    let left = everything().without(ID_VARIABLE).without(SECRET_VARIABLE);
    assert!(ask(&left, &script).await.unwrap().is_temporary());
    assert_eq!(script.asked(), ["GET sts.aliyuncs.com/"]);
    let requests = script.requests.lock().unwrap();
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
async fn the_session_and_the_endpoint_of_the_role_can_be_named() {
    let script = Script::all();
    let left = everything()
        .without(ID_VARIABLE)
        .without(SECRET_VARIABLE)
        .variables(&[
            ("ALIBABA_CLOUD_ROLE_SESSION_NAME", "tests"),
            ("ALIBABA_CLOUD_STS_ENDPOINT", "sts.cn-hangzhou.aliyuncs.com"),
        ]);
    let _ = ask(&left, &script).await;
    assert_eq!(script.asked(), ["GET sts.cn-hangzhou.aliyuncs.com/"]);
    let requests = script.requests.lock().unwrap();
    assert!(
        requests[0]
            .uri()
            .query()
            .unwrap()
            .contains("RoleSessionName=tests")
    );
}

#[tokio::test]
async fn the_metadata_service_is_asked_with_a_session_token() {
    let script = Script::all();
    assert_eq!(id(&Surroundings::default(), &script).await, "FROM-ECS");
    assert_eq!(
        script.asked(),
        [
            "PUT 100.100.100.200/latest/api/token",
            "GET 100.100.100.200/latest/meta-data/ram/security-credentials/",
            "GET 100.100.100.200/latest/meta-data/ram/security-credentials/demo",
        ]
    );
    let requests = script.requests.lock().unwrap();
    assert!(
        requests[1..]
            .iter()
            .all(|request| { request.headers()["x-aliyun-ecs-metadata-token"] == "session" })
    );
}

#[tokio::test]
async fn a_role_that_is_named_is_not_looked_up() {
    let script = Script::all();
    let named = Surroundings::default().variable("ALIBABA_CLOUD_ECS_METADATA", "other");
    ask(&named, &script).await.unwrap();
    assert_eq!(
        script.asked()[1..],
        ["GET 100.100.100.200/latest/meta-data/ram/security-credentials/other"]
    );
}

#[tokio::test]
async fn a_switch_is_on_when_it_is_true_and_in_no_other_case() {
    let left = Surroundings::default();
    for value in ["false", "0", "yes", " true"] {
        let left = left
            .clone()
            .variable("ALIBABA_CLOUD_ECS_METADATA_DISABLED", value);
        assert_eq!(id(&left, &Script::all()).await, "FROM-ECS", "{value}");
    }
}

#[tokio::test]
async fn the_variables_of_the_object_storage_service_are_no_fallback() {
    let script = Script::nobody();
    let other = Surroundings::default().variables(&[
        ("OSS_ACCESS_KEY_ID", "FROM-OSS"),
        ("OSS_ACCESS_KEY_SECRET", "fcTestAccessKeySecret0123456789"),
    ]);
    assert!(ask(&other, &script).await.is_err());
    let asked = other.asked.lock().unwrap();
    assert!(asked.iter().all(|name| name.starts_with("ALIBABA_CLOUD_")));
}
