//! The properties of the ACS3 signature.

use proptest::collection::vec;
use proptest::prelude::{Strategy, any};

use fcgate_cases::corpus::Stimulus;
use fcgate_protocol::{HeaderList, Scheme, capability};

use super::family::Family;
use super::fc::{change_case, reorder_and_reencode_query};
use super::requests::{Parts, parts, verifying};

const ACS3: &[&str] = &[capability::SIGN_ACS3, capability::CRED_STS];

pub(super) const FAMILIES: &[Family] = &[
    Family::new(
        "property.acs3-verifies",
        "ACS3: the signature of every request verifies with the list of signed names that is sent",
        "A mistake that affects one request in a thousand is hard to find.",
        &[
            "ACS3-SIGN-001",
            "ACS3-SIGN-002",
            "ACS3-SIGN-005",
            "ACS3-SIGN-007",
        ],
        ACS3,
        || {
            parts()
                .prop_map(|parts| vec![acs3(&parts, &parts.target())])
                .boxed()
        },
    ),
    Family::new(
        "property.acs3-query",
        "ACS3: order and escapes of the query on the wire do not change the signature",
        "Other libraries than the signer build query strings.",
        &["ACS3-SIGN-004"],
        ACS3,
        || {
            let drawn = (parts(), vec(any::<u32>(), 4));
            drawn
                .prop_map(|(mut parts, masks)| {
                    // No source documents the order of repeated keys.
                    parts.query.sort();
                    parts.query.dedup_by(|one, other| one.0 == other.0);
                    vec![acs3(&parts, &reorder_and_reencode_query(&parts, &masks))]
                })
                .boxed()
        },
    ),
    Family::new(
        "property.acs3-header-names",
        "ACS3: the spelling and the order of the headers do not change the signature",
        "Frameworks change the spelling of names, and the wire has no fixed order.",
        &["ACS3-SIGN-005"],
        ACS3,
        || {
            let drawn = (parts(), vec(any::<u32>(), 12));
            drawn
                .prop_map(|(parts, masks)| {
                    let mut headers = of_acs3(&parts);
                    for ((name, _), mask) in headers.iter_mut().zip(&masks) {
                        *name = change_case(name, *mask);
                    }
                    let mut keys = masks.into_iter().cycle();
                    headers.sort_by_cached_key(|_| keys.next());
                    vec![verifying(parts.input(
                        Scheme::Acs3,
                        &parts.target(),
                        headers,
                    ))]
                })
                .boxed()
        },
    ),
];

/// Returns the headers of an ACS3 request, without Date and Content-MD5, which ACS3 does not use.
fn of_acs3(parts: &Parts) -> HeaderList {
    let mut headers = parts.all_headers();
    headers.retain(|(name, _)| name != "Date" && name != "Content-MD5");
    headers.push("x-acs-action".to_owned(), "InvokeFunction".to_owned());
    headers.push("x-acs-version".to_owned(), "2021-04-06".to_owned());
    headers
}

fn acs3(parts: &Parts, target: &str) -> Stimulus {
    verifying(parts.input(Scheme::Acs3, target, of_acs3(parts)))
}
