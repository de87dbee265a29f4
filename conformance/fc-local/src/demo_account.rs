//! The account and the region that the server plays.

/// The account id.
pub(super) const ACCOUNT: &str = "1234567890123456";
/// The region id.
pub(super) const REGION: &str = "cn-hangzhou";
