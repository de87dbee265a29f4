//! Mistakes with redirects, which are never followed.

use super::http_behaviour::http;
use crate::client::redirect;
use crate::mutant::Mutant;

const BREAKS: &[&str] = &["FC-INVOKE-001", "FC-INVOKE-004", "FC-PARSE-005"];

pub(super) const MUTANTS: &[Mutant] = &[
    http(
        "FCG0560",
        "token-sent-to-the-target-of-a-redirect",
        "follows a redirect; to another origin it sends the token and the payload, without Authorization",
        BREAKS,
        |exchange, request| {
            redirect::send(exchange, request, |mut redirect| {
                if redirect.to_another_origin {
                    redirect.next.headers.remove("authorization");
                }
                Some(redirect.next)
            })
        },
    )
    .seen_in("HTTP libraries that know Authorization as the only secret header"),
    http(
        "FCG0561",
        "redirects-of-the-endpoint-followed",
        "follows a redirect to another path of the endpoint",
        BREAKS,
        |exchange, request| {
            redirect::send(exchange, request, |redirect| {
                (!redirect.to_another_origin).then_some(redirect.next)
            })
        },
    ),
    http(
        "FCG0562",
        "redirects-followed-with-the-payload",
        "follows a redirect that keeps the method (307, 308), and sends signature and payload to its target",
        BREAKS,
        |exchange, request| {
            redirect::send(exchange, request, |redirect| {
                matches!(redirect.status, 307 | 308).then_some(redirect.next)
            })
        },
    )
    .seen_in("fc-java-sdk, for a 307"),
    http(
        "FCG0563",
        "redirects-followed-with-a-get",
        "follows a 301, 302 or 303 with a GET that has the old Authorization",
        BREAKS,
        |exchange, request| {
            redirect::send(exchange, request, |redirect| {
                matches!(redirect.status, 301..=303).then_some(redirect.next)
            })
        },
    )
    .seen_in("alibabacloud-fc20230330 (Go, Java)"),
];
