//! Profiles: what an implementation has to claim so that its claims cannot shrink unseen.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Claims;
use crate::corpus::Case;
use fcgate_protocol::{REVISIONS, capability};
use fcgate_text::suggestion::suggestion;

/// A named set of capabilities, all of which are demanded.
///
/// Without a profile what is not claimed is of no account. With one, a run in which a demanded
/// case is unsupported, or a demanded field of an outcome is not shown, is incomplete.
///
/// Two things come in kinds of which one is enough: the signature schemes (but `full` demands
/// both), and the API revisions. A case of a scheme or of a revision that the implementation does
/// not speak is not demanded, as long as it speaks another one.
///
/// ```
/// use crate::Profile;
///
/// let profile: Profile = "async".parse()?;
/// assert!(profile.capabilities().any(|name| name == "invoke.stateful"));
/// assert!("asink".parse::<Profile>().is_err());
/// # Ok::<(), crate::ProfileError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// A signer: either scheme, with temporary credentials.
    Sign,
    /// `sign`, and synchronous invocations without the wire: build and parse, the qualifier, the
    /// log tail, the function error.
    Core,
    /// `core`, and asynchronous and stateful invocations.
    Async,
    /// `core` over real HTTP.
    Http,
    /// Every capability of protocol 1.
    Full,
}

const SCHEMES: [&str; 2] = [capability::SIGN_FC, capability::SIGN_ACS3];

const CORE: &[&str] = &[
    capability::BUILD,
    capability::PARSE,
    capability::INVOKE_QUALIFIER,
    capability::INVOKE_LOG_TAIL,
    capability::OUTCOME_LOG_TAIL,
    capability::FUNCTION_ERROR,
];

impl Profile {
    /// Every profile.
    pub const ALL: [Self; 5] = [Self::Sign, Self::Core, Self::Async, Self::Http, Self::Full];

    /// The name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sign => "sign",
            Self::Core => "core",
            Self::Async => "async",
            Self::Http => "http",
            Self::Full => "full",
        }
    }

    /// The capabilities.
    pub fn capabilities(self) -> impl Iterator<Item = &'static str> {
        const SIGN: &[&str] = &[SCHEMES[0], SCHEMES[1], capability::CRED_STS];
        const ASYNC: &[&str] = &[capability::INVOKE_ASYNC, capability::INVOKE_STATEFUL];
        const HTTP: &[&str] = &[capability::INVOKE];
        let parts: [&[&str]; 3] = match self {
            Self::Sign => [SIGN, &[], &[]],
            Self::Core => [SIGN, CORE, &[]],
            Self::Async => [SIGN, CORE, ASYNC],
            Self::Http => [SIGN, CORE, HTTP],
            Self::Full => [&capability::ALL, &[], &[]],
        };
        parts.into_iter().flatten().copied()
    }

    /// Whether a case is of this profile: it needs nothing that the profile does not have.
    pub fn demands(self, case: &Case) -> bool {
        case.needs.iter().all(|name| self.has(name))
    }

    /// Whether a case is of this profile, but these claims leave it out.
    pub fn misses(self, case: &Case, claims: &Claims) -> bool {
        self.demands(case) && !claims.cover(case) && !self.excuses(case, claims)
    }

    /// Whether a capability is of this profile.
    pub fn has(self, name: &str) -> bool {
        self.capabilities().any(|other| other == name)
    }

    /// Whether a case is about a scheme or a revision in whose place another one is spoken.
    fn excuses(self, case: &Case, claims: &Claims) -> bool {
        let spoken = |revision: &str| claims.revisions.iter().any(|other| other == revision);
        let other_revision = case.revision.as_deref().is_some_and(|one| !spoken(one))
            && REVISIONS.into_iter().any(spoken);
        let claimed = |scheme: &&str| claims.capabilities.contains(scheme);
        let other_scheme = self != Self::Full
            && SCHEMES.iter().any(claimed)
            && SCHEMES
                .iter()
                .any(|scheme| !claimed(scheme) && case.needs.iter().any(|name| name == scheme));
        other_revision || other_scheme
    }
}

