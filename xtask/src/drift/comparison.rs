//! Compares the API with our crates.

use std::collections::BTreeSet;

use super::interface::{Interface, Operation};
use super::not_implemented::NotImplemented;
use super::our_sources::OurSources;

/// The models of the SDKs that our crates read from responses.
const MODELS: [&str; 6] = [
    "AsyncTask",
    "AsyncTaskEvent",
    "ListAsyncTaskOutput",
    "ListStatefulAsyncInvocationsResponseBody",
    "StatefulAsyncInvocation",
    "StatefulAsyncInvocationEvent",
];

/// The interface of one source, with its name.
pub(super) struct Described {
    name: String,
    interface: Interface,
}

impl Described {
    pub(super) fn new(name: &str, interface: Interface) -> Self {
        Self {
            name: name.to_owned(),
            interface,
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn counts(&self) -> String {
        let (operations, models) = (&self.interface.operations, &self.interface.models);
        format!("{} operations, {} models", operations.len(), models.len())
    }
}

pub(super) struct Comparison<'a> {
    pub(super) metadata: &'a Interface,
    pub(super) ours: &'a OurSources,
    pub(super) not_implemented: &'a NotImplemented,
    /// Whether the sources are complete, so that an entry that matches nothing is out of date.
    pub(super) has_every_sdk: bool,
}

type Id = (String, String);

impl Comparison<'_> {
    /// A line for each difference, sorted and without repetition.
    pub(super) fn findings(&self, apis: &[Described]) -> Vec<String> {
        let mut found = BTreeSet::new();
        for Described { name, interface } in apis {
            for (id, operation) in &interface.operations {
                let lines = self.of_operation(id, operation);
                found.extend(lines.into_iter().map(|line| format!("{name}: {line}")));
            }
            for (model, fields) in &interface.models {
                if !self.reads(model) {
                    continue;
                }
                let unknown = fields.difference(&self.ours.responses);
                found.extend(unknown.map(|field| {
                    format!(
                        "{name}: {model} has the field {field}, which fc-response does not read"
                    )
                }));
            }
        }
        found.extend(self.out_of_date(apis));
        found.into_iter().collect()
    }

    fn of_operation(&self, id: &Id, operation: &Operation) -> Vec<String> {
        let shown = format!("{} {}", id.0, id.1);
        if self.not_implemented.contains(id) {
            return Vec::new();
        }
        if !self.ours.requests.contains(&id.1) && id.1 != "InvokeFunction" {
            return vec![format!(
                "{shown} is a new operation: implement it, or add it to fixtures/not-implemented.json with a reason"
            )];
        }
        let mut found = Vec::new();
        let mut report = |what: String| found.push(format!("{shown} {what}"));
        match self.metadata.operations.get(id) {
            Some(known) => {
                if (&known.method, &known.path) != (&operation.method, &operation.path) {
                    report(format!(
                        "is {} {}; fixtures/api-meta.json has {} {}",
                        operation.method, operation.path, known.method, known.path
                    ));
                }
                let new = operation.query.difference(&known.query);
                let new = new.chain(operation.headers.difference(&known.headers));
                new.for_each(|name| {
                    report(format!(
                        "has {name}, which fixtures/api-meta.json does not have"
                    ));
                });
            }
            None => report("is not in fixtures/api-meta.json".to_owned()),
        }
        let segments = operation
            .path
            .split('/')
            .filter(|part| !part.is_empty() && *part != "{}");
        for segment in segments.filter(|part| !self.ours.requests.contains(*part)) {
            report(format!(
                "has {segment} in its path, which fc-invoke does not write"
            ));
        }
        for name in operation.query.difference(&self.ours.requests) {
            report(format!(
                "has the query parameter {name}, which fc-invoke does not write"
            ));
        }
        for name in operation.headers.difference(&self.ours.headers) {
            report(format!(
                "has the header {name}, which fc-headers does not have"
            ));
        }
        for name in operation
            .headers
            .iter()
            .filter(|name| !self.ours.cases.contains(*name))
        {
            report(format!(
                "has the header {name}, which no case of the gate names"
            ));
        }
        found
    }

    /// Whether our crates read this model of an SDK, or this response of the metadata.
    fn reads(&self, model: &str) -> bool {
        let of_metadata = model.strip_prefix("the response of ").and_then(|id| {
            let (revision, name) = id.split_once(' ')?;
            Some((revision.to_owned(), name.to_owned()))
        });
        match of_metadata {
            Some(id) => !self.not_implemented.contains(&id),
            None => MODELS.contains(&model),
        }
    }

