//! The table of regions: the host names that official sources list for each region.

/// The regional host names that official sources list for a region; `None` if they list none.
///
/// The account hosts, `{account}.{region}.fc.aliyuncs.com`, are not in the table: they have one form everywhere. A
/// region that is absent from the table may exist all the same, because the service adds regions.
///
/// Source: the endpoint maps of the official SDKs `alibabacloud-go/fc-20230330` v4.8.2 and
/// `alibabacloud-fc20230330` 4.8.3 for [`v3`](Self::v3); the `OpenAPI` metadata of the service for [`v2`](Self::v2) and
/// [`v2_vpc`](Self::v2_vpc). Two of these sources have a tab after the host of `ap-southeast-5`; the table does not.
///
/// ```
/// use fc_invoke::Region;
///
/// let hosts = Region::CN_WULANCHABU.hosts().unwrap();
/// assert_eq!(hosts.v3(), Some("fcv3.cn-wulanchabu.aliyuncs.com"));
/// assert_eq!(hosts.v2(), None);
/// assert!("cn-future-1".parse::<Region>()?.hosts().is_none());
/// # Ok::<(), fc_headers::InputError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RegionHosts {
    region: &'static str,
    v3: Option<&'static str>,
    v2: Option<&'static str>,
    v2_vpc: Option<&'static str>,
}

impl RegionHosts {
    /// The id of the region, such as `cn-hangzhou`.
    pub const fn region(&self) -> &'static str {
        self.region
    }

    /// The host of API revision 2023-03-30: `fcv3.{region}.aliyuncs.com`, or `{region}.fc.aliyuncs.com` in four regions.
    pub const fn v3(&self) -> Option<&'static str> {
        self.v3
    }

    /// The gateway of the 2.0 revisions: `fc.{region}.aliyuncs.com`.
    pub const fn v2(&self) -> Option<&'static str> {
        self.v2
    }

    /// The gateway of the 2.0 revisions inside a VPC: `fc-vpc.{region}.aliyuncs.com`.
    pub const fn v2_vpc(&self) -> Option<&'static str> {
        self.v2_vpc
    }

    /// The rows of all known regions, sorted by id.
    pub const fn all() -> &'static [Self] {
        TABLE
    }

    pub(crate) fn find(region: &str) -> Option<&'static Self> {
        let found = TABLE.binary_search_by(|row| row.region.cmp(region)).ok()?;
        TABLE.get(found)
    }
}

macro_rules! hosts {
    ($region:literal, $v3:expr, $v2:expr, $v2_vpc:expr) => {
        RegionHosts {
            region: $region,
            v3: $v3,
            v2: $v2,
            v2_vpc: $v2_vpc,
        }
    };
    ($region:literal, all) => {
        hosts!(
            $region,
            Some(concat!("fcv3.", $region, ".aliyuncs.com")),
            Some(concat!("fc.", $region, ".aliyuncs.com")),
            Some(concat!("fc-vpc.", $region, ".aliyuncs.com"))
        )
    };
    ($region:literal, v3) => {
        hosts!(
            $region,
            Some(concat!("fcv3.", $region, ".aliyuncs.com")),
            None,
            None
        )
    };
    ($region:literal, irregular) => {
        hosts!(
            $region,
            Some(concat!($region, ".fc.aliyuncs.com")),
            None,
            None
        )
    };
    ($region:literal, none) => {
        hosts!($region, None, None, None)
    };
}

/// Sorted by id. A test compares it with `fixtures/regions.json`.
const TABLE: &[RegionHosts] = &[
    hosts!("ap-northeast-1", all),
    hosts!("ap-northeast-2", all),
    hosts!("ap-south-1", all),
    hosts!("ap-southeast-1", all),
    hosts!("ap-southeast-2", all),
    hosts!("ap-southeast-3", all),
    hosts!("ap-southeast-5", all),
    hosts!("ap-southeast-7", all),
    hosts!("cn-beijing", all),
    hosts!("cn-chengdu", all),
    hosts!("cn-hangzhou", all),
    hosts!("cn-hangzhou-finance", irregular),
    hosts!("cn-heyuan-acdr-1", irregular),
    hosts!("cn-hongkong", all),
    hosts!("cn-huhehaote", all),
    hosts!("cn-north-2-gov-1", none),
    hosts!("cn-qingdao", all),
    hosts!("cn-shanghai", all),
    hosts!("cn-shanghai-finance-1", irregular),
    hosts!("cn-shenzhen", all),
    hosts!("cn-wulanchabu", v3),
    hosts!("cn-zhangjiakou", all),
    hosts!("eu-central-1", all),
    hosts!("eu-west-1", all),
    hosts!("me-central-1", irregular),
    hosts!("us-east-1", all),
    hosts!("us-west-1", all),
];
