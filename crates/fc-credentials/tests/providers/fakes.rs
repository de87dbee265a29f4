//! A fake environment and a fake transport, with credentials for every source.

use std::collections::BTreeMap;
use std::error::Error;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use fc_credentials::{
    ChainProvider, CredentialsSourceError, CredentialsSourceErrorKind, Environment,
};
use fc_sign::{Credentials, CredentialsProvider, ProviderError, Timestamp};
use fc_transport::{BlockingTransport, Transport, TransportError, TransportErrorKind};
use http::{Request, Response, StatusCode};

pub(crate) const SECRET: &str = "fcTestAccessKeySecret0123456789";
pub(crate) const TOKEN: &str = "CAISdummySTS+token/with==chars";
pub(crate) const ID_VARIABLE: &str = "ALIBABA_CLOUD_ACCESS_KEY_ID";
pub(crate) const SECRET_VARIABLE: &str = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
pub(crate) const TOKEN_VARIABLE: &str = "ALIBABA_CLOUD_SECURITY_TOKEN";
pub(crate) const NO_ECS: (&str, &str) = ("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
pub(crate) const EXPIRES: u64 = 1_652_281_200;

/// 2022-05-11T09:00:00Z, six hours before the expiry of all temporary credentials of these tests.
pub(crate) fn now() -> Timestamp {
    at(EXPIRES - 6 * 3600)
}

pub(crate) fn at(seconds: u64) -> Timestamp {
    Timestamp::try_from(seconds).unwrap()
}

/// An environment with settable variables and files.
#[derive(Clone, Default)]
pub(crate) struct FakeEnvironment {
    variables: BTreeMap<String, OsString>,
    files: BTreeMap<PathBuf, Result<Vec<u8>, io::ErrorKind>>,
    pub(crate) variables_read: Arc<Mutex<Vec<String>>>,
}

impl FakeEnvironment {
    pub(crate) fn variable(self, name: &str, value: impl Into<OsString>) -> Self {
        let mut variables = self.variables;
        variables.insert(name.to_owned(), value.into());
        Self { variables, ..self }
    }

    pub(crate) fn variables(self, all: &[(&str, &str)]) -> Self {
        all.iter()
            .fold(self, |this, (name, value)| this.variable(name, *value))
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.variables.remove(name);
        self.files.remove(Path::new(name));
        self
    }

    pub(crate) fn file(mut self, path: &str, content: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.into(), Ok(content.into()));
        self
    }

    pub(crate) fn unreadable(mut self, path: &str, kind: io::ErrorKind) -> Self {
        self.files.insert(path.into(), Err(kind));
        self
    }
}

impl Environment for FakeEnvironment {
    fn variable(&self, name: &str) -> Option<OsString> {
        self.variables_read.lock().unwrap().push(name.to_owned());
        self.variables.get(name).cloned()
    }

    fn home(&self) -> Option<PathBuf> {
        Some("/home/~demo".into())
    }

    fn file(&self, path: &Path) -> io::Result<Vec<u8>> {
        let found = self.files.get(path).cloned();
        Ok(found.unwrap_or(Err(io::ErrorKind::NotFound))?)
    }
}

type Respond = dyn Fn(&Request<Bytes>) -> Result<Response<Bytes>, TransportError> + Send + Sync;

/// A transport that responds with a function and stores the requests.
#[derive(Clone)]
pub(crate) struct FakeTransport {
    respond: Arc<Respond>,
    pub(crate) requests: Arc<Mutex<Vec<Request<Bytes>>>>,
}

impl FakeTransport {
    pub(crate) fn new(
        respond: impl Fn(&Request<Bytes>) -> Result<Response<Bytes>, TransportError>
        + Send
        + Sync
        + 'static,
    ) -> Self {
        Self {
            respond: Arc::new(respond),
            requests: Arc::default(),
        }
    }

    /// Every service responds, with a different key id.
    pub(crate) fn responding() -> Self {
        Self::new(|request| Ok(default_response(request)))
    }

    /// Every connection is refused.
    pub(crate) fn unreachable() -> Self {
        Self::new(|_| Err(connect_error()))
    }

    pub(crate) fn status(status: u16, body: &'static str) -> Self {
        Self::new(move |_| {
            let mut response = Response::new(Bytes::from(body));
            *response.status_mut() = StatusCode::from_u16(status).unwrap();
            Ok(response)
        })
    }

    /// The methods, hosts and paths of the requests.
    pub(crate) fn requests_sent(&self) -> Vec<String> {
        let requests = self.requests.lock().unwrap();
        let lines = requests.iter().map(|request| {
            let uri = request.uri();
            format!("{} {}{}", request.method(), uri.host().unwrap(), uri.path())
        });
        lines.collect()
    }

