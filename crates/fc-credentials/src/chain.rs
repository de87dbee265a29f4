//! The links of the chain, one after the other.

use std::io;
use std::path::PathBuf;
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

use crate::door::{Door, Trouble};
use crate::{Environment, LoadCredentials, Loaded, Origin, OriginError, OriginErrorKind, keys};

/// Every variable is read here and handed over, so that the library reads none; and each link is asked by itself,
/// because the library's own chain writes the errors of its links, with answers in them, to the log.
pub(crate) struct Chain<T, E> {
    pub(crate) transport: Arc<T>,
    pub(crate) environment: Arc<E>,
    pub(crate) origins: Vec<Origin>,
    pub(crate) limit: Duration,
}

type Found = Result<Option<Loaded>, OriginError>;

/// The shared files, in the order in which they are read.
const SHARED_FILES: [&str; 3] = [
    ".alibabacloud/credentials.ini",
    ".alibabacloud/credentials",
    ".aliyun/credentials.ini",
];
const CLI_FILE: &str = ".aliyun/config.json";
const PROFILE: &str = "ALIBABA_CLOUD_PROFILE";
/// Where the library asks for a path: the door knows the file.
const THE_FILE: &str = "file";

impl<T: Transport + 'static, E: Environment + 'static> LoadCredentials for Chain<T, E> {
    async fn load(&self, _: Timestamp) -> Result<Loaded, ProviderError> {
        let mut passed_over = None;
        for origin in &self.origins {
            match self.ask(*origin).await {
                Ok(Some(found)) => return Ok(found),
                Ok(None) => {}
                // Nobody sets this one up: that it does not answer may mean that this is no ECS instance.
                Err(error) if error.origin() == Origin::EcsRole => passed_over = Some(error),
                Err(error) => return Err(error.into()),
            }
        }
        let nothing = ProviderError::new("no link of the chain has any");
        Err(match passed_over {
            Some(error) => nothing.because(error),
            None => nothing,
        })
    }
}

impl<T: Transport + 'static, E: Environment + 'static> Chain<T, E> {
    async fn ask(&self, origin: Origin) -> Found {
        match origin {
            Origin::Environment => {
                let found = keys::of_environment(&*self.environment)?;
                Ok(found.map(Loaded::open_ended))
            }
            Origin::Oidc => self.oidc().await,
            Origin::CliProfile => self.cli_profile().await,
            Origin::SharedFile => self.shared_file().await,
            Origin::EcsRole => self.ecs_role().await,
            Origin::CredentialsUri => self.credentials_uri().await,
        }
    }

    async fn oidc(&self) -> Found {
        const ROLE: &str = "ALIBABA_CLOUD_ROLE_ARN";
        const PROVIDER: &str = "ALIBABA_CLOUD_OIDC_PROVIDER_ARN";
        const TOKEN_FILE: &str = "ALIBABA_CLOUD_OIDC_TOKEN_FILE";
        let read = |name| self.variable(Origin::Oidc, name);
        let missing = |name| {
            Err(OriginError::new(
                Origin::Oidc,
                OriginErrorKind::HalfSet(name),
            ))
        };
        let (role, provider, file) = match (read(ROLE)?, read(PROVIDER)?, read(TOKEN_FILE)?) {
            // The role alone means something else to other tools.
            (_, None, None) => return Ok(None),
            (None, _, _) => return missing(ROLE),
            (_, None, _) => return missing(PROVIDER),
            (_, _, None) => return missing(TOKEN_FILE),
            (Some(role), Some(provider), Some(file)) => (role, provider, file),
        };
        let session = read("ALIBABA_CLOUD_ROLE_SESSION_NAME")?;
        let mut link = AssumeRoleWithOidcCredentialProvider::new()
            .with_role_arn(role)
            .with_oidc_provider_arn(provider)
            .with_oidc_token_file(THE_FILE)
            .with_role_session_name(session.unwrap_or_else(|| "fc-credentials".to_owned()));
        if let Some(endpoint) = read("ALIBABA_CLOUD_STS_ENDPOINT")? {
            link = link.with_sts_endpoint(endpoint);
        }
        self.run(Origin::Oidc, &link, Some(self.named(&file)), true)
            .await
    }

    async fn cli_profile(&self) -> Found {
        let read = |name| self.variable(Origin::CliProfile, name);
        if is_true(read("ALIBABA_CLOUD_CLI_PROFILE_DISABLED")?.as_deref()) {
            return Ok(None);
        }
        let named = read("ALIBABA_CLOUD_CONFIG_FILE")?.map(|path| self.named(&path));
        let is_named = named.is_some();
        let Some(path) = named.or_else(|| self.at_home(CLI_FILE)) else {
            return Ok(None);
        };
        let mut link = ConfigFileCredentialProvider::new().with_config_file(THE_FILE);
        if let Some(profile) = read(PROFILE)? {
            link = link.with_profile(profile);
        }
        self.run(Origin::CliProfile, &link, Some(path), is_named)
            .await
    }

