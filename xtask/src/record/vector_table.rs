//! What each signature vector shows, and what goes wrong without it.

pub(super) struct Row {
    pub(super) id: &'static str,
    pub(super) requirements: &'static [&'static str],
    pub(super) because: &'static str,
    /// The manual page that says the same, where one does.
    pub(super) manual: Option<&'static str>,
}

const fn row(
    id: &'static str,
    requirements: &'static [&'static str],
    because: &'static str,
    manual: Option<&'static str>,
) -> Row {
    Row {
        id,
        requirements,
        because,
        manual,
    }
}

const PAGE: Option<&str> = Some("manual page 'Signature authentication'");
const V3: Option<&str> = Some("manual page 'V3 request syntax and signature method'");

pub(super) const ROWS: &[Row] = &[
    row(
        "FC-01",
        &["FC-SIGN-001", "FC-SIGN-002", "FC-SIGN-003"],
        "Who lays the six pieces out differently is answered 403 on the first call.",
        PAGE,
    ),
    row(
        "FC-02",
        &["FC-SIGN-010", "FC-SIGN-012"],
        "Who signs the query is answered 403 on every call with a qualifier.",
        PAGE,
    ),
    row(
        "FC-03",
        &["FC-SIGN-010", "FC-SIGN-012"],
        "Who leaves the suffix out of the resource is answered 403 on every call with a qualifier.",
        PAGE,
    ),
    row(
        "FC-04",
        &["FC-SIGN-004"],
        "Who leaves an absent header's line out, or writes a word there, is answered 403 when there is no payload.",
        PAGE,
    ),
    row(
        "FC-05a",
        &["FC-SIGN-004"],
        "Who replaces the given Content-MD5 by another spelling signs what is not sent.",
        PAGE,
    ),
    row(
        "FC-05b",
        &["FC-SIGN-004"],
        "Who replaces the given Content-MD5 by another spelling signs what is not sent.",
        PAGE,
    ),
    row(
        "FC-08",
        &["FC-SIGN-008", "FC-SIGN-009"],
        "Who folds blanks or changes case in a value signs another value than the one that is sent.",
        None,
    ),
    row(
        "FC-09",
        &["FC-SIGN-014"],
        "HTTP strips the outer white space, so the padded value that every SDK signs never arrives.",
        None,
    ),
    row(
        "FC-11",
        &["FC-SIGN-008", "FC-SIGN-013"],
        "Who does not send and sign the token cannot use temporary credentials.",
        PAGE,
    ),
    row(
        "FC-14",
        &["FC-SIGN-014"],
        "Three official SDKs sign three different texts for a repeated name.",
        None,
    ),
    row(
        "FC-15",
        &["FC-SIGN-004"],
        "Who cuts the parameters off the content type is answered 403.",
        PAGE,
    ),
    row(
        "FC-16",
        &["FC-SIGN-006"],
        "The date is copied, never written anew; whether the service reads this spelling is unknown.",
        None,
    ),
    row(
        "FC-17",
        &["FC-SIGN-005"],
        "Who mixes the payload into the text is answered 403 on every call with a payload.",
        PAGE,
    ),
    row(
        "FC-19",
        &["FC-SIGN-014"],
        "The SDKs sign UTF-8, while most HTTP stacks refuse or transcode such a value.",
        None,
    ),
    row(
        "HT-01",
        &["FC-SIGN-020"],
        "Without the final line end every call without a query is answered 403 (fc-go-sdk issue 32).",
        None,
    ),
    row(
        "HT-02",
        &["FC-SIGN-021", "FC-SIGN-022"],
        "Who merges repeated keys or signs the escapes is answered 403.",
        PAGE,
    ),
    row(
        "HT-05",
        &["FC-SIGN-024"],
        "Who puts the proxy path in front on such a host is answered 403.",
        None,
    ),
    row(
        "HT-07",
        &["FC-SIGN-021"],
        "Who keeps the wire order, or splits a value at its semicolon, is answered 403.",
        None,
    ),
    row(
        "HT-08",
        &["FC-SIGN-008", "FC-SIGN-020"],
        "Who sorts before lower-casing the names is answered 403 when their case is mixed.",
        PAGE,
    ),
    row(
        "HT-09",
        &["FC-SIGN-030", "FC-SIGN-031"],
        "A pre-signed URL that signs its own signature, or not its expiry, never opens.",
        None,
    ),
    row(
        "KA-01",
        &["FC-SIGN-022", "FC-SIGN-030", "FC-SIGN-031"],
        "A pre-signed URL with repeated keys, a token and signed headers must open as the Go SDK's does.",
        None,
    ),
    row(
        "AC-01",
        &[
            "ACS3-SIGN-001",
            "ACS3-SIGN-002",
            "ACS3-SIGN-003",
            "ACS3-SIGN-005",
        ],
        "Who lays the canonical request out differently is refused on the first call.",
        V3,
    ),
    row(
        "AC-02",
        &["ACS3-SIGN-001", "ACS3-SIGN-004"],
        "Who leaves the query out, as the FC scheme does, is refused on every call with a qualifier.",
        V3,
    ),
    row(
        "AC-03",
        &["ACS3-SIGN-001", "ACS3-SIGN-007"],
        "Who leaves the hash line empty is refused on every call without a payload.",
        V3,
    ),
    row(
        "AC-05",
        &["ACS3-SIGN-005", "ACS3-SIGN-006"],
        "A padded value may be refused or signed trimmed; official SDKs trim.",
        V3,
    ),
    row(
        "AC-07",
        &["ACS3-SIGN-004"],
        "Who drops the equals sign of an empty value is refused, as gateway-fc would be.",
        V3,
    ),
    row(
        "AC-08",
        &["ACS3-SIGN-005"],
        "The recipe for FC 3.0 HTTP triggers signs neither the host nor the payload hash.",
        Some("manual page 'Configure signature authentication for HTTP triggers' (FC 3.0)"),
    ),
];

pub(super) fn find(id: &str) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.id == id)
}
