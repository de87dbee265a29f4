//! The title and the introduction, which all formats share.

pub(super) const TITLE: &str = "How these clients behave";

/// The introduction for new readers of the page: plain words and code spans in Markdown.
pub(super) const INTRODUCTION: [&str; 3] = [
    "Each column is a client, and all clients are judged by the same cases. A client conforms if every \
     required case passes. A failure that it lists in its `fcgate-known.toml`, with a reason and an expiry date, is still a failure; its run \
     then ends with exit code 0.",
    "`operation#check: way` names a way to fail. The operation is `sign`, `build`, `parse`, `invoke`, `trigger` or `task`. The check is the one \
     that fails. The way is how it fails: its value differs, is missing, is unexpected, or has another kind. \
     `fcgate explain operation#check` and `fcgate explain` with the id of a case describe the details.",
    "Written by `fcgate matrix` from the JSON reports of `fcgate run --report json=FILE`.",
];
