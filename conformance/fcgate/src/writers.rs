//! Writers of reports: a file for each kind of report.

mod badge;
mod comparable_reports;
mod file;
mod github;
mod history;
mod html;
mod html_page;
mod html_value;
mod json;
mod jsonl;
mod junit;
mod kind;
mod markdown;
mod matrix;
mod numbers;
mod progress;
mod report_diff;
mod tap;

pub use self::badge::badge;
pub(crate) use self::file::write as write_text;
pub use self::file::{WriteError, check};
pub use self::github::annotations;
pub use self::history::{History, InvalidNotJudged, NotJudged};
pub use self::html::html;
pub use self::json::json;
pub use self::jsonl::jsonl;
pub use self::junit::junit;
pub use self::kind::{Kind, UnknownKind, append, write};
pub use self::markdown::markdown;
pub use self::matrix::Matrix;
pub use self::progress::{ProgressMode, StderrProgress};
pub use self::report_diff::ReportDiff;
pub use self::tap::tap;
