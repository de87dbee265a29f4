//! Another path was signed than arrived.

use std::iter::once;

use fcgate_protocol::SignKind;
use percent_encoding::percent_decode_str;

use crate::search::original::{Candidates, Original};
use crate::search::transformations::path_spellings;

/// The most segments of a path that are dropped or doubled.
const MOST_SEGMENTS: usize = 24;

const REVISIONS: [&str; 3] = ["2016-08-15", "2021-04-06", "2023-03-30"];

/// Prefixes that gateways, proxies and base paths have.
const PREFIXES: [&str; 44] = [
    "/fc",
    "/api",
    "/v1",
    "/v2",
    "/gateway",
    "/gw",
    "/proxy",
    "/prod",
    "/production",
    "/stage",
    "/staging",
    "/test",
    "/dev",
    "/release",
    "/pre",
    "/uat",
    "/invoke",
    "/function",
    "/functions",
    "/serverless",
    "/aliyun",
    "/backend",
    "/server",
    "/service",
    "/services",
    "/app",
    "/apis",
    "/rest",
    "/open",
    "/openapi",
    "/public",
    "/internal",
    "/web",
    "/http",
    "/fcgate",
    "/faas",
    "/cloud",
    "/base",
    "/api/v1",
    "/api/v2",
    "/api/fc",
    "/prod-api",
    "/fc-api",
    "/gateway/fc",
];

