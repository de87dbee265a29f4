//! A case that stands for several: `vary` names axes and their values, the loader expands it.
//!
//! A text that is exactly `{{axis}}` becomes the value, and within a longer text the value is put in
//! its place. What is expected may differ: a list of blocks, each with the values it is for.

mod axes;
mod expectations;

use super::ordered_json::Ordered;

pub(super) use self::axes::Axes;
pub(super) use self::expectations::block_for;

/// The case as it stands in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template(pub(super) Ordered);

impl Template {
    /// The written form: the fields of the first variation in its order, `vary` before the operation.
    pub(super) fn written(case: Ordered, vary: Ordered, model: &Ordered) -> Self {
        let Ordered::Object(mut fields) = case.arranged_as(model) else {
            return Self(Ordered::Null);
        };
        // What the first variation leaves out is a default.
        fields.retain(|(name, _)| model.field(name).is_some());
        for (name, value) in &mut fields {
            if let (Ordered::List(blocks), "expect") = (&mut *value, name.as_str()) {
                let model = model.field("expect").unwrap_or(&Ordered::Null);
                *value = expectations::arranged(std::mem::take(blocks), model);
            }
        }
        let place = fields.iter().position(|(name, _)| name == "op");
        fields.insert(place.unwrap_or(fields.len()), ("vary".to_owned(), vary));
        Self(Ordered::Object(fields))
    }
}
