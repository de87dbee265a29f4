//! The endpoint of the service.

use std::fmt;
use std::str::FromStr;

use fc_headers::{AccountId, InputError, InputErrorKind};
use http::uri::{Authority, Scheme};

use crate::Region;
use crate::endpoint_url::{self, EndpointUrl};

/// The endpoint of the service: a scheme, a host and, if it is not the default port of the scheme, a port.
///
/// The public host is `{account}.{region}.fc.aliyuncs.com` and, inside a VPC,
/// `{account}.{region}-internal.fc.aliyuncs.com` (manual page "Endpoints"). Any other host, such as a custom
/// domain or a test server, is parsed from a URL.
///
/// ```
/// use fc_invoke::Endpoint;
///
/// let endpoint = Endpoint::internal(&"1234567890123456".parse()?, &"cn-hangzhou".parse()?);
/// assert_eq!(endpoint.to_string(), "https://1234567890123456.cn-hangzhou-internal.fc.aliyuncs.com");
///
/// let endpoint: Endpoint = "HTTPS://FC.Example.com:443".parse()?;
/// assert_eq!(endpoint.to_string(), "https://fc.example.com");
/// assert!("http://fc.example.com".parse::<Endpoint>().is_err());
/// # Ok::<(), fc_headers::InputError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    scheme: Scheme,
    authority: Authority,
}

impl Endpoint {
    /// The public endpoint of an account in a region, over HTTPS.
    pub fn public(account: &AccountId, region: &Region) -> Self {
        Self::from_host(&format!("{account}.{region}.fc.aliyuncs.com"))
    }

    /// The endpoint of an account inside the VPCs of a region, over HTTPS.
    pub fn internal(account: &AccountId, region: &Region) -> Self {
        Self::from_host(&format!("{account}.{region}-internal.fc.aliyuncs.com"))
    }

    /// Parses an endpoint that may be plain HTTP to any host.
    ///
    /// Without TLS an attacker can change every part of a request that is not signed. The `FC` scheme signs neither
    /// the body nor the query. Therefore plain HTTP needs this explicit call.
    ///
    /// # Errors
    ///
    /// The errors of [`from_str`](Self::from_str), except `insecure-endpoint`.
    pub fn insecure(url: &str) -> Result<Self, InputError> {
        endpoint_url::parse(url).map(Self::from_url)
    }

    pub(crate) fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    pub(crate) fn authority(&self) -> &Authority {
        &self.authority
    }

    #[expect(
        clippy::expect_used,
        reason = "digits, a checked label and a constant are a valid host"
    )]
    fn from_host(host: &str) -> Self {
        let authority = Authority::try_from(host).expect("checked labels are a valid host");
        Self {
            scheme: Scheme::HTTPS,
            authority,
        }
    }

    fn from_url(url: EndpointUrl) -> Self {
        Self {
            scheme: url.scheme,
            authority: url.authority,
        }
    }
}

impl FromStr for Endpoint {
    type Err = InputError;

    /// Parses `scheme://host[:port]`, optionally followed by a slash. The scheme is required, and it must be HTTPS
    /// unless the host is a loopback address.
    ///
    /// # Errors
    ///
    /// `empty`, `scheme`, `userinfo`, `path-not-allowed`, `host`, `port` or `insecure-endpoint`: the part that is
    /// invalid. The message never quotes the text, because it may hold a password.
    fn from_str(url: &str) -> Result<Self, InputError> {
        let parsed = endpoint_url::parse(url)?;
        if parsed.scheme == Scheme::HTTP && !parsed.is_loopback {
            return Err(InputError::new(
                InputErrorKind::InsecureEndpoint,
                "endpoint",
            ));
        }
        Ok(Self::from_url(parsed))
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.authority)
    }
}
