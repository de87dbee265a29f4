//! The environment variables that an adapter receives.
//!
//! The environment of an adapter contains only the variables below, which programs and their toolchains need to start.
//! Credentials, tokens and proxies are never passed, even if the configuration lists them.

use std::borrow::Cow;
use std::ffi::OsString;

use fcgate_text::redaction::{Redactor, redact_tokens};

/// The variable that marks the processes of an adapter.
///
/// Without a PID namespace, its value is unique. The gate uses it to find processes that left the process group.
/// With a namespace, it contains the role of the supervisor, and the adapter does not receive it.
pub(super) const MARK: &str = "ADAPTER_OF_FCGATE";

/// The variables that an adapter receives if they are set.
const NAMES: [&str; 56] = [
    // Used by every program.
    "PATH",
    "HOME",
    "USER",
    "LOGNAME",
    "SHELL",
    "TERM",
    "TZ",
    "TMPDIR",
    "TMP",
    "TEMP",
    "LANG",
    "LANGUAGE",
    "LOCPATH",
    "LOCALE_ARCHIVE",
    "SYSTEMROOT",
    "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
    "DYLD_FALLBACK_LIBRARY_PATH",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    // Used by every program on Windows.
    "APPDATA",
    "COMSPEC",
    "HOMEDRIVE",
    "HOMEPATH",
    "LOCALAPPDATA",
    "PATHEXT",
    "PROGRAMDATA",
    "PROGRAMFILES",
    "SYSTEMDRIVE",
    "USERPROFILE",
    "WINDIR",
    // Used by toolchains.
    "VIRTUAL_ENV",
    "CONDA_PREFIX",
    "NODE_PATH",
    "NVM_DIR",
    "NVM_BIN",
    "VOLTA_HOME",
    "DENO_DIR",
    "JAVA_HOME",
    "GOPATH",
    "GOROOT",
    "GOCACHE",
    "GOTOOLCHAIN",
    "CARGO_HOME",
    "RUSTUP_HOME",
    "RUSTUP_TOOLCHAIN",
    "RUBYLIB",
    "GEM_HOME",
    "GEM_PATH",
    "BUNDLE_GEMFILE",
    "DOTNET_ROOT",
    "DOTNET_CLI_HOME",
    "PERL5LIB",
    "COMPOSER_HOME",
    "SDKMAN_DIR",
];

/// Prefixes of further variables that an adapter receives.
const PREFIXES: [&str; 5] = ["LC_", "PYTHON", "PYENV_", "RBENV_", "ASDF_"];

/// Prefixes of variables that an adapter never receives.
const REFUSED_PREFIXES: [&str; 8] = [
    "ALIBABA_CLOUD_",
    "ALIBABACLOUD_",
    "ALICLOUD_",
    "ALIYUN_",
    "AWS_",
    // Reserved by the platform, and by the gate.
    "FC_",
    "FCGATE_",
    "GITHUB_",
];

/// A part of the names of proxy variables.
const PROXY: &str = "_PROXY";

/// Parts of names that mark a variable as a credential.
const REFUSED_PARTS: [&str; 6] = [
    "TOKEN",
    "SECRET",
    "PASSWORD",
    "PASSWD",
    "CREDENTIAL",
    "ACCESS_KEY",
];

/// Returns the variables that an adapter receives: the listed ones, and those of `more` that may be passed.
pub(super) fn passed(more: &[String]) -> Vec<(OsString, OsString)> {
    all()
        .filter(|(name, _)| {
            name.to_str().is_some_and(|name| {
                !is_refused(name) && (is_listed(name) || more.iter().any(|one| one == name))
            })
        })
        .collect()
}

/// Returns the variables that the command that prepares an adapter receives: a build needs proxies and the settings of
/// its tools, and no credentials of the service.
pub(super) fn without_credentials() -> impl Iterator<Item = (OsString, OsString)> {
    all().filter(|(name, _)| !is_withheld(name))
}

/// Replaces tokens, and the values of the variables that [`without_credentials`] leaves out.
pub(super) fn redact_withheld(text: &[u8]) -> Vec<u8> {
    let mut redactor = Redactor::new();
    for (_, value) in all().filter(|(name, _)| is_withheld(name)) {
        if let Some(value) = value.to_str() {
            redactor = redactor.secret(value);
        }
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

/// Whether a variable with this name is never passed to an adapter.
pub(super) fn is_refused(name: &str) -> bool {
    name.to_ascii_uppercase().contains(PROXY) || is_credential(name)
}

/// Whether a variable with this name belongs to the platform or holds a credential.
fn is_credential(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    REFUSED_PREFIXES
        .iter()
        .any(|prefix| name.starts_with(prefix))
        || REFUSED_PARTS.iter().any(|part| name.contains(part))
}

fn is_listed(name: &str) -> bool {
    // Windows ignores the case of names: `PATH` is often `Path`.
    let name = if cfg!(windows) {
        Cow::Owned(name.to_ascii_uppercase())
    } else {
        Cow::Borrowed(name)
    };
    NAMES.contains(&&*name) || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

fn all() -> impl Iterator<Item = (OsString, OsString)> {
    std::env::vars_os()
}

#[cfg(test)]
mod tests {
    use super::{is_listed, is_refused};

    #[test]
    fn variables_of_toolchains_are_passed() {
        for name in ["PATH", "HOME", "LC_ALL", "PYTHONPATH", "JAVA_HOME"] {
            assert!(is_listed(name) && !is_refused(name), "{name}");
        }
    }

    #[test]
    fn unlisted_variables_are_not_passed() {
        for name in ["PATHS", "EDITOR", "SSH_AUTH_SOCK", "LD_PRELOAD", ""] {
            assert!(!is_listed(name), "{name}");
        }
    }

    #[test]
    fn the_case_of_a_name_is_ignored_on_windows_only() {
        assert_eq!(is_listed("Path"), cfg!(windows));
    }

    #[test]
    fn credentials_tokens_and_proxies_are_refused_in_any_case() {
        for name in [
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
            "FC_ACCOUNT_ID",
            "FCGATE_SEED",
            "http_proxy",
            "NO_PROXY",
            "GITHUB_TOKEN",
            "NPM_token",
            "PYTHON_KEYRING_PASSWORD",
        ] {
            assert!(is_refused(name), "{name}");
        }
    }
}
