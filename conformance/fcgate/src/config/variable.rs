//! The environment variables that a project may pass to its adapter.

use fcgate_text::redaction::{is_credential_variable, is_proxy_variable, is_reserved_variable};

/// The reason why an adapter must not get this variable; `None` if it may.
pub(super) fn reason_to_refuse(name: &str) -> Option<&'static str> {
    reason_to_refuse_credential(name).or_else(|| {
        is_credential_variable(name).then_some(
            "the name looks like that of a credential, and the cases contain dummy keys; if the adapter needs it, use the \
             option --pass-credential instead",
        )
    })
}

/// The reason why an adapter must not get this variable even if the caller says that it may hold a credential; `None` if it
/// may.
pub fn reason_to_refuse_credential(name: &str) -> Option<&'static str> {
    let mut bytes = name.bytes();
    let first = bytes
        .next()
        .is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    if !first || !bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        Some("not a valid variable name")
    } else if is_reserved_variable(name) {
        Some(
            "variables of cloud platforms, of GitHub and of the gate are not passed to the adapter",
        )
    } else if is_proxy_variable(name) {
        Some("proxy variables are not passed to the adapter: it connects only to loopback")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{reason_to_refuse, reason_to_refuse_credential};

    #[test]
    fn credentials_proxies_and_reserved_names_are_refused() {
        for name in [
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
            "alibaba_cloud_region_id",
            "FC_REGION",
            "FCGATE_COLOR",
            "https_proxy",
            "ALL_PROXY",
            "GITHUB_TOKEN",
            "MY_API_SECRET",
            "OPENAI_KEY",
            "PYTHON_API_KEY",
            "LC_APIKEY",
            "DATABASE_URL",
            "AWS_ACCESS_KEY_ID",
            "",
            "1A",
            "A=B",
            "A B",
            "PFAD\u{e4}",
        ] {
            assert!(reason_to_refuse(name).is_some(), "{name}");
        }
        for name in ["MY_SDK_MODE", "RUST_LOG", "_x", "FCX"] {
            assert_eq!(reason_to_refuse(name), None, "{name}");
        }
        for name in ["OPENAI_KEY", "DATABASE_URL", "MY_TOKEN"] {
            assert_eq!(reason_to_refuse_credential(name), None, "{name}");
        }
        for name in [
            "ALIBABA_CLOUD_ACCESS_KEY_ID",
            "FCGATE_KEY",
            "https_proxy",
            "A-KEY",
        ] {
            assert!(reason_to_refuse_credential(name).is_some(), "{name}");
        }
    }
}
