//! The function to invoke.

use std::fmt;

use fc_headers::{FunctionName, Qualifier, ServiceName, V3FunctionName};
use http::uri::PathAndQuery;

use crate::{Revision, request_parts};

/// The function to invoke, in one revision of the API. It can be a key of a map.
///
/// ```
/// use fc_invoke::Target;
///
/// let target = Target::v2016_08_15("demoService".parse()?, "demoFunction".parse()?)
///     .qualifier("prod".parse()?);
/// assert_eq!(
///     target.path_and_query(),
///     "/2016-08-15/services/demoService.prod/functions/demoFunction/invocations",
/// );
/// # Ok::<(), fc_headers::InputError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Target {
    names: Names,
    /// The path that the names form, written and parsed once for all requests.
    path: PathAndQuery,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Names {
    revision: Revision,
    /// `None` only in revision 2023-03-30, which has no services.
    service: Option<ServiceName>,
    /// One of the form `service$function` only in revision 2023-03-30.
    function: V3FunctionName,
    qualifier: Option<Qualifier>,
}

impl Target {
    /// A target in the default revision, 2021-04-06.
    pub fn new(service: ServiceName, function: FunctionName) -> Self {
        Self::from_names(Names {
            revision: Revision::default(),
            service: Some(service),
            function: function.into(),
            qualifier: None,
        })
    }

    /// A target in revision 2016-08-15.
    pub fn v2016_08_15(service: ServiceName, function: FunctionName) -> Self {
        Self::from_names(Names {
            revision: Revision::V2016_08_15,
            service: Some(service),
            function: function.into(),
            qualifier: None,
        })
    }

    /// A target in revision 2023-03-30. A function that was made in 2.0 has the name `service$function`.
    ///
    /// ```
    /// use fc_invoke::Target;
    ///
    /// let target = Target::v2023_03_30("demoService$demoFunction".parse()?);
    /// assert_eq!(
    ///     target.path_and_query(),
    ///     "/2023-03-30/functions/demoService%24demoFunction/invocations",
    /// );
    /// # Ok::<(), fc_headers::InputError>(())
    /// ```
    pub fn v2023_03_30(function: V3FunctionName) -> Self {
        Self::from_names(Names {
            revision: Revision::V2023_03_30,
            service: None,
            function,
            qualifier: None,
        })
    }

    /// Sets the version or alias; the service uses `LATEST` if none is set.
    #[must_use]
    pub fn qualifier(self, qualifier: Qualifier) -> Self {
        Self::from_names(Names {
            qualifier: Some(qualifier),
            ..self.names
        })
    }

    /// The revision of the API.
    pub fn revision(&self) -> Revision {
        self.names.revision
    }

    /// The path and query of the request. Only the dollar sign of a name is escaped; names have no other character that is
    /// reserved.
    pub fn path_and_query(&self) -> String {
        self.path.as_str().to_owned()
    }

    /// The path and query as part of a URI.
    pub(crate) fn path(&self) -> &PathAndQuery {
        &self.path
    }

    /// The path of the function, which the paths of all operations on it begin with.
    pub(crate) fn function_path(&self) -> String {
        self.names.function_path()
    }

    /// The qualifier, if it is a parameter of the query.
    pub(crate) fn query_qualifier(&self) -> Option<&str> {
        self.names.query_qualifier()
    }

    fn from_names(names: Names) -> Self {
        let path = request_parts::path(names.path_and_query());
        // The first clone of `bytes` allocates; clone once here instead of in the first request.
        drop(path.clone());
        Self { names, path }
    }
}

impl Names {
    fn path_and_query(&self) -> String {
        let (parameter, qualifier) = match self.query_qualifier() {
            Some(qualifier) => ("?qualifier=", qualifier),
            None => ("", ""),
        };
        self.path_to(["/invocations", parameter, qualifier])
    }

    fn query_qualifier(&self) -> Option<&str> {
        let in_path = self.revision == Revision::V2016_08_15;
        let qualifier = self.qualifier.as_ref().filter(|_| !in_path);
        qualifier.map(Qualifier::as_str)
    }

    fn function_path(&self) -> String {
        self.path_to([""; 3])
    }

    /// The path of the function with its end, written with one allocation.
    fn path_to(&self, end: [&str; 3]) -> String {
        let qualifier = self.qualifier.as_ref().map(Qualifier::as_str);
        let in_path = self.revision == Revision::V2016_08_15;
        let service = self.service.as_ref().map_or("", ServiceName::as_str);
        let [end, parameter, value] = end;
        let pieces = [
            "/",
            self.revision.as_str(),
            if self.service.is_some() {
                "/services/"
            } else {
                ""
            },
            service,
            if in_path && qualifier.is_some() {
                "."
            } else {
                ""
            },
            qualifier.filter(|_| in_path).unwrap_or(""),
            "/functions/",
            &self.function.path_segment(),
            end,
            parameter,
            value,
        ];
        pieces.concat()
    }
}

#[expect(
    clippy::missing_fields_in_debug,
    reason = "the path holds the same names"
)]
impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Target")
            .field("revision", &self.names.revision)
            .field("service", &self.names.service)
            .field("function", &self.names.function.as_str())
            .field("qualifier", &self.names.qualifier)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn targets_in_a_set_differ_by_revision_name_and_qualifier() {
        let (service, function) = ("svc".parse().unwrap(), "fn".parse().unwrap());
        let plain = Target::new(service, function);
        let targets = [
            plain.clone(),
            plain.clone().qualifier("1".parse().unwrap()),
            Target::v2016_08_15("svc".parse().unwrap(), "fn".parse().unwrap()),
            Target::v2023_03_30("fn".parse().unwrap()),
            plain,
        ];
        assert_eq!(targets.into_iter().collect::<HashSet<_>>().len(), 4);
    }

    #[test]
    fn a_function_of_2_0_is_called_by_its_service_in_revision_2023_03_30() {
        let target = Target::v2023_03_30("svc$fn".parse().unwrap());
        let of_service = "/2023-03-30/functions/svc%24fn";
        assert_eq!(target.path_and_query(), format!("{of_service}/invocations"));
        assert_eq!(target.function_path(), of_service);
        let qualified = target.clone().qualifier("7".parse().unwrap());
        assert_eq!(
            qualified.path_and_query(),
            format!("{of_service}/invocations?qualifier=7")
        );
        assert!(format!("{target:?}").contains(r#"function: "svc$fn""#));
        assert!("svc$fn".parse::<FunctionName>().is_err());
    }

    #[test]
    fn every_revision_has_its_path_and_its_position_of_the_qualifier() {
        let service = || "svc_1".parse().unwrap();
        let function = || "fn-2".parse().unwrap();
        let qualifier = || "7".parse().unwrap();
        for (target, plain, qualified) in [
            (
                Target::v2016_08_15(service(), function()),
                "/2016-08-15/services/svc_1/functions/fn-2/invocations",
                "/2016-08-15/services/svc_1.7/functions/fn-2/invocations",
            ),
            (
                Target::new(service(), function()),
                "/2021-04-06/services/svc_1/functions/fn-2/invocations",
                "/2021-04-06/services/svc_1/functions/fn-2/invocations?qualifier=7",
            ),
            (
                Target::v2023_03_30("fn-2".parse().unwrap()),
                "/2023-03-30/functions/fn-2/invocations",
                "/2023-03-30/functions/fn-2/invocations?qualifier=7",
            ),
        ] {
            assert_eq!(target.path_and_query(), plain);
            assert_eq!(target.qualifier(qualifier()).path_and_query(), qualified);
        }
    }
}
