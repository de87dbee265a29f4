//! The environment variables that an adapter receives.
//!
//! The environment of an adapter contains only the variables below, which programs and their toolchains need to start.
//! Credentials, tokens and proxies are never passed, even if the configuration lists them.

use std::ffi::OsString;

/// The variable that marks the processes of an adapter.
///
/// Without a PID namespace, its value is unique. The gate uses it to find processes that left the process group.
/// With a namespace, it contains the role of the supervisor, and the adapter does not receive it.
pub(super) const MARK: &str = "ADAPTER_OF_FCGATE";

/// The value of [`MARK`] for a supervisor whose children are in a PID namespace.
pub(super) const OUTSIDE: &str = "outside";

/// The value of [`MARK`] for the supervisor that is process 1 of a PID namespace.
pub(super) const FIRST: &str = "first";

/// Returns the value of [`MARK`] in this process.
pub(super) fn mark() -> Option<OsString> {
    all().find_map(|(name, value)| (name == MARK).then_some(value))
}

/// The variables that an adapter receives if they are set.
const NAMES: [&str; 45] = [
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

/// Parts of names that mark a variable as a credential or a proxy.
const REFUSED_PARTS: [&str; 7] = [
    "TOKEN",
    "SECRET",
    "PASSWORD",
    "PASSWD",
    "CREDENTIAL",
    "ACCESS_KEY",
    "_PROXY",
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

/// Whether a variable with this name is never passed.
pub(super) fn is_refused(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    REFUSED_PREFIXES
        .iter()
        .any(|prefix| name.starts_with(prefix))
        || REFUSED_PARTS.iter().any(|part| name.contains(part))
}

fn is_listed(name: &str) -> bool {
    NAMES.contains(&name) || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
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
        for name in ["path", "EDITOR", "SSH_AUTH_SOCK", "LD_PRELOAD", ""] {
            assert!(!is_listed(name), "{name}");
        }
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
