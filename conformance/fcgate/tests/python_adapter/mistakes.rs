//! Mistakes of real client libraries, and the diagnosis of each.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::gate::{Python, judge};

/// A mistake, and the check that shows it best.
pub(crate) struct Mistake {
    pub(crate) name: &'static str,
    /// The cases that it breaks, and their neighbours. A run over all cases takes ten times as long, because the search for the mistake
    /// tries each mutant over HTTP.
    only: &'static [&'static str],
    case: &'static str,
    check: &'static str,
    /// Texts in the expected and in the actual value.
    expected: &'static str,
    actual: &'static str,
    /// The code of the mutant that gives the same answers in these cases; without one, the checks that fail.
    causes: &'static [&'static str],
}

pub(crate) const MISTAKES: [Mistake; 21] = [
    Mistake {
        name: "md5-of-hex",
        only: &["sign.*"],
        case: "sign.fc-headers.md5-base64",
        check: "string_to_sign",
        expected: "␊pzU/fN3OgI3gAydHoLe+UA==␊",
        actual: "␊YTczNTNmN2NkZGNlODA4ZGUwMDMyNzQ3YTBiN2JlNTA=␊",
        causes: &["FCG0103"],
    },
    Mistake {
        name: "unsigned-token",
        only: &["sign.fc-headers.*", "build.credentials.*"],
        case: "sign.fc-headers.token-added",
        check: "string_to_sign",
        expected: "GMT␊x-fc-security-token:CAISdummySTS+token/with==chars␊/2021",
        actual: "GMT␊/2021",
        causes: &["FCG0123"],
    },
    Mistake {
        name: "unsorted-headers",
        only: &["sign.*"],
        case: "sign.fc-headers.hyphen-digit-underscore-letter",
        check: "canonical_headers",
        expected: "x-fc-a-b:1␊x-fc-a0:2␊x-fc-a_b:3␊x-fc-ab:4␊",
        actual: "x-fc-ab:4␊x-fc-a_b:3␊x-fc-a0:2␊x-fc-a-b:1␊",
        causes: &["FCG0115"],
    },
    Mistake {
        name: "no-resource-lf",
        only: &["sign.*"],
        case: "sign.fc-trigger-vectors.ht-01",
        check: "canonical_resource",
        expected: "/2016-08-15/proxy/demoService.prod/demoFunction/␊",
        actual: "/2016-08-15/proxy/demoService.prod/demoFunction/",
        causes: &["FCG0161"],
    },
    Mistake {
        name: "escaped-path",
        only: &["sign.*"],
        case: "sign.fc-trigger-vectors.ht-02",
        check: "canonical_resource",
        expected: "path-with- -space/action",
        actual: "path-with-%20-space/action",
        causes: &["FCG0135"],
    },
    Mistake {
        name: "error-code-case",
        only: &["parse.*"],
        case: "parse.service-errors.code-access-denied",
        check: "code",
        expected: "AccessDenied",
        actual: "",
        causes: &["FCG0443"],
    },
    Mistake {
        name: "error-as-success",
        only: &["parse.*"],
        case: "parse.function-errors.csharp-exception",
        check: "kind",
        expected: "function_error",
        actual: "completed",
        causes: &["FCG0401", "FCG0402"],
    },
    Mistake {
        name: "raw-log-tail",
        only: &["parse.*"],
        case: "parse.function-errors.with-log-tail",
        check: "log_tail_b64",
        expected: "FC Invoke Start RequestId: ",
        actual: "RkMgSW52b2tlIFN0YXJ0IFJlcXVlc3RJZDog",
        causes: &["FCG0461"],
    },
    Mistake {
        name: "retries-invocation",
        only: &["invoke.basic.*-status-500-*"],
        case: "invoke.basic.2021-04-06-acs3-status-500-server-error",
        check: "requests",
        expected: "1",
        actual: "3",
        causes: &["invoke#requests"],
    },
    Mistake {
        name: "any-name",
        only: &["build.names.*"],
        case: "build.names.function-refused-2021-query",
        check: "reply",
        expected: "err input",
        actual: "ok",
        causes: &["build#reply"],
    },
    Mistake {
        name: "follows-redirects",
        only: &["invoke.redirects.elsewhere@api=2016-08-15-fc@*"],
        case: "invoke.redirects.elsewhere@api=2016-08-15-fc@status=307",
        check: "arrived.elsewhere",
        expected: "nothing reaches another origin",
        actual: "a POST with Authorization, the payload",
        causes: &["invoke#kind"],
    },
    Mistake {
        name: "cut-body-as-complete",
        only: &["invoke.framing.cut-body-by-end@*"],
        case: "invoke.framing.cut-body-by-end@api=2016-08-15-fc",
        check: "kind",
        expected: "transport_error",
        actual: "completed",
        causes: &["FCG0516"],
    },
    Mistake {
        name: "tripled-limit",
        only: &["invoke.time-limits.slow-head@*"],
        case: "invoke.time-limits.slow-head@api=2016-08-15-fc",
        check: "kind",
        expected: "transport_error",
        actual: "completed",
        causes: &["FCG0571"],
    },
    Mistake {
        name: "header-injection",
        only: &["build.header-injection.*"],
        case: "build.header-injection.value@api=2016-08-15-fc@byte=lf",
        check: "no-injection",
        expected: "a refusal, or no header",
        actual: "a line break or NUL in the header X-Custom-Header",
        causes: &["build#no-injection"],
    },
    Mistake {
        name: "logs-authorization",
        only: &[
            "invoke.basic.2016-08-15-fc-sync",
            "task.stop.*",
            "trigger.calls.get*",
        ],
        case: "invoke.basic.2016-08-15-fc-sync",
        check: "secret-leak",
        expected: "no access key secret, security token or Authorization value",
        actual: "on standard error",
        causes: &[
            "invoke#secret-leak",
            "task#secret-leak",
            "trigger#secret-leak",
        ],
    },
    Mistake {
        name: "no-payload",
        only: &["invoke.arrived.text-payload@*"],
        case: "invoke.arrived.text-payload@api=2016-08-15-fc",
        check: "arrived.body",
        expected: "city",
        actual: "",
        causes: &["FCG0330"],
    },
    Mistake {
        name: "no-options",
        only: &["invoke.arrived.caller-headers@*"],
        case: "invoke.arrived.caller-headers@api=2016-08-15-fc",
        check: "arrived.header.x-request-tag",
        expected: "t1",
        actual: "",
        causes: &["FCG0355"],
    },
    Mistake {
        name: "empty-second-attempt",
        only: &["invoke.arrived.second-attempt@*"],
        case: "invoke.arrived.second-attempt@api=2016-08-15-fc",
        check: "arrived.again.body",
        expected: "key",
        actual: "",
        causes: &["FCG0544"],
    },
    Mistake {
        name: "length-in-characters",
        only: &["invoke.arrived.text-payload@*"],
        case: "invoke.arrived.text-payload@api=2016-08-15-fc",
        check: "arrived.framing",
        expected: "a Content-Length in bytes",
        actual: "a Content-Length in characters",
        causes: &["FCG0548"],
    },
    Mistake {
        name: "stopped-clock",
        only: &["invoke.arrived.clock@*"],
        case: "invoke.arrived.clock@api=2016-08-15-fc",
        check: "arrived.date",
        expected: "within 15 minutes",
        actual: "in the year 1970",
        causes: &["FCG0542"],
    },
    Mistake {
        name: "same-nonce",
        only: &["invoke.arrived.nonce@*", "invoke.arrived.another-nonce@*"],
        case: "invoke.arrived.nonce@api=2021-04-06-acs3",
        check: "arrived.nonce",
        expected: "a nonce that no earlier request",
        actual: "the nonce of an earlier request",
        causes: &["FCG0543"],
    },
];

impl Mistake {
    /// Runs the adapter with the mistake. The run must fail with these causes and no other.
    pub(crate) fn is_diagnosed(&self, python: &Python) {
        let run = judge(python, self.only, &["--break", self.name]);
        assert_eq!(run.exit, Some(1), "{}", run.text);
        assert!(run.text.contains("verdict: nonconforming (exit 1)"));

        let check = run.check(self.case, self.check);
        let side = |side: &str| check[side].as_str().unwrap_or_default().to_owned();
        assert_eq!(check["status"], "fail", "{check}");
        assert!(side("expected").contains(self.expected), "{check}");
        assert!(side("actual").contains(self.actual), "{check}");
        assert_ne!(side("actual"), side("expected"));

        let causes: BTreeSet<&str> = run.failed_required().map(cause_of).collect();
        let expected: BTreeSet<&str> = self.causes.iter().copied().collect();
        assert_eq!(causes, expected);
    }
}

fn cause_of(case: &Value) -> &str {
    assert_eq!(case["status"], "fail", "{case}");
    case["cause"].as_str().unwrap()
}
