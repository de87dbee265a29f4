//! The environment variables that an adapter receives.
//!
//! The environment of an adapter contains only the variables below, which programs and their toolchains need to start, and those that
//! the caller names. A variable whose name or value looks like a credential is passed only if the caller names it as a
//! credential. Keys of the service and proxies are never passed.

use std::ffi::OsString;

use fcgate_text::redaction::{
    Redactor, is_credential_value, is_credential_variable, is_proxy_variable, is_reserved_variable,
    redact_tokens,
};

use super::listed_variables::is_listed;

/// The variable that marks the processes of an adapter.
///
/// Without a PID namespace, its value is unique. The gate uses it to find processes that left the process group.
/// With a namespace, it contains the role of the supervisor, and the adapter does not receive it.
pub(super) const MARK: &str = "ADAPTER_OF_FCGATE";

/// The fewest characters of a credential that is compared with other values. A shorter one could occur by chance.
const SHORTEST: usize = 8;

/// The fewest characters of a credential that is searched for within other values.
const RARE: usize = 12;

/// The names of variables that the caller of the gate wants to pass to an adapter.
#[derive(Debug, Clone, Default)]
pub(super) struct NamedVariables {
    /// Variables without a credential.
    pub(super) plain: Vec<String>,
    /// Variables that may hold a credential.
    pub(super) credentials: Vec<String>,
}

/// Returns the variables that an adapter receives: the listed ones, and those that the caller names.
pub(super) fn passed(named: &NamedVariables) -> Vec<(OsString, OsString)> {
    select(&all().collect::<Vec<_>>(), named)
}

fn select(variables: &[(OsString, OsString)], named: &NamedVariables) -> Vec<(OsString, OsString)> {
    let withheld = values_of_credentials(variables);
    let may_pass = |name: &str, value: &OsString| {
        if is_never_passed(name) {
            return false;
        }
        if named.credentials.iter().any(|one| one == name) {
            return true;
        }
        let is_wanted = is_listed(name) || named.plain.iter().any(|one| one == name);
        is_wanted && !is_credential_variable(name) && !holds_credential(value, &withheld)
    };
    let selected = variables
        .iter()
        .filter(|(name, value)| name.to_str().is_some_and(|name| may_pass(name, value)));
    selected.cloned().collect()
}

/// The value of `PATH`, for messages.
pub(super) fn path_variable() -> OsString {
    let path = all().find(|(name, _)| name.eq_ignore_ascii_case("PATH"));
    path.map(|(_, value)| value).unwrap_or_default()
}

/// Returns the reasons why a variable that the caller names is not passed, as warnings.
pub(super) fn warnings(named: &NamedVariables) -> Vec<String> {
    let variables: Vec<_> = all().collect();
    let withheld = values_of_credentials(&variables);
    let mut found = Vec::new();
    for name in named.plain.iter().chain(&named.credentials) {
        let is_named_credential = named.credentials.contains(name);
        let value = variables.iter().find(|(other, _)| other == name.as_str());
        let reason = if is_never_passed(name) {
            "never passes the variable {} to an adapter, because its name is that of a cloud platform, of GitHub, of the gate or of a proxy"
        } else if is_named_credential {
            continue;
        } else if is_credential_variable(name) {
            "does not pass the variable {} to the adapter, because its name looks like that of a credential; to pass it anyway, use --pass-credential {}"
        } else if value.is_some_and(|(_, value)| holds_credential(value, &withheld)) {
            "does not pass the variable {} to the adapter, because its value looks like a credential; to pass it anyway, use --pass-credential {}"
        } else {
            continue;
        };
        found.push(format!("the gate {}", reason.replace("{}", name)));
    }
    found
}

/// Whether a value is, contains or looks like a credential. Bytes that are not UTF-8 cannot be searched.
fn holds_credential(value: &OsString, withheld: &[String]) -> bool {
    value.to_str().is_none_or(|value| {
        let mut withheld = withheld.iter();
        is_credential_value(value)
            || withheld.any(|secret| value == secret || is_rare(secret) && value.contains(secret))
    })
}

/// Whether a text hardly occurs by chance in a path or a list: the value of `GIT_AUTHOR_NAME` may be in `HOME`.
fn is_rare(secret: &str) -> bool {
    let has = |class: fn(&u8) -> bool| secret.as_bytes().iter().any(class);
    secret.len() >= RARE && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic)
}

/// The values of the variables whose names are those of credentials.
fn values_of_credentials(variables: &[(OsString, OsString)]) -> Vec<String> {
    let mut found = Vec::new();
    for (name, value) in variables {
        if let (Some(name), Some(value)) = (name.to_str(), value.to_str())
            && is_credential_variable(name)
            && value.len() >= SHORTEST
            && !value.starts_with('/')
        {
            found.push(value.to_owned());
        }
    }
    found
}

/// Returns the variables that the command that prepares an adapter receives: a build needs proxies and the settings of
/// its tools, and no credentials of the service.
pub(super) fn without_credentials() -> impl Iterator<Item = (OsString, OsString)> {
    let variables: Vec<_> = all().collect();
    let withheld = values_of_credentials(&variables);
    variables.into_iter().filter(move |(name, value)| {
        // A proxy may need a password, and a build may need the proxy.
        let is_proxy = name.to_str().is_some_and(is_proxy_variable);
        !is_withheld(name) && (is_proxy || !holds_credential(value, &withheld))
    })
}