/// A path with the name of the mistake and the words for it.
type Spelled = (&'static str, String, String);

pub(in crate::search) fn transformations<'a>(original: &'a Original<'a>) -> Candidates<'a> {
    let path = original.url().path;
    let is_in_url = original.input.kind == Some(SignKind::PresignedUrl);
    let api = (!is_in_url).then(|| {
        endings(path)
            .chain(revisions(path))
            .chain(qualifiers(original))
    });
    let spelled = added(path)
        .take(4)
        .chain(slashes(path))
        .chain(path_spellings::spellings(path))
        .chain(added(path).skip(4))
        .chain(api.into_iter().flatten())
        .chain(removed(path))
        .chain(whole_url(original));
    Box::new(
        spelled
            .filter(move |(_, _, signed)| signed != path)
            .flat_map(move |(mistake, detail, signed)| {
                original.with_path(mistake, &detail, &signed)
            }),
    )
}

fn signed(path: &str) -> String {
    format!("signed was `{}`", fcgate_text::visible::line(path, 200))
}

fn slashes(path: &str) -> impl Iterator<Item = Spelled> {
    const SLASHES: &str = "slashes-changed-on-the-way";
    let with = |signed_path: String| (SLASHES, signed(&signed_path), signed_path);
    let end = match path.strip_suffix('/') {
        Some(shorter) if !shorter.is_empty() => shorter.to_owned(),
        _ => format!("{path}/"),
    };
    let doubled_at = path
        .match_indices('/')
        .take(MOST_SEGMENTS)
        .filter_map(move |(at, _)| {
            let (before, after) = path.split_at_checked(at)?;
            Some(format!("{before}/{after}"))
        });
    let all_doubled = path.replace('/', "//");
    let mut merged = path.to_owned();
    while merged.contains("//") {
        merged = merged.replace("//", "/");
    }
    let with_dot = format!("/.{path}");
    once(end)
        .chain(once(merged))
        .chain(doubled_at)
        .chain([all_doubled, with_dot])
        .map(with)
}

/// The first segments were added after signing, or the last ones.
fn added(path: &str) -> impl Iterator<Item = Spelled> {
    let starts = path.match_indices('/').skip(1).take(MOST_SEGMENTS);
    let after_prefix = starts.filter_map(move |(at, _)| {
        let (prefix, rest) = path.split_at_checked(at)?;
        let detail = format!("`{}`", fcgate_text::visible::line(prefix, 200));
        Some(("path-prefixed-on-the-way", detail, rest.to_owned()))
    });
    let ends = path.match_indices('/').skip(1).take(MOST_SEGMENTS);
    let before_end = ends.filter_map(move |(at, _)| {
        let (start, added) = path.split_at_checked(at)?;
        let detail = format!("`{}`", fcgate_text::visible::line(added, 200));
        Some(("path-extended-on-the-way", detail, start.to_owned()))
    });
    let root = (
        "path-extended-on-the-way",
        "signed was `/`".to_owned(),
        "/".to_owned(),
    );
    after_prefix.chain(before_end).chain(once(root))
}

/// A prefix was removed after signing.
fn removed(path: &str) -> impl Iterator<Item = Spelled> {
    let revisions = REVISIONS.into_iter().map(|revision| format!("/{revision}"));
    let prefixes = PREFIXES.into_iter().map(str::to_owned).chain(revisions);
    prefixes.map(move |prefix| {
        let detail = format!("`{prefix}` was removed");
        (
            "path-prefix-removed-on-the-way",
            detail,
            format!("{prefix}{path}"),
        )
    })
}

/// The end of the path of an invocation.
fn endings(path: &str) -> impl Iterator<Item = Spelled> {
    const ENDINGS: [&str; 4] = [
        "/invocations",
        "/invocation",
        "/invoke",
        "/async-invocations",
    ];
    let start = ENDINGS.iter().find_map(|end| path.strip_suffix(end));
    let start = start.unwrap_or_else(|| path.trim_end_matches('/'));
    let endings = ENDINGS.into_iter().chain([""]);
    endings.map(move |end| {
        let signed_path = format!("{start}{end}");
        ("path-ending-changed", signed(&signed_path), signed_path)
    })
}

/// The revision at the beginning of an API path.
fn revisions(path: &str) -> impl Iterator<Item = Spelled> {
    let own = REVISIONS
        .into_iter()
        .find_map(|revision| path.strip_prefix('/')?.strip_prefix(revision));
    let others = REVISIONS.into_iter().filter_map(move |other| {
        let signed_path = format!("/{other}{}", own?);
        Some(("another-revision-sent", signed(&signed_path), signed_path))
    });
    others.chain(own.map(|rest| ("another-revision-sent", signed(rest), rest.to_owned())))
}

/// The qualifier after the service name, in which it is written in 2016-08-15.
fn qualifiers<'a>(original: &'a Original<'a>) -> impl Iterator<Item = Spelled> + 'a {
    let path = original.url().path;
    let mut pairs = original.url().query.unwrap_or_default().split('&');
    let of_query = pairs.find_map(|pair| pair.strip_prefix("qualifier="));
    let of_query = of_query.map(|value| percent_decode_str(value).decode_utf8_lossy().into_owned());
    let qualifiers = of_query
        .into_iter()
        .chain(["LATEST".to_owned()])
        .chain(once(String::new()));
    qualifiers.filter_map(move |qualifier| {
        let (start, rest) = path.split_once("/services/")?;
        let (service, end) = rest.split_once('/')?;
        let name = service.split('.').next()?;
        let signed_path = match qualifier.as_str() {
            "" => format!("{start}/services/{name}/{end}"),
            qualifier => format!("{start}/services/{name}.{qualifier}/{end}"),
        };
        Some(("path-ending-changed", signed(&signed_path), signed_path))
    })
}

/// The path with what belongs to other parts of the URL.
fn whole_url<'a>(original: &'a Original<'a>) -> impl Iterator<Item = Spelled> + 'a {
    let url = original.url();
    let authority = url.head.split_once("://").map_or("", |(_, rest)| rest);
    let paths = [
        format!("http://{authority}{}", url.path),
        format!("https://{authority}{}", url.path),
        format!("//{authority}{}", url.path),
        format!("/{authority}{}", url.path),
    ];
    paths
        .into_iter()
        .map(|path| ("path-spelled-differently", signed(&path), path))
}
