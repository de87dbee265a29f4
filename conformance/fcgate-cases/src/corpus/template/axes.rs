//! The axes of a case and their combinations.

use super::super::CorpusErrorKind;
use super::super::ordered_json::Ordered;

/// The maximum number of variations of a template.
const MAX_COMBINATIONS: usize = 4096;

/// An error in a template: its kind, the pointer below `vary`, the message.
type AxesError = (CorpusErrorKind, String, String);

/// The key of an object that is a value of an axis: its text in the id.
const NAME: &str = "name";

/// The axes with their values, in the order of the file.
#[derive(Debug)]
pub(in super::super) struct Axes(Vec<(String, Vec<Ordered>)>);

/// One value for each axis.
#[derive(Debug, Clone)]
pub(in super::super) struct Combination<'a>(Vec<(&'a str, &'a Ordered)>);

impl Axes {
    /// Reads `vary`: an object whose values are lists of strings, numbers, booleans and objects with a `name`.
    pub(in super::super) fn read(vary: &Ordered) -> Result<Self, AxesError> {
        let Ordered::Object(fields) = vary else {
            return Err(wrong("", "expected an object of axes"));
        };
        let axes = fields.iter().map(|(name, values)| match values {
            Ordered::List(values) if !values.is_empty() => {
                check_axis(name, values).map(|()| (name.clone(), values.clone()))
            }
            _ => Err(wrong(name, "expected an axis with a list of values")),
        });
        let axes = Self(axes.collect::<Result<_, _>>()?);
        if axes.0.is_empty() {
            return Err(wrong("", "expected at least one axis"));
        }
        let count = axes
            .0
            .iter()
            .try_fold(1_usize, |count, (_, values)| {
                count.checked_mul(values.len())
            })
            .filter(|count| *count <= MAX_COMBINATIONS);
        match count {
            Some(_) => Ok(axes),
            None => Err((
                CorpusErrorKind::TooManyCombinations,
                String::new(),
                format!("more than {MAX_COMBINATIONS} combinations"),
            )),
        }
    }

    /// Returns every combination. The last axis changes fastest.
    pub(in super::super) fn combinations(&self) -> Vec<Combination<'_>> {
        let none = vec![Combination(Vec::new())];
        self.0.iter().fold(none, |combinations, (name, values)| {
            let longer = combinations.iter().flat_map(|combination| {
                values.iter().map(|value| {
                    let mut longer = combination.clone();
                    longer.0.push((name, value));
                    longer
                })
            });
            longer.collect()
        })
    }

    /// Returns an axis whose placeholder is neither in the case nor in a value of another axis, if there is one.
    pub(in super::super) fn unused(&self, case: &Ordered) -> Option<&str> {
        let mut names = self.0.iter().map(|(name, _)| name.as_str());
        names.find(|name| {
            let mut others = self.0.iter().filter(|(other, _)| other != name);
            let in_others = others.any(|(_, values)| values.iter().any(|value| uses(value, name)));
            !in_others && !uses(case, name)
        })
    }
}

impl Combination<'_> {
    /// Returns the suffix of the id: `@axis=value` for each axis.
    pub(in super::super) fn suffix(&self) -> String {
        self.0.iter().fold(String::new(), |suffix, (name, value)| {
            let value = value.field(NAME).unwrap_or(value);
            suffix + "@" + name + "=" + &text(value).unwrap_or_default()
        })
    }

    /// Returns the value of an axis; of an object, its name.
    pub(in super::super) fn value(&self, axis: &str) -> Option<&Ordered> {
        let found = self.0.iter().find(|(name, _)| *name == axis);
        found.map(|(_, value)| value.field(NAME).unwrap_or(value))
    }

    /// Returns the other axes, for the placeholders in a value of this axis.
    fn without(&self, axis: &str) -> Self {
        let others = self.0.iter().filter(|(name, _)| *name != axis);
        Self(others.copied().collect())
    }

    /// Returns a copy of a JSON value in which every placeholder is replaced.
    pub(in super::super) fn fill(&self, value: &Ordered) -> Ordered {
        match value {
            Ordered::Text(text) => self.fill_text(text),
            Ordered::List(values) => {
                Ordered::List(values.iter().map(|value| self.fill(value)).collect())
            }
            Ordered::Object(fields) => {
                let filled = fields
                    .iter()
                    .map(|(name, value)| (name.clone(), self.fill(value)));
                Ordered::Object(filled.collect())
            }
            other => other.clone(),
        }
    }

    fn fill_text(&self, given: &str) -> Ordered {
        let mut filled = given.to_owned();
        // Most texts of a case have no placeholder.
        if !given.contains("{{") {
            return Ordered::Text(filled);
        }
        for (axis, value) in &self.0 {
            for (placeholder, value) in placeholders(axis, value) {
                if given == placeholder {
                    return self.without(axis).fill(value);
                }
                if filled.contains(&placeholder) {
                    let value = self.without(axis).fill(value);
                    filled = filled.replace(&placeholder, &text(&value).unwrap_or_default());
                }
            }
        }
        Ordered::Text(filled)
    }
}

fn check_axis(name: &str, values: &[Ordered]) -> Result<(), AxesError> {
    if !is_part(name) {
        return Err(wrong(name, "expected an axis name of [a-z0-9-]+"));
    }
    let mut seen = Vec::new();
    for value in values {
        let fits = text(value.field(NAME).unwrap_or(value)).filter(|text| is_part(text));
        let Some(text) = fits.filter(|text| !seen.contains(text)) else {
            return Err(wrong(
                name,
                "expected values that are strings of [a-z0-9-]+, integers, booleans, or objects with such a `name`, each once",
            ));
        };
        seen.push(text);
    }
    Ok(())
}