/// A text that names no profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileError {
    typed: String,
}

impl fmt::Display for ProfileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Profile::ALL.map(Profile::name);
        let shown = fcgate_text::visible::line(&self.typed, 60);
        let hint = suggestion(&self.typed, &names);
        write!(f, "there is no profile '{shown}'; {hint}")
    }
}

impl std::error::Error for ProfileError {}

impl FromStr for Profile {
    type Err = ProfileError;

    fn from_str(text: &str) -> Result<Self, ProfileError> {
        Self::ALL
            .into_iter()
            .find(|profile| profile.name() == text)
            .ok_or_else(|| ProfileError {
                typed: text.to_owned(),
            })
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Profile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Profile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Profile;
    use crate::Claims;
    use crate::corpus::Corpus;
    use fcgate_protocol::{Hello, REVISIONS, capability};

    fn claims(capabilities: &[&str], revisions: &[&str]) -> Claims {
        let mut hello = Hello::new("a", "1", "rust");
        hello.caps = capabilities.iter().copied().collect();
        hello.revisions = revisions.iter().map(|name| (*name).to_owned()).collect();
        Claims::of(&hello)
    }

    /// How many cases of the corpus a profile misses.
    fn missed(profile: Profile, claims: &Claims) -> Vec<String> {
        let corpus = Corpus::embedded().unwrap();
        let cases = corpus.cases().into_iter();
        cases
            .filter(|case| profile.misses(case, claims))
            .map(|case| case.id.clone())
            .collect()
    }

    #[test]
    fn every_profile_demands_cases_and_a_larger_one_demands_more() {
        let corpus = Corpus::embedded().unwrap();
        let count = |profile: Profile| {
            let cases = corpus.cases().into_iter();
            cases.filter(|case| profile.demands(case)).count()
        };
        assert!(count(Profile::Sign) > 100);
        assert!(count(Profile::Core) > count(Profile::Sign));
        assert!(count(Profile::Async) > count(Profile::Core));
        assert!(count(Profile::Http) > count(Profile::Core));
        assert_eq!(count(Profile::Full), corpus.cases().len());
    }

    #[test]
    fn who_claims_a_profile_misses_nothing_of_it() {
        for profile in Profile::ALL {
            let names: Vec<&str> = profile.capabilities().collect();
            assert_eq!(missed(profile, &claims(&names, &REVISIONS)), [""; 0]);
            assert_eq!(missed(profile, &claims(&names, &REVISIONS[1..2])), [""; 0]);
        }
    }

    #[test]
    fn one_scheme_is_enough_but_for_the_full_profile() {
        let without = |scheme: &str| {
            let names: Vec<&str> = capability::ALL
                .into_iter()
                .filter(|name| *name != scheme)
                .collect();
            claims(&names, &REVISIONS)
        };
        for scheme in ["sign.fc", "sign.acs3"] {
            assert_eq!(missed(Profile::Http, &without(scheme)), [""; 0]);
            assert!(!missed(Profile::Full, &without(scheme)).is_empty());
        }
        assert!(!missed(Profile::Sign, &claims(&["cred.sts"], &REVISIONS)).is_empty());
    }

    #[test]
    fn no_revision_at_all_is_missed() {
        let names: Vec<&str> = Profile::Core.capabilities().collect();
        assert!(!missed(Profile::Core, &claims(&names, &[])).is_empty());
        assert!(!missed(Profile::Core, &claims(&names, &["1999-01-01"])).is_empty());
    }

    #[test]
    fn a_name_that_is_no_profile_is_refused_with_help() {
        let message = |text: &str| text.parse::<Profile>().unwrap_err().to_string();
        assert_eq!(
            message("asinc"),
            "there is no profile 'asinc'; did you mean 'async'?"
        );
        assert_eq!(
            message("\u{1b}"),
            "there is no profile '\\u{1b}'; expected one of: sign, core, async, http, full"
        );
    }
}
