//! Mistakes in requests of ACS3.

use fcgate_cases::oracle;

use super::mistake::{
    Acs3Api, Acs3Trigger, BODY_CHANGED, DATE, HOST, METHOD, Mistake, PREFIX_REMOVED, QUERY,
    QUERY_ADDED, QUERY_LOST, SIGNATURE, SLASHES, TYPE, ZONE, change, retarget, secret, set,
    set_method, signature,
};

pub(super) const MISTAKES: [Mistake; 28] = [
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
