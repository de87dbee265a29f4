//! The links of the chain.

use std::fmt;

/// A place where credentials may be found, in the order in which the chain asks.
///
/// `~` is the home folder. The order is that of Alibaba Cloud's Go SDK (`credentials-go`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Origin {
    /// `ALIBABA_CLOUD_ACCESS_KEY_ID`, `ALIBABA_CLOUD_ACCESS_KEY_SECRET` and, for temporary credentials,
    /// `ALIBABA_CLOUD_SECURITY_TOKEN`.
    Environment,
    /// A role assumed with the token of an identity provider (OIDC), as in a Kubernetes cluster:
    /// `ALIBABA_CLOUD_ROLE_ARN`, `ALIBABA_CLOUD_OIDC_PROVIDER_ARN` and `ALIBABA_CLOUD_OIDC_TOKEN_FILE`, optionally
    /// `ALIBABA_CLOUD_ROLE_SESSION_NAME` and `ALIBABA_CLOUD_STS_ENDPOINT`. One request to the Security Token Service,
    /// whose `Timestamp` parameter is from the system clock.
    Oidc,
    /// A profile of Alibaba Cloud CLI in `~/.aliyun/config.json` or `ALIBABA_CLOUD_CONFIG_FILE`, of the modes `AK` and
    /// `StsToken`: the one named by `ALIBABA_CLOUD_PROFILE`, else the file's current one. Not asked when
    /// `ALIBABA_CLOUD_CLI_PROFILE_DISABLED` is `true`. Profiles of other modes are passed over.
    CliProfile,
    /// A section of `ALIBABA_CLOUD_CREDENTIALS_FILE`, or else of the first of `~/.alibabacloud/credentials.ini`,
    /// `~/.alibabacloud/credentials` and `~/.aliyun/credentials.ini` that has it: the one named by
    /// `ALIBABA_CLOUD_PROFILE`, else `default`. Of the types `access_key`, `sts` and `sts_token`. Blanks round a value are
    /// syntax there, unless they are quoted.
    SharedFile,
    /// The role of an ECS instance, from the metadata service at `100.100.100.200` or
    /// `ALIBABA_CLOUD_ECS_METADATA_SERVICE_ENDPOINT`: the one named by `ALIBABA_CLOUD_ECS_METADATA`, else the one that
    /// the service names. Not asked when `ALIBABA_CLOUD_ECS_METADATA_DISABLED` is `true`; without a session token
    /// only while `ALIBABA_CLOUD_IMDSV1_DISABLED` is not `true`.
    EcsRole,
    /// The answer of `ALIBABA_CLOUD_CREDENTIALS_URI`.
    CredentialsUri,
}

impl Origin {
    /// All of them, in the order of the chain.
    pub const ALL: [Self; 6] = [
        Self::Environment,
        Self::Oidc,
        Self::CliProfile,
        Self::SharedFile,
        Self::EcsRole,
        Self::CredentialsUri,
    ];
}

impl fmt::Display for Origin {
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
