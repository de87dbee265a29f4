//! What the providers are given instead of a process and a network.

use std::collections::BTreeMap;
use std::error::Error;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use fc_credentials::{ChainProvider, Environment, OriginError, OriginErrorKind};
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

/// 2022-05-11T09:00:00Z, six hours before the end of all temporary credentials here.
pub(crate) fn now() -> Timestamp {
    at(EXPIRES - 6 * 3600)
}

pub(crate) fn at(seconds: u64) -> Timestamp {
    Timestamp::try_from(seconds).unwrap()
}

/// Variables, files and a home folder.
#[derive(Clone, Default)]
pub(crate) struct Surroundings {
    variables: BTreeMap<String, OsString>,
    files: BTreeMap<PathBuf, Result<Vec<u8>, io::ErrorKind>>,
    pub(crate) asked: Arc<Mutex<Vec<String>>>,
}

impl Surroundings {
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

impl Environment for Surroundings {
    fn variable(&self, name: &str) -> Option<OsString> {
        self.asked.lock().unwrap().push(name.to_owned());
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

type Answer = dyn Fn(&Request<Bytes>) -> Result<Response<Bytes>, TransportError> + Send + Sync;

/// A transport that answers from a function and remembers what it was asked.
#[derive(Clone)]
pub(crate) struct Script {
    answer: Arc<Answer>,
    pub(crate) requests: Arc<Mutex<Vec<Request<Bytes>>>>,
}

impl Script {
    pub(crate) fn new(
        answer: impl Fn(&Request<Bytes>) -> Result<Response<Bytes>, TransportError>
        + Send
        + Sync
        + 'static,
    ) -> Self {
        Self {
            answer: Arc::new(answer),
            requests: Arc::default(),
        }
    }

    /// Every origin that answers requests does, each with an id of its own.
    pub(crate) fn all() -> Self {
        Self::new(|request| Ok(usual(request)))
    }

    /// Nobody is there.
    pub(crate) fn nobody() -> Self {
        Self::new(|_| Err(refused()))
    }

    pub(crate) fn status(status: u16, body: &'static str) -> Self {
        Self::new(move |_| {
            let mut response = Response::new(Bytes::from(body));
            *response.status_mut() = StatusCode::from_u16(status).unwrap();
            Ok(response)
        })
    }

    /// Methods and addresses, without queries.
    pub(crate) fn asked(&self) -> Vec<String> {
        let requests = self.requests.lock().unwrap();
        let asked = requests.iter().map(|request| {
            let uri = request.uri();
            format!("{} {}{}", request.method(), uri.host().unwrap(), uri.path())
        });
        asked.collect()
    }

    fn run(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let answer = (self.answer)(&request);
        self.requests.lock().unwrap().push(request);
        answer
    }
}

impl Transport for Script {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        self.run(request)
    }

    async fn sleep(&self, _: Duration) {
        std::future::pending::<()>().await;
    }
}

impl BlockingTransport for Script {
    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        self.run(request)
    }

    fn sleep(&self, _: Duration) {}
}

pub(crate) fn refused() -> TransportError {
    TransportError::new(TransportErrorKind::Connect, "nobody is there")
}

pub(crate) fn keys(id: &str) -> String {
    format!(
        r#"{{"Code":"Success","AccessKeyId":"{id}","AccessKeySecret":"{SECRET}","SecurityToken":"{TOKEN}",
            "Expiration":"2022-05-11T15:00:00Z"}}"#
    )
}

fn usual(request: &Request<Bytes>) -> Response<Bytes> {
    let uri = request.uri();
    Response::new(match (uri.host().unwrap(), uri.path()) {
        ("sts.aliyuncs.com", _) => format!(r#"{{"Credentials":{}}}"#, keys("FROM-OIDC")).into(),
        ("100.100.100.200", "/latest/api/token") => "session".into(),
        ("100.100.100.200", "/latest/meta-data/ram/security-credentials/") => "demo".into(),
        ("100.100.100.200", _) => keys("FROM-ECS").into(),
        _ => keys("FROM-URI").into(),
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

/// Every origin is set up; each key has an id of its own.
pub(crate) fn everything() -> Surroundings {
    Surroundings::default()
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
    surroundings: &Surroundings,
    script: &Script,
) -> ChainProvider<Script, Surroundings> {
    ChainProvider::new(script.clone()).environment(surroundings.clone())
}

/// The outcome of a chain at [`now`].
pub(crate) async fn ask(
    surroundings: &Surroundings,
    script: &Script,
) -> Result<Credentials, ProviderError> {
    chain(surroundings, script).credentials(now()).await
}

pub(crate) async fn id(surroundings: &Surroundings, script: &Script) -> String {
    ask(surroundings, script)
        .await
        .unwrap()
        .access_key_id()
        .to_string()
}

/// What the origin says that ended the search.
pub(crate) fn origin_error(error: &ProviderError) -> &OriginError {
    error.source().unwrap().downcast_ref().unwrap()
}

pub(crate) async fn kind(surroundings: &Surroundings, script: &Script) -> OriginErrorKind {
    origin_error(&ask(surroundings, script).await.unwrap_err()).kind()
}

/// The texts of an error and of all that is behind it.
pub(crate) fn texts(error: &(dyn Error + 'static)) -> Vec<String> {
    std::iter::successors(Some(error), |&error| error.source())
        .map(ToString::to_string)
        .collect()
}
