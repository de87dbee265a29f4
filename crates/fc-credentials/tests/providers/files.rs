//! The CLI profile and the shared credentials file.

use fc_credentials::CredentialsSourceErrorKind;

use crate::fakes::{
    FakeEnvironment, FakeTransport, NO_ECS, SECRET, TOKEN, cli_file, error_kind, load, loaded_id,
    shared_file,
};

fn without_ecs() -> FakeEnvironment {
    FakeEnvironment::default().variables(&[NO_ECS])
}

#[tokio::test]
async fn the_shared_files_are_read_in_order() {
    let transport = FakeTransport::unreachable();
    let mut environment = without_ecs();
    for (path, id) in [
        ("/home/~demo/.alibabacloud/credentials.ini", "FIRST"),
        ("/home/~demo/.alibabacloud/credentials", "SECOND"),
        ("/home/~demo/.aliyun/credentials.ini", "THIRD"),
    ] {
        environment = environment.file(path, shared_file(id));
    }
    assert_eq!(loaded_id(&environment, &transport).await, "FIRST");
    environment = environment.without("/home/~demo/.alibabacloud/credentials.ini");
    assert_eq!(loaded_id(&environment, &transport).await, "SECOND");
    environment = environment.without("/home/~demo/.alibabacloud/credentials");
    assert_eq!(loaded_id(&environment, &transport).await, "THIRD");
}

#[tokio::test]
async fn only_a_configured_file_is_read_and_it_must_exist() {
    let transport = FakeTransport::unreachable();
    let environment = without_ecs()
        .file("/home/~demo/.alibabacloud/credentials", shared_file("HOME"))
        .file("/home/~demo/mine", shared_file("NAMED"))
        .file("/mine.json", cli_file("NAMED-CLI"));
    let configured = environment
        .clone()
        .variable("ALIBABA_CLOUD_CREDENTIALS_FILE", "~/mine");
    assert_eq!(loaded_id(&configured, &transport).await, "NAMED");
    let missing = environment
        .clone()
        .variable("ALIBABA_CLOUD_CREDENTIALS_FILE", "/missing");
    assert_eq!(
        error_kind(&missing, &transport).await,
        CredentialsSourceErrorKind::Unreadable
    );
    let cli = environment
        .clone()
        .variable("ALIBABA_CLOUD_CONFIG_FILE", "/mine.json");
    assert_eq!(loaded_id(&cli, &transport).await, "NAMED-CLI");
    let missing = environment.variable("ALIBABA_CLOUD_CONFIG_FILE", "/missing");
    assert_eq!(
        error_kind(&missing, &transport).await,
        CredentialsSourceErrorKind::Unreadable
    );
}

#[tokio::test]
async fn a_configured_profile_takes_precedence_over_the_current_one() {
    let transport = FakeTransport::unreachable();
    let environment = without_ecs()
        .file(
            "/home/~demo/.alibabacloud/credentials",
            shared_file("SHARED"),
        )
        .file("/home/~demo/.aliyun/config.json", cli_file("CLI"));
    let cli = load(&environment, &transport).await.unwrap();
    assert_eq!(cli.access_key_id().as_str(), "CLI");
    assert!(cli.is_temporary());
    let other = load(
        &environment.variable("ALIBABA_CLOUD_PROFILE", "other"),
        &transport,
    )
    .await
    .unwrap();
    assert_eq!(other.access_key_id().as_str(), "SHARED-OTHER");
    assert!(other.is_temporary());
}

#[tokio::test]
async fn an_empty_cli_profile_is_skipped() {
    let transport = FakeTransport::unreachable();
    let environment = without_ecs()
        .variable("ALIBABA_CLOUD_PROFILE", "default")
        .file("/home/~demo/.aliyun/config.json", cli_file("CLI"));
    assert!(load(&environment, &transport).await.is_err());
    let environment = environment.file(
        "/home/~demo/.alibabacloud/credentials",
        shared_file("SHARED"),
    );
    assert_eq!(loaded_id(&environment, &transport).await, "SHARED");
}

#[tokio::test]
async fn an_empty_token_of_a_cli_profile_counts_as_not_set() {
    let text = cli_file("CLI").replace(TOKEN, "");
    let environment = without_ecs().file("/home/~demo/.aliyun/config.json", text);
    let found = load(&environment, &FakeTransport::unreachable())
        .await
        .unwrap();
    assert!(!found.is_temporary());
}

