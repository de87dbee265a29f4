//! The interface of an API: operations with their parameters, and models with their fields.

use std::collections::{BTreeMap, BTreeSet};

/// The operations and the models that one source describes.
#[derive(Debug, Clone, Default)]
pub(super) struct Interface {
    /// By the revision and the name.
    pub(super) operations: BTreeMap<(String, String), Operation>,
    /// The names of the fields, by the name of the model.
    pub(super) models: BTreeMap<String, BTreeSet<String>>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Operation {
    pub(super) method: String,
    /// With `{}` for each name.
    pub(super) path: String,
    pub(super) query: BTreeSet<String>,
    /// In lower case.
    pub(super) headers: BTreeSet<String>,
}

/// Replaces everything in braces, so that paths of different sources can be compared.
pub(super) fn without_names(path: &str) -> String {
    let mut pieces = path.split('{');
    let mut found = pieces
        .next()
        .unwrap_or_default()
        .trim_end_matches('$')
        .to_owned();
    for piece in pieces {
        let rest = piece.rsplit_once('}').map_or("", |(_, rest)| rest);
        found.push_str("{}");
        found.push_str(rest.trim_end_matches('$'));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::without_names;

    #[test]
    fn paths_of_every_source_have_the_same_form() {
        for path in [
            "/2023-03-30/functions/{functionName}/async-tasks/{taskId}/stop",
            "/2023-03-30/functions/{DaraURL.percent_encode(function_name)}/async-tasks/{DaraURL.percent_encode(task_id)}/stop",
            "/2023-03-30/functions/${$dara.URL.percentEncode(functionName)}/async-tasks/${$dara.URL.percentEncode(taskId)}/stop",
        ] {
            assert_eq!(
                without_names(path),
                "/2023-03-30/functions/{}/async-tasks/{}/stop"
            );
        }
        assert_eq!(
            without_names("/2021-04-06/services"),
            "/2021-04-06/services"
        );
    }
}
