//! Profiles: named sets of capabilities that an implementation must declare.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Claims;
use crate::corpus::Case;
use crate::parts;
use fcgate_protocol::{REVISIONS, capability, part};
use fcgate_text::suggestion::suggestion;

/// A named set of required capabilities.
///
/// Without a profile, capabilities that the implementation does not declare are skipped, and parts that it lacks are
/// not checked. With a profile, a run is incomplete if a required case is unsupported, a required part is lacking or
/// a required field of an outcome is absent. So an implementation
/// cannot drop a capability without notice.
///
/// One signature scheme and one API revision are enough, but `full` requires both schemes. A case of another scheme
/// or revision is then not required.
///
/// ```
/// use fcgate_cases::Profile;
///
/// let profile: Profile = "async".parse()?;
/// assert!(profile.capabilities().any(|name| name == "invoke.stateful"));
/// assert!("asink".parse::<Profile>().is_err());
/// # Ok::<(), fcgate_cases::ProfileError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// Signing with either scheme and with temporary credentials.
    Sign,
    /// `sign`, and synchronous invocations without HTTP: build and parse, the qualifier, the log
    /// tail, the function error.
    Core,
    /// `core`, and asynchronous and stateful invocations.
    Async,
    /// `core`, and invocations over HTTP.
    Http,
    /// Every capability that is about invocations, and every part of protocol 1.
    Full,
    /// `sign`, and calls of HTTP triggers.
    Trigger,
    /// `sign`, and operations on asynchronous tasks.
    Tasks,
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

/// The capabilities that are not about one invocation, so that `full` does not require them.
const OTHER_AREAS: [&str; 6] = [
    capability::TRIGGER,
    capability::TRIGGER_ACS3,
    capability::TRIGGER_BEARER,
    capability::TRIGGER_ANONYMOUS,
    capability::TASKS,
    capability::TASKS_WAIT,
];

impl Profile {
    /// Every profile.
    pub const ALL: [Self; 7] = [
        Self::Sign,
        Self::Core,
        Self::Async,
        Self::Http,
        Self::Full,
        Self::Trigger,
        Self::Tasks,
    ];

    /// Returns the name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sign => "sign",
            Self::Core => "core",
            Self::Async => "async",
            Self::Http => "http",
            Self::Full => "full",
            Self::Trigger => "trigger",
            Self::Tasks => "tasks",
        }
    }

    /// Returns the required capabilities.
    pub fn capabilities(self) -> impl Iterator<Item = &'static str> {
        const SIGN: &[&str] = &[SCHEMES[0], SCHEMES[1], capability::CRED_STS];
        const ASYNC: &[&str] = &[capability::INVOKE_ASYNC, capability::INVOKE_STATEFUL];
        const HTTP: &[&str] = &[capability::INVOKE];
        const TRIGGER: &[&str] = &[
            capability::SIGN_FC_HTTP_TRIGGER,
            capability::TRIGGER,
            capability::TRIGGER_ACS3,
            capability::TRIGGER_BEARER,
            capability::TRIGGER_ANONYMOUS,
        ];
        const TASKS: &[&str] = &[capability::TASKS, capability::TASKS_WAIT];
        let parts: [&[&str]; 3] = match self {
            Self::Sign => [SIGN, &[], &[]],
            Self::Core => [SIGN, CORE, &[]],
            Self::Async => [SIGN, CORE, ASYNC],
            Self::Http => [SIGN, CORE, HTTP],
            Self::Full => [&capability::ALL, &[], &[]],
            Self::Trigger => [SIGN, TRIGGER, &[]],
            Self::Tasks => [SIGN, TASKS, &[]],
        };
        let names = parts.into_iter().flatten().copied();
        names.filter(move |name| self != Self::Full || !OTHER_AREAS.contains(name))
    }

    /// Returns the parts that an implementation must not lack.
    pub fn parts(self) -> impl Iterator<Item = &'static str> {
        const SIGN: &[&str] = &[
            part::SIGN_REQUESTS,
            part::SIGN_ADDED_HEADERS,
            part::SIGN_ENCODED_URLS,
        ];
        const CORE: &[&str] = &[
            part::OUTCOME_STATUS,
            part::OUTCOME_REQUEST_ID,
            part::OUTCOME_CODE,
            part::OUTCOME_MESSAGE,
            part::OUTCOME_ERROR_TYPE,
            part::OUTCOME_FAILURE_PAYLOAD,
            part::PARSE_FOREIGN_BODIES,
            part::BUILD_HEADERS,
        ];
        const ASYNC: &[&str] = &[part::OUTCOME_TASK_ID];
        let parts: [&[&str]; 3] = match self {
            Self::Sign | Self::Trigger | Self::Tasks => [SIGN, &[], &[]],
            Self::Core | Self::Http => [SIGN, CORE, &[]],
            Self::Async => [SIGN, CORE, ASYNC],
            Self::Full => [&part::ALL, &[], &[]],
        };
        parts.into_iter().flatten().copied()
    }

    /// Returns whether a case belongs to this profile: all capabilities that it needs are in the profile.
    pub fn demands(self, case: &Case) -> bool {
        case.needs.iter().all(|name| self.has(name))
    }

    /// Returns whether a case belongs to this profile, but it or one of its checks is unsupported with these claims.
    pub fn misses(self, case: &Case, claims: &Claims) -> bool {
        self.demands(case)
            && !self.excuses(case, claims)
            && (!claims.declare_needs(case) || self.misses_a_part(case, claims))
    }

    /// Whether a check of the case needs a part that this profile requires and the implementation lacks.
    fn misses_a_part(self, case: &Case, claims: &Claims) -> bool {
        let required = || self.parts().filter(|part| claims.lacks.contains(part));
        required().next().is_some() && {
            let needed = parts::of_case(case);
            required().any(|part| needed.contains(&part))
        }
    }

    /// Returns whether the profile contains a capability.
    pub fn has(self, name: &str) -> bool {
        self.capabilities().any(|other| other == name)
    }

    /// Whether a case is about a scheme or a revision for which the implementation supports an alternative.
    fn excuses(self, case: &Case, claims: &Claims) -> bool {
        let supported = |revision: &str| claims.revisions.iter().any(|other| other == revision);
        let other_revision =
            !case.applies_to(&claims.revisions) && REVISIONS.into_iter().any(supported);
        let declared = |scheme: &&str| claims.capabilities.contains(scheme);
        let other_scheme = self != Self::Full
            && SCHEMES.iter().any(declared)
            && SCHEMES
                .iter()
                .any(|scheme| !declared(scheme) && case.needs.iter().any(|name| name == scheme));
        other_revision || other_scheme
    }
}

