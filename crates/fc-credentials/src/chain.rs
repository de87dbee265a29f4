//! The chain: loads credentials from one source after the other.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use fc_sign::{ProviderError, Timestamp};
use fc_transport::Transport;
use reqsign_aliyun_oss::{
    AssumeRoleWithOidcCredentialProvider, ConfigFileCredentialProvider, Credential,
    CredentialsFileCredentialProvider, CredentialsUriCredentialProvider,
    EcsRamRoleCredentialProvider,
};
use reqsign_core::ProvideCredential;

use crate::profile::{self, ProfileState};
use crate::reqsign_adapter::{Failure, ReqsignAdapter};
use crate::{
    CredentialsSource, CredentialsSourceError, CredentialsSourceErrorKind, Environment,
    LoadCredentials, Loaded, access_key,
};

/// The sources and what they need to load credentials.
///
/// This type reads all variables, so that `reqsign` reads none. It calls each provider of `reqsign`
/// itself, because the chain of `reqsign` logs errors that contain responses.
pub(crate) struct Chain<T, E> {
    pub(crate) transport: Arc<T>,
    pub(crate) environment: Arc<E>,
    pub(crate) sources: Vec<CredentialsSource>,
    pub(crate) limit: Duration,
}

/// `None` if the source is not configured.
type LoadResult = Result<Option<Loaded>, CredentialsSourceError>;

/// The shared files in the home folder, in the order in which they are read.
const SHARED_FILES: [&str; 3] = [
    ".alibabacloud/credentials.ini",
    ".alibabacloud/credentials",
    ".aliyun/credentials.ini",
];
const CLI_FILE: &str = ".aliyun/config.json";
const PROFILE: &str = "ALIBABA_CLOUD_PROFILE";
/// The path for the providers of `reqsign`, which [`ReqsignAdapter`] ignores.
const PLACEHOLDER_PATH: &str = "file";

impl<T: Transport + 'static, E: Environment + 'static> LoadCredentials for Chain<T, E> {
    async fn load(&self, _: Timestamp) -> Result<Loaded, ProviderError> {
        let mut ecs_error = None;
        for source in &self.sources {
            let is_after_files = matches!(
                source,
                CredentialsSource::EcsRole | CredentialsSource::CredentialsUri
            );
            if is_after_files {
                self.check_profile_is_not_set()?;
            }
            match self.load_from(*source).await {
                Ok(Some(loaded)) => return Ok(loaded),
                Ok(None) => {}
                // An ECS role needs no configuration, so an error may mean that this is not an ECS
                // instance.
                Err(error) if error.credentials_source() == CredentialsSource::EcsRole => {
                    ecs_error = Some(error);
                }
                Err(error) => return Err(error.into()),
            }
        }
        self.check_profile_is_not_set()?;
        let error = ProviderError::new("no source in the chain has credentials");
        Err(match ecs_error {
            Some(cause) => error.because(cause),
            None => error,
        })
    }
}

impl<T: Transport + 'static, E: Environment + 'static> Chain<T, E> {
    async fn load_from(&self, source: CredentialsSource) -> LoadResult {
        match source {
            CredentialsSource::Environment => {
                let credentials = access_key::from_environment(&*self.environment)?;
                Ok(credentials.map(Loaded::open_ended))
            }
            CredentialsSource::Oidc => self.oidc().await,
            CredentialsSource::CliProfile => self.cli_profile().await,
            CredentialsSource::SharedFile => self.shared_file().await,
            CredentialsSource::EcsRole => self.ecs_role().await,
            CredentialsSource::CredentialsUri => self.credentials_uri().await,
        }
    }

    async fn oidc(&self) -> LoadResult {
        const ROLE: &str = "ALIBABA_CLOUD_ROLE_ARN";
        const PROVIDER: &str = "ALIBABA_CLOUD_OIDC_PROVIDER_ARN";
        const TOKEN_FILE: &str = "ALIBABA_CLOUD_OIDC_TOKEN_FILE";
        let source = CredentialsSource::Oidc;
        let read = |name| self.variable(source, name);
        let half_set = |set, missing| {
            let kind = CredentialsSourceErrorKind::HalfSet { set, missing };
            Err(CredentialsSourceError::new(source, kind))
        };
        let (role, provider, file) = match (read(ROLE)?, read(PROVIDER)?, read(TOKEN_FILE)?) {
            // Other tools use the variable of the role for other purposes.
            (_, None, None) => return Ok(None),
            (None, Some(_), _) => return half_set(PROVIDER, ROLE),
            (None, None, Some(_)) => return half_set(TOKEN_FILE, ROLE),
            (_, None, Some(_)) => return half_set(TOKEN_FILE, PROVIDER),
            (_, Some(_), None) => return half_set(PROVIDER, TOKEN_FILE),
            (Some(role), Some(provider), Some(file)) => (role, provider, file),
        };
        let session = read("ALIBABA_CLOUD_ROLE_SESSION_NAME")?;
        let mut provider = AssumeRoleWithOidcCredentialProvider::new()
            .with_role_arn(role)
            .with_oidc_provider_arn(provider)
            .with_oidc_token_file(PLACEHOLDER_PATH)
            .with_role_session_name(session.unwrap_or_else(|| "fc-credentials".to_owned()));
        if let Some(endpoint) = read("ALIBABA_CLOUD_STS_ENDPOINT")? {
            provider = provider.with_sts_endpoint(endpoint);
        }
        let path = self.expand_home(&file);
        self.load_with(source, &provider, Some(path), true).await
    }

