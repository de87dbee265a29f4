//! The path and the query that an invocation demands.

use crate::corpus::InvokeGiven;

use super::super::{Arrivals, ArrivedRequest, Check, Comparer, request_target};

/// The revision that has the qualifier in the path, after the service name.
const OLDEST: &str = "2016-08-15";
/// The revision that has no services.
const NEWEST: &str = "2023-03-30";

/// Compares the path. The name of the function in this run is replaced by its name in the case.
pub(super) fn path(
    by: &Comparer,
    given: &InvokeGiven,
    arrivals: &Arrivals,
    request: &ArrivedRequest,
) -> Check {
    let (path, _) = request_target::split(&request.target);
    let path = path.replace(&arrivals.function, &given.input.function);
    request_target::compare_path(by, "arrived.path", &demanded_path(given), &path)
}

/// Compares the query.
pub(super) fn query(by: &Comparer, given: &InvokeGiven, request: &ArrivedRequest) -> Check {
    let (_, query) = request_target::split(&request.target);
    request_target::compare_query(by, "arrived.query", &demanded_query(given), query)
}

fn demanded_path(given: &InvokeGiven) -> String {
    let (revision, input) = (&given.revision, &given.input);
    let function = &input.function;
    if revision == NEWEST {
        return format!("/{revision}/functions/{function}/invocations");
    }
    let mut service = input.service.clone().unwrap_or_default();
    if let (OLDEST, Some(qualifier)) = (revision.as_str(), &input.qualifier) {
        service = format!("{service}.{qualifier}");
    }
    format!("/{revision}/services/{service}/functions/{function}/invocations")
}

fn demanded_query(given: &InvokeGiven) -> Vec<(String, String)> {
    let qualifier = given.input.qualifier.iter();
    qualifier
        .filter(|_| given.revision != OLDEST)
        .map(|qualifier| ("qualifier".to_owned(), qualifier.clone()))
        .collect()
}