/// The error for an unknown profile name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileError {
    typed: String,
}

impl fmt::Display for ProfileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Profile::ALL.map(Profile::name);
        let shown = fcgate_text::visible::line(&self.typed, 60);
        let suggestion = suggestion(&self.typed, &names);
        write!(f, "unknown profile '{shown}'; {suggestion}")
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

    /// The cases of a profile that are unsupported with these claims.
    fn missed(profile: Profile, claims: &Claims) -> Vec<String> {
        let corpus = Corpus::embedded().unwrap();
        let cases = corpus.cases().into_iter();
        cases
            .filter(|case| profile.misses(case, claims))
            .map(|case| case.id.clone())
            .collect()
    }

    #[test]
    fn a_larger_profile_contains_more_cases() {
        let corpus = Corpus::embedded().unwrap();
        let count = |profile: Profile| {
            let cases = corpus.cases().into_iter();
            cases.filter(|case| profile.demands(case)).count()
        };
        assert!(count(Profile::Sign) > 100);
        assert!(count(Profile::Core) > count(Profile::Sign));
        assert!(count(Profile::Async) > count(Profile::Core));
        assert!(count(Profile::Http) > count(Profile::Core));
        let cases = corpus.cases().into_iter();
        let in_one = cases.filter(|case| {
            let profiles = [Profile::Full, Profile::Trigger, Profile::Tasks];
            profiles.into_iter().any(|profile| profile.demands(case))
        });
        assert_eq!(in_one.count(), corpus.cases().len());
        assert!(count(Profile::Trigger) > count(Profile::Sign));
    }

    #[test]
    fn declaring_all_capabilities_of_a_profile_misses_no_case() {
        for profile in Profile::ALL {
            let names: Vec<&str> = profile.capabilities().collect();
            assert_eq!(missed(profile, &claims(&names, &REVISIONS)), [""; 0]);
            assert_eq!(missed(profile, &claims(&names, &REVISIONS[1..2])), [""; 0]);
        }
    }

    #[test]
    fn one_scheme_is_enough_except_for_the_full_profile() {
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
    fn without_a_supported_revision_cases_are_missed() {
        let names: Vec<&str> = Profile::Core.capabilities().collect();
        assert!(!missed(Profile::Core, &claims(&names, &[])).is_empty());
        assert!(!missed(Profile::Core, &claims(&names, &["1999-01-01"])).is_empty());
    }

    #[test]
    fn an_unknown_profile_is_rejected_with_a_suggestion() {
        let message = |text: &str| text.parse::<Profile>().unwrap_err().to_string();
        assert_eq!(
            message("asinc"),
            "unknown profile 'asinc'; did you mean 'async'?"
        );
        assert_eq!(
            message("\u{1b}"),
            "unknown profile '\\u{1b}'; expected one of: sign, core, async, http, full, trigger, tasks"
        );
    }
}