    async fn cli_profile(&self) -> LoadResult {
        let source = CredentialsSource::CliProfile;
        let read = |name| self.variable(source, name);
        if self.is_cli_disabled()? {
            return Ok(None);
        }
        let configured = read("ALIBABA_CLOUD_CONFIG_FILE")?.map(|path| self.expand_home(&path));
        let is_configured = configured.is_some();
        let Some(path) = configured.or_else(|| self.in_home(CLI_FILE)) else {
            return Ok(None);
        };
        let mut provider = ConfigFileCredentialProvider::new().with_config_file(PLACEHOLDER_PATH);
        let profile = read(PROFILE)?;
        if let Some(profile) = &profile {
            provider = provider.with_profile(profile);
        }
        let loading = self.load_with(source, &provider, Some(path.clone()), is_configured);
        let loaded = loading.await?;
        if loaded.is_none() {
            let state = |content: &[u8]| profile::in_cli_file(content, profile.as_deref());
            self.check_profile(source, &path, profile.is_some(), state)?;
        }
        Ok(loaded)
    }

    /// Refuses a profile that is configured but cannot be used, because the next source has another identity.
    fn check_profile(
        &self,
        source: CredentialsSource,
        path: &Path,
        is_selected: bool,
        state: impl FnOnce(&[u8]) -> ProfileState,
    ) -> Result<(), CredentialsSourceError> {
        // A file that cannot be read was reported before, or does not exist.
        let content = self.environment.file(path).unwrap_or_default();
        match state(&content) {
            ProfileState::NotConfigured => Ok(()),
            ProfileState::EcsRole if !is_selected => Ok(()),
            ProfileState::EcsRole | ProfileState::Unsupported => {
                let kind = CredentialsSourceErrorKind::UnsupportedProfile;
                Err(CredentialsSourceError::new(source, kind))
            }
        }
    }

    /// Refuses to continue after the files if a profile is selected, because the next source has another identity.
    fn check_profile_is_not_set(&self) -> Result<(), CredentialsSourceError> {
        let has = |source| self.sources.contains(&source);
        let source = if has(CredentialsSource::SharedFile) {
            CredentialsSource::SharedFile
        } else if has(CredentialsSource::CliProfile) && !self.is_cli_disabled()? {
            CredentialsSource::CliProfile
        } else {
            return Ok(());
        };
        if self.variable(source, PROFILE)?.is_none() {
            return Ok(());
        }
        let kind = CredentialsSourceErrorKind::ProfileNotFound(PROFILE);
        Err(CredentialsSourceError::new(source, kind))
    }

    fn is_cli_disabled(&self) -> Result<bool, CredentialsSourceError> {
        const DISABLED: &str = "ALIBABA_CLOUD_CLI_PROFILE_DISABLED";
        let value = self.variable(CredentialsSource::CliProfile, DISABLED)?;
        Ok(is_true(value.as_deref()))
    }

    async fn shared_file(&self) -> LoadResult {
        let source = CredentialsSource::SharedFile;
        let read = |name| self.variable(source, name);
        let mut provider =
            CredentialsFileCredentialProvider::new().with_credentials_file(PLACEHOLDER_PATH);
        let profile = read(PROFILE)?;
        if let Some(profile) = &profile {
            provider = provider.with_profile(profile);
        }
        let configured =
            read("ALIBABA_CLOUD_CREDENTIALS_FILE")?.map(|path| self.expand_home(&path));
        let must_exist = configured.is_some();
        let in_home = SHARED_FILES.iter().filter_map(|name| self.in_home(name));
        let paths = configured.map_or_else(|| in_home.collect(), |path| vec![path]);
        for path in paths {
            let loading = self.load_with(source, &provider, Some(path.clone()), must_exist);
            let loaded = loading.await?;
            if loaded.is_some() {
                return Ok(loaded);
            }
            let name = profile.as_deref().unwrap_or("default");
            let state = |content: &[u8]| profile::in_shared_file(content, name);
            self.check_profile(source, &path, profile.is_some(), state)?;
        }
        Ok(None)
    }

