//! Describes in words which field of a reply has a wrong form.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error as _, SeqAccess, Visitor};
use serde_json::value::RawValue;

use fcgate_protocol::base64_bytes;
use fcgate_text::visible;

use super::truncate::error_text;

/// The maximum length of a wrong word or number that is quoted, in characters.
const QUOTED: usize = 40;

/// A field of an object.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) form: Form,
    pub(super) presence: Presence,
}

/// Whether an adapter may leave a field out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    Required,
    /// The field may be left out; it must not be null.
    Optional,
    /// The field may be left out or null.
    Nullable,
}

/// The form of a value.
pub(super) enum Form {
    Text,
    /// Bytes in standard base64.
    Base64,
    /// A whole number from 0 to this one.
    Number(u64),
    OneOf(&'static [&'static str]),
    /// A list of `[name, value]`.
    Headers,
    /// A list of texts. Some languages write an empty one as `{}`.
    Names,
    Object(&'static [Field]),
    /// A list of objects.
    Objects(&'static [Field]),
}

impl Field {
    pub(super) const fn required(name: &'static str, form: Form) -> Self {
        Self {
            name,
            form,
            presence: Presence::Required,
        }
    }

    pub(super) const fn optional(name: &'static str, form: Form) -> Self {
        Self {
            name,
            form,
            presence: Presence::Optional,
        }
    }

    pub(super) const fn nullable(name: &'static str, form: Form) -> Self {
        Self {
            name,
            form,
            presence: Presence::Nullable,
        }
    }
}

/// Returns the reason why an object could not be parsed: the first field with a wrong form, else the words of the
/// parser. `path` is the name of the object in messages; empty for the object whose fields are named alone.
pub(super) fn describe(
    path: &str,
    object: &str,
    fields: &'static [Field],
    error: &serde_json::Error,
) -> String {
    let wrong = serde_json::from_str::<&RawValue>(object)
        .ok()
        .and_then(|object| wrong_field(path, object, fields));
    wrong.unwrap_or_else(|| {
        let text = error_text(error);
        match text
            .strip_prefix("duplicate field `")
            .and_then(|rest| rest.split_once('`'))
        {
            Some((name, _)) => format!("`{name}` occurs twice in one object"),
            None => text,
        }
    })
}

/// The sentence about a value of a wrong kind.
pub(super) fn wrong_kind(path: &str, raw: &str, expected: &str) -> String {
    format!("`{path}` is {}; {expected} is expected", kind(raw))
}

fn wrong_field(path: &str, object: &RawValue, fields: &'static [Field]) -> Option<String> {
    let values: BTreeMap<String, &RawValue> = serde_json::from_str(object.get()).ok()?;
    fields.iter().find_map(|field| {
        let path = match path {
            "" => field.name.to_owned(),
            path => format!("{path}.{}", field.name),
        };
        match values.get(field.name) {
            None if field.presence == Presence::Required => {
                let expected = expected(&field.form);
                Some(format!("`{path}` is missing; {expected} is expected"))
            }
            None => None,
            Some(value) if value.get() == "null" && field.presence == Presence::Nullable => None,
            Some(value) => wrong_value(&path, value, &field.form),
        }
    })
}

fn wrong_value(path: &str, value: &RawValue, form: &Form) -> Option<String> {
    let raw = value.get();
    let wrong = || Some(wrong_kind(path, raw, &expected(form)));
    match (form, raw.as_bytes().first()?) {
        (Form::Text, b'"') => None,
        (Form::Base64, b'"') => base64_bytes::deserialize(value).is_err().then(|| {
            format!("`{path}` is a text that is not base64; bytes in standard base64 with padding are expected")
        }),
        (Form::Number(most), b'-' | b'0'..=b'9') => {
            let number = serde_json::from_str::<u64>(raw).ok();
            let fits = number.is_some_and(|number| number <= *most);
            (!fits).then(|| {
                let found = visible::line(raw, QUOTED);
                match *most {
                    u64::MAX => format!("`{path}` is {found}; a whole number, at least 0, is expected"),
                    most => format!("`{path}` is {found}; a whole number from 0 to {most} is expected"),
                }
            })
        }
        (Form::OneOf(words), b'"') => {
            let word: String = serde_json::from_str(raw).ok()?;
            (!words.contains(&word.as_str())).then(|| {
                let found = visible::line(&word, QUOTED);
                let expected = expected(form);
                format!("`{path}` is the text '{found}'; {expected} is expected")
            })
        }
        (Form::Headers, b'[') => first_wrong(path, value, &wrong_pair),
        (Form::Names, b'[') => first_wrong(path, value, &wrong_text),
        (Form::Objects(fields), b'[') => first_wrong(path, value, &|path, element| {
            wrong_value(path, element, &Form::Object(fields))
        }),
        (Form::Names, b'{') if is_empty_object(value) => None,
        (Form::Object(fields), b'{') => wrong_field(path, value, fields),
        _ => wrong(),
    }
}

fn wrong_pair(path: &str, value: &RawValue) -> Option<String> {
    let expected = "[name, value]";
    if !value.get().starts_with('[') {
        return Some(wrong_kind(path, value.get(), expected));
    }
    match serde_json::from_str::<Vec<&RawValue>>(value.get()) {
        Ok(parts) if parts.len() == 2 => {
            let mut parts = parts.iter().enumerate();
            parts.find_map(|(place, part)| wrong_text(&format!("{path}[{place}]"), part))
        }
        Ok(parts) => Some(format!(
            "`{path}` is a list of {}; {expected} is expected",
            parts.len()
        )),
        Err(_) => None,
    }
}

fn wrong_text(path: &str, value: &RawValue) -> Option<String> {
    wrong_value(path, value, &Form::Text)
}

fn is_empty_object(value: &RawValue) -> bool {
    let inner = value.get().strip_prefix('{');
    let inner = inner.and_then(|rest| rest.strip_suffix('}'));
    inner.is_some_and(|inner| inner.trim_ascii().is_empty())
}

fn expected(form: &Form) -> String {
    match form {
        Form::Text => "a text".to_owned(),
        Form::Base64 => "a text in base64".to_owned(),
        Form::Number(_) => "a number".to_owned(),
        Form::OneOf(words) => format!("one of {}", words.join(", ")),
        Form::Headers => "a list of [name, value]".to_owned(),
        Form::Names => "a list of texts".to_owned(),
        Form::Object(_) => "an object".to_owned(),
        Form::Objects(_) => "a list of objects".to_owned(),
    }
}

/// The kind of a JSON value.
fn kind(raw: &str) -> &'static str {
    match raw.trim_ascii_start().as_bytes().first() {
        Some(b'"') => "a text",
        Some(b'{') => "an object",
        Some(b'[') => "a list",
        Some(b't' | b'f') => "a boolean",
        Some(b'n') => "null",
        _ => "a number",
    }
}

/// Returns what is wrong with the first wrong element of a list. It keeps no element, because a list may be long.
fn first_wrong(path: &str, list: &RawValue, wrong: WrongElement<'_>) -> Option<String> {
    let mut search = ElementSearch {
        path,
        wrong,
        found: None,
    };
    // An error ends the search, also at the element that was found.
    let _ = (&mut search).deserialize(list);
    search.found
}

/// Returns what is wrong with an element at a path.
type WrongElement<'a> = &'a dyn Fn(&str, &RawValue) -> Option<String>;

struct ElementSearch<'a> {
    path: &'a str,
    wrong: WrongElement<'a>,
    found: Option<String>,
}

impl<'de> DeserializeSeed<'de> for &mut ElementSearch<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for &mut ElementSearch<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let mut place = 0_usize;
        while let Some(element) = list.next_element::<&'de RawValue>()? {
            self.found = (self.wrong)(&format!("{}[{place}]", self.path), element);
            if self.found.is_some() {
                return Err(A::Error::custom("found"));
            }
            place += 1;
        }
        Ok(())
    }
}
