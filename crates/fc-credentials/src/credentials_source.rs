//! The sources of credentials in the default chain.

use std::fmt;

/// A source of credentials. The variants are in the order of the chain.
///
/// `~` is the home folder. The order is that of Alibaba Cloud's Go SDK (`credentials-go`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CredentialsSource {
    /// `ALIBABA_CLOUD_ACCESS_KEY_ID`, `ALIBABA_CLOUD_ACCESS_KEY_SECRET` and, for temporary credentials,
    /// `ALIBABA_CLOUD_SECURITY_TOKEN`. A key id that begins with `STS.` is temporary and needs its token.
    Environment,
    /// A role assumed with the token of an identity provider (OIDC), as in a Kubernetes cluster.
    ///
    /// Variables: `ALIBABA_CLOUD_ROLE_ARN`, `ALIBABA_CLOUD_OIDC_PROVIDER_ARN` and
    /// `ALIBABA_CLOUD_OIDC_TOKEN_FILE`, optionally `ALIBABA_CLOUD_ROLE_SESSION_NAME` and
    /// `ALIBABA_CLOUD_STS_ENDPOINT`. Sends one request to the Security Token Service; its `Timestamp`
    /// parameter is the time of the system clock.
    Oidc,
    /// A profile of Alibaba Cloud CLI in `ALIBABA_CLOUD_CONFIG_FILE` or `~/.aliyun/config.json`.
    ///
    /// The profile is `ALIBABA_CLOUD_PROFILE` or else the current one of the file. The modes `AK` and
    /// `StsToken` are supported. A profile of another mode is an error, except that the current one may be
    /// `EcsRamRole`, which the chain has as a source of its own. A profile that is selected by
    /// `ALIBABA_CLOUD_PROFILE` must exist here or in the shared file. Disabled if
    /// `ALIBABA_CLOUD_CLI_PROFILE_DISABLED` is `true`.
    CliProfile,
    /// A section of a shared credentials file.
    ///
    /// The file is `ALIBABA_CLOUD_CREDENTIALS_FILE` or else the first of
    /// `~/.alibabacloud/credentials.ini`, `~/.alibabacloud/credentials` and
    /// `~/.aliyun/credentials.ini` with the section. The section is `ALIBABA_CLOUD_PROFILE` or else
    /// `default`. The types `access_key`, `sts` and `sts_token` are supported; another type is an error. Spaces around a value
    /// are ignored, unless they are quoted.
    SharedFile,
    /// The role of an ECS instance, from the metadata service.
    ///
    /// The service is at `ALIBABA_CLOUD_ECS_METADATA_SERVICE_ENDPOINT` or else `100.100.100.200`. The
    /// role is `ALIBABA_CLOUD_ECS_METADATA` or else the one that the service returns. Disabled if
    /// `ALIBABA_CLOUD_ECS_METADATA_DISABLED` is `true`.
    ///
    /// A session token is requested first (version 2 of the metadata service). Without one, and if the service refuses
    /// the read with it, the read is sent without a token (version 1), unless `ALIBABA_CLOUD_IMDSV1_DISABLED` is `true`.
    EcsRole,
    /// The response of the URI in `ALIBABA_CLOUD_CREDENTIALS_URI`.
    CredentialsUri,
}

impl CredentialsSource {
    /// All sources, in the order of the chain.
    pub const ALL: [Self; 6] = [
        Self::Environment,
        Self::Oidc,
        Self::CliProfile,
        Self::SharedFile,
        Self::EcsRole,
        Self::CredentialsUri,
    ];
}

impl fmt::Display for CredentialsSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Environment => "environment",
            Self::Oidc => "OIDC role",
            Self::CliProfile => "CLI profile",
            Self::SharedFile => "shared file",
            Self::EcsRole => "ECS role",
            Self::CredentialsUri => "credentials URI",
        })
    }
}