    async fn ecs_role(&self) -> LoadResult {
        let source = CredentialsSource::EcsRole;
        let read = |name| self.variable(source, name);
        if is_true(read("ALIBABA_CLOUD_ECS_METADATA_DISABLED")?.as_deref()) {
            return Ok(None);
        }
        let only_v2 = is_true(read("ALIBABA_CLOUD_IMDSV1_DISABLED")?.as_deref());
        let mut provider = EcsRamRoleCredentialProvider::new().with_disable_imdsv1(only_v2);
        if let Some(role) = read("ALIBABA_CLOUD_ECS_METADATA")? {
            provider = provider.with_role_name(role);
        }
        if let Some(endpoint) = read("ALIBABA_CLOUD_ECS_METADATA_SERVICE_ENDPOINT")? {
            provider = provider.with_endpoint(endpoint);
        }
        let adapter = self.adapter();
        let with_token = Self::load_over(&adapter, source, &provider, false).await;
        let is_refused = |error: &CredentialsSourceError| {
            matches!(error.kind(), CredentialsSourceErrorKind::Refused(_))
        };
        if only_v2 || !adapter.has_metadata_token() || !with_token.as_ref().is_err_and(is_refused) {
            return with_token;
        }
        // Version 1 of the metadata service, which reads without a token.
        let adapter = self.adapter().without_metadata_token();
        let without_token = Self::load_over(&adapter, source, &provider, false).await;
        if without_token.is_ok() {
            without_token
        } else {
            with_token
        }
    }

    async fn credentials_uri(&self) -> LoadResult {
        let source = CredentialsSource::CredentialsUri;
        let Some(uri) = self.variable(source, "ALIBABA_CLOUD_CREDENTIALS_URI")? else {
            return Ok(None);
        };
        let provider = CredentialsUriCredentialProvider::new().with_uri(uri);
        self.load_with(source, &provider, None, false).await
    }

    /// Loads credentials with a provider of `reqsign`. A missing file is an error only if it
    /// `must_exist`.
    async fn load_with(
        &self,
        source: CredentialsSource,
        provider: &impl ProvideCredential<Credential = Credential>,
        path: Option<PathBuf>,
        must_exist: bool,
    ) -> LoadResult {
        let adapter = self.adapter().path(path.unwrap_or_default());
        Self::load_over(&adapter, source, provider, must_exist).await
    }

    fn adapter(&self) -> ReqsignAdapter<T, E> {
        ReqsignAdapter::new(&self.transport, &self.environment, self.limit)
    }

    async fn load_over(
        adapter: &ReqsignAdapter<T, E>,
        source: CredentialsSource,
        provider: &impl ProvideCredential<Credential = Credential>,
        must_exist: bool,
    ) -> LoadResult {
        let result = provider.provide_credential(&adapter.context()).await;
        match (result, adapter.take_failure()) {
            (Ok(Some(credential)), _) => convert(source, credential),
            (Ok(None), Some(Failure::File(io::ErrorKind::NotFound))) if !must_exist => Ok(None),
            (Ok(None), None) => Ok(None),
            (_, Some(failure)) => Err(source_error(source, failure)),
            // The error is dropped, because its text may contain a secret.
            (Err(_), None) => Err(CredentialsSourceError::new(
                source,
                CredentialsSourceErrorKind::Malformed,
            )),
        }
    }

    fn variable(
        &self,
        source: CredentialsSource,
        name: &'static str,
    ) -> Result<Option<String>, CredentialsSourceError> {
        access_key::variable(&*self.environment, source, name)
    }

    fn in_home(&self, path: &str) -> Option<PathBuf> {
        Some(self.environment.home()?.join(path))
    }

    /// Replaces a leading `~/` by the home folder.
    fn expand_home(&self, path: &str) -> PathBuf {
        let in_home = path.strip_prefix("~/").and_then(|path| self.in_home(path));
        in_home.unwrap_or_else(|| path.into())
    }
}

fn source_error(source: CredentialsSource, failure: Failure) -> CredentialsSourceError {
    let new = |kind| CredentialsSourceError::new(source, kind);
    match failure {
        Failure::File(kind) => {
            new(CredentialsSourceErrorKind::Unreadable).because(io::Error::from(kind))
        }
        Failure::Transport(error) => new(CredentialsSourceErrorKind::Unreachable).because(error),
        Failure::Status(status, code) => {
            new(CredentialsSourceErrorKind::Refused(status)).with_code(code)
        }
    }
}

/// Converts a credential of `reqsign`.
fn convert(source: CredentialsSource, credential: Credential) -> LoadResult {
    let is_file = matches!(
        source,
        CredentialsSource::CliProfile | CredentialsSource::SharedFile
    );
    if is_file && credential.access_key_id.is_empty() && credential.access_key_secret.is_empty() {
        // Alibaba Cloud CLI writes an empty profile before it is configured.
        return Ok(None);
    }
    let expires = credential
        .expires_in
        .map(|end| Timestamp::try_from(end.as_second()));
    let credentials = access_key::from_strings(
        source,
        &credential.access_key_id,
        credential.access_key_secret,
        credential.security_token,
    )?;
    Ok(Some(match expires {
        None => Loaded::open_ended(credentials),
        Some(Ok(expires)) => Loaded::until(credentials, expires),
        Some(Err(error)) => {
            let kind = CredentialsSourceErrorKind::Malformed;
            return Err(CredentialsSourceError::new(source, kind).because(error));
        }
    }))
}

fn is_true(value: Option<&str>) -> bool {
    value.is_some_and(|value| value.eq_ignore_ascii_case("true"))
}
