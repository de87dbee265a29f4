//! The order of a list.

/// The order of a list of tasks by the time of their start. The default of the service is unknown. Source: metadata of
/// both revisions.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SortOrder {
    /// The oldest task first.
    Asc,
    /// The newest task first.
    Desc,
}

impl SortOrder {
    /// The value that is sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Asc => "asc",
            Self::Desc => "desc",
        }
    }
}
