//! Parses the reply to `hello`. Most of its fields are optional.

use std::fmt;

use serde::de::{Error as _, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};

use fcgate_protocol::{Capabilities, Hello, VERSION, capability, part};
use fcgate_text::suggestion::most_similar;
use fcgate_text::visible;

use super::fault::Kind;
use super::reply_fields::ReplyFields;
use super::reply_form::{Field, Form};
use super::violation::Violation;

/// The maximum number of capabilities, and of revisions.
const MAX_NAMES: usize = 256;

/// The maximum length of a name.
const LONGEST_NAME: usize = 200;

/// The maximum number of requests that the gate sends at the same time.
const MAX_PARALLEL: u32 = 64;

/// The protocol version. It is parsed first, because another version may have other fields.
#[derive(Deserialize)]
pub(super) struct Version {
    p: u32,
}

/// The `ok` of `hello`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct HelloReply {
    sdk: Sdk,
    #[serde(deserialize_with = "names_or_empty_object")]
    caps: Vec<String>,
    #[serde(deserialize_with = "names_or_empty_object")]
    lacks: Vec<String>,
    #[serde(deserialize_with = "names")]
    revisions: Vec<String>,
    parallel: Option<u32>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Sdk {
    name: Option<String>,
    version: Option<String>,
    language: Option<String>,
}

impl ReplyFields for Version {
    const FIELDS: &'static [Field] = &[Field::required("p", Form::Number(u32::MAX as u64))];
}

/// The fields of `sdk`.
const SDK: Form = Form::Object(&[
    Field::nullable("name", Form::Text),
    Field::nullable("version", Form::Text),
    Field::nullable("language", Form::Text),
]);

impl ReplyFields for HelloReply {
    const FIELDS: &'static [Field] = &[
        Field::optional("sdk", SDK),
        Field::optional("caps", Form::Names),
        Field::optional("lacks", Form::Names),
        Field::optional("revisions", Form::Names),
        Field::nullable("parallel", Form::Number(u32::MAX as u64)),
    ];
}

impl Version {
    /// Returns a violation if the gate does not support the version.
    pub(super) fn check(&self) -> Result<(), Violation> {
        if self.p == VERSION {
            return Ok(());
        }
        let text = format!(
            "hello: expected protocol version {VERSION}, found {}",
            self.p
        );
        Err(Violation::new(Kind::Version, text))
    }
}

impl HelloReply {
    /// All fields that the `ok` of `hello` may have.
    pub(super) const KNOWN: &'static [Field] = &[
        Field::required("p", Form::Number(u32::MAX as u64)),
        Field::optional("sdk", SDK),
        Field::optional("caps", Form::Names),
        Field::optional("lacks", Form::Names),
        Field::optional("revisions", Form::Names),
        Field::nullable("parallel", Form::Number(u32::MAX as u64)),
    ];

    /// Converts the reply, with defaults for the missing fields.
    pub(super) fn hello(self) -> Result<Hello, Violation> {
        let name_or = |name: Option<String>, default: &str| match name {
            Some(name) if !name.is_empty() => name.chars().take(LONGEST_NAME).collect(),
            _ => default.to_owned(),
        };
        let mut hello = Hello::new(
            name_or(self.sdk.name, "unnamed"),
            name_or(self.sdk.version, "unknown"),
            name_or(self.sdk.language, "unknown"),
        );
        hello.caps = self.caps.into_iter().collect();
        hello.lacks = self.lacks.into_iter().collect();
        hello.revisions = self.revisions;
        hello.parallel = match self.parallel {
            None => 1,
            Some(0) => {
                let text = "hello: expected parallel to be at least 1, found 0";
                return Err(Violation::new(Kind::Schema, text));
            }
            Some(number) => number.min(MAX_PARALLEL),
        };
        Ok(hello)
    }
}

/// Returns a warning for each declared capability and each lacking part that protocol 1 does not define.
pub(super) fn unknown_names(hello: &Hello) -> Vec<String> {
    let capabilities: Vec<&str> = capability::ALL
        .into_iter()
        .chain([capability::CLOCK_OWN])
        .collect();
    let declares = "declares the capability";
    let mut warnings = unknown(&hello.caps, &capabilities, declares);
    warnings.extend(unknown(&hello.lacks, &part::ALL, "lists in lacks the part"));
    warnings
}

