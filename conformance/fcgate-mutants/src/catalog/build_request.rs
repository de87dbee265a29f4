//! Mistakes in the path, the query, the method and the body of a request.

use super::request_change::{build, change_path, names, qualifier, set_query};
use super::tidied_text::{round_large_numbers, unescape};
use crate::mutant::Mutant;

pub(super) const MUTANTS: &[Mutant] = &[
    build(
        "FCG0301",
        "qualifier-in-path",
        "writes the qualifier into the path, after a dot, on revisions after 2016-08-15",
        &["FC-BUILD-004"],
        |input, request| {
            if input.revision != "2016-08-15"
                && let Some(qualifier) = qualifier(input)
            {
                set_query(request, "");
                let before = match input.revision.as_str() {
                    "2023-03-30" => "/invocations",
                    _ => "/functions/",
                };
                let with = format!(".{qualifier}{before}");
                change_path(request, |path| path.replacen(before, &with, 1));
            }
        },
    )
    .seen_in("fc-go-sdk, when it is given the version 2021-04-06"),
    build(
        "FCG0302",
        "qualifier-in-query-of-2016",
        "sends the qualifier as a query parameter on 2016-08-15",
        &["FC-BUILD-002"],
        |input, request| {
            if input.revision == "2016-08-15"
                && let Some(qualifier) = qualifier(input)
            {
                change_path(request, |path| {
                    path.replacen(&format!(".{qualifier}/"), "/", 1)
                });
                set_query(request, &format!("qualifier={qualifier}"));
            }
        },
    ),
    build(
        "FCG0303",
        "qualifier-left-out",
        "does not send the qualifier",
        &["FC-BUILD-002", "FC-BUILD-004"],
        |input, request| {
            if let Some(qualifier) = qualifier(input) {
                change_path(request, |path| {
                    path.replacen(&format!(".{qualifier}/"), "/", 1)
                });
                set_query(request, "");
            }
        },
    )
    .seen_in("fc-csharp-sdk, by a misplaced comma"),
    build(
        "FCG0304",
        "qualifier-defaults-to-latest",
        "sends the qualifier LATEST if the caller set none",
        &["FC-BUILD-005"],
        |input, request| {
            if qualifier(input).is_none() {
                if input.revision == "2016-08-15" {
                    let with = ".LATEST/functions/";
                    change_path(request, |path| path.replacen("/functions/", with, 1));
                } else {
                    set_query(request, "qualifier=LATEST");
                }
            }
        },
    )
    .seen_in("devsapp/fc-remote-invoke, for event functions"),
    build(
        "FCG0305",
        "path-without-invocations",
        "leaves the last segment, invocations, out of the path",
        &["FC-BUILD-001", "FC-BUILD-002", "FC-BUILD-003"],
        |_, request| change_path(request, |path| path.replacen("/invocations", "", 1)),
    )
    .seen_in("the manual's page of 2016-08-15 as it was"),
    build(
        "FCG0306",
        "service-in-path-of-2023",
        "writes a service into the path on 2023-03-30",
        &["FC-BUILD-003"],
        |input, request| {
            if input.revision == "2023-03-30" {
                let service = input.input.service.as_deref().unwrap_or("default");
                let services = format!("/2023-03-30/services/{service}/functions/");
                change_path(request, |path| {
                    path.replacen("/2023-03-30/functions/", &services, 1)
                });
            }
        },
    ),
    build(
        "FCG0307",
        "path-of-another-revision",
        "sends a request of 2021-04-06 to the path of 2016-08-15",
        &["FC-BUILD-001"],
        |_, request| {
            change_path(request, |path| {
                path.replacen("/2021-04-06/", "/2016-08-15/", 1)
            });
        },
    )
    .seen_in("aliyun-fc2, @alicloud/fc2, fc-java-sdk: they know 2016-08-15 only"),
    build(
        "FCG0308",
        "path-with-trailing-slash",
        "ends the path with a slash",
        &["FC-BUILD-001", "FC-BUILD-002", "FC-BUILD-003"],
        |_, request| change_path(request, |path| path + "/"),
    ),
    build(
        "FCG0309",
        "method-put",
        "sends the request with PUT",
        &["FC-BUILD-001"],
        |_, request| "PUT".clone_into(&mut request.method),
    ),
    build(
        "FCG0310",
        "method-in-lower-case",
        "writes the method in lower case",
        &["FC-BUILD-001"],
        |_, request| request.method.make_ascii_lowercase(),
    ),
    build(
        "FCG0311",
        "names-in-lower-case",
        "writes the names of service and function in lower case",
        &["FC-BUILD-001", "FC-BUILD-002", "FC-BUILD-003"],
        |input, request| names(input, request, str::to_ascii_lowercase),
    ),
    build(
        "FCG0312",
        "names-cut-to-64",
        "cuts the names of service and function to 64 characters",
        &["FC-BUILD-001", "FC-BUILD-002", "FC-BUILD-003"],
        |input, request| names(input, request, |name| name.chars().take(64).collect()),
    ),
    build(
        "FCG0313",
        "names-hyphen-to-underscore",
        "replaces hyphens in the names of service and function by underscores",
        &["FC-BUILD-001", "FC-BUILD-002", "FC-BUILD-003"],
        |input, request| names(input, request, |name| name.replace('-', "_")),
    ),
    build(
        "FCG0321",
        "payload-as-text",
        "sends the payload as text, which replaces bytes that are not UTF-8",
        &["FC-BUILD-013"],
        |_, request| {
            request.body = String::from_utf8_lossy(&request.body)
                .into_owned()
                .into_bytes();
        },
    )
    .seen_in("@alicloud/fc-open20210406 and @alicloud/fc20230330 (Node)"),
    build(
        "FCG0322",
        "payload-in-base64",
        "sends the payload in base64",
        &["FC-BUILD-013"],
        |_, request| request.body = crate::signing::encoding::base64(&request.body).into_bytes(),
    ),
    build(
        "FCG0323",
        "payload-as-json-text",
        "sends the payload as a JSON string",
        &["FC-BUILD-013"],
        |_, request| {
            let text = String::from_utf8_lossy(&request.body).into_owned();
            request.body = serde_json::Value::String(text).to_string().into_bytes();
        },
    )
    .seen_in("the SDKs, under their option for the old signature"),
    build(
        "FCG0324",
        "payload-reformatted",
        "parses a JSON payload and serializes it again",
        &["FC-BUILD-013"],
        |_, request| {
            if let Ok(json) = serde_json::from_slice::<serde_json::Value>(&request.body) {
                request.body = json.to_string().into_bytes();
            }
        },
    ),
    build(
        "FCG0325",
        "payload-braces-for-empty",
        "sends an empty JSON object if there is no payload",
        &["FC-BUILD-013"],
        |_, request| {
            if request.body.is_empty() {
                request.body = b"{}".to_vec();
            }
        },
    ),
    build(
        "FCG0326",
        "payload-line-ends-changed",
        "replaces CR LF in the payload by LF",
        &["FC-BUILD-013"],
        |_, request| {
            let mut bytes = request.body.iter().copied().peekable();
            let mut body = Vec::new();
            while let Some(byte) = bytes.next() {
                if byte != b'\r' || bytes.peek() != Some(&b'\n') {
                    body.push(byte);
                }
            }
            request.body = body;
        },
    ),
    build(
        "FCG0327",
        "payload-cut-at-nul",
        "sends the payload up to its first zero byte",
        &["FC-BUILD-013"],
        |_, request| {
            let end = request.body.iter().position(|byte| *byte == 0);
            request.body.truncate(end.unwrap_or(request.body.len()));
        },
    ),
    build(
        "FCG0328",
        "payload-without-byte-order-mark",
        "removes a byte order mark from the payload",
        &["FC-BUILD-013"],
        |_, request| {
            if let Some(rest) = request.body.strip_prefix(b"\xef\xbb\xbf") {
                request.body = rest.to_vec();
            }
        },
    ),
    build(
        "FCG0329",
        "payload-decoded",
        "decodes a payload that is base64 text",
        &["FC-BUILD-013"],
        |_, request| {
            use base64::Engine as _;
            let decoded = base64::engine::general_purpose::STANDARD.decode(&request.body);
            request.body = decoded.unwrap_or(std::mem::take(&mut request.body));
        },
    ),
    build(
        "FCG0330",
        "payload-left-out",
        "does not send the payload",
        &["FC-BUILD-013", "FC-INVOKE-019"],
        |_, request| request.body.clear(),
    ),
    build(
        "FCG0331",
        "payload-cut-at-4-kib",
        "sends the first 4 KiB of the payload",
        &["FC-BUILD-013", "FC-INVOKE-019"],
        |_, request| request.body.truncate(4096),
    ),
    build(
        "FCG0332",
        "payload-without-white-space-at-its-end",
        "removes white space and line ends from the end of the payload",
        &["FC-BUILD-013", "FC-INVOKE-019"],
        |_, request| request.body.truncate(request.body.trim_ascii_end().len()),
    ),
    build(
        "FCG0333",
        "payload-cut-at-64-kib",
        "sends the first 65,536 bytes of the payload",
        &["FC-BUILD-013"],
        |_, request| request.body.truncate(1 << 16),
    ),
    build(
        "FCG0334",
        "payload-null-is-empty",
        "sends an empty body for the payload null",
        &["FC-BUILD-013"],
        |_, request| {
            if request.body == b"null" {
                request.body.clear();
            }
        },
    ),
    build(
        "FCG0335",
        "payload-numbers-as-floats",
        "rounds whole numbers above 2^53 in a JSON payload",
        &["FC-BUILD-013"],
        |_, request| request.body = round_large_numbers(&request.body),
    ),
    build(
        "FCG0336",
        "payload-unescaped",
        "replaces HTML escapes in the payload by their characters",
        &["FC-BUILD-013"],
        |_, request| request.body = unescape(&request.body),
    ),
    build(
        "FCG0337",
        "dollar-escaped-twice",
        "sends %2524 for the dollar sign in the name of a function of 2.0",
        &["FC-BUILD-003"],
        |_, request| change_path(request, |path| path.replace("%24", "%2524")),
    )
    .seen_in("alibabacloud-fc20230330, when the caller has escaped the name"),
];
