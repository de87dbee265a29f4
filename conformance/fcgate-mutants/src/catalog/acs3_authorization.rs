//! Mistakes in the string to sign and the authorization of ACS3, and in the headers that it adds.

use super::signing_mutant::{acs3, acs3_adds};
use crate::mutant::Mutant;
use crate::signing::encoding::{base64, hmac};

pub(super) const MUTANTS: &[Mutant] = &[
    acs3(
        "FCG0231",
        "acs3-canonical-request-undigested",
        "signs the canonical request itself, not its digest",
        &["ACS3-SIGN-002"],
        |_, pieces| pieces.digest = <[u8]>::to_vec,
    ),
    acs3(
        "FCG0232",
        "acs3-algorithm-line-missing",
        "signs the digest of the canonical request without the algorithm line",
        &["ACS3-SIGN-002"],
        |_, pieces| pieces.algorithm = None,
    ),
    acs3(
        "FCG0233",
        "acs3-two-spaces",
        "writes two spaces after the name of the algorithm",
        &["ACS3-SIGN-003"],
        |_, pieces| pieces.after_algorithm = "  ",
    )
    .seen_in("alibabacloud-gateway-fc before its fix of April 2022"),
    acs3(
        "FCG0234",
        "acs3-commas-with-spaces",
        "writes a space after each comma of the authorization, as Signature Version 4 does",
        &["ACS3-SIGN-003"],
        |_, pieces| pieces.comma = ", ",
    ),
    acs3(
        "FCG0235",
        "acs3-signature-in-base64",
        "writes the signature in base64, as the FC scheme does",
        &["ACS3-SIGN-003"],
        |_, pieces| pieces.encoding = base64,
    ),
    acs3(
        "FCG0236",
        "acs3-signature-in-upper-case",
        "writes the hex of the signature in upper case",
        &["ACS3-SIGN-003"],
        |_, pieces| pieces.encoding = |mac| crate::signing::encoding::hex(mac).to_ascii_uppercase(),
    ),
    acs3(
        "FCG0237",
        "acs3-derived-key",
        "derives a daily key from the secret, as later signature versions do",
        &["ACS3-SIGN-002"],
        |request, pieces| {
            let day = request.given.time.get(..10).unwrap_or_default();
            let key = [b"aliyun_v4".as_slice(), &pieces.key].concat();
            pieces.key = hmac(&key, day.replace('-', "").as_bytes());
        },
    ),
    acs3(
        "FCG0238",
        "acs3-secret-cut-to-64-bytes",
        "uses only the first 64 bytes of the secret",
        &["ACS3-SIGN-002"],
        |_, pieces| pieces.key.truncate(64),
    ),
    acs3_adds(
        "FCG0241",
        "acs3-security-token-not-sent",
        "does not send the security token of temporary credentials",
        &["ACS3-SIGN-009", "FC-BUILD-023"],
        |_, added| added.remove("x-acs-security-token"),
    ),
    acs3_adds(
        "FCG0242",
        "acs3-security-token-in-the-header-of-fc",
        "sends the security token in x-fc-security-token under ACS3",
        &["ACS3-SIGN-009", "FC-BUILD-023"],
        |given, added| {
            added.remove("x-acs-security-token");
            if let Some(token) = &given.credentials.security_token {
                added.set("x-fc-security-token", token.clone());
            }
        },
    ),
    acs3_adds(
        "FCG0243",
        "acs3-date-in-http-form",
        "writes x-acs-date in the format of the Date header",
        &["ACS3-SIGN-008"],
        |given, added| {
            if added.contains("x-acs-date") {
                let date = crate::signing::encoding::imf_date(&given.time).unwrap_or_default();
                added.set("x-acs-date", date);
            }
        },
    ),
    acs3_adds(
        "FCG0244",
        "acs3-date-of-the-clock",
        "replaces the given x-acs-date by the time of its clock",
        &["ACS3-SIGN-008"],
        |given, added| added.set("x-acs-date", given.time.clone()),
    ),
    acs3_adds(
        "FCG0245",
        "acs3-nonce-forgotten",
        "sends no x-acs-signature-nonce",
        &["ACS3-SIGN-008"],
        |_, added| added.remove("x-acs-signature-nonce"),
    ),
    acs3_adds(
        "FCG0246",
        "acs3-nonce-of-its-own",
        "always sends the same x-acs-signature-nonce and ignores the given one",
        &["ACS3-SIGN-008"],
        |_, added| added.set("x-acs-signature-nonce", "1"),
    ),
    acs3_adds(
        "FCG0247",
        "acs3-payload-digest-not-sent",
        "sends no x-acs-content-sha256",
        &["ACS3-SIGN-007"],
        |_, added| added.remove("x-acs-content-sha256"),
    ),
    acs3_adds(
        "FCG0248",
        "acs3-payload-digest-of-no-bytes",
        "sends the digest of an empty body in x-acs-content-sha256 for every body",
        &["ACS3-SIGN-007"],
        |_, added| {
            added.set(
                "x-acs-content-sha256",
                fcgate_cases::oracle::sha256_hex(b""),
            );
        },
    ),
    acs3_adds(
        "FCG0249",
        "acs3-date-header",
        "adds a Date header, which the FC scheme needs and ACS3 does not",
        &["ACS3-SIGN-008"],
        |given, added| {
            if !given.headers.contains("date") {
                added.set(
                    "date",
                    crate::signing::encoding::imf_date(&given.time).unwrap_or_default(),
                );
            }
        },
    ),
    acs3(
        "FCG0250",
        "acs3-dollar-signed-raw",
        "signs a dollar sign in the path where it sends %24",
        &["ACS3-SIGN-001"],
        |_, pieces| pieces.path = pieces.path.replace("%24", "$"),
    ),
];
