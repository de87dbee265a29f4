//! The request is changed, and then signed correctly.

use fcgate_protocol::BuildOutput;

use super::mistake::ForeignMistake;
use super::step::Step;

pub(super) const MISTAKES: &[ForeignMistake] = &[
    ForeignMistake::new(
        "qualifier-as-version",
        "sends the qualifier as the query parameter version",
        &[],
        Step::Request(|_, request| request.url = request.url.replace("?qualifier=", "?version=")),
    ),
    ForeignMistake::new(
        "qualifier-as-header",
        "sends the qualifier as a header",
        &[],
        Step::Request(|input, request| {
            if let (Some(qualifier), Some((path, _))) =
                (&input.input.qualifier, request.url.split_once('?'))
            {
                request.headers.push("X-Fc-Qualifier", qualifier.clone());
                request.url = path.to_owned();
            }
        }),
    ),
    ForeignMistake::new(
        "path-with-singular",
        "writes function in the path, and not functions",
        &[],
        Step::Request(|_, request| request.url = request.url.replace("/functions/", "/function/")),
    ),
    ForeignMistake::new(
        "path-with-another-operation",
        "writes invoke as the last segment of the path",
        &[],
        Step::Request(|_, request| request.url = request.url.replace("/invocations", "/invoke")),
    ),
    ForeignMistake::new(
        "path-of-the-proxy",
        "sends an invocation to the path of HTTP triggers",
        &[],
        Step::Request(|_, request| {
            request.url = request
                .url
                .replace("/services/", "/proxy/")
                .replace("/functions/", "/");
        }),
    ),
    ForeignMistake::new(
        "method-get-without-payload",
        "sends GET if there is no payload",
        &[],
        Step::Request(|_, request| {
            if request.body.is_empty() {
                "GET".clone_into(&mut request.method);
            }
        }),
    ),
    ForeignMistake::new(
        "options-as-query",
        "sends the invocation type in the query",
        &[],
        Step::Request(|_, request| {
            if let Some(kind) = request
                .headers
                .get("x-fc-invocation-type")
                .map(str::to_owned)
            {
                request.headers.remove("x-fc-invocation-type");
                let mark = if request.url.contains('?') { '&' } else { '?' };
                request.url = format!("{}{mark}invocationType={kind}", request.url);
            }
        }),
    ),
    ForeignMistake::new(
        "options-without-prefix",
        "sends the invocation type under a name without its prefix",
        &[],
        Step::Request(|_, request| rename(request, "x-fc-invocation-type", "Invocation-Type")),
    ),
    ForeignMistake::new(
        "log-type-misspelled",
        "sends the log type as X-Fc-Logtype",
        &[],
        Step::Request(|_, request| rename(request, "x-fc-log-type", "X-Fc-Logtype")),
    ),
    ForeignMistake::new(
        "task-mode-as-a-number",
        "sends the task mode as 1",
        &[],
        Step::Request(|_, request| {
            let name = "x-fc-stateful-async-invocation-enable";
            if request.headers.get(name) == Some("true") {
                request.headers.set(name, "1");
            }
        }),
    ),
    ForeignMistake::new(
        "trace-id-of-its-own",
        "sends a trace id of its own",
        &[],
        Step::Request(|_, request| {
            request
                .headers
                .set("X-Fc-Trace-Id", "0af7651916cd43dd8448eb211c80319c");
        }),
    ),
];

fn rename(request: &mut BuildOutput, from: &str, to: &str) {
    if let Some(value) = request.headers.get(from).map(str::to_owned) {
        request.headers.remove(from);
        request.headers.push(to, value);
    }
}
