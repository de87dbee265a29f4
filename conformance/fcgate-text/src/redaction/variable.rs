//! Environment variables that could hold a credential: by their name, and by their value.

use super::token::redact_tokens;
use super::token_name::is_token_name;

/// Words that occur in names of credentials, in upper case. A word may be a part of a longer one: `APIKEY`.
const PARTS: [&str; 16] = [
    "KEY",
    "TOKEN",
    "SECRET",
    "PASS",
    "CRED",
    "AUTH",
    "COOKIE",
    "BEARER",
    "JWT",
    "SIGNATURE",
    "PRIVATE",
    "WEBHOOK",
    "DSN",
    "NETRC",
    "KUBECONFIG",
    "CONNECTION",
];

/// Whole words of names of credentials, in upper case. They are too short to be searched for within words.
const WORDS: [&str; 7] = ["PW", "PWD", "PIN", "PAT", "SK", "SAS", "OTP"];

/// Systems whose address usually contains a password.
const SYSTEMS: [&str; 17] = [
    "DATABASE",
    "SQL",
    "POSTGRES",
    "MARIADB",
    "MONGO",
    "REDIS",
    "AMQP",
    "RABBIT",
    "KAFKA",
    "BROKER",
    "CELERY",
    "SMTP",
    "MAIL",
    "SENTRY",
    "ELASTIC",
    "CLICKHOUSE",
    "JDBC",
];

/// Short names of such systems, as whole words.
const SHORT_SYSTEMS: [&str; 2] = ["DB", "PG"];

/// The last words of names of addresses.
const ADDRESSES: [&str; 5] = ["URL", "URI", "CONN", "STRING", "ADDRESS"];

/// The fewest characters of a word without separators that looks random.
const RANDOM: usize = 20;

/// Starts of tokens of well-known services.
const TOKEN_STARTS: [&str; 22] = [
    "sk-",
    "sk_",
    "pk_",
    "rk_",
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "xoxa-",
    "npm_",
    "pypi-",
    "hf_",
    "AKIA",
    "ASIA",
    "LTAI",
    "STS.",
    "AIza",
];

/// Starts of names of variables that belong to a cloud platform, to GitHub or to the gate.
const RESERVED: [&str; 8] = [
    "ALIBABA_CLOUD_",
    "ALIBABACLOUD_",
    "ALICLOUD_",
    "ALIYUN_",
    "AWS_",
    "FC_",
    "FCGATE_",
    "GITHUB_",
];

/// Whether a variable with this name belongs to a cloud platform, to GitHub or to the gate, in any case of its letters. An
/// adapter that finds real keys would sign with them.
pub fn is_reserved_variable(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    RESERVED.iter().any(|start| upper.starts_with(start))
}

/// Whether a variable with this name sets a proxy: `https_proxy`, `NO_PROXY`.
pub fn is_proxy_variable(name: &str) -> bool {
    name.to_ascii_uppercase().contains("_PROXY")
}

/// Whether a variable with this name could hold a credential: `PYTHON_API_KEY`, `LC_APIKEY`, `DATABASE_URL`.
///
/// ```
/// use fcgate_text::redaction::is_credential_variable;
///
/// assert!(is_credential_variable("OPENAI_KEY"));
/// assert!(!is_credential_variable("PYTHONPATH"));
/// ```
pub fn is_credential_variable(name: &str) -> bool {
    // The working folders of a shell, not passwords.
    if matches!(name, "PWD" | "OLDPWD") {
        return false;
    }
    let upper = name.to_ascii_uppercase();
    let words: Vec<&str> = upper
        .split(|one: char| !one.is_ascii_alphanumeric())
        .collect();
    let is_address = words.last().is_some_and(|last| {
        let mut addresses = ADDRESSES.iter();
        addresses.any(|address| last.ends_with(address))
    });
    is_token_name(name)
        || PARTS.iter().any(|part| upper.contains(part))
        || words.iter().any(|word| WORDS.contains(word))
        || is_address
            && (SYSTEMS.iter().any(|system| upper.contains(system))
                || words.iter().any(|word| SHORT_SYSTEMS.contains(word)))
}

