//! The names in the path of a request.

use super::url_encoding::encoded;

/// The names in the path of an invocation or of a task operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ResourceNames {
    pub(super) revision: &'static str,
    pub(super) service: Option<String>,
    pub(super) function: String,
    pub(super) qualifier: Option<String>,
}

impl ResourceNames {
    /// The name of the function without the service that revision 2023-03-30 writes before it: `service$function`.
    pub(super) fn own_function(&self) -> &str {
        match self.function.split_once('$') {
            Some((_, function)) if self.revision == "2023-03-30" => function,
            _ => &self.function,
        }
    }

    /// The service: that of the path, or the one that revision 2023-03-30 writes before the function.
    pub(super) fn own_service(&self) -> Option<&str> {
        let of_function = self.function.split_once('$');
        let of_function = of_function.filter(|_| self.revision == "2023-03-30");
        self.service
            .as_deref()
            .or_else(|| of_function.map(|(service, _)| service))
    }

    /// The path of an invocation with these names.
    pub(super) fn path(&self) -> String {
        format!("{}/invocations", self.function_path())
    }

    /// The path of the function.
    pub(super) fn function_path(&self) -> String {
        let service = self.service.as_deref().unwrap_or_default();
        let suffix = match &self.qualifier {
            Some(qualifier) if self.revision == "2016-08-15" => format!(".{qualifier}"),
            _ => String::new(),
        };
        let revision = self.revision;
        let (service, function) = (
            encoded(&format!("{service}{suffix}")),
            encoded(&self.function),
        );
        match self.service {
            Some(_) => format!("/{revision}/services/{service}/functions/{function}"),
            None => format!("/{revision}/functions/{function}"),
        }
    }

    /// The query pairs of an invocation with these names.
    pub(super) fn query(&self) -> Vec<(String, String)> {
        let qualifier = self
            .qualifier
            .iter()
            .filter(|_| self.revision != "2016-08-15");
        qualifier
            .map(|qualifier| ("qualifier".to_owned(), qualifier.clone()))
            .collect()
    }
}
