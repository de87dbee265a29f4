//! The text that explains how to connect a client to the server.

use std::fmt::Write as _;

use fcgate_text::visible;

use super::demo_account::{ACCOUNT, REGION};
use super::keys::Keys;
use super::scenario::SCENARIOS;

pub(super) fn text(
    url: &str,
    keys: &Keys,
    (session_header, control): (&str, Option<&str>),
    own: &[(String, String)],
) -> String {
    let (lasting, temporary) = (&keys.lasting, &keys.temporary);
    let mut out = format!("listening on {url}\n\n");
    let rows = [
        ("endpoint", url.to_owned()),
        ("account id", ACCOUNT.to_owned()),
        ("region", REGION.to_owned()),
        ("access key id", lasting.access_key_id.clone()),
        ("secret", lasting.access_key_secret.clone()),
        (
            "temporary key",
            format!("{} with the same secret", temporary.access_key_id),
        ),
        ("security token", keys.token().to_owned()),
        ("bearer token", Keys::bearer_token().to_owned()),
        (
            "service",
            "any name; any qualifier; the paths of 2016-08-15, 2021-04-06 and 2023-03-30"
                .to_owned(),
        ),
        ("session header", session_header.to_owned()),
        (
            "HTTP trigger",
            format!("Host: FUNCTION-anyid.{REGION}.fcapp.run; any path"),
        ),
    ];
    let control = control.map(|url| ("control", url.to_owned()));
    for (name, value) in rows.into_iter().chain(control) {
        let _ = writeln!(out, "  {name:<16}{value}");
    }
    if !own.is_empty() {
        out.push_str("\nown functions and their behaviour\n");
    }
    for (name, behaviour) in own {
        let _ = writeln!(out, "  {name:<18}{}", visible::line(behaviour, 80));
    }
    out.push_str("\nfunctions and their answers\n");
    for scenario in SCENARIOS {
        let _ = writeln!(out, "  {:<18}{}", scenario.name, scenario.description);
    }
    out.push_str("  any other         404 FunctionNotFound\n");
    out
}