    /// The entries and models that no source has.
    fn out_of_date(&self, apis: &[Described]) -> Vec<String> {
        let has_operation = |id: &Id| {
            apis.iter()
                .any(|api| api.interface.operations.contains_key(id))
        };
        let mut found = Vec::new();
        for id in self.not_implemented.operations() {
            let shown = format!("{} {}", id.0, id.1);
            if self.ours.requests.contains(&id.1) {
                found.push(format!(
                    "fixtures/not-implemented.json: {shown} is implemented; remove the entry"
                ));
            } else if self.has_every_sdk && !has_operation(id) {
                found.push(format!(
                    "fixtures/not-implemented.json: no source has {shown}; remove the entry"
                ));
            }
        }
        let has_model = |model: &str| {
            apis.iter()
                .any(|api| api.interface.models.contains_key(model))
        };
        let lost = MODELS
            .iter()
            .filter(|model| self.has_every_sdk && !has_model(model));
        found.extend(
            lost.map(|model| format!("no SDK has the model {model}; correct the list in xtask")),
        );
        found
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(ToString::to_string).collect()
    }

    fn api(name: &str, query: &[&str], headers: &[&str], fields: &[&str]) -> Interface {
        let operation = Operation {
            method: "GET".to_owned(),
            path: "/2023-03-30/async-tasks".to_owned(),
            query: set(query),
            headers: set(headers),
        };
        let id = ("2023-03-30".to_owned(), name.to_owned());
        Interface {
            operations: BTreeMap::from([(id, operation)]),
            models: BTreeMap::from([("AsyncTask".to_owned(), set(fields))]),
        }
    }

    fn findings(entries: &str, sdk: Interface, has_every_sdk: bool) -> Vec<String> {
        let ours = OurSources {
            requests: set(&["ListAsyncTasks", "limit", "2023-03-30", "async-tasks"]),
            headers: set(&["x-fc-log-type", "x-fc-quiet"]),
            responses: set(&["taskId"]),
            cases: "x-fc-log-type".to_owned(),
        };
        let text = format!(
            r#"{{"source":"s","entries":[{{"reason":"r","revision":"2023-03-30","operations":[{entries}]}}]}}"#
        );
        let metadata = api("ListAsyncTasks", &["limit"], &["x-fc-log-type"], &[]);
        let comparison = Comparison {
            metadata: &metadata,
            ours: &ours,
            not_implemented: &NotImplemented::parse(&text).unwrap(),
            has_every_sdk,
        };
        comparison.findings(&[Described::new("sdk", sdk)])
    }

    #[test]
    fn the_same_interface_has_no_finding() {
        let sdk = api(
            "ListAsyncTasks",
            &["limit"],
            &["x-fc-log-type"],
            &["taskId"],
        );
        assert_eq!(findings("", sdk, false), Vec::<String>::new());
    }

    #[test]
    fn a_new_parameter_header_or_field_is_a_finding() {
        let count = |sdk| findings("", sdk, false).len();
        assert_eq!(count(api("ListAsyncTasks", &["limit", "new"], &[], &[])), 2);
        // Neither in the metadata, nor in fc-headers, nor in a case.
        assert_eq!(count(api("ListAsyncTasks", &[], &["x-fc-new"], &[])), 3);
        assert_eq!(count(api("ListAsyncTasks", &[], &["x-fc-quiet"], &[])), 2);
        assert_eq!(count(api("ListAsyncTasks", &[], &[], &["newField"])), 1);
        let mut moved = api("ListAsyncTasks", &[], &[], &[]);
        for operation in moved.operations.values_mut() {
            operation.method = "POST".to_owned();
        }
        assert_eq!(count(moved), 1);
    }

    #[test]
    fn a_new_operation_is_a_finding_unless_it_is_listed() {
        let sdk = || api("CreateAlias", &["any"], &["x-fc-any"], &[]);
        let found = findings("", sdk(), false);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].contains("CreateAlias is a new operation"),
            "{found:?}"
        );
        assert_eq!(
            findings(r#""CreateAlias""#, sdk(), false),
            Vec::<String>::new()
        );
    }

    #[test]
    fn an_entry_that_matches_nothing_or_is_implemented_is_a_finding() {
        let sdk = || api("ListAsyncTasks", &["limit"], &[], &[]);
        assert_eq!(findings(r#""Gone""#, sdk(), false), Vec::<String>::new());
        let found = findings(r#""Gone""#, sdk(), true);
        assert!(
            found
                .iter()
                .any(|line| line.contains("no source has 2023-03-30 Gone"))
        );
        let found = findings(r#""ListAsyncTasks""#, sdk(), false);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].ends_with("is implemented; remove the entry"));
    }

    #[test]
    fn an_entry_without_a_reason_or_listed_twice_is_refused() {
        let parse = |text: &str| NotImplemented::parse(text).is_err();
        let entry = |reason: &str, operations: &str| {
            format!(
                r#"{{"source":"s","entries":[{{"reason":"{reason}","revision":"r","operations":[{operations}]}}]}}"#
            )
        };
        assert!(!parse(&entry("because", r#""A","B""#)));
        assert!(parse(&entry(" ", r#""A""#)));
        assert!(parse(&entry("because", r#""A","A""#)));
    }
}
