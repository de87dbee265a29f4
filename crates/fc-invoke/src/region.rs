//! The region of an endpoint.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use fc_headers::{InputError, InputErrorKind, Quoted};

use crate::region_hosts::RegionHosts;

/// The id of a region, such as `cn-hangzhou`: a label of the endpoint's host name.
///
/// It has 1 to 50 lower-case letters, digits and hyphens, and neither begins nor ends with a hyphen. The service
/// adds regions, so every such text is accepted; [`hosts`](Self::hosts) returns what is known about a region. Text
/// with white space around it is refused, not trimmed, and so is the label of a host inside a VPC, such as
/// `cn-hangzhou-internal`: [`Endpoint::internal`](crate::Endpoint::internal) adds that suffix. Source: manual page
/// "Endpoints".
///
/// ```
/// use fc_invoke::Region;
///
/// assert_eq!("cn-hangzhou".parse::<Region>()?, Region::CN_HANGZHOU);
/// assert!("ap-southeast-5\t".parse::<Region>().is_err());
/// assert_eq!(
///     "cn-hangzhou-internal".parse::<Region>().unwrap_err().to_string(),
///     "unknown-value: region: \"cn-hangzhou-internal\" has the suffix \"-internal\" of a host inside a VPC; the region is \
///      \"cn-hangzhou\", and Endpoint::internal or Endpoint::regional_v2_vpc adds what the host needs"
/// );
/// # Ok::<(), fc_headers::InputError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Region(Cow<'static, str>);

const FIELD: &str = "region";
/// The suffixes of host labels inside a VPC, which no region has.
const HOST_SUFFIXES: [&str; 3] = ["-internal", "-intranet", "-vpc"];
/// With the suffix `-internal` the label stays below the 63 characters of DNS.
const MAX_LEN: usize = 50;

/// The regions of the table, see [`RegionHosts`].
impl Region {
    /// `ap-northeast-1`
    pub const AP_NORTHEAST_1: Self = Self(Cow::Borrowed("ap-northeast-1"));
    /// `ap-northeast-2`
    pub const AP_NORTHEAST_2: Self = Self(Cow::Borrowed("ap-northeast-2"));
    /// `ap-south-1`
    pub const AP_SOUTH_1: Self = Self(Cow::Borrowed("ap-south-1"));
    /// `ap-southeast-1`
    pub const AP_SOUTHEAST_1: Self = Self(Cow::Borrowed("ap-southeast-1"));
    /// `ap-southeast-2`
    pub const AP_SOUTHEAST_2: Self = Self(Cow::Borrowed("ap-southeast-2"));
    /// `ap-southeast-3`
    pub const AP_SOUTHEAST_3: Self = Self(Cow::Borrowed("ap-southeast-3"));
    /// `ap-southeast-5`
    pub const AP_SOUTHEAST_5: Self = Self(Cow::Borrowed("ap-southeast-5"));
    /// `ap-southeast-7`
    pub const AP_SOUTHEAST_7: Self = Self(Cow::Borrowed("ap-southeast-7"));
    /// `cn-beijing`
    pub const CN_BEIJING: Self = Self(Cow::Borrowed("cn-beijing"));
    /// `cn-chengdu`
    pub const CN_CHENGDU: Self = Self(Cow::Borrowed("cn-chengdu"));
    /// `cn-hangzhou`
    pub const CN_HANGZHOU: Self = Self(Cow::Borrowed("cn-hangzhou"));
    /// `cn-hangzhou-finance`
    pub const CN_HANGZHOU_FINANCE: Self = Self(Cow::Borrowed("cn-hangzhou-finance"));
    /// `cn-heyuan-acdr-1`
    pub const CN_HEYUAN_ACDR_1: Self = Self(Cow::Borrowed("cn-heyuan-acdr-1"));
    /// `cn-hongkong`
    pub const CN_HONGKONG: Self = Self(Cow::Borrowed("cn-hongkong"));
    /// `cn-huhehaote`
    pub const CN_HUHEHAOTE: Self = Self(Cow::Borrowed("cn-huhehaote"));
    /// `cn-north-2-gov-1`
    pub const CN_NORTH_2_GOV_1: Self = Self(Cow::Borrowed("cn-north-2-gov-1"));
    /// `cn-qingdao`
    pub const CN_QINGDAO: Self = Self(Cow::Borrowed("cn-qingdao"));
    /// `cn-shanghai`
    pub const CN_SHANGHAI: Self = Self(Cow::Borrowed("cn-shanghai"));
    /// `cn-shanghai-finance-1`
    pub const CN_SHANGHAI_FINANCE_1: Self = Self(Cow::Borrowed("cn-shanghai-finance-1"));
    /// `cn-shenzhen`
    pub const CN_SHENZHEN: Self = Self(Cow::Borrowed("cn-shenzhen"));
    /// `cn-wulanchabu`
    pub const CN_WULANCHABU: Self = Self(Cow::Borrowed("cn-wulanchabu"));
    /// `cn-zhangjiakou`
    pub const CN_ZHANGJIAKOU: Self = Self(Cow::Borrowed("cn-zhangjiakou"));
    /// `eu-central-1`
    pub const EU_CENTRAL_1: Self = Self(Cow::Borrowed("eu-central-1"));
    /// `eu-west-1`
    pub const EU_WEST_1: Self = Self(Cow::Borrowed("eu-west-1"));
    /// `me-central-1`
    pub const ME_CENTRAL_1: Self = Self(Cow::Borrowed("me-central-1"));
    /// `us-east-1`
    pub const US_EAST_1: Self = Self(Cow::Borrowed("us-east-1"));
    /// `us-west-1`
    pub const US_WEST_1: Self = Self(Cow::Borrowed("us-west-1"));
}

impl Region {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The row of the table of regions; `None` for a region that the table does not know.
    pub fn hosts(&self) -> Option<&'static RegionHosts> {
        RegionHosts::find(self.as_str())
    }
}

impl FromStr for Region {
    type Err = InputError;

    /// # Errors
    ///
    /// `empty`, `too-long`, `forbidden-byte` if the text is not a label of lower-case letters, digits and hyphens, or
    /// `unknown-value` if it has the suffix of a host inside a VPC.
    fn from_str(text: &str) -> Result<Self, InputError> {
        if text.is_empty() {
            return Err(InputError::new(InputErrorKind::Empty, FIELD));
        }
        if text.len() > MAX_LEN {
            return Err(InputError::new(InputErrorKind::TooLong, FIELD));
        }
        let in_label =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if !text.bytes().all(in_label) || text.starts_with('-') || text.ends_with('-') {
            let detail = format!(
                "{} is not a label of lower-case letters, digits and hyphens",
                Quoted::new(text)
            );
            return Err(InputError::new(InputErrorKind::ForbiddenByte, FIELD).detail(detail));
        }
        let suffix = HOST_SUFFIXES
            .into_iter()
            .find_map(|suffix| Some((text.strip_suffix(suffix)?, suffix)));
        if let Some((region, suffix)) = suffix {
            let detail = format!(
                "{} has the suffix {} of a host inside a VPC; the region is {}, and Endpoint::internal or \
                 Endpoint::regional_v2_vpc adds what the host needs",
                Quoted::new(text),
                Quoted::new(suffix),
                Quoted::new(region)
            );
            return Err(InputError::new(InputErrorKind::UnknownValue, FIELD).detail(detail));
        }
        Ok(Self(Cow::Owned(text.to_owned())))
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