#[tokio::test]
async fn a_variable_disables_the_cli_profile() {
    let transport = FakeTransport::unreachable();
    let environment = without_ecs()
        .variable("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "TRUE")
        .file("/home/~demo/.aliyun/config.json", cli_file("CLI"))
        .file(
            "/home/~demo/.alibabacloud/credentials",
            shared_file("SHARED"),
        );
    assert_eq!(loaded_id(&environment, &transport).await, "SHARED");
}

#[tokio::test]
async fn spaces_around_a_value_of_the_shared_file_are_ignored_unless_quoted() {
    let transport = FakeTransport::unreachable();
    let file = |secret: &str| {
        let text = format!("[default]\naccess_key_id = FROM-FILE\t\naccess_key_secret ={secret}\n");
        without_ecs().file("/home/~demo/.alibabacloud/credentials", text)
    };
    assert_eq!(
        loaded_id(&file(&format!("  {SECRET}  ")), &transport).await,
        "FROM-FILE"
    );
    let quoted = file(&format!("\"{SECRET} \""));
    assert_eq!(
        error_kind(&quoted, &transport).await,
        CredentialsSourceErrorKind::Invalid
    );
}

#[tokio::test]
async fn whitespace_around_a_value_of_the_cli_profile_is_an_error() {
    let transport = FakeTransport::unreachable();
    for (from, to) in [
        (SECRET, format!("{SECRET} ")),
        (TOKEN, format!("\\n{TOKEN}")),
        ("CLI", " CLI".to_owned()),
    ] {
        let text = cli_file("CLI").replace(from, &to);
        let environment = without_ecs().file("/home/~demo/.aliyun/config.json", text);
        assert_eq!(
            error_kind(&environment, &transport).await,
            CredentialsSourceErrorKind::Invalid
        );
    }
}

const CLI: &str = "/home/~demo/.aliyun/config.json";
const SHARED: &str = "/home/~demo/.alibabacloud/credentials.ini";

/// An environment whose later sources have another identity.
fn with_other_identities() -> FakeEnvironment {
    let uri = (
        "ALIBABA_CLOUD_CREDENTIALS_URI",
        "http://localhost:7777/keys",
    );
    FakeEnvironment::default().variables(&[uri])
}

#[tokio::test]
async fn a_selected_profile_that_no_file_has_is_an_error_and_no_other_identity_is_used() {
    let transport = FakeTransport::responding();
    for environment in [
        with_other_identities(),
        with_other_identities().file(CLI, cli_file("CLI")),
        with_other_identities()
            .file(CLI, cli_file("CLI"))
            .file(SHARED, shared_file("SHARED")),
    ] {
        let environment = environment.variable("ALIBABA_CLOUD_PROFILE", "missing");
        assert_eq!(
            error_kind(&environment, &transport).await,
            CredentialsSourceErrorKind::ProfileNotFound("ALIBABA_CLOUD_PROFILE")
        );
    }
    assert!(transport.requests_sent().is_empty());
}

#[tokio::test]
async fn a_profile_of_a_role_is_an_error_whether_it_is_selected_or_the_current_one() {
    let transport = FakeTransport::responding();
    let cli = cli_file("CLI").replace("StsToken", "RamRoleArn");
    let shared = shared_file("SHARED").replace("type = sts", "type = ram_role_arn");
    let environment = with_other_identities()
        .file(CLI, cli)
        .file(SHARED, shared.clone());
    for environment in [
        environment.clone(),
        environment.variable("ALIBABA_CLOUD_PROFILE", "prod"),
        with_other_identities()
            .file(SHARED, shared)
            .variable("ALIBABA_CLOUD_PROFILE", "other"),
    ] {
        assert_eq!(
            error_kind(&environment, &transport).await,
            CredentialsSourceErrorKind::UnsupportedProfile
        );
    }
    assert!(transport.requests_sent().is_empty());
}

#[tokio::test]
async fn a_current_profile_of_the_ecs_role_leads_to_the_ecs_role_and_a_selected_one_is_an_error() {
    let transport = FakeTransport::responding();
    let file = cli_file("CLI").replace("StsToken", "EcsRamRole");
    let environment = FakeEnvironment::default().file(CLI, file);
    assert_eq!(loaded_id(&environment, &transport).await, "FROM-ECS");
    let selected = environment.variable("ALIBABA_CLOUD_PROFILE", "prod");
    assert_eq!(
        error_kind(&selected, &transport).await,
        CredentialsSourceErrorKind::UnsupportedProfile
    );
}
