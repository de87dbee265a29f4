//! Reads `fixtures/api-meta.json`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::interface::{Interface, Operation, without_names};

pub(super) fn read(path: &Path) -> Result<Interface, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let value: Value =
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    parse(&value).ok_or_else(|| format!("{}: expected revisions with operations", path.display()))
}

fn parse(value: &Value) -> Option<Interface> {
    let mut found = Interface::default();
    for revision in value.get("revisions")?.as_array()? {
        let version = revision.get("version")?.as_str()?;
        for operation in revision.get("operations")?.as_array()? {
            let name = operation.get("operation")?.as_str()?;
            let parsed = Operation {
                method: operation.get("method")?.as_str()?.to_owned(),
                path: without_names(operation.get("path")?.as_str()?),
                query: parameters(operation, "query")?,
                headers: parameters(operation, "header")?,
            };
            let id = (version.to_owned(), name.to_owned());
            found.operations.insert(id, parsed);
            let fields = operation
                .pointer("/response/fields")
                .and_then(Value::as_array);
            for field in fields.into_iter().flatten() {
                let model = format!("the response of {version} {name}");
                let fields = found.models.entry(model).or_default();
                fields.insert(field.get("name")?.as_str()?.to_owned());
                let items = field.get("items").and_then(Value::as_array);
                let names = items.into_iter().flatten();
                fields
                    .extend(names.filter_map(|item| Some(item.get("name")?.as_str()?.to_owned())));
            }
        }
    }
    Some(found)
}

fn parameters(operation: &Value, place: &str) -> Option<BTreeSet<String>> {
    let all = operation.get("parameters")?.as_array()?.iter();
    all.filter(|parameter| parameter.get("in").and_then(Value::as_str) == Some(place))
        .map(|parameter| {
            let name = parameter.get("name")?.as_str()?;
            Some(if place == "header" {
                name.to_lowercase()
            } else {
                name.to_owned()
            })
        })
        .collect()
}
