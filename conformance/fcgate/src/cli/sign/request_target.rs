//! The URL of the request: given by the caller, or built from the names of a function.

use super::super::failure::Failure;
use super::presigned_url::encoded;
use clap::Args;
use fc_local::header_values::{is_name, is_qualifier, is_v3_function};
use fcgate_text::visible;

const REVISIONS: [&str; 3] = ["2016-08-15", "2021-04-06", "2023-03-30"];

#[derive(Debug, Args)]
pub(super) struct TargetOptions {
    /// The complete URL, as it is sent
    #[arg(long, conflicts_with_all = ["service", "function", "qualifier", "revision"])]
    url: Option<String>,
    /// The service
    #[arg(long, requires = "function")]
    service: Option<String>,
    /// The function; with revision 2023-03-30 also 'SERVICE$FUNCTION', a function that was made in 2.0
    #[arg(long)]
    function: Option<String>,
    /// The version or alias
    #[arg(long, requires = "function")]
    qualifier: Option<String>,
    /// The API revision
    #[arg(long, default_value = "2021-04-06", value_parser = REVISIONS)]
    revision: String,
    /// Scheme and host, e.g. `https://localhost:8080`
    #[arg(long, value_name = "URL", conflicts_with = "url")]
    endpoint: Option<String>,
    /// The account id, for the public endpoint
    #[arg(long, value_name = "ID", requires = "region", conflicts_with_all = ["url", "endpoint"])]
    account_id: Option<String>,
    /// The region, for the public endpoint
    #[arg(long, requires = "account_id")]
    region: Option<String>,
}

/// A URL and its parts.
#[derive(Debug)]
pub(super) struct RequestTarget {
    pub(super) url: String,
    pub(super) target: String,
    pub(super) host: String,
    /// The API revision that the path names.
    pub(super) revision: Option<&'static str>,
}

impl TargetOptions {
    /// Whether the caller names a function, so that the request uses the API.
    pub(super) fn names_a_function(&self) -> bool {
        self.url.is_none()
    }

    pub(super) fn request_target(&self) -> Result<RequestTarget, Failure> {
        if let Some(url) = &self.url {
            return parse_url(url);
        }
        if self.function.is_none() {
            let message =
                "no request given: use --url, or --function with --service and an endpoint";
            return Err(Failure::usage(message));
        }
        let target = self.target()?;
        let endpoint = self.endpoint()?;
        parse_url(&format!("{endpoint}{target}"))
    }

    fn target(&self) -> Result<String, Failure> {
        let Self {
            revision,
            service,
            function,
            qualifier,
            ..
        } = self;
        let is_function = if revision == "2023-03-30" {
            is_v3_function
        } else {
            is_name
        };
        let function = function.as_deref().unwrap_or_default();
        let function = escaped("function", function, is_function)?;
        let qualifier = match qualifier {
            Some(qualifier) => Some(escaped("qualifier", qualifier, is_qualifier)?),
            None => None,
        };
        if revision == "2023-03-30" {
            if service.is_some() {
                let message =
                    "--service cannot be used with revision 2023-03-30, which has no services";
                return Err(Failure::usage(message));
            }
            let query = query(qualifier.as_deref());
            return Ok(format!(
                "/{revision}/functions/{function}/invocations{query}"
            ));
        }
        let service = service
            .as_deref()
            .ok_or_else(|| Failure::usage(format!("revision {revision} needs --service")))?;
        let service = escaped("service", service, is_name)?;
        let (suffix, query) = match qualifier {
            Some(qualifier) if revision == "2016-08-15" => (format!(".{qualifier}"), String::new()),
            qualifier => (String::new(), query(qualifier.as_deref())),
        };
        Ok(format!(
            "/{revision}/services/{service}{suffix}/functions/{function}/invocations{query}"
        ))
    }

    fn endpoint(&self) -> Result<String, Failure> {
        match (&self.endpoint, &self.account_id, &self.region) {
            (Some(endpoint), ..) => {
                let endpoint = endpoint.trim_end_matches('/');
                let has_path = endpoint
                    .split_once("://")
                    .is_some_and(|(_, rest)| rest.contains(['/', '?']));
                if has_path {
                    let message = "the endpoint has a path: use only scheme and host, or use --url";
                    return Err(Failure::usage(message));
                }
                Ok(endpoint.to_owned())
            }
            (None, Some(account), Some(region)) => {
                let is_label = |text: &str| {
                    !text.is_empty()
                        && text
                            .bytes()
                            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                };
                if !is_label(account) || !is_label(region) {
                    let message =
                        "invalid account id or region: only letters, digits and '-' are allowed";
                    return Err(Failure::usage(message));
                }
                Ok(format!("https://{account}.{region}.fc.aliyuncs.com"))
            }
            _ => Err(Failure::usage(
                "no endpoint given: use --url, --endpoint, or --account-id with --region",
            )),
        }
    }
}

fn query(qualifier: Option<&str>) -> String {
    qualifier.map_or_else(String::new, |qualifier| format!("?qualifier={qualifier}"))
}

/// Returns the name as an escaped path segment. An invalid name is an error.
fn escaped(what: &str, name: &str, is_legal: fn(&str) -> bool) -> Result<String, Failure> {
    if !is_legal(name) {
        let shown = visible::line(name, 80);
        return Err(Failure::usage(format!(
            "invalid {what} name '{shown}'; use --url to sign any path"
        )));
    }
    Ok(encoded(name))
}

fn parse_url(url: &str) -> Result<RequestTarget, Failure> {
    let refused = |why: &str| Failure::usage(format!("the URL {why}"));
    let rest = ["https://", "http://"]
        .into_iter()
        .find_map(|scheme| url.strip_prefix(scheme))
        .ok_or_else(|| refused("must begin with https:// or http://"))?;
    if !url.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(refused(
            "has spaces or non-ASCII characters: percent-encode them",
        ));
    }
    if url.contains('#') {
        return Err(refused("has a fragment, which is not sent: remove it"));
    }
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, target) = rest.split_at_checked(end).unwrap_or((rest, ""));
    if host.is_empty() || host.contains('@') {
        return Err(refused(
            "has no host, or has user information before the host",
        ));
    }
    let target = if target.starts_with('/') {
        target.to_owned()
    } else {
        format!("/{target}")
    };
    let first = target.split(['/', '?']).nth(1);
    let revision = REVISIONS
        .into_iter()
        .find(|revision| first == Some(*revision));
    Ok(RequestTarget {
        url: url.to_owned(),
        target,
        host: host.to_owned(),
        revision,
    })
}
