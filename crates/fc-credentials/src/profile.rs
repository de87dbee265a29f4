//! Why no credentials were read from a profile.

use serde_json::Value;

/// The state of a profile without usable credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ProfileState {
    /// The file does not have the profile, or the profile has no access key.
    NotConfigured,
    /// The profile is the role of the ECS instance, which is a source of its own.
    EcsRole,
    /// The profile gets its access key in a way that is not supported.
    Unsupported,
}

/// The state of a profile of Alibaba Cloud CLI; without a name it is the current one.
pub(crate) fn in_cli_file(content: &[u8], name: Option<&str>) -> ProfileState {
    // Invalid JSON was reported before.
    let config: Value = serde_json::from_slice(content).unwrap_or_default();
    let current = || config.get("current").and_then(Value::as_str);
    let name = name.or_else(current).unwrap_or("default");
    let profiles = config.get("profiles").and_then(Value::as_array);
    let text = |profile: &Value, key| {
        let text = profile.get(key).and_then(Value::as_str);
        text.unwrap_or_default().trim().to_ascii_lowercase()
    };
    let profile = profiles
        .into_iter()
        .flatten()
        .find(|profile| profile.get("name").and_then(Value::as_str) == Some(name));
    match profile.map(|profile| text(profile, "mode")).as_deref() {
        None | Some("" | "ak" | "ststoken" | "sts_token" | "sts") => ProfileState::NotConfigured,
        Some("ecsramrole") => ProfileState::EcsRole,
        Some(_) => ProfileState::Unsupported,
    }
}

/// The state of a section of a shared credentials file.
pub(crate) fn in_shared_file(content: &[u8], name: &str) -> ProfileState {
    let content = String::from_utf8_lossy(content);
    let mut is_in_section = false;
    for line in content.lines().map(str::trim) {
        if let Some(section) = line.strip_prefix('[') {
            is_in_section = section.trim_end_matches(']').trim() == name;
        } else if let Some((key, value)) = line.split_once('=')
            && is_in_section
            && key.trim() == "type"
        {
            let mode = value.trim().trim_matches(['"', '\'']).to_ascii_lowercase();
            return match mode.as_str() {
                "access_key" | "sts" | "sts_token" => ProfileState::NotConfigured,
                "ecs_ram_role" => ProfileState::EcsRole,
                _ => ProfileState::Unsupported,
            };
        }
    }
    ProfileState::NotConfigured
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mode_that_needs_another_request_is_unsupported() {
        let state = |mode: &str, name| {
            let profile = format!(r#"{{"name":"p","mode":"{mode}"}}"#);
            let file = format!(r#"{{"current":"p","profiles":[{profile}]}}"#);
            in_cli_file(file.as_bytes(), name)
        };
        for mode in ["RamRoleArn", "CloudSSO", "OIDC", "External", "RsaKeyPair"] {
            assert_eq!(state(mode, None), ProfileState::Unsupported, "{mode}");
        }
        assert_eq!(state("EcsRamRole", None), ProfileState::EcsRole);
        for mode in ["AK", "StsToken", ""] {
            assert_eq!(state(mode, Some("p")), ProfileState::NotConfigured);
        }
        assert_eq!(state("CloudSSO", Some("q")), ProfileState::NotConfigured);
        assert_eq!(in_cli_file(b"[]", None), ProfileState::NotConfigured);
    }

    #[test]
    fn the_type_of_a_section_of_the_shared_file_is_read() {
        let file = b"[default]\ntype = access_key\n[ role ]\n# type = sts\ntype=\"ram_role_arn\"\n\
            [ecs]\ntype = ecs_ram_role\n";
        assert_eq!(in_shared_file(file, "default"), ProfileState::NotConfigured);
        assert_eq!(in_shared_file(file, "role"), ProfileState::Unsupported);
        assert_eq!(in_shared_file(file, "ecs"), ProfileState::EcsRole);
        assert_eq!(in_shared_file(file, "missing"), ProfileState::NotConfigured);
    }
}