/// Whether a value looks like a credential: a token of a known form, a URL with a user, a private key, or a long word
/// that looks random.
pub fn is_credential_value(value: &str) -> bool {
    let is_token = |word: &str| {
        let mut starts = TOKEN_STARTS.iter();
        word.len() >= RANDOM && starts.any(|start| word.starts_with(start))
    };
    let mut words = value.split(|one: char| one.is_whitespace() || "\"'`,;=".contains(one));
    redact_tokens(value) != value
        || value.contains("PRIVATE KEY-----")
        || words.any(|word| is_token(word) || looks_random(word))
}

/// Whether a word has letters of both cases and digits, without the separators of paths, lists and versions.
fn looks_random(word: &str) -> bool {
    let has = |class: fn(&u8) -> bool| word.as_bytes().iter().any(class);
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+');
    word.len() >= RANDOM
        && word.bytes().all(is_word)
        && has(u8::is_ascii_digit)
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::{is_credential_value, is_credential_variable};

    #[test]
    fn names_of_credentials_are_recognized() {
        for name in [
            "PYTHON_API_KEY",
            "LC_APIKEY",
            "OPENAI_KEY",
            "DATABASE_URL",
            "redis_url",
            "MONGODB_URI",
            "SENTRY_DSN",
            "PGPASSWORD",
            "PGPASSFILE",
            "MYSQL_PWD",
            "SLACK_WEBHOOK",
            "NPM_AUTH",
            "SSH_AUTH_SOCK",
            "GOOGLE_APPLICATION_CREDENTIALS",
            "AWS_SECRET_ACCESS_KEY",
            "PYENV_TOKEN",
            "RBENV_PAT",
            "ASDF_CRED",
            "STRIPE_SK",
            "AZURE_STORAGE_SAS",
            "PG_URL",
            "APIKey",
            "DB_CONNECTION_STRING",
            "AzureWebJobsStorageConnection",
        ] {
            assert!(is_credential_variable(name), "{name}");
        }
        for name in [
            "PATH",
            "HOME",
            "LC_ALL",
            "PYTHONPATH",
            "MY_SDK_MODE",
            "RUST_LOG",
            "MY_SDK_BASE_URL",
            "GOFLAGS",
            "DBUS_SESSION_BUS_ADDRESS",
            "SSL_CERT_FILE",
            "JAVA_HOME",
            "_x",
            "",
        ] {
            assert!(!is_credential_variable(name), "{name}");
        }
    }

    #[test]
    fn values_of_credentials_are_recognized() {
        for value in [
            "postgres://user:pass@localhost/db",
            "https://token@example.invalid/",
            "Bearer abcdef123456",
            "eyJhbGciOiJIUzI1NiJ9.e30.c2ln",
            "sk-proj-0123456789abcdefghij",
            "ghp_0123456789abcdefghijklmnopqrstuvwxyz",
            "LTAI5tDummyAccessKeyId01",
            "a1B2c3D4e5F6g7H8i9J0k1L2",
            "-----BEGIN PRIVATE KEY-----\nAAAA",
            "password=hunter2",
        ] {
            assert!(is_credential_value(value), "{value}");
        }
        for value in [
            "/usr/bin:/bin:/home/Some.One/.local/bin",
            "en_US.UTF-8",
            "xterm-256color",
            "info,fc_invoke=debug",
            "/nix/store/0c5b3Dk2Abcdefghijklmnop-python3-3.12.4/bin",
            "https://example.invalid/path",
            "1.88.0-x86_64-unknown-linux-gnu",
            "",
        ] {
            assert!(!is_credential_value(value), "{value}");
        }
    }
}