fn wrong(axis: &str, message: &str) -> AxesError {
    let pointer = if axis.is_empty() {
        String::new()
    } else {
        format!("/{axis}")
    };
    (CorpusErrorKind::Vary, pointer, message.to_owned())
}

fn placeholder(axis: &str) -> String {
    format!("{{{{{axis}}}}}")
}

/// The placeholders that a value of an axis replaces: `{{axis}}`, and of an object also `{{axis.key}}`.
fn placeholders<'a>(axis: &str, value: &'a Ordered) -> Vec<(String, &'a Ordered)> {
    let Ordered::Object(fields) = value else {
        return vec![(placeholder(axis), value)];
    };
    let of_field = |(key, value): &'a (String, Ordered)| match key.as_str() {
        NAME => (placeholder(axis), value),
        key => (placeholder(&format!("{axis}.{key}")), value),
    };
    fields.iter().map(of_field).collect()
}

/// Whether a placeholder of an axis is in a JSON value.
fn uses(value: &Ordered, axis: &str) -> bool {
    contains(value, &placeholder(axis)) || contains(value, &format!("{{{{{axis}."))
}

fn contains(value: &Ordered, placeholder: &str) -> bool {
    match value {
        Ordered::Text(text) => text.contains(placeholder),
        Ordered::List(values) => values.iter().any(|value| contains(value, placeholder)),
        Ordered::Object(fields) => fields.iter().any(|(_, value)| contains(value, placeholder)),
        Ordered::Null | Ordered::Bool(_) | Ordered::Number(_) => false,
    }
}

/// The text of a value in an id.
fn text(value: &Ordered) -> Option<String> {
    match value {
        Ordered::Text(text) => Some(text.clone()),
        Ordered::Number(number) => Some(number.to_string()),
        Ordered::Bool(value) => Some(value.to_string()),
        Ordered::Null | Ordered::List(_) | Ordered::Object(_) => None,
    }
}

fn is_part(text: &str) -> bool {
    let known = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    !text.is_empty() && text.bytes().all(known)
}

#[cfg(test)]
mod tests {
    use super::{Axes, CorpusErrorKind, Ordered};

    fn read(json: &str) -> Ordered {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn every_combination_occurs_once_and_has_a_suffix() {
        let axes = Axes::read(&read(r#"{"a":[1,2],"b":["x",true]}"#)).unwrap();
        let combinations = axes.combinations();
        let suffixes: Vec<_> = combinations
            .iter()
            .map(super::Combination::suffix)
            .collect();
        assert_eq!(
            suffixes,
            ["@a=1@b=x", "@a=1@b=true", "@a=2@b=x", "@a=2@b=true"]
        );
        let filled = combinations[1].fill(&read(r#"["{{a}}", "{{a}}-{{b}}", {"c": "{{b}}"}]"#));
        assert_eq!(filled, read(r#"[1, "1-true", {"c": true}]"#));
    }

    #[test]
    fn an_object_is_a_value_whose_fields_have_placeholders_of_their_own() {
        let vary =
            r#"{"api":[{"name":"new","revision":"2023-03-30","list":["{{b}}-x"]}],"b":["y"]}"#;
        let axes = Axes::read(&read(vary)).unwrap();
        let combinations = axes.combinations();
        assert_eq!(combinations[0].suffix(), "@api=new@b=y");
        let template = read(r#"["{{api}}", "r {{api.revision}}", "{{api.list}}", "{{b}}"]"#);
        let filled = combinations[0].fill(&template);
        assert_eq!(filled, read(r#"["new", "r 2023-03-30", ["y-x"], "y"]"#));
        assert_eq!(axes.unused(&read(r#""{{api.revision}}""#)), None);
        assert_eq!(axes.unused(&read(r#""{{b}}""#)), Some("api"));
        assert_eq!(
            combinations[0].value("api"),
            Some(&Ordered::Text("new".to_owned()))
        );
    }

    #[test]
    fn too_many_combinations_are_rejected_before_expansion() {
        let of = |name: char| format!(r#""{name}":[1,2,3,4,5,6,7,8,9,10]"#);
        let axes: Vec<_> = ('a'..='z').map(of).collect();
        let vary = read(&format!("{{{}}}", axes.join(",")));
        let (kind, ..) = Axes::read(&vary).unwrap_err();
        assert_eq!(kind, CorpusErrorKind::TooManyCombinations);
    }

    #[test]
    fn a_value_that_is_invalid_in_an_id_is_rejected() {
        for vary in [
            "[]",
            "{}",
            r#"{"a":[]}"#,
            r#"{"a":1}"#,
            r#"{"a":["A"]}"#,
            r#"{"a":["x/y"]}"#,
            r#"{"a":[null]}"#,
            r#"{"a":[1.5]}"#,
            r#"{"a":["1",1]}"#,
            r#"{"A":[1]}"#,
            r#"{"a":[{"x":"y"}]}"#,
            r#"{"a":[{"name":"A"}]}"#,
            r#"{"a":[{"name":"x"},"x"]}"#,
        ] {
            assert!(Axes::read(&read(vary)).is_err(), "{vary}");
        }
    }
}
