//! The environment variables that a project may pass to its adapter.

/// Variables with these prefixes belong to the platform or to the gate, or hold credentials.
const RESERVED: [&str; 4] = ["ALIBABA_CLOUD_", "ALIYUN_", "FC_", "FCGATE_"];

/// Parts of the names of variables that hold credentials.
const CREDENTIALS: [&str; 8] = [
    "SECRET",
    "TOKEN",
    "PASSWORD",
    "PASSWD",
    "CREDENTIAL",
    "ACCESS_KEY",
    "ACCESSKEY",
    "PRIVATE_KEY",
];

/// The reason why an adapter must not get this variable; `None` if it may.
pub(super) fn reason_to_refuse(name: &str) -> Option<&'static str> {
    let upper = name.to_ascii_uppercase();
    let mut bytes = name.bytes();
    let first = bytes
        .next()
        .is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    if !first || !bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        Some("not a valid variable name")
    } else if RESERVED.iter().any(|start| upper.starts_with(start)) {
        Some("variables of the platform and of the gate are not passed to the adapter")
    } else if upper.ends_with("_PROXY") {
        Some("proxy variables are not passed to the adapter: it connects only to loopback")
    } else if CREDENTIALS.iter().any(|part| upper.contains(part)) {
        Some("credentials are not passed to the adapter: the cases contain dummy keys")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::reason_to_refuse;

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
    }
}
