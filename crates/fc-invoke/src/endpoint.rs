//! Where the service is.

use std::fmt;
use std::str::FromStr;

use fc_headers::{AccountId, InputError, InputErrorKind};
use http::uri::{Authority, Scheme};

use crate::Region;
use crate::endpoint_text::{self, EndpointText};

/// Where the service is: a scheme, a host and, where it is not the scheme's own, a port.
///
/// The public forms are `{account}.{region}.fc.aliyuncs.com` and, inside a VPC,
/// `{account}.{region}-internal.fc.aliyuncs.com` (manual page "Endpoints"); any other host, a custom
/// domain or a test's, is given as a URL.
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
        Self::of_host(&format!("{account}.{region}.fc.aliyuncs.com"))
    }

    /// The endpoint of an account inside the VPCs of a region, over HTTPS.
    pub fn internal(account: &AccountId, region: &Region) -> Self {
        Self::of_host(&format!("{account}.{region}-internal.fc.aliyuncs.com"))
    }

    /// An endpoint given as a URL, which may be plain HTTP to any host.
    ///
    /// Neither scheme keeps what is not signed from being changed on the way: the `FC` scheme signs
    /// neither body nor query. So this is a word of its own.
    ///
    /// # Errors
    ///
    /// As [`from_str`](Self::from_str), `insecure-endpoint` excepted.
    pub fn insecure(url: &str) -> Result<Self, InputError> {
        endpoint_text::parse(url).map(Self::of_text)
    }

    pub(crate) fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    pub(crate) fn authority(&self) -> &Authority {
        &self.authority
    }

    #[expect(
        clippy::expect_used,
        reason = "digits, a checked label and a constant make a host"
    )]
    fn of_host(host: &str) -> Self {
        let authority = Authority::try_from(host).expect("the host is made of checked labels");
        Self {
            scheme: Scheme::HTTPS,
            authority,
        }
    }

    fn of_text(text: EndpointText) -> Self {
        Self {
            scheme: text.scheme,
            authority: text.authority,
        }
    }
}

impl FromStr for Endpoint {
    type Err = InputError;

    /// Reads `scheme://host[:port]`, with at most a slash behind it. Nothing is guessed: the scheme must
    /// be there, and it must be HTTPS unless the host is a loopback address.
    ///
    /// # Errors
    ///
    /// `empty`, `scheme`, `userinfo`, `path-not-allowed`, `host`, `port` or `insecure-endpoint`, for what
    /// the text has wrong. The message never quotes the text, which may hold a password.
    fn from_str(url: &str) -> Result<Self, InputError> {
        let text = endpoint_text::parse(url)?;
        if text.scheme == Scheme::HTTP && !text.is_loopback {
            return Err(InputError::new(
                InputErrorKind::InsecureEndpoint,
                "endpoint",
            ));
        }
        Ok(Self::of_text(text))
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.authority)
    }
}