fn unknown(names: &Capabilities, defined: &[&str], does: &str) -> Vec<String> {
    let warning = |name| {
        let near = most_similar(name, defined.iter().copied());
        let suggestion = near.map_or_else(String::new, |near| format!("; did you mean '{near}'?"));
        let name = visible::line(name, LONGEST_NAME);
        format!("the adapter {does} '{name}', which protocol 1 does not define{suggestion}")
    };
    let unknown = names.iter().filter(|name| !defined.contains(name));
    unknown.take(10).map(warning).collect()
}

/// Parses a list of names, or an empty object, because some languages write an empty list as `{}`.
fn names_or_empty_object<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<String>, D::Error> {
    deserializer.deserialize_any(Names)
}

fn names<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    deserializer.deserialize_seq(Names)
}

struct Names;

impl<'de> Visitor<'de> for Names {
    type Value = Vec<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list of at most {MAX_NAMES} short names")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<String>, A::Error> {
        let mut names = Vec::new();
        while let Some(name) = list.next_element::<String>()? {
            if names.len() == MAX_NAMES || name.len() > LONGEST_NAME {
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
    use super::super::reply_line::parse;
    use super::{HelloReply, Kind, Version, unknown_names};
    use fcgate_protocol::Hello;

    fn hello(text: &str) -> Result<Hello, String> {
        let reply: HelloReply = serde_json::from_str(text).map_err(|error| error.to_string())?;
        reply.hello().map_err(|violation| violation.text)
    }

    #[test]
    fn a_hello_without_fields_has_defaults() {
        for text in [r#"{"p":1}"#, r#"{"p":1,"caps":{},"sdk":{"name":""}}"#] {
            let hello = hello(text).unwrap();
            assert_eq!(hello.sdk.name, "unnamed", "{text}");
            assert_eq!((hello.caps.iter().count(), hello.parallel), (0, 1));
        }
    }

    #[test]
    fn a_hello_with_a_wrong_field_is_rejected() {
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
    fn a_wrong_field_of_hello_is_named_in_words() {
        for (text, message) in [
            (
                r#"{"p":1,"parallel":"4"}"#,
                "`parallel` is a text; a number is expected",
            ),
            (
                r#"{"p":1,"caps":{"sign.fc":true}}"#,
                "`caps` is an object; a list of texts is expected",
            ),
            (
                r#"{"p":1,"revisions":["2021-04-06",2016]}"#,
                "`revisions[1]` is a number; a text is expected",
            ),
            (
                r#"{"p":1,"sdk":{"name":1}}"#,
                "`sdk.name` is a number; a text is expected",
            ),
        ] {
            let line = format!(r#"{{"seq":"k1","ok":{text}}}"#);
            let (_, line) = parse(line.into_bytes()).unwrap();
            assert_eq!(line.reply::<HelloReply>().unwrap_err(), message);
        }
    }

    #[test]
    fn another_version_is_rejected_whatever_the_other_fields_are() {
        let version: Version = serde_json::from_str(r#"{"p":99,"sdk":1}"#).unwrap();
        assert_eq!(version.check().unwrap_err().kind, Kind::Version);
    }

    #[test]
    fn an_unknown_capability_is_a_warning_with_a_suggestion() {
        let hello = hello(r#"{"p":1,"caps":["parse","sing.fc\u001b"]}"#).unwrap();
        assert_eq!(
            unknown_names(&hello),
            [
                r"the adapter declares the capability 'sing.fc\u{1b}', which protocol 1 does not define; did you mean 'sign.fc'?"
            ]
        );
    }

    #[test]
    fn an_unknown_part_in_lacks_is_a_warning_with_a_suggestion() {
        let text = r#"{"p":1,"caps":["clock.own"],"lacks":["outcome.code","outcome.staus"]}"#;
        assert_eq!(
            unknown_names(&hello(text).unwrap()),
            [
                "the adapter lists in lacks the part 'outcome.staus', which protocol 1 does not define; did you mean 'outcome.status'?"
            ]
        );
    }
}
