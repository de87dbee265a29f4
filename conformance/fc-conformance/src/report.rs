//! The report of a run: its data, its totals, and the human report.

pub mod diff;
pub mod disposition;
mod early_end;
pub mod escape;
pub mod failure;
mod left_out;
pub mod merge;
mod merge_error;
pub mod next_step;
mod provenance;
mod read;
mod report_data;
pub mod sent_request;
pub mod shard_report;
pub mod style;
pub mod text;
pub mod timings;
pub mod totals;

pub use self::disposition::cases_explain_verdict;
pub use self::early_end::EarlyEnd;
pub use self::failure::failures;
pub use self::merge::merge;
pub use self::merge_error::MergeError;
pub use self::provenance::{
    InvalidRunUrl, InvalidSourceRevision, Provenance, RunUrl, SourceRevision,
};
pub use self::read::read;
pub use self::report_data::{Report, ReportedClaims, SCHEMA};
pub use self::shard_report::ShardReport;
pub use self::style::{styled_error, styled_heading, styled_note};
pub use self::text::{BUILT_IN, Verbosity, text};
pub use self::timings::{is_timings, timings, timings_path};
pub use self::totals::OPERATIONS;
