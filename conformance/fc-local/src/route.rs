//! Parses the path of a request: the revision, the service, the function, the qualifier.

use fcgate_protocol::{REVISIONS, SignKind};

use super::resource_names::ResourceNames;
use super::tasks::TaskOperation;
use super::trigger_auth::TriggerAuth;
use super::url_encoding::{decoded, query_pairs};

/// The end of the host of every HTTP trigger of FC 3.0.
const TRIGGER_DOMAIN: &str = ".fcapp.run";

/// The target of the redirect that the scenario `redirect` sends.
pub(super) const ELSEWHERE: &str = "/elsewhere";

/// The target of a request, parsed from its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Route {
    Invocation(ResourceNames),
    /// An HTTP trigger: `/2016-08-15/proxy/SERVICE/FUNCTION/...`.
    Trigger(ResourceNames),
    /// An HTTP trigger of FC 3.0, named by its host: `FUNCTION-ID.REGION.fcapp.run`.
    TriggerHost(ResourceNames, TriggerAuth),
    /// An operation on asynchronous tasks.
    Task(ResourceNames, TaskOperation),
    Elsewhere,
    Unknown,
}

impl Route {
    /// The route of a request with this method, this target and this `Host`.
    pub(super) fn of_request(method: &str, target: &str, host: &str) -> Self {
        match (Self::of(method, target), trigger_function(host)) {
            (Self::Elsewhere, _) => Self::Elsewhere,
            (_, Some((function, id))) => {
                let names = ResourceNames {
                    revision: "2023-03-30",
                    service: None,
                    function: function.to_owned(),
                    qualifier: None,
                };
                Self::TriggerHost(names, TriggerAuth::of_id(id))
            }
            (route, None) => route,
        }
    }

    fn of(method: &str, target: &str) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        if path == ELSEWHERE {
            return Self::Elsewhere;
        }
        let segments: Vec<&str> = path.split('/').skip(1).collect();
        let Some((first, rest)) = segments.split_first() else {
            return Self::Unknown;
        };
        let Some(revision) = REVISIONS.into_iter().find(|revision| revision == first) else {
            return Self::Unknown;
        };
        let qualifier = qualifier(query);
        let named = |service: Option<&str>, function: &str| {
            let (service, suffix) = service.map_or((None, None), |service| {
                let (service, suffix) = parts_of(revision, service);
                (Some(service), suffix)
            });
            ResourceNames {
                revision,
                service,
                function: decoded(function),
                qualifier: suffix.or_else(|| qualifier.clone()),
            }
        };
        match (revision, rest) {
            ("2023-03-30", ["functions", function, "invocations"]) => {
                Self::Invocation(named(None, function))
            }
            (
                "2016-08-15" | "2021-04-06",
                ["services", service, "functions", function, "invocations"],
            ) => Self::Invocation(named(Some(service), function)),
            (_, ["proxy", service, function, ..]) => Self::Trigger(named(Some(service), function)),
            _ => match TaskOperation::of(revision, rest, method) {
                Some((function, operation)) => {
                    let (service, function) = function.unwrap_or_default();
                    Self::Task(named(service, function), operation)
                }
                None => Self::Unknown,
            },
        }
    }

    pub(super) fn named(&self) -> Option<&ResourceNames> {
        match self {
            Self::Invocation(named)
            | Self::Trigger(named)
            | Self::TriggerHost(named, _)
            | Self::Task(named, _) => Some(named),
            Self::Elsewhere | Self::Unknown => None,
        }
    }

    /// The kind of request for the `FC` scheme.
    pub(super) fn kind(&self) -> SignKind {
        match self {
            Self::Trigger(_) | Self::TriggerHost(..) => SignKind::HttpTrigger,
            _ => SignKind::Api,
        }
    }
}

/// The function and the id in the host of an HTTP trigger: `FUNCTION-ID.REGION.fcapp.run`, with or without a port.
fn trigger_function(host: &str) -> Option<(&str, &str)> {
    let name = host.split(':').next()?;
    let (labels, _) = name.split_at_checked(name.len().checked_sub(TRIGGER_DOMAIN.len())?)?;
    if !name.to_ascii_lowercase().ends_with(TRIGGER_DOMAIN) {
        return None;
    }
    let (label, region) = labels.split_once('.')?;
    let (function, id) = label.rsplit_once('-')?;
    let is_named = ![function, id, region].iter().any(|part| part.is_empty());
    is_named.then_some((function, id))
}

/// Splits a service name from its qualifier. In revision 2016-08-15 a dot separates them.
fn parts_of(revision: &str, service: &str) -> (String, Option<String>) {
    let service = decoded(service);
    match service.split_once('.') {
        Some((name, suffix)) if revision == "2016-08-15" => {
            (name.to_owned(), Some(suffix.to_owned()))
        }
        _ => (service, None),
    }
}

/// The value of the query parameter `qualifier`.
fn qualifier(query: &str) -> Option<String> {
    let mut pairs = query_pairs(query).into_iter();
    pairs.find_map(|(key, value)| (key == "qualifier").then_some(value))
}

#[cfg(test)]
mod tests {
    use super::{Route, TaskOperation, TriggerAuth};

