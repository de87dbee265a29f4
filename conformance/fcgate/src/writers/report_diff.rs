//! Compares two reports of one client: new failures, fixed cases, other failures, and cases that came or went.

mod change;
mod comparison;
mod rendering;

use fc_conformance::report::{self, MergeError, Report};

use self::change::{Change, Kind};

/// The differences between an older and a newer report. The same reports give the same text.
///
/// ```
/// use fcgate::writers::ReportDiff;
///
/// let file = ("old.json".to_owned(), "{}".to_owned());
/// let error = ReportDiff::read(&file, &file).unwrap_err();
/// assert!(error.to_string().starts_with("old.json: invalid report: "));
/// ```
#[derive(Debug, Clone)]
pub struct ReportDiff {
    old: (String, Report),
    new: (String, Report),
    changes: Vec<Change>,
}

impl ReportDiff {
    /// Reads two JSON reports, each a file name and a text.
    ///
    /// # Errors
    ///
    /// If one of them is not a report of `fcgate run`, or they are about different shards.
    pub fn read(old: &(String, String), new: &(String, String)) -> Result<Self, MergeError> {
        let (old, new) = (one(old)?, one(new)?);
        if old.1.shard != new.1.shard {
            return Err(MergeError::of(
                &new.0,
                format!(
                    "it is about another shard than {}; merge the shards of each run with `fcgate merge` first",
                    old.0
                ),
            ));
        }
        let changes = comparison::changes(&old.1, &new.1);
        Ok(Self { old, new, changes })
    }

    /// The number of required cases that fail or could not run in the new report, and did not in the old one.
    pub fn new_required_failures(&self) -> usize {
        let new = self
            .changes
            .iter()
            .filter(|change| change.required && change.kind == Kind::NewFailure);
        new.count()
    }

    /// Returns the differences as text.
    pub fn text(&self) -> String {
        rendering::text(
            &self.old,
            &self.new,
            &self.changes,
            self.new_required_failures(),
        )
    }

    /// Returns the differences as Markdown, short enough for a comment on a pull request.
    pub fn markdown(&self) -> String {
        rendering::markdown(
            &self.old,
            &self.new,
            &self.changes,
            self.new_required_failures(),
        )
    }
}

fn one((name, text): &(String, String)) -> Result<(String, Report), MergeError> {
    let read = report::read(text, name)?;
    if read.is_of_server() {
        return Err(MergeError::of(
            name,
            "this is a report of `fcgate serve`, whose cases are requests; pass reports of `fcgate run`",
        ));
    }
    Ok((name.clone(), read))
}
