//! The endpoint of the service.

use std::fmt;
use std::str::FromStr;

use fc_headers::{AccountId, InputError, InputErrorKind};
use http::uri::{Authority, Scheme};

use crate::endpoint_url::{self, EndpointUrl};
use crate::{Region, RegionHosts};

/// The endpoint of the service: a scheme, a host and, if it is not the default port of the scheme, a port.
///
/// | constructor | host | revisions |
/// | --- | --- | --- |
/// | [`public`](Self::public) | `{account}.{region}.fc.aliyuncs.com` | all |
/// | [`internal`](Self::internal) | `{account}.{region}-internal.fc.aliyuncs.com`, inside a VPC | all |
/// | [`regional_v3`](Self::regional_v3) | `fcv3.{region}.aliyuncs.com` | 2023-03-30 |
/// | [`regional_v2`](Self::regional_v2) | `fc.{region}.aliyuncs.com` | 2016-08-15, 2021-04-06 |
/// | [`regional_v2_vpc`](Self::regional_v2_vpc) | `fc-vpc.{region}.aliyuncs.com`, inside a VPC | 2016-08-15, 2021-04-06 |
///
/// No source lists a 3.0 gateway inside a VPC; use [`internal`](Self::internal) there. Any other host, such as a custom
/// domain or a test server, is parsed from a URL. Sources: manual page "Endpoints" of 2.0 and 3.0 for the account hosts;
/// for the others see [`RegionHosts`].
///
/// ```
/// use fc_invoke::{Endpoint, Region};
///
/// let endpoint = Endpoint::internal(&"1234567890123456".parse()?, &"cn-hangzhou".parse()?);
/// assert_eq!(endpoint.to_string(), "https://1234567890123456.cn-hangzhou-internal.fc.aliyuncs.com");
///
/// let endpoint = Endpoint::regional_v3(&Region::AP_SOUTHEAST_5);
/// assert_eq!(endpoint.to_string(), "https://fcv3.ap-southeast-5.aliyuncs.com");
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

    /// The public endpoint of API revision 2023-03-30 in a region, over HTTPS: the host that the official SDKs call.
    ///
    /// Four regions have a host of another form, `{region}.fc.aliyuncs.com`: `cn-hangzhou-finance`,
    /// `cn-shanghai-finance-1`, `cn-heyuan-acdr-1` and `me-central-1`. A region that is not in the table has the general
    /// form. The service finds the account by the access key, so the host does not name it.
    pub fn regional_v3(region: &Region) -> Self {
        Self::regional(region, RegionHosts::v3, "fcv3")
    }

    /// The public gateway of the revisions of Function Compute 2.0 in a region, over HTTPS.
    ///
    /// The gateway answers in its own error format (`Code`, `Message`, `RequestId`). Whether it accepts the `FC` scheme
    /// is unknown; the official SDKs sign with ACS3 there. The hosts of some regions are in no source
    /// ([`RegionHosts::v2`]); the constructor then returns the general form.
    pub fn regional_v2(region: &Region) -> Self {
        Self::regional(region, RegionHosts::v2, "fc")
    }

    /// The gateway of the revisions of Function Compute 2.0 inside the VPCs of a region, over HTTPS; see
    /// [`regional_v2`](Self::regional_v2).
    pub fn regional_v2_vpc(region: &Region) -> Self {
        Self::regional(region, RegionHosts::v2_vpc, "fc-vpc")
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

    /// The host of the table or, without one, the general form.
    fn regional(
        region: &Region,
        host: fn(&RegionHosts) -> Option<&'static str>,
        general: &str,
    ) -> Self {
        match region.hosts().and_then(host) {
            Some(host) => Self::from_host(host),
            None => Self::from_host(&format!("{general}.{region}.aliyuncs.com")),
        }
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
    /// unless the host is a loopback address. Nothing is trimmed: a space, tab or line end at either end is an error. The
    /// endpoint maps of two official SDKs have a tab at the end of one host.
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
