//! Mutants: a right implementation with one mistake each, most of them made by real SDKs.
//!
//! They prove that every check of the corpus can fail, and they name the mistake behind a red case.
//! They share no code with the crates that are judged: what is signed is put together by a plain model
//! of the published rule, in which one piece is then spoiled.
#![expect(
    clippy::exhaustive_enums,
    clippy::exhaustive_structs,
    reason = "a package of the gate: its users are the other packages, released together with it"
)]

mod accepting;
mod acs3;
mod acs3_form;
mod acs3_pieces;
mod attempts;
mod build_change;
mod build_headers;
mod building;
mod comparing;
pub mod diagnosis;
mod fc_form;
mod fc_header_block;
mod fc_lines;
mod fc_pieces;
mod fc_resource;
mod fc_triggers;
mod framing;
mod http;
mod http_behaviour;
mod http_framing;
mod http_repeating;
mod mistake;
mod mutated;
mod on_the_way;
mod parsing;
mod parsing_errors;
mod parsing_figures;
mod reasons;
mod reasons_of_outcomes;
mod resign;
mod signable;
mod signing;
mod spelling;

use std::collections::BTreeSet;
use std::fmt;

use fcgate_cases::corpus::Operation;
use fcgate_cases::judge::Comparer;

pub use self::mutated::Mutated;
pub use self::resign::{Resigned, of_signing, resign};

use self::mistake::Mistake;

/// A mistake with its name.
#[derive(Clone, Copy)]
pub struct Mutant {
    /// The code, never used again for another mistake: `FCG0101`.
    pub code: &'static str,
    /// Its name: lower-case words with dashes.
    pub name: &'static str,
    /// What it does, one sentence without its full stop.
    pub summary: &'static str,
    /// Who really does that; nothing where nobody is known to.
    pub seen_in: Option<&'static str>,
    /// The requirements that it breaks; empty for a mistake of the judge.
    pub requirements: &'static [&'static str],
    mistake: Mistake,
}

/// Where a mistake is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Area {
    /// In what is signed, or how.
    Sign,
    /// In the request.
    Build,
    /// In what is made of a response.
    Parse,
    /// In the exchange of messages.
    Http,
    /// In the kind of the answer: right for the wrong reason, or none.
    WrongReason,
    /// In the gate's own comparisons.
    Judge,
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sign => "signing",
            Self::Build => "building",
            Self::Parse => "parsing",
            Self::Http => "HTTP",
            Self::WrongReason => "wrong reason",
            Self::Judge => "the judge",
        })
    }
}

/// The tables, in the order of the codes.
const TABLES: [&[Mutant]; 19] = [
    fc_lines::MUTANTS,
    fc_header_block::MUTANTS,
    fc_resource::MUTANTS,
    fc_form::MUTANTS,
    fc_triggers::MUTANTS,
    acs3::MUTANTS,
    acs3_form::MUTANTS,
    building::MUTANTS,
    build_headers::MUTANTS,
    accepting::MUTANTS,
    parsing::MUTANTS,
    parsing_errors::MUTANTS,
    parsing_figures::MUTANTS,
    http_behaviour::MUTANTS,
    http_framing::MUTANTS,
    http_repeating::MUTANTS,
    reasons::MUTANTS,
    reasons_of_outcomes::MUTANTS,
    comparing::MUTANTS,
];

/// Every mutant, in the order of the codes.
pub fn all() -> impl Iterator<Item = &'static Mutant> + Clone {
    TABLES.into_iter().flatten()
}

/// The mutant of this name or code.
pub fn named(name: &str) -> Option<&'static Mutant> {
    all().find(|mutant| mutant.name == name || mutant.code.eq_ignore_ascii_case(name))
}

/// The mistakes that no case can show, because they lie between what is signed and what is sent.
///
/// They explain captured requests, and are no part of [`all`].
pub fn on_the_way() -> impl Iterator<Item = &'static Mutant> + Clone {
    on_the_way::MUTANTS.iter()
}

/// The mistake of this name or code, one [on the way](fn@on_the_way) or any other.
pub fn mistake(name: &str) -> Option<&'static Mutant> {
    let is_named = |mutant: &&Mutant| mutant.name == name || mutant.code.eq_ignore_ascii_case(name);
    named(name).or_else(|| on_the_way().find(is_named))
}

impl Mutant {
    /// A mistake that breaks these requirements.
    const fn new(
        code: &'static str,
        name: &'static str,
        summary: &'static str,
        requirements: &'static [&'static str],
        mistake: Mistake,
    ) -> Self {
        Self {
            code,
            name,
            summary,
            seen_in: None,
            requirements,
            mistake,
        }
    }

    /// The same, made by somebody.
    const fn seen_in(mut self, who: &'static str) -> Self {
        self.seen_in = Some(who);
        self
    }

    /// Whether it can be seen in such cases at all.
    pub fn touches(&self, operation: Operation) -> bool {
        use Operation::{Build, Invoke, Parse, Sign};
        match self.mistake {
            Mistake::Signing(_) => operation != Parse,
            Mistake::Build(_) | Mistake::Accepts { .. } | Mistake::AfterSigning(_) => {
                matches!(operation, Build | Invoke)
            }
            Mistake::Parse(_) | Mistake::Reads(_) => matches!(operation, Parse | Invoke),
            Mistake::Http(_) | Mistake::Repeats(_) | Mistake::SignsOnce => operation == Invoke,
            Mistake::Replies(replies) => match operation {
                Sign => replies.sign.is_some(),
                Build => replies.build.is_some(),
                Parse => replies.parse.is_some(),
                Invoke => true,
            },
            Mistake::Judge(_) => false,
        }
    }

    /// The faulty comparisons, of a mistake of the judge.
    pub fn comparer(&self) -> Option<Comparer> {
        match self.mistake {
            Mistake::Judge(comparer) => Some(comparer),
            _ => None,
        }
    }

    /// Where the mistake is made.
    pub fn area(&self) -> Area {
        match self.mistake {
            Mistake::Signing(_) => Area::Sign,
            Mistake::Build(_) | Mistake::Accepts { .. } | Mistake::AfterSigning(_) => Area::Build,
            Mistake::Parse(_) | Mistake::Reads(_) => Area::Parse,
            Mistake::Http(_) | Mistake::Repeats(_) | Mistake::SignsOnce => Area::Http,
            Mistake::Replies(_) => Area::WrongReason,
            Mistake::Judge(_) => Area::Judge,
        }
    }
}

impl fmt::Debug for Mutant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.name)
    }
}

impl PartialEq for Mutant {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Mutant {}

/// The ids of the requirements that a mutant breaks.
pub fn broken_requirements() -> BTreeSet<&'static str> {
    all()
        .flat_map(|mutant| mutant.requirements.iter().copied())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{all, on_the_way};
    use std::collections::BTreeSet;

    #[test]
    fn codes_and_names_are_unique_and_in_order() {
        let codes: Vec<&str> = all()
            .chain(on_the_way())
            .map(|mutant| mutant.code)
            .collect();
        assert!(codes.is_sorted() && codes.windows(2).all(|pair| pair[0] != pair[1]));
        let names: BTreeSet<&str> = all()
            .chain(on_the_way())
            .map(|mutant| mutant.name)
            .collect();
        assert_eq!(names.len(), codes.len());
    }

    #[test]
    fn a_code_is_fcg_and_four_digits_and_a_name_is_words_with_dashes() {
        for mutant in all().chain(on_the_way()) {
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
