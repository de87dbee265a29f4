//! Reads the interface from the generated client of an official SDK, Python or JavaScript, line by line.
//!
//! The generated code has one form: a method sets `query["name"]` and `realHeaders["name"]`, then names action, version,
//! path and method. A model lists its fields as `result['name']` (Python) or in `names()` (JavaScript).

use std::fs;
use std::path::Path;

use super::interface::{Interface, Operation, without_names};

/// Reads every source file below a folder.
pub(super) fn read(folder: &Path) -> Result<Interface, String> {
    let mut found = Interface::default();
    read_folder(folder, &mut found)?;
    if found.operations.is_empty() || found.models.is_empty() {
        return Err(format!(
            "{}: expected operations and models in the form of the generated SDKs, found {} and {}",
            folder.display(),
            found.operations.len(),
            found.models.len()
        ));
    }
    Ok(found)
}

fn read_folder(folder: &Path, found: &mut Interface) -> Result<(), String> {
    let with_path = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(with_path)? {
        let path = entry.map_err(with_path)?.path();
        let is_source = path
            .extension()
            .is_some_and(|end| end == "py" || end == "js");
        if path.is_dir() {
            read_folder(&path, found)?;
        } else if is_source {
            read_text(&fs::read_to_string(&path).map_err(with_path)?, found);
        }
    }
    Ok(())
}

#[derive(Default)]
struct Request {
    operation: Operation,
    action: String,
    version: String,
}

fn read_text(text: &str, found: &mut Interface) {
    let mut request = Request::default();
    let mut model = String::new();
    let mut in_names = false;
    for line in text.lines().map(str::trim) {
        if let Some(rest) = line.strip_prefix("class ") {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
            let name = rest.get(..end.unwrap_or(rest.len()));
            name.unwrap_or_default().clone_into(&mut model);
            in_names = false;
        } else if let Some(name) = indexed(line, &["query"]) {
            request.operation.query.insert(name.to_owned());
        } else if let Some(name) = indexed(line, &["realHeaders", "real_headers"]) {
            request.operation.headers.insert(name.to_lowercase());
        } else if let Some(field) = indexed(line, &["result"]) {
            add_field(found, &model, field);
        } else if line.starts_with("static names()") {
            in_names = true;
        } else if in_names {
            match line
                .split_once(": ")
                .map(|(_, value)| value.trim_end_matches(','))
            {
                Some(value) => add_field(found, &model, unquoted(value).unwrap_or_default()),
                None => in_names = !line.starts_with('}'),
            }
        } else {
            request.read(line, found);
        }
    }
}

impl Request {
    fn read(&mut self, line: &str, found: &mut Interface) {
        if let Some(value) = argument(line, "action") {
            value.clone_into(&mut self.action);
        } else if let Some(value) = argument(line, "version") {
            value.clone_into(&mut self.version);
        } else if let Some(value) = argument(line, "pathname") {
            self.operation.path = without_names(value);
        } else if let Some(value) = argument(line, "method")
            && !self.action.is_empty()
        {
            let request = std::mem::take(self);
            let id = (request.version, request.action);
            let operation = found.operations.entry(id).or_default();
            value.clone_into(&mut operation.method);
            operation.path = request.operation.path;
            operation.query.extend(request.operation.query);
            operation.headers.extend(request.operation.headers);
        }
    }
}

fn add_field(found: &mut Interface, model: &str, field: &str) {
    if !model.is_empty() && !field.is_empty() {
        let fields = found.models.entry(model.to_owned()).or_default();
        fields.insert(field.to_owned());
    }
}

/// The name in `variable["name"] = ...`.
fn indexed<'a>(line: &'a str, variables: &[&str]) -> Option<&'a str> {
    let (variable, rest) = line.split_once('[')?;
    let (name, rest) = rest.split_once(']')?;
    let assigns = variables.contains(&variable) && rest.trim_start().starts_with('=');
    unquoted(name).filter(|_| assigns)
}

/// The text in `name = 'text',`, `name='text'`, `name: "text"` or one of these with a template.
fn argument<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let rest = line.strip_prefix(name)?.trim_start();
    let value = rest.strip_prefix('=').or_else(|| rest.strip_prefix(':'))?;
    let value = value.trim().trim_end_matches(',');
    unquoted(value.strip_prefix('f').unwrap_or(value))
}

fn unquoted(text: &str) -> Option<&str> {
    let quote = text
        .chars()
        .next()
        .filter(|quote| "\"'`".contains(*quote))?;
    text.strip_prefix(quote)?.strip_suffix(quote)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Interface {
        let mut found = Interface::default();
        read_text(text, &mut found);
        found
    }

    const PYTHON: &str = "
class Client(OpenApiClient):
    def list_with_options(self):
        query = {}
        if not DaraCore.is_null(request.limit):
            query['limit'] = request.limit
        real_headers['X-Fc-Log-Type'] = str(headers.x)
        params = open_api_util_models.Params(
            action = 'ListAsyncTasks',
            version='2023-03-30',
            protocol = 'HTTPS',
            pathname = f'/2023-03-30/functions/{DaraURL.percent_encode(function_name)}/async-tasks',
            method = 'GET',
        )

class AsyncTask(DaraModel):
    def to_map(self):
        result = dict()
        if self.task_id is not None:
            result['taskId'] = self.task_id
        result['events'].append(1)
";

    const NODE: &str = "
class Client extends $OpenApi {
    async listWithOptions(functionName, request, headers, runtime) {
        query[\"limit\"] = request.limit;
        realHeaders[\"X-Fc-Log-Type\"] = headers.x;
        let params = new $Params({
            action: \"ListAsyncTasks\",
            version: \"2023-03-30\",
            pathname: `/2023-03-30/functions/${$dara.URL.percentEncode(functionName)}/async-tasks`,
            method: \"GET\",
        });
class AsyncTask extends $dara.Model {
    static names() {
        return {
            taskId: 'taskId',
        };
    }
    static types() {
        return {
            other: 'string',
        };
    }
";

    #[test]
    fn python_and_javascript_give_the_same_interface() {
        let (python, node) = (parsed(PYTHON), parsed(NODE));
        assert_eq!(python.operations, node.operations);
        let id = ("2023-03-30".to_owned(), "ListAsyncTasks".to_owned());
        let operation = python.operations.get(&id).unwrap();
        assert_eq!(operation.method, "GET");
        assert_eq!(operation.path, "/2023-03-30/functions/{}/async-tasks");
        assert_eq!(Vec::from_iter(&operation.query), ["limit"]);
        assert_eq!(Vec::from_iter(&operation.headers), ["x-fc-log-type"]);
        assert_eq!(Vec::from_iter(&python.models["AsyncTask"]), ["taskId"]);
        assert_eq!(python.models, node.models);
    }
}
