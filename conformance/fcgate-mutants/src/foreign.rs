//! Foreign mistakes: realistic mistakes that are not mutants of the catalog in this form.
//!
//! The self-test runs them to measure the diagnosis. For each of them it must name a mutant that is the same
//! mistake, or none: a wrong name would accuse a client of a mistake that it does not make. They are written over
//! the trait [`Implementation`](fcgate_protocol::Implementation) and share nothing with the constructors of the
//! catalog.

mod after_signing;
mod authorizations;
mod callers_input;
mod exchanges;
mod implementation;
mod mistake;
mod outcomes;
mod payloads;
mod refusals;
mod requests;
mod responses;
mod retries;
mod signed_requests;
mod signed_texts;
mod step;

pub use self::implementation::Foreign;
pub use self::mistake::ForeignMistake;

/// Every foreign mistake.
pub fn all() -> impl Iterator<Item = &'static ForeignMistake> + Clone {
    const GROUPS: [&[ForeignMistake]; 12] = [
        signed_requests::MISTAKES,
        signed_texts::MISTAKES,
        authorizations::MISTAKES,
        callers_input::MISTAKES,
        payloads::MISTAKES,
        requests::MISTAKES,
        after_signing::MISTAKES,
        refusals::MISTAKES,
        responses::MISTAKES,
        outcomes::MISTAKES,
        exchanges::MISTAKES,
        retries::MISTAKES,
    ];
    GROUPS.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::all;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_unique_and_right_names_are_codes() {
        let names: BTreeSet<&str> = all().map(|mistake| mistake.name).collect();
        assert_eq!(names.len(), all().count());
        for mistake in all() {
            for code in mistake.right_names {
                let mutant = crate::named(code).unwrap();
                assert_eq!(mutant.code, *code);
                assert_ne!(mutant.name, mistake.name);
            }
        }
    }
}