/// Replaces tokens, and the values of the variables that [`without_credentials`] leaves out.
pub(super) fn redact_withheld(text: &[u8]) -> Vec<u8> {
    let mut redactor = Redactor::new();
    let variables: Vec<_> = all().collect();
    let withheld = variables.iter().filter(|(name, _)| is_withheld(name));
    let values = withheld.filter_map(|(_, value)| value.to_str());
    for value in values.filter(|value| value.len() >= SHORTEST) {
        redactor = redactor.secret(value);
    }
    let text = redactor.redact(text);
    match std::str::from_utf8(&text) {
        Ok(text) => redact_tokens(text).into_bytes(),
        Err(_) => redact_tokens(&String::from_utf8_lossy(&text)).into_bytes(),
    }
}

fn is_withheld(name: &OsString) -> bool {
    name.to_str().is_none_or(is_credential)
}

/// Whether a variable with this name is never passed to an adapter, whatever the caller wants.
fn is_never_passed(name: &str) -> bool {
    is_proxy_variable(name) || is_reserved_variable(name)
}

/// Whether a variable with this name belongs to the platform or could hold a credential.
fn is_credential(name: &str) -> bool {
    is_reserved_variable(name) || is_credential_variable(name)
}

fn all() -> impl Iterator<Item = (OsString, OsString)> {
    std::env::vars_os()
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::super::listed_variables::NAMES;
    use super::{NamedVariables, is_listed, is_never_passed, select};
    use fcgate_text::redaction::is_credential_variable;

    /// The names of the variables that an adapter receives.
    fn passed(variables: &[(&str, &str)], plain: &[&str], credentials: &[&str]) -> Vec<String> {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let named = NamedVariables {
            plain: owned(plain),
            credentials: owned(credentials),
        };
        let variables: Vec<(OsString, OsString)> = variables
            .iter()
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        let selected = select(&variables, &named).into_iter();
        selected
            .map(|(name, _)| name.into_string().unwrap())
            .collect()
    }

    #[test]
    fn variables_of_toolchains_are_passed() {
        let variables = [
            ("PATH", "/usr/bin:/bin"),
            ("HOME", "/home/a"),
            ("LC_ALL", "C.UTF-8"),
            ("PYTHONPATH", "src"),
            ("JAVA_HOME", "/opt/java"),
        ];
        assert_eq!(passed(&variables, &[], &[]).len(), variables.len());
        for name in NAMES {
            assert!(
                !is_credential_variable(name) && !is_never_passed(name),
                "{name}"
            );
        }
    }

    #[test]
    fn unlisted_variables_are_not_passed() {
        for name in [
            "PATHS",
            "EDITOR",
            "SSH_AUTH_SOCK",
            "LD_PRELOAD",
            "LC_APIKEY",
            "LC_SOMETHING",
            "PYTHON_API_KEY",
            "PYTHON_SOMETHING",
            "PYENV_ANYTHING",
            "RBENV_ANYTHING",
            "ASDF_ANYTHING",
            "",
        ] {
            assert!(!is_listed(name), "{name}");
            assert!(passed(&[(name, "canary")], &[], &[]).is_empty(), "{name}");
        }
    }

    #[test]
    fn a_named_variable_that_looks_like_a_credential_needs_to_be_named_as_one() {
        for name in [
            "OPENAI_KEY",
            "DATABASE_URL",
            "LC_APIKEY",
            "NPM_token",
            "REDIS_URL",
        ] {
            let variables = [(name, "canary")];
            assert!(passed(&variables, &[name], &[]).is_empty(), "{name}");
            assert_eq!(passed(&variables, &[], &[name]), [name]);
        }
        assert_eq!(
            passed(&[("MY_SDK_MODE", "fast")], &["MY_SDK_MODE"], &[]),
            ["MY_SDK_MODE"]
        );
    }

    #[test]
    fn a_variable_whose_value_looks_like_a_credential_is_not_passed() {
        let secret = "a-secret-of-ci-system-7";
        for value in [
            "postgres://user:pass@localhost/db",
            "ghp_0123456789abcdefghijklmnopqrstuvwxyz",
            secret,
            &format!("--with={secret}"),
        ] {
            let variables = [("CI_SECRET", secret), ("MODE", value), ("TERM", value)];
            assert!(passed(&variables, &["MODE"], &[]).is_empty(), "{value}");
            assert_eq!(passed(&variables, &[], &["MODE"]), ["MODE"], "{value}");
        }
    }

    #[test]
    fn keys_of_the_service_and_proxies_are_never_passed() {
        for name in [
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
            "FC_ACCOUNT_ID",
            "FCGATE_SEED",
            "http_proxy",
            "NO_PROXY",
            "GITHUB_TOKEN",
        ] {
            let variables = [(name, "canary")];
            assert!(passed(&variables, &[name], &[name]).is_empty(), "{name}");
        }
    }
}
