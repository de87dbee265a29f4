//! Mistakes in requests of the `FC` scheme.

use super::mistake::{
    ADDED, DATE, FcApi, FcTrigger, FcUrl, METHOD, Mistake, NOT_SENT, PREFIX_REMOVED, PREFIXED,
    QUERY, QUERY_ADDED, QUERY_LOST, SIGNATURE, SLASHES, TYPE, VALUE, ZONE, change, retarget,
    secret, set, set_method, signature,
};

pub(super) const MISTAKES: [Mistake; 33] = [
    change(
        FcApi,
        |it| set_method(it, "GET"),
        METHOD,
        "`GET` was signed",
    ),
    change(
        FcTrigger,
        |it| set_method(it, "GET"),
        METHOD,
        "`GET` was signed",
    ),
    change(
        FcUrl,
        |it| set_method(it, "POST"),
        METHOD,
        "`POST` was signed",
    ),
    change(
        FcApi,
        |it| set(it, "date", "Sat, 28 Nov 2026 01:00:00 GMT"),
        ZONE,
        "8 h",
    ),
    change(
        FcTrigger,
        |it| set(it, "date", "Sat, 28 Nov 2026 14:30:00 GMT"),
        ZONE,
        "5 h 30 min",
    ),
    change(
        FcApi,
        |it| set(it, "date", "Sat, 28 Nov 2026 08:59:57 GMT"),
        DATE,
        "08:59:57",
    ),
    change(
        FcApi,
        |it| set(it, "date", "2026-11-28T09:00:00Z"),
        "date-in-another-form",
        "ISO 8601",
    ),
    change(
        FcTrigger,
        |it| set(it, "date", "1795856400"),
        "date-in-another-form",
        "Unix seconds",
    ),
    change(
        FcUrl,
        |it| retarget(it, "x-fc-expires=1795860000", "x-fc-expires=1795856400"),
        "expiry-changed-after-signing",
        "1795856400",
    ),
    change(
        FcApi,
        |it| it.headers.remove("x-fc-log-type"),
        "headers-unsigned",
        "",
    ),
    change(
        FcApi,
        |it| it.headers.remove("content-type"),
        "content-type-left-out",
        "",
    ),
    change(
        FcTrigger,
        |it| it.headers.remove("x-fc-trace-id"),
        ADDED,
        "x-fc-trace-id",
    ),
    change(
        FcApi,
        |it| set(it, "x-fc-invocation-type", "Async"),
        NOT_SENT,
        "`x-fc-invocation-type: Async`",
    ),
    change(
        FcTrigger,
        |it| set(it, "x-fc-account-id", "1234567890123456"),
        NOT_SENT,
        "x-fc-account-id",
    ),
    change(
        FcUrl,
        |it| set(it, "content-type", "application/json"),
        NOT_SENT,
        "content-type",
    ),
    change(
        FcApi,
        |it| set(it, "x-fc-log-type", "None"),
        VALUE,
        "`None`",
    ),
    change(
        FcTrigger,
        |it| set(it, "content-type", "text/html"),
        TYPE,
        "text/html",
    ),
    change(FcApi, |it| it.target += "/", SLASHES, "invocations/"),
    change(
        FcTrigger,
        |it| retarget(it, "/v1", "//v1"),
        SLASHES,
        "/api//v1",
    ),
    change(
        FcApi,
        |it| it.target = format!("/api/v1{}", it.target),
        PREFIX_REMOVED,
        "`/api/v1`",
    ),
    change(FcTrigger, |it| retarget(it, "/api", ""), PREFIXED, "`/api`"),
    change(
        FcApi,
        |it| retarget(it, "/invocations", ""),
        "path-extended-on-the-way",
        "/invocations",
    ),
    change(
        FcTrigger,
        |it| retarget(it, "&n=2", ""),
        QUERY_ADDED,
        "`n=2`",
    ),
    change(
        FcUrl,
        |it| retarget(it, "&from=wechat", ""),
        QUERY_ADDED,
        "`from=wechat`",
    ),
    change(
        FcTrigger,
        |it| it.target += "&qualifier=LATEST",
        QUERY_LOST,
        "`qualifier=LATEST`",
    ),
    change(
        FcTrigger,
        |it| retarget(it, "x=1", "x=1%20"),
        QUERY,
        "a space after the value",
    ),
    secret(FcApi, |it| format!("'{it}'"), "single quotes"),
    secret(FcTrigger, str::to_ascii_lowercase, "lower case"),
    secret(FcUrl, |it| format!("{it}&"), "ampersand"),
    Mistake {
        name: "secret-with-white-space",
        ..secret(FcUrl, |it| format!(" {it}"), "a space before")
    },
    signature(
        FcApi,
        |it| {
            it.replace('=', "%3D")
                .replace('+', "%2B")
                .replace('/', "%2F")
        },
        SIGNATURE,
        "percent-encoded",
    ),
    signature(FcTrigger, |it| format!("\"{it}\""), SIGNATURE, "quotes"),
    signature(
        FcApi,
        |it| it.trim_end_matches('=').to_owned(),
        "signature-without-padding",
        "",
    ),
];
