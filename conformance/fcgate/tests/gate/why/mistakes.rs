//! Mistakes in requests of both schemes, of every kind of request.

use fcgate_cases::oracle;

use super::mistake::{
    ADDED, Acs3Api, Acs3Trigger, BODY_CHANGED, DATE, FcApi, FcTrigger, FcUrl, HOST, METHOD,
    Mistake, NOT_SENT, PREFIX_REMOVED, PREFIXED, QUERY, QUERY_ADDED, QUERY_LOST, SIGNATURE,
    SLASHES, TYPE, VALUE, ZONE, change, retarget, secret, set, set_method, signature,
};

pub(super) const MISTAKES: [Mistake; 61] = [
    // The FC scheme.
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
    // ACS3.
    change(
        Acs3Api,
        |it| set_method(it, "PUT"),
        METHOD,
        "`PUT` was signed",
    ),
    change(
        Acs3Trigger,
        |it| set_method(it, "GET"),
        METHOD,
        "`GET` was signed",
    ),
    change(
        Acs3Api,
        |it| set(it, "x-acs-date", "2026-11-28T17:00:00Z"),
        ZONE,
        "8 h",
    ),
    change(
        Acs3Api,
        |it| set(it, "x-acs-date", "2026-11-28T09:00:02Z"),
        DATE,
        "09:00:02",
    ),
    change(
        Acs3Trigger,
        |it| set(it, "x-acs-date", "2026-11-28T09:07:00Z"),
        DATE,
        "09:07:00",
    ),
    change(
        Acs3Api,
        |it| set(it, "x-acs-date", "Sat, 28 Nov 2026 09:00:00 GMT"),
        "date-in-another-form",
        "HTTP",
    ),
    change(
        Acs3Api,
        |it| set(it, "host", "1234567890123456.cn-hangzhou.fc.aliyuncs.com"),
        HOST,
        "1234567890123456.cn-hangzhou",
    ),
    change(
        Acs3Api,
        |it| set(it, "host", "fcv3.cn-shanghai.aliyuncs.com"),
        HOST,
        "cn-shanghai",
    ),
    change(
        Acs3Api,
        |it| set(it, "host", "fcv3.cn-hangzhou.aliyuncs.com:443"),
        HOST,
        ":443",
    ),
    change(
        Acs3Trigger,
        |it| set(it, "host", "fn-abc.cn-hangzhou-vpc.fcapp.run"),
        HOST,
        "-vpc",
    ),
    change(
        Acs3Api,
        |it| set(it, "content-type", "application/json; charset=utf-8"),
        TYPE,
        "charset=utf-8",
    ),
    change(
        Acs3Api,
        |it| retarget(it, "/functions", "//functions"),
        SLASHES,
        "//functions",
    ),
    change(
        Acs3Trigger,
        |it| retarget(it, "/run", "/run/"),
        SLASHES,
        "/run/",
    ),
    change(
        Acs3Trigger,
        |it| it.target = format!("/prod{}", it.target),
        PREFIX_REMOVED,
        "`/prod`",
    ),
    change(
        Acs3Api,
        |it| retarget(it, "/2023-03-30/", "/2021-04-06/"),
        "another-revision-sent",
        "/2021-04-06/",
    ),
    change(
        Acs3Trigger,
        |it| retarget(it, "caf%C3%A9", "caf%c3%a9"),
        "path-escapes-changed-on-the-way",
        "lower case",
    ),
    change(
        Acs3Api,
        |it| retarget(it, "?qualifier=LATEST", ""),
        "acs3-query-unsigned",
        "",
    ),
    change(
        Acs3Trigger,
        |it| retarget(it, "&n=2", ""),
        QUERY_ADDED,
        "`n=2`",
    ),
    change(
        Acs3Trigger,
        |it| it.target += "&debug=true",
        QUERY_LOST,
        "`debug=true`",
    ),
    change(
        Acs3Trigger,
        |it| retarget(it, "x=1", "X=1"),
        QUERY,
        "the key was in upper case",
    ),
    change(
        Acs3Api,
        |it| {
            set(
                it,
                "x-acs-content-sha256",
                &oracle::sha256_hex(br#"{"a":1}"#),
            );
        },
        BODY_CHANGED,
        "no white space",
    ),
    change(
        Acs3Api,
        |it| set(it, "x-acs-content-sha256", &oracle::sha256_hex(b"")),
        BODY_CHANGED,
        "empty",
    ),
    secret(Acs3Api, |it| format!("\"{it}\""), "double quotes"),
    secret(Acs3Trigger, |it| it.replace('+', " "), "a plus is a space"),
    secret(Acs3Api, |_| String::new(), "the variable was empty"),
    Mistake {
        name: "secret-with-white-space",
        ..secret(Acs3Api, |it| format!("{it}\n"), "a line end")
    },
    signature(
        Acs3Api,
        |it| format!("{} {}", &it[..32], &it[32..]),
        SIGNATURE,
        "spaces",
    ),
    signature(
        Acs3Api,
        |it| it[..40].to_owned(),
        SIGNATURE,
        "its end is missing",
    ),
];
