//! Which environment variables a project may pass to its adapter.

/// Names that begin so belong to the platform, to the gate, or hold credentials.
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

/// Why an adapter must not see a variable, if it must not.
pub(super) fn refused(name: &str) -> Option<&'static str> {
    let upper = name.to_ascii_uppercase();
    let mut bytes = name.bytes();
    let first = bytes
        .next()
        .is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    if !first || !bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        Some("it is not the name of a variable")
    } else if RESERVED.iter().any(|start| upper.starts_with(start)) {
        Some("the adapter must not see variables of the platform or of the gate")
    } else if upper.ends_with("_PROXY") {
        Some("the adapter speaks to loopback alone, through no proxy")
    } else if CREDENTIALS.iter().any(|part| upper.contains(part)) {
        Some("the adapter must not see credentials; cases bring dummy ones")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::refused;

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
            assert!(refused(name).is_some(), "{name}");
        }
        for name in ["MY_SDK_MODE", "RUST_LOG", "_x", "FCX"] {
            assert_eq!(refused(name), None, "{name}");
        }
    }
}