    fn read(target: &str) -> (String, Option<String>, String, Option<String>) {
        let Route::Invocation(named) = Route::of("POST", target) else {
            panic!("{target}")
        };
        let path = target.split('?').next().unwrap();
        assert_eq!(named.path(), path, "the names give the path again");
        let revision = named.revision.to_owned();
        (revision, named.service, named.function, named.qualifier)
    }

    #[test]
    fn the_path_of_every_revision_is_parsed() {
        let some = |text: &str| Some(text.to_owned());
        for (target, service, qualifier) in [
            (
                "/2016-08-15/services/s.LATEST/functions/f/invocations",
                some("s"),
                some("LATEST"),
            ),
            (
                "/2021-04-06/services/s/functions/f/invocations",
                some("s"),
                None,
            ),
            (
                "/2021-04-06/services/s/functions/f/invocations?qualifier=a%20b",
                some("s"),
                some("a b"),
            ),
            (
                "/2023-03-30/functions/f/invocations?qualifier=1",
                None,
                some("1"),
            ),
        ] {
            let (revision, found, function, found_qualifier) = read(target);
            assert!(target.contains(&revision));
            assert_eq!(
                (found, function.as_str(), found_qualifier),
                (service, "f", qualifier)
            );
        }
    }

    #[test]
    fn other_paths_are_unknown() {
        for target in [
            "/",
            "",
            "/2016-08-15",
            "/2020-01-01/services/s/functions/f/invocations",
            "/2021-04-06/functions/f/invocations",
            "/2023-03-30/services/s/functions/f/invocations",
            "/2021-04-06/services/s/functions/f/invocations/",
            "/2021-04-06//services/s/functions/f/invocations",
        ] {
            assert_eq!(Route::of("POST", target), Route::Unknown, "{target}");
        }
        assert_eq!(Route::of("POST", "/elsewhere"), Route::Elsewhere);
        assert!(matches!(
            Route::of("POST", "/2016-08-15/proxy/s.1/f/a/b?c=d"),
            Route::Trigger(_)
        ));
    }

    #[test]
    fn the_id_in_the_host_of_a_trigger_selects_its_authentication() {
        for (host, expected) in [
            ("echo-anonymous.r.fcapp.run", TriggerAuth::Anonymous),
            ("log-tail-bearer.r.fcapp.run", TriggerAuth::Bearer),
            ("echo-signature.r.fcapp.run", TriggerAuth::Signature),
            ("echo-bearers.r.fcapp.run", TriggerAuth::SignatureOrBearer),
        ] {
            let route = Route::of_request("GET", "/", host);
            assert!(
                matches!(route, Route::TriggerHost(_, auth) if auth == expected),
                "{host}: {route:?}"
            );
        }
    }

    #[test]
    fn the_host_of_a_trigger_names_the_function() {
        let function = |host: &str| match Route::of_request("POST", "/a?b", host) {
            Route::TriggerHost(named, _) => Some(named.function),
            _ => None,
        };
        for (host, expected) in [
            ("echo-abcdefghij.cn-hangzhou.fcapp.run", Some("echo")),
            (
                "log-tail-abcdefghij.cn-hangzhou-vpc.FCAPP.run:8080",
                Some("log-tail"),
            ),
            ("echo.cn-hangzhou.fcapp.run", None),
            ("echo-abcdefghij.fcapp.run", None),
            ("-a.cn-hangzhou.fcapp.run", None),
            ("fcapp.run", None),
            ("127.0.0.1:80", None),
            ("", None),
        ] {
            assert_eq!(function(host).as_deref(), expected, "{host}");
        }
        let elsewhere = Route::of_request("POST", "/elsewhere", "echo-a.cn-hangzhou.fcapp.run");
        assert_eq!(elsewhere, Route::Elsewhere);
    }

    #[test]
    fn the_path_of_every_task_operation_is_parsed() {
        let of_service = "/2021-04-06/services/s/functions/f/stateful-async-invocations";
        for (method, target, expected) in [
            (
                "GET",
                "/2023-03-30/functions/f/async-tasks",
                TaskOperation::List,
            ),
            (
                "GET",
                "/2023-03-30/functions/f/async-tasks/a%2Fb",
                TaskOperation::Get("a/b".to_owned()),
            ),
            (
                "PUT",
                "/2023-03-30/functions/f/async-tasks//stop",
                TaskOperation::Stop(String::new()),
            ),
            ("GET", of_service, TaskOperation::List),
            (
                "PUT",
                &format!("{of_service}/t"),
                TaskOperation::Stop("t".to_owned()),
            ),
            (
                "GET",
                &format!("{of_service}/t"),
                TaskOperation::Get("t".to_owned()),
            ),
            (
                "GET",
                "/2021-04-06/stateful-async-invocation-functions",
                TaskOperation::ListFunctions,
            ),
        ] {
            let route = Route::of(method, target);
            let Route::Task(named, operation) = &route else {
                panic!("{method} {target}: {route:?}")
            };
            assert_eq!(operation, &expected);
            assert_eq!(operation.path(named), target);
            assert_eq!(operation.method(), method);
        }
        let wrong = "/2021-04-06/functions/f/async-tasks/t";
        assert_eq!(Route::of("GET", wrong), Route::Unknown);
    }
}
