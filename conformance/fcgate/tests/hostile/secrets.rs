//! The secrets that no output may contain, except where a test expects one.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

use serde_json::Value;

/// The value of variables that the gate has and that no adapter may receive.
pub(crate) const CANARY: &str = "canary-in-the-environment-7391";

/// The variables with the canary.
pub(crate) const KEPT_FROM_ADAPTERS: [&str; 15] = [
    "ALIBABA_CLOUD_ACCESS_KEY_ID",
    "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
    "ALIBABA_CLOUD_SECURITY_TOKEN",
    "FC_ACCESS_KEY_SECRET",
    "AWS_SECRET_ACCESS_KEY",
    "GITHUB_TOKEN",
    "CARGO_REGISTRY_TOKEN",
    "DATABASE_URL",
    "OPENAI_KEY",
    "LC_APIKEY",
    "PYTHON_API_KEY",
    "ASDF_SOMETHING",
    // A variable that adapters get, unless its value is that of a credential.
    "PYENV_VERSION",
    "HTTPS_PROXY",
    "https_proxy",
];

/// Every access key secret of the cases.
pub(crate) fn of_the_cases() -> &'static BTreeSet<String> {
    static SECRETS: OnceLock<BTreeSet<String>> = OnceLock::new();
    SECRETS.get_or_init(|| {
        let mut secrets = BTreeSet::new();
        let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/cases");
        for area in std::fs::read_dir(cases).unwrap() {
            for file in std::fs::read_dir(area.unwrap().path()).unwrap() {
                let text = std::fs::read(file.unwrap().path()).unwrap();
                collect(&serde_json::from_slice(&text).unwrap(), &mut secrets);
            }
        }
        assert!(!secrets.is_empty());
        secrets
    })
}

fn collect(value: &Value, secrets: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value.as_str() {
                    // A shorter secret can occur by chance.
                    Some(secret) if name == "access_key_secret" && secret.trim().len() >= 8 => {
                        secrets.insert(secret.trim().to_owned());
                    }
                    _ => collect(value, secrets),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, secrets)),
        _ => {}
    }
}
