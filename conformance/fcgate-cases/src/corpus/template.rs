//! A template: a case that the loader expands into several variations.
//!
//! `vary` defines axes and their values. A string that is exactly `{{axis}}` becomes the value; inside a longer
//! string the value is inserted. A value that is an object has a `name` for the id, and `{{axis.key}}` for each other
//! key. `expect` is one expectation for all variations, or a list of blocks, each with the
//! values that it applies to.

mod axes;
mod expectations;

use super::ordered_json::Ordered;

pub(super) use self::axes::Axes;
pub(super) use self::expectations::expectation_for;

/// A case with `vary`, as it is written in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template(pub(super) Ordered);

impl Template {
    /// Creates the canonical form: the fields in the order of the first variation, `vary` before the operation.
    pub(super) fn written(case: Ordered, vary: Ordered, model: &Ordered) -> Self {
        let Ordered::Object(mut fields) = case.arranged_as(model) else {
            return Self(Ordered::Null);
        };
        // A field that the first variation omits has its default value.
        fields.retain(|(name, _)| model.field(name).is_some());
        for (name, value) in &mut fields {
            if let (Ordered::List(blocks), "expect") = (&mut *value, name.as_str()) {
                let model = model.field("expect").unwrap_or(&Ordered::Null);
                *value = expectations::arrange(std::mem::take(blocks), model);
            }
        }
        let place = fields.iter().position(|(name, _)| name == "op");
        fields.insert(place.unwrap_or(fields.len()), ("vary".to_owned(), vary));
        Self(Ordered::Object(fields))
    }
}
