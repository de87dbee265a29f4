//! All mutants, one file for each group.

mod acs3_authorization;
mod acs3_canonical_request;
mod build_caller_values;
mod build_headers;
mod build_request;
mod captured_only;
mod constructor;
mod fc_authorization;
mod fc_headers;
mod fc_lines;
mod fc_resource;
mod fc_triggers;
mod http_behaviour;
mod http_earlier_calls;
mod http_framing;
mod http_incomplete;
mod http_long_results;
mod http_redirects;
mod http_requests;
mod http_results;
mod http_retries;
mod http_second_invocations;
mod http_task_requests;
mod http_task_results;
mod http_task_waits;
mod http_time_limits;
mod http_triggers;
mod invalid_input_accepted;
mod judge_comparisons;
mod parse_errors;
mod parse_measurements;
mod parse_outcome;
mod parse_payload;
mod request_change;
mod sessions;
mod signing_mutant;
mod tidied_text;
mod trigger_authentication;
mod wrong_outcomes;
mod wrong_refusals;

use std::collections::BTreeSet;

use crate::mutant::Mutant;

/// The groups, in the order of the codes.
const GROUPS: [&[Mutant]; 35] = [
    fc_lines::MUTANTS,
    fc_headers::MUTANTS,
    fc_resource::MUTANTS,
    fc_authorization::MUTANTS,
    fc_triggers::MUTANTS,
    acs3_canonical_request::MUTANTS,
    acs3_authorization::MUTANTS,
    build_request::MUTANTS,
    build_headers::MUTANTS,
    build_caller_values::MUTANTS,
    invalid_input_accepted::MUTANTS,
    parse_outcome::MUTANTS,
    parse_payload::MUTANTS,
    parse_errors::MUTANTS,
    parse_measurements::MUTANTS,
    http_behaviour::MUTANTS,
    http_framing::MUTANTS,
    http_retries::MUTANTS,
    http_requests::MUTANTS,
    http_redirects::MUTANTS,
    http_incomplete::MUTANTS,
    http_second_invocations::MUTANTS,
    http_results::MUTANTS,
    http_time_limits::MUTANTS,
    http_long_results::MUTANTS,
    http_earlier_calls::MUTANTS,
    http_triggers::MUTANTS,
    wrong_refusals::MUTANTS,
    wrong_outcomes::MUTANTS,
    sessions::MUTANTS,
    trigger_authentication::MUTANTS,
    judge_comparisons::MUTANTS,
    http_task_requests::MUTANTS,
    http_task_results::MUTANTS,
    http_task_waits::MUTANTS,
];

/// Every mutant that a case can show, in the order of the codes.
pub fn all() -> impl Iterator<Item = &'static Mutant> + Clone {
    GROUPS.into_iter().flatten()
}

/// The mistakes that only a captured request can show: the client changes the request between signing
/// and sending.
///
/// No case can show them, so that [`all`] does not return them.
pub fn captured_only() -> impl Iterator<Item = &'static Mutant> + Clone {
    captured_only::MUTANTS.iter()
}

/// The mutant of this name or code among [`all`].
pub fn named(name: &str) -> Option<&'static Mutant> {
    all().find(|mutant| is_named(mutant, name))
}

/// The mutant of this name or code among [`all`] and [`captured_only()`].
pub fn any_named(name: &str) -> Option<&'static Mutant> {
    all()
        .chain(captured_only())
        .find(|mutant| is_named(mutant, name))
}

fn is_named(mutant: &Mutant, name: &str) -> bool {
    mutant.name == name || mutant.code.eq_ignore_ascii_case(name)
}

/// The ids of the requirements that at least one of [`all`] breaks.
pub fn broken_requirements() -> BTreeSet<&'static str> {
    all()
        .flat_map(|mutant| mutant.requirements.iter().copied())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{all, captured_only};
    use std::collections::BTreeSet;

    #[test]
    fn codes_and_names_are_unique_and_in_order() {
        let codes: Vec<&str> = all()
            .chain(captured_only())
            .map(|mutant| mutant.code)
            .collect();
        assert!(codes.is_sorted() && codes.windows(2).all(|pair| pair[0] != pair[1]));
        let names: BTreeSet<&str> = all()
            .chain(captured_only())
            .map(|mutant| mutant.name)
            .collect();
        assert_eq!(names.len(), codes.len());
    }

    #[test]
    fn a_code_is_fcg_and_four_digits_and_a_name_is_words_with_dashes() {
        for mutant in all().chain(captured_only()) {
            let digits = mutant.code.strip_prefix("FCG").unwrap();
            assert!(digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()));
            let word = |word: &str| {
                !word.is_empty()
                    && word
                        .bytes()
                        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            };
            assert!(mutant.name.split('-').all(word), "{}", mutant.name);
        }
    }
}