    async fn shared_file(&self) -> Found {
        let read = |name| self.variable(Origin::SharedFile, name);
        let mut link = CredentialsFileCredentialProvider::new().with_credentials_file(THE_FILE);
        if let Some(profile) = read(PROFILE)? {
            link = link.with_profile(profile);
        }
        if let Some(named) = read("ALIBABA_CLOUD_CREDENTIALS_FILE")? {
            let path = self.named(&named);
            return self.run(Origin::SharedFile, &link, Some(path), true).await;
        }
        for path in SHARED_FILES.iter().filter_map(|name| self.at_home(name)) {
            let found = self
                .run(Origin::SharedFile, &link, Some(path), false)
                .await?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    async fn ecs_role(&self) -> Found {
        let read = |name| self.variable(Origin::EcsRole, name);
        if is_true(read("ALIBABA_CLOUD_ECS_METADATA_DISABLED")?.as_deref()) {
            return Ok(None);
        }
        let only_v2 = is_true(read("ALIBABA_CLOUD_IMDSV1_DISABLED")?.as_deref());
        let mut link = EcsRamRoleCredentialProvider::new().with_disable_imdsv1(only_v2);
        if let Some(role) = read("ALIBABA_CLOUD_ECS_METADATA")? {
            link = link.with_role_name(role);
        }
        if let Some(endpoint) = read("ALIBABA_CLOUD_ECS_METADATA_SERVICE_ENDPOINT")? {
            link = link.with_endpoint(endpoint);
        }
        self.run(Origin::EcsRole, &link, None, false).await
    }

    async fn credentials_uri(&self) -> Found {
        let origin = Origin::CredentialsUri;
        let Some(uri) = self.variable(origin, "ALIBABA_CLOUD_CREDENTIALS_URI")? else {
            return Ok(None);
        };
        let link = CredentialsUriCredentialProvider::new().with_uri(uri);
        self.run(origin, &link, None, false).await
    }

    /// Asks one provider of the library. A file that was `named` has to be there.
    async fn run(
        &self,
        origin: Origin,
        link: &impl ProvideCredential<Credential = Credential>,
        path: Option<PathBuf>,
        named: bool,
    ) -> Found {
        let door = Door::new(&self.transport, &self.environment, self.limit);
        let door = door.path(path.unwrap_or_default());
        let found = link.provide_credential(&door.context()).await;
        match (found, door.take_trouble()) {
            (Ok(Some(found)), _) => loaded(origin, found),
            (Ok(None), Some(Trouble::File(io::ErrorKind::NotFound))) if !named => Ok(None),
            (Ok(None), None) => Ok(None),
            (_, Some(trouble)) => Err(of_trouble(origin, trouble)),
            // The text of this error may hold what was read.
            (Err(_), None) => Err(OriginError::new(origin, OriginErrorKind::Malformed)),
        }
    }

    fn variable(&self, origin: Origin, name: &'static str) -> Result<Option<String>, OriginError> {
        keys::variable(&*self.environment, origin, name)
    }

    fn at_home(&self, path: &str) -> Option<PathBuf> {
        Some(self.environment.home()?.join(path))
    }

    /// A path from a variable, which may begin with the home folder.
    fn named(&self, path: &str) -> PathBuf {
        let at_home = path.strip_prefix("~/").and_then(|path| self.at_home(path));
        at_home.unwrap_or_else(|| path.into())
    }
}

fn of_trouble(origin: Origin, trouble: Trouble) -> OriginError {
    match trouble {
        Trouble::File(kind) => {
            OriginError::new(origin, OriginErrorKind::Unreadable).because(io::Error::from(kind))
        }
        Trouble::Transport(error) => {
            OriginError::new(origin, OriginErrorKind::Unreachable).because(error)
        }
        Trouble::Status(status) => OriginError::new(origin, OriginErrorKind::Refused(status)),
    }
}

fn loaded(origin: Origin, found: Credential) -> Found {
    let is_file = matches!(origin, Origin::CliProfile | Origin::SharedFile);
    if is_file && found.access_key_id.is_empty() && found.access_key_secret.is_empty() {
        // What Alibaba Cloud CLI writes before it is configured.
        return Ok(None);
    }
    let expires = found
        .expires_in
        .map(|end| Timestamp::try_from(end.as_second()));
    let credentials = keys::credentials(
        &found.access_key_id,
        found.access_key_secret,
        found.security_token,
    )
    .map_err(|error| keys::invalid(origin, error))?;
    Ok(Some(match expires {
        None => Loaded::open_ended(credentials),
        Some(Ok(expires)) => Loaded::until(credentials, expires),
        Some(Err(error)) => {
            return Err(OriginError::new(origin, OriginErrorKind::Malformed).because(error));
        }
    }))
}

fn is_true(value: Option<&str>) -> bool {
    value.is_some_and(|value| value.eq_ignore_ascii_case("true"))
}