    fn run(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let result = (self.respond)(&request);
        self.requests.lock().unwrap().push(request);
        result
    }
}

impl Transport for FakeTransport {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        self.run(request)
    }

    async fn sleep(&self, _: Duration) {
        std::future::pending::<()>().await;
    }
}

impl BlockingTransport for FakeTransport {
    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        self.run(request)
    }

    fn sleep(&self, _: Duration) {}
}

pub(crate) fn connect_error() -> TransportError {
    TransportError::new(TransportErrorKind::Connect, "connection refused")
}

pub(crate) fn credentials_json(id: &str) -> String {
    format!(
        r#"{{"Code":"Success","AccessKeyId":"{id}","AccessKeySecret":"{SECRET}","SecurityToken":"{TOKEN}",
            "Expiration":"2022-05-11T15:00:00Z"}}"#
    )
}

fn default_response(request: &Request<Bytes>) -> Response<Bytes> {
    let uri = request.uri();
    Response::new(match (uri.host().unwrap(), uri.path()) {
        ("sts.aliyuncs.com", _) => {
            format!(r#"{{"Credentials":{}}}"#, credentials_json("FROM-OIDC")).into()
        }
        ("100.100.100.200", "/latest/api/token") => "session".into(),
        ("100.100.100.200", "/latest/meta-data/ram/security-credentials/") => "demo".into(),
        ("100.100.100.200", _) => credentials_json("FROM-ECS").into(),
        _ => credentials_json("FROM-URI").into(),
    })
}

pub(crate) fn cli_file(id: &str) -> String {
    format!(
        r#"{{"current":"prod","profiles":[
            {{"name":"default","mode":"AK","access_key_id":"","access_key_secret":""}},
            {{"name":"prod","mode":"StsToken","access_key_id":"{id}","access_key_secret":"{SECRET}",
              "sts_token":"{TOKEN}"}}]}}"#
    )
}

pub(crate) fn shared_file(id: &str) -> String {
    format!(
        "[default]\ntype = access_key\naccess_key_id = {id}\naccess_key_secret = {SECRET}\n\
         [other]\ntype = sts\naccess_key_id = {id}-OTHER\naccess_key_secret = {SECRET}\n\
         security_token = {TOKEN}\n"
    )
}

/// An environment in which every source is configured, with different key ids.
pub(crate) fn all_sources() -> FakeEnvironment {
    FakeEnvironment::default()
        .variables(&[
            (ID_VARIABLE, "FROM-ENVIRONMENT"),
            (SECRET_VARIABLE, SECRET),
            ("ALIBABA_CLOUD_ROLE_ARN", "acs:ram::1:role/demo"),
            (
                "ALIBABA_CLOUD_OIDC_PROVIDER_ARN",
                "acs:ram::1:oidc-provider/demo",
            ),
            ("ALIBABA_CLOUD_OIDC_TOKEN_FILE", "/var/run/token"),
            (
                "ALIBABA_CLOUD_CREDENTIALS_URI",
                "http://localhost:7777/keys",
            ),
        ])
        .file("/var/run/token", "dummy.oidc.token\n")
        .file("/home/~demo/.aliyun/config.json", cli_file("FROM-CLI"))
        .file(
            "/home/~demo/.alibabacloud/credentials.ini",
            shared_file("FROM-SHARED"),
        )
}

pub(crate) fn chain(
    environment: &FakeEnvironment,
    transport: &FakeTransport,
) -> ChainProvider<FakeTransport, FakeEnvironment> {
    ChainProvider::new(transport.clone()).environment(environment.clone())
}

/// Loads credentials from a chain at [`now`].
pub(crate) async fn load(
    environment: &FakeEnvironment,
    transport: &FakeTransport,
) -> Result<Credentials, ProviderError> {
    chain(environment, transport).credentials(now()).await
}

pub(crate) async fn loaded_id(environment: &FakeEnvironment, transport: &FakeTransport) -> String {
    load(environment, transport)
        .await
        .unwrap()
        .access_key_id()
        .to_string()
}

/// The error of the source that ended the search.
pub(crate) fn source_error(error: &ProviderError) -> &CredentialsSourceError {
    error.source().unwrap().downcast_ref().unwrap()
}

pub(crate) async fn error_kind(
    environment: &FakeEnvironment,
    transport: &FakeTransport,
) -> CredentialsSourceErrorKind {
    source_error(&load(environment, transport).await.unwrap_err()).kind()
}

/// The messages of an error and of its sources.
pub(crate) fn messages(error: &(dyn Error + 'static)) -> Vec<String> {
    std::iter::successors(Some(error), |&error| error.source())
        .map(ToString::to_string)
        .collect()
}
