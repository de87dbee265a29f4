//! The introduction of an adapter, which may leave out much.

use std::fmt;

use serde::de::{Error as _, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};

use fcgate_protocol::{Capabilities, Hello, VERSION, capability};
use fcgate_text::suggestion::most_similar;
use fcgate_text::visible;

use super::fault::Kind;
use super::reply::Complaint;

/// More capabilities or revisions than that are no introduction.
const MOST_NAMES: usize = 256;

/// How long a name may be.
const LONGEST_NAME: usize = 200;

/// How many questions at once are used at most.
const MOST_PARALLEL: u32 = 64;

/// The one field that is read first: another version may have other fields.
#[derive(Deserialize)]
pub(super) struct Version {
    p: u32,
}

/// The `ok` of `hello`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Greeting {
    sdk: Sdk,
    #[serde(deserialize_with = "claims")]
    caps: Vec<String>,
    #[serde(deserialize_with = "names")]
    revisions: Vec<String>,
    parallel: Option<u32>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Sdk {
    name: Option<String>,
    version: Option<String>,
    language: Option<String>,
}

impl Version {
    /// Refuses a version that the gate does not speak.
    pub(super) fn check(&self) -> Result<(), Complaint> {
        if self.p == VERSION {
            return Ok(());
        }
        let what = format!("the adapter speaks protocol {}, not {VERSION}", self.p);
        Err(Complaint::new(Kind::Version, what))
    }
}

impl Greeting {
    /// The introduction with what was left out.
    pub(super) fn hello(self) -> Result<Hello, Complaint> {
        let named = |name: Option<String>, otherwise: &str| match name {
            Some(name) if !name.is_empty() => name.chars().take(LONGEST_NAME).collect(),
            _ => otherwise.to_owned(),
        };
        let mut hello = Hello::new(
            named(self.sdk.name, "unnamed"),
            named(self.sdk.version, "unknown"),
            named(self.sdk.language, "unknown"),
        );
        hello.caps = self.caps.into_iter().collect();
        hello.revisions = self.revisions;
        hello.parallel = match self.parallel {
            None => 1,
            Some(0) => {
                let what = "hello: parallel is at least 1";
                return Err(Complaint::new(Kind::Schema, what));
            }
            Some(number) => number.min(MOST_PARALLEL),
        };
        Ok(hello)
    }
}

/// The claimed names that protocol 1 does not know, as sentences.
pub(super) fn unknown(claims: &Capabilities) -> Vec<String> {
    claims
        .iter()
        .filter(|name| !capability::ALL.contains(name))
        .take(10)
        .map(|name| {
            let meant = most_similar(name, capability::ALL.into_iter());
            let meant = meant.map_or_else(String::new, |near| format!("; did you mean '{near}'?"));
            let name = visible::line(name, LONGEST_NAME);
            format!("the adapter claims '{name}', which protocol 1 does not know{meant}")
        })
        .collect()
}

/// A list of names; an empty object, as some languages write an empty list, is one too.
fn claims<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    deserializer.deserialize_any(Names)
}

fn names<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    deserializer.deserialize_seq(Names)
}

struct Names;

impl<'de> Visitor<'de> for Names {
    type Value = Vec<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list of at most {MOST_NAMES} short names")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<String>, A::Error> {
        let mut names = Vec::new();
        while let Some(name) = list.next_element::<String>()? {
            if names.len() == MOST_NAMES || name.len() > LONGEST_NAME {
                return Err(A::Error::invalid_length(names.len() + 1, &self));
            }
            names.push(name);
        }
        Ok(names)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Vec<String>, A::Error> {
        match object.next_key::<IgnoredAny>()? {
            None => Ok(Vec::new()),
            Some(_) => Err(A::Error::invalid_type(Unexpected::Map, &self)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Greeting, Kind, Version, unknown};
    use fcgate_protocol::Hello;

    fn hello(text: &str) -> Result<Hello, String> {
        let greeting: Greeting = serde_json::from_str(text).map_err(|error| error.to_string())?;
        greeting.hello().map_err(|complaint| complaint.what)
    }

    #[test]
    fn who_says_nothing_is_unnamed_and_claims_nothing() {
        for text in [r#"{"p":1}"#, r#"{"p":1,"caps":{},"sdk":{"name":""}}"#] {
            let hello = hello(text).unwrap();
            assert_eq!(hello.sdk.name, "unnamed", "{text}");
            assert_eq!((hello.caps.iter().count(), hello.parallel), (0, 1));
        }
    }

    #[test]
    fn an_introduction_of_another_shape_is_refused() {
        for text in [
            r#"{"p":1,"parallel":-1}"#,
            r#"{"p":1,"parallel":0}"#,
            r#"{"p":1,"parallel":1.5}"#,
            r#"{"p":1,"parallel":"4"}"#,
            r#"{"p":1,"caps":{"sign.fc":true}}"#,
            r#"{"p":1,"caps":"sign.fc"}"#,
            r#"{"p":1,"caps":[1]}"#,
            r#"{"p":1,"revisions":{}}"#,
            r#"{"p":1,"sdk":"mine"}"#,
            r#"{"p":1,"sdk":{"name":1}}"#,
        ] {
            assert!(hello(text).is_err(), "{text}");
        }
        let many = vec![r#""x""#; 257].join(",");
        let error = hello(&format!(r#"{{"p":1,"caps":[{many}]}}"#)).unwrap_err();
        assert!(error.starts_with("invalid length 257"), "{error}");
    }

    #[test]
    fn another_version_is_refused_whatever_else_it_says() {
        let version: Version = serde_json::from_str(r#"{"p":99,"sdk":1}"#).unwrap();
        assert_eq!(version.check().unwrap_err().kind, Kind::Version);
    }

    #[test]
    fn claims_that_protocol_1_does_not_know_are_named() {
        let hello = hello(r#"{"p":1,"caps":["parse","sing.fc\u001b"]}"#).unwrap();
        assert_eq!(
            unknown(&hello.caps),
            [
                r"the adapter claims 'sing.fc\u{1b}', which protocol 1 does not know; did you mean 'sign.fc'?"
            ]
        );
    }
}
