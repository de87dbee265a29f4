//! Session affinity: the requests of one conversation carry one id, in a header or in a cookie.

mod cookie;
mod id_check;
mod registry;
mod rule;
mod session;
mod session_header_name;

pub use self::session_header_name::SessionHeaderName;

pub(super) use self::id_check::check_session_id;
pub(super) use self::registry::Affinity;
pub(super) use self::rule::SessionRule;
