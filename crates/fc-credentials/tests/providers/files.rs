//! The files of the chain.

use fc_credentials::OriginErrorKind;

use crate::surroundings::{
    NO_ECS, SECRET, Script, Surroundings, TOKEN, ask, cli_file, id, kind, shared_file,
};

fn alone() -> Surroundings {
    Surroundings::default().variables(&[NO_ECS])
}

#[tokio::test]
async fn the_shared_file_is_found_by_each_of_its_names_in_order() {
    let script = Script::nobody();
    let mut left = alone();
    for (path, id) in [
        ("/home/~demo/.alibabacloud/credentials.ini", "FIRST"),
        ("/home/~demo/.alibabacloud/credentials", "SECOND"),
        ("/home/~demo/.aliyun/credentials.ini", "THIRD"),
    ] {
        left = left.file(path, shared_file(id));
    }
    assert_eq!(id(&left, &script).await, "FIRST");
    left = left.without("/home/~demo/.alibabacloud/credentials.ini");
    assert_eq!(id(&left, &script).await, "SECOND");
    left = left.without("/home/~demo/.alibabacloud/credentials");
    assert_eq!(id(&left, &script).await, "THIRD");
}

#[tokio::test]
async fn a_file_that_is_named_stands_for_all_the_others() {
    let script = Script::nobody();
    let left = alone()
        .file("/home/~demo/.alibabacloud/credentials", shared_file("HOME"))
        .file("/home/~demo/mine", shared_file("NAMED"))
        .file("/mine.json", cli_file("NAMED-CLI"));
    let named = left
        .clone()
        .variable("ALIBABA_CLOUD_CREDENTIALS_FILE", "~/mine");
    assert_eq!(id(&named, &script).await, "NAMED");
    let missing = left
        .clone()
        .variable("ALIBABA_CLOUD_CREDENTIALS_FILE", "/missing");
    assert_eq!(kind(&missing, &script).await, OriginErrorKind::Unreadable);
    let cli = left
        .clone()
        .variable("ALIBABA_CLOUD_CONFIG_FILE", "/mine.json");
    assert_eq!(id(&cli, &script).await, "NAMED-CLI");
    let missing = left.variable("ALIBABA_CLOUD_CONFIG_FILE", "/missing");
    assert_eq!(kind(&missing, &script).await, OriginErrorKind::Unreadable);
}

#[tokio::test]
async fn a_profile_that_is_named_wins_over_the_current_one() {
    let script = Script::nobody();
    let left = alone()
        .file(
            "/home/~demo/.alibabacloud/credentials",
            shared_file("SHARED"),
        )
        .file("/home/~demo/.aliyun/config.json", cli_file("CLI"));
    let cli = ask(&left, &script).await.unwrap();
    assert_eq!(cli.access_key_id().as_str(), "CLI");
    assert!(cli.is_temporary());
    let other = ask(&left.variable("ALIBABA_CLOUD_PROFILE", "other"), &script)
        .await
        .unwrap();
    assert_eq!(other.access_key_id().as_str(), "SHARED-OTHER");
    assert!(other.is_temporary());
}

#[tokio::test]
async fn a_profile_that_was_never_filled_in_is_passed_over() {
    let script = Script::nobody();
    let left = alone()
        .variable("ALIBABA_CLOUD_PROFILE", "default")
        .file("/home/~demo/.aliyun/config.json", cli_file("CLI"));
    assert!(ask(&left, &script).await.is_err());
    let left = left.file(
        "/home/~demo/.alibabacloud/credentials",
        shared_file("SHARED"),
    );
    assert_eq!(id(&left, &script).await, "SHARED");
}

#[tokio::test]
async fn an_empty_token_of_a_profile_is_none() {
    let text = cli_file("CLI").replace(TOKEN, "");
    let left = alone().file("/home/~demo/.aliyun/config.json", text);
    let found = ask(&left, &Script::nobody()).await.unwrap();
    assert!(!found.is_temporary());
}

#[tokio::test]
async fn the_cli_profile_can_be_switched_off() {
    let script = Script::nobody();
    let left = alone()
        .variable("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "TRUE")
        .file("/home/~demo/.aliyun/config.json", cli_file("CLI"))
        .file(
            "/home/~demo/.alibabacloud/credentials",
            shared_file("SHARED"),
        );
    assert_eq!(id(&left, &script).await, "SHARED");
}

#[tokio::test]
async fn blanks_round_a_value_of_the_shared_file_belong_to_its_syntax_and_quoted_ones_to_the_value()
{
    let script = Script::nobody();
    let file = |secret: &str| {
        let text = format!("[default]\naccess_key_id = FROM-FILE\t\naccess_key_secret ={secret}\n");
        alone().file("/home/~demo/.alibabacloud/credentials", text)
    };
    assert_eq!(
        id(&file(&format!("  {SECRET}  ")), &script).await,
        "FROM-FILE"
    );
    let quoted = file(&format!("\"{SECRET} \""));
    assert_eq!(kind(&quoted, &script).await, OriginErrorKind::Invalid);
}

#[tokio::test]
async fn blanks_in_the_cli_profile_are_refused() {
    let script = Script::nobody();
    for (from, to) in [
        (SECRET, format!("{SECRET} ")),
        (TOKEN, format!("\\n{TOKEN}")),
        ("CLI", " CLI".to_owned()),
    ] {
        let text = cli_file("CLI").replace(from, &to);
        let left = alone().file("/home/~demo/.aliyun/config.json", text);
        assert_eq!(kind(&left, &script).await, OriginErrorKind::Invalid);
    }
}
