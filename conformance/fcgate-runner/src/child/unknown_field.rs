//! Finds a field of a reply that the protocol does not define, for `--strict-protocol`.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use fcgate_text::visible;

use super::reply_fields::{ERR, UNSUPPORTED};
use super::reply_form::{Field, Form};
use super::reply_line::{Answer, ReplyLine};
use super::violation::Violation;

/// The fields of a line, beside the one that holds the answer.
const LINE: [&str; 4] = ["seq", "ok", "err", "unsupported"];

/// The maximum number of characters of a name that are shown.
const SHOWN: usize = 80;

impl ReplyLine {
    /// Checks, if the gate is strict, that the line and its answer have only known fields.
    ///
    /// # Errors
    ///
    /// The violation that names the first unknown field.
    pub(super) fn check_known(
        &self,
        is_strict: bool,
        fields: &'static [Field],
    ) -> Result<(), Violation> {
        let unknown = is_strict.then(|| self.unknown_field(fields)).flatten();
        unknown.map_or(Ok(()), |path| {
            Err(Violation::schema(format!(
                "unknown field `{path}`; remove it, or run without --strict-protocol"
            )))
        })
    }

    /// Returns the path of the first unknown field of the line, or of its answer, whose fields these are.
    fn unknown_field(&self, fields: &'static [Field]) -> Option<String> {
        let line: BTreeMap<String, &RawValue> = serde_json::from_str(self.text()).ok()?;
        if let Some(name) = line.keys().find(|name| !LINE.contains(&name.as_str())) {
            return Some(visible::line(name, SHOWN));
        }
        let (name, fields) = match &self.answer {
            Answer::Ok(_) => ("ok", fields),
            Answer::Err(_) => ("err", ERR),
            Answer::Unsupported(_) => ("unsupported", UNSUPPORTED),
        };
        unknown(name, line.get(name)?, fields)
    }
}

fn unknown(path: &str, object: &RawValue, fields: &'static [Field]) -> Option<String> {
    // A value that is not an object has another error.
    let values: BTreeMap<String, &RawValue> = serde_json::from_str(object.get()).ok()?;
    values.iter().find_map(|(name, value)| {
        let path = format!("{path}.{}", visible::line(name, SHOWN));
        let Some(field) = fields.iter().find(|field| field.name == name) else {
            return Some(path);
        };
        match field.form {
            Form::Object(inner) => unknown(&path, value, inner),
            Form::Objects(inner) => {
                let list: Vec<&RawValue> = serde_json::from_str(value.get()).ok()?;
                let mut list = list.into_iter().enumerate();
                list.find_map(|(index, one)| unknown(&format!("{path}[{index}]"), one, inner))
            }
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use fcgate_protocol::{ParseOutput, TaskOutput};

    use super::super::reply_fields::ReplyFields;
    use super::super::reply_line::parse;

    fn unknown<T: ReplyFields>(line: &str) -> Option<String> {
        let (_, line) = parse(line.as_bytes().to_vec()).unwrap();
        line.unknown_field(T::FIELDS)
    }

    #[test]
    fn the_path_of_an_unknown_field_is_returned() {
        for (line, path) in [
            (r#"{"seq":"k1","ok":{"extra":1}}"#, "ok.extra"),
            (r#"{"seq":"k1","ok":{},"more":1e400}"#, "more"),
            (
                r#"{"seq":"k1","ok":{"outcome":{"kind":"completed","payload":""}}}"#,
                "ok.outcome.payload",
            ),
            (
                r#"{"seq":"k1","err":{"class":"input","text":"no"}}"#,
                "err.text",
            ),
            (
                r#"{"seq":"k1","unsupported":{"cap":"x","why":1}}"#,
                "unsupported.why",
            ),
        ] {
            assert_eq!(
                unknown::<ParseOutput>(line).as_deref(),
                Some(path),
                "{line}"
            );
        }
        let listed =
            r#"{"seq":"k1","ok":{"outcome":{"kind":"completed"},"tasks":[{},{"name":1}]}}"#;
        assert_eq!(
            unknown::<TaskOutput>(listed).as_deref(),
            Some("ok.tasks[1].name")
        );
    }

    #[test]
    fn a_line_with_known_fields_only_has_no_unknown_field() {
        for line in [
            r#"{"seq":"k1","ok":{"outcome":{"kind":"completed","status":200}}}"#,
            r#"{"seq":"k1","err":{"class":"input","message":"no"}}"#,
            r#"{"seq":"k1","unsupported":{"cap":"x"}}"#,
        ] {
            assert_eq!(unknown::<ParseOutput>(line), None, "{line}");
        }
    }
}
