//! The request is changed, and then signed correctly.

use fcgate_protocol::{BuildInput, BuildOutput};

use super::mistake::ForeignMistake;
use super::step::Step;

const fn mistake(
    name: &'static str,
    summary: &'static str,
    right_names: &'static [&'static str],
    change: fn(&BuildInput, &mut BuildOutput),
) -> ForeignMistake {
    ForeignMistake::new(name, summary, right_names, Step::Request(change))
}

pub(super) const MISTAKES: &[ForeignMistake] = &[
    mistake(
        "qualifier-as-version",
        "sends the qualifier as the query parameter version",
        &[],
        |_, request| request.url = request.url.replace("?qualifier=", "?version="),
    ),
    mistake(
        "qualifier-as-header",
        "sends the qualifier as a header",
        &[],
        |input, request| {
            if let (Some(qualifier), Some((path, _))) =
                (&input.input.qualifier, request.url.split_once('?'))
            {
                request.headers.push("X-Fc-Qualifier", qualifier.clone());
                request.url = path.to_owned();
            }
        },
    ),
    mistake(
        "path-with-singular",
        "writes function in the path, and not functions",
        &[],
        |_, request| request.url = request.url.replace("/functions/", "/function/"),
    ),
    mistake(
        "path-with-another-operation",
        "writes invoke as the last segment of the path",
        &[],
        |_, request| request.url = request.url.replace("/invocations", "/invoke"),
    ),
    mistake(
        "path-of-the-proxy",
        "sends an invocation to the path of HTTP triggers",
        &[],
        |_, request| {
            request.url = request
                .url
                .replace("/services/", "/proxy/")
                .replace("/functions/", "/");
        },
    ),
    mistake(
        "method-get-without-payload",
        "sends GET if there is no payload",
        &[],
        |_, request| {
            if request.body.is_empty() {
                "GET".clone_into(&mut request.method);
            }
        },
    ),
    mistake(
        "options-as-query",
        "sends the invocation type in the query",
        &[],
        |_, request| {
            if let Some(kind) = request
                .headers
                .get("x-fc-invocation-type")
                .map(str::to_owned)
            {
                request.headers.remove("x-fc-invocation-type");
                let mark = if request.url.contains('?') { '&' } else { '?' };
                request.url = format!("{}{mark}invocationType={kind}", request.url);
            }
        },
    ),
    mistake(
        "options-without-prefix",
        "sends the invocation type under a name without its prefix",
        &[],
        |_, request| rename(request, "x-fc-invocation-type", "Invocation-Type"),
    ),
    mistake(
        "log-type-misspelled",
        "sends the log type as X-Fc-Logtype",
        &[],
        |_, request| rename(request, "x-fc-log-type", "X-Fc-Logtype"),
    ),
    mistake(
        "task-mode-as-a-number",
        "sends the task mode as 1",
        &[],
        |_, request| {
            let name = "x-fc-stateful-async-invocation-enable";
            if request.headers.get(name) == Some("true") {
                request.headers.set(name, "1");
            }
        },
    ),
    mistake(
        "trace-id-of-its-own",
        "sends a trace id of its own",
        &[],
        |_, request| {
            request
                .headers
                .set("X-Fc-Trace-Id", "0af7651916cd43dd8448eb211c80319c");
        },
    ),
];

fn rename(request: &mut BuildOutput, from: &str, to: &str) {
    if let Some(value) = request.headers.get(from).map(str::to_owned) {
        request.headers.remove(from);
        request.headers.push(to, value);
    }
}
