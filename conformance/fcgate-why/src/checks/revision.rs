//! What belongs to the revision of the API: path, scheme, host and headers.

use crate::api_path::ApiPath;
use crate::authorization::Authorization;
use crate::captured::Exchange;
use crate::findings::Findings;

/// Headers of tasks, of 2.0 and of 3.0.
const OF_2: [&str; 2] = [
    "x-fc-stateful-async-invocation-id",
    "x-fc-stateful-async-invocation-enable",
];
const OF_3: [&str; 1] = ["x-fc-async-task-id"];

pub(super) fn check(
    exchange: &Exchange,
    authorization: &Authorization<'_>,
    findings: &mut Findings,
) {
    let request = &exchange.request;
    let Some(path) = ApiPath::of(request) else {
        return;
    };
    let revision = path.revision;
    let is_3 = revision == "2023-03-30";
    check_shape(&path, findings);
    let is_fc = matches!(
        authorization,
        Authorization::Fc { .. } | Authorization::Url { .. }
    );
    if is_3 && is_fc {
        findings.problem(
            "scheme-of-another-revision",
            "the path is of 2023-03-30 (3.0), whose manual and SDKs sign with ACS3-HMAC-SHA256 only, but the request is signed by the FC scheme: sign with ACS3, or call 2021-04-06",
        );
    }
    if matches!(authorization, Authorization::Acs3 { .. }) && revision == "2016-08-15" {
        findings.note("no source shows that the service accepts ACS3 for 2016-08-15: its SDKs sign by the FC scheme");
    }
    if matches!(authorization, Authorization::Url { .. }) {
        findings.note("no source shows that the service accepts a signed URL for an API request: signed URLs are for HTTP triggers");
    }
    if let Some(version) = request.value("x-acs-version")
        && version != revision
    {
        let version = fcgate_text::visible::line(version, 20);
        findings.problem(
            "version-of-another-revision",
            format!("x-acs-version is `{version}`, but the path begins with `/{revision}`"),
        );
    }
    if let Some(action) = request.value("x-acs-action")
        && path.is_invocation()
        && action != "InvokeFunction"
    {
        let action = fcgate_text::visible::line(action, 40);
        findings.problem(
            "action-of-another-operation",
            format!("x-acs-action is `{action}`, but the path is that of InvokeFunction"),
        );
    }
    if matches!(authorization, Authorization::Acs3 { .. }) {
        for name in ["x-acs-version", "x-acs-action"] {
            if request.value(name).is_none() {
                findings.note(format!("the manual wants the header {name}; whether the service insists on it is not known"));
            }
        }
    }
    let others = if is_3 { &OF_2[..] } else { &OF_3[..] };
    for name in others.iter().filter(|name| request.value(name).is_some()) {
        let own = if is_3 { OF_3.first() } else { OF_2.first() }
            .copied()
            .unwrap_or_default();
        findings.problem(
            "header-of-another-revision",
            format!("{name} does not belong to {revision}, which ignores it: the task id is in {own} there"),
        );
    }
    check_host(request.value("host").unwrap_or_default(), is_3, findings);
}

fn check_shape(path: &ApiPath<'_>, findings: &mut Findings) {
    let first = path.segments.first().copied().unwrap_or_default();
    let revision = path.revision;
    match (revision, first) {
        ("2023-03-30", "services") => findings.problem(
            "path-of-another-revision",
            "the path of 2023-03-30 has no services: it is `/2023-03-30/functions/NAME/invocations`, and a function of 2.0 has the name `SERVICE%24FUNCTION`",
        ),
        ("2021-04-06" | "2016-08-15", "functions") => findings.problem(
            "path-of-another-revision",
            format!("the path of {revision} names the service: `/{revision}/services/SERVICE/functions/NAME/invocations`"),
        ),
        ("2023-03-30" | "2021-04-06" | "2016-08-15", _) => {}
        _ => findings.problem(
            "unknown-revision",
            format!("the path begins with `/{revision}`, which is not a known revision: 2016-08-15, 2021-04-06 or 2023-03-30"),
        ),
    }
}

fn check_host(host: &str, is_3: bool, findings: &mut Findings) {
    if host.starts_with("account-id.") {
        findings.problem(
            "host-is-a-placeholder",
            "the host begins with `account-id`, a placeholder: write the number of the account",
        );
    }
    if host.starts_with("fcv3.") && !is_3 {
        findings.problem(
            "host-of-another-revision",
            "the host begins with `fcv3`, that of 2023-03-30, but the path is of an older revision",
        );
    }
}
