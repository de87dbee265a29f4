//! The next step for the user after a run.

use crate::verdict::Verdict;
use fcgate_cases::Profile;
use fcgate_protocol::capability;

use super::escape::{escape, escape_line};
use super::report_data::Report;
use super::totals::{gating_first, shown_case};

/// Returns the next command or step for the user.
pub fn next_step(report: &Report) -> String {
    let first = gating_first(report)
        .into_iter()
        .find_map(|cause| shown_case(report, cause));
    if report.served {
        let rule =
            first.and_then(|case| case.cause.as_deref().filter(|code| code.starts_with("FCG")));
        let rule = rule.or(first.and_then(|case| case.requirements.first().map(String::as_str)));
        return match rule {
            Some(rule) => format!("fcgate explain {}", escape_line(rule)),
            None if report.cases.is_empty() => {
                "send requests from a client to the address".to_owned()
            }
            None => "write an adapter: `fcgate run` runs every case".to_owned(),
        };
    }
    match (report.verdict, first) {
        (Verdict::Nonconforming, Some(case)) => format!("fcgate explain {}", escape_line(&case.id)),
        (Verdict::Conforming, _) if report.built_in => {
            "fcgate init python    (or node, go, java, rust) writes an adapter to fill in"
                .to_owned()
        }
        (Verdict::Conforming, _) => "fcgate run --report html=fcgate.html".to_owned(),
        (Verdict::Adapter, _) => "run the adapter by hand; it reads JSON lines".to_owned(),
        (Verdict::Incomplete, _) => incomplete(report),
        _ => "fcgate list".to_owned(),
    }
}

/// Returns the next step after an incomplete run: which capabilities to declare.
fn incomplete(report: &Report) -> String {
    let hello = match &report.adapter_file {
        Some(file) => format!("in `hello()` in {}", escape(file)),
        None => "in its `hello`".to_owned(),
    };
    let of_profile = report.rules.profile.map(|profile| {
        let capabilities = missing_capabilities(report, profile);
        (profile, capabilities, required_parts(report, profile))
    });
    match of_profile {
        Some((profile, names, _)) if !names.is_empty() => {
            format!("declare {names} {hello}: the profile {profile} requires it")
        }
        Some((profile, _, names)) if !names.is_empty() => {
            format!(
                "offer {names} and remove it from `lacks` {hello}: the profile {profile} requires it"
            )
        }
        _ if report.claims.capabilities.is_empty() => {
            format!("declare the adapter's capabilities {hello}; start with `sign.fc` or `parse`")
        }
        _ => "fcgate list".to_owned(),
    }
}

/// Returns the lacking parts that the profile requires.
fn required_parts(report: &Report, profile: Profile) -> String {
    let lacks = &report.claims.lacks;
    let lacking = |part: &&str| lacks.iter().any(|name| name == part);
    profile
        .parts()
        .filter(lacking)
        .collect::<Vec<_>>()
        .join(", ")
}

/// Returns the undeclared capabilities of the profile. One signature scheme is enough, except for the profile `full`.
fn missing_capabilities(report: &Report, profile: Profile) -> String {
    let schemes = [capability::SIGN_FC, capability::SIGN_ACS3];
    let claimed = |name: &str| report.claims.capabilities.iter().any(|one| one == name);
    let one_is_enough = profile != Profile::Full;
    let mut names: Vec<String> = profile
        .capabilities()
        .filter(|name| !(claimed(name) || one_is_enough && schemes.contains(name)))
        .map(str::to_owned)
        .collect();
    if one_is_enough && !schemes.into_iter().any(claimed) {
        names.push(schemes.join(" or "));
    }
    names.join(", ")
}
