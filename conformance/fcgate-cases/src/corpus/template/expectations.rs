//! The expectation of each variation.

use super::super::CorpusErrorKind;
use super::super::ordered_json::Ordered;
use super::axes::Combination;

/// Returns the expectation of a combination: the one block that applies to it, or the common expectation.
pub(in super::super) fn expectation_for<'a>(
    expect: &'a Ordered,
    combination: &Combination<'_>,
) -> Result<&'a Ordered, (CorpusErrorKind, String)> {
    let wrong = |message: String| (CorpusErrorKind::Vary, message);
    let Ordered::List(blocks) = expect else {
        return Ok(expect);
    };
    let mut found = None;
    for block in blocks {
        let Ordered::Object(fields) = block else {
            return Err(wrong("expected a block that is an object".to_owned()));
        };
        let names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
        let ["when", "expect"] = names.as_slice() else {
            return Err(wrong(
                "expected a block with `when` and `expect`".to_owned(),
            ));
        };
        let (Some(when), Some(expect)) = (block.field("when"), block.field("expect")) else {
            continue;
        };
        if matches(when, combination)? && found.replace(expect).is_some() {
            return Err(wrong(format!("{} has two blocks", combination.suffix())));
        }
    }
    found.ok_or_else(|| wrong(format!("{} has no block", combination.suffix())))
}

/// Whether a combination has the values of `when`, or one value of each list.
fn matches(
    when: &Ordered,
    combination: &Combination<'_>,
) -> Result<bool, (CorpusErrorKind, String)> {
    let Ordered::Object(fields) = when else {
        let message = "expected `when` to be an object of axes".to_owned();
        return Err((CorpusErrorKind::Vary, message));
    };
    let mut all = true;
    for (axis, wanted) in fields {
        let Some(value) = combination.value(axis) else {
            return Err((CorpusErrorKind::Vary, format!("unknown axis {axis:?}")));
        };
        all &= match wanted {
            Ordered::List(values) => values.contains(value),
            wanted => wanted == value,
        };
    }
    Ok(all)
}

/// Sorts the keys of the blocks into the order of the model.
pub(super) fn arrange(blocks: Vec<Ordered>, model: &Ordered) -> Ordered {
    let blocks = blocks.into_iter().map(|block| match block {
        Ordered::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| match name.as_str() {
                "expect" => (name, value.arranged_as(model)),
                _ => (name, value),
            });
            Ordered::Object(fields.collect())
        }
        other => other,
    });
    Ordered::List(blocks.collect())
}

#[cfg(test)]
mod tests {
    use super::super::Axes;
    use super::{Ordered, expectation_for};

    fn read(json: &str) -> Ordered {
        serde_json::from_str(json).unwrap()
    }

    fn blocks(expect: &str) -> Result<Vec<Ordered>, String> {
        let axes = Axes::read(&read(r#"{"a":[1,2,3]}"#)).unwrap();
        let expect = read(expect);
        let blocks = axes.combinations().into_iter();
        blocks
            .map(|one| {
                expectation_for(&expect, &one)
                    .cloned()
                    .map_err(|(_, message)| message)
            })
            .collect()
    }

    #[test]
    fn each_combination_gets_its_block() {
        let expect = r#"[{"when":{"a":[1,3]},"expect":"odd"},{"when":{"a":2},"expect":"even"}]"#;
        let texts = ["odd", "even", "odd"].map(|text| Ordered::Text(text.to_owned()));
        assert_eq!(blocks(expect).unwrap(), texts);
    }

    #[test]
    fn a_combination_without_a_block_or_with_two_is_rejected() {
        let one = r#"{"when":{"a":[1,2]},"expect":0}"#;
        let all = r#"{"when":{},"expect":0}"#;
        assert_eq!(
            blocks(&format!("[{one}]")).unwrap_err(),
            "@a=3 has no block"
        );
        assert_eq!(
            blocks(&format!("[{all},{one}]")).unwrap_err(),
            "@a=1 has two blocks"
        );
        assert!(blocks(r#"[{"when":{"b":1},"expect":0}]"#).is_err());
        assert!(blocks(r#"[{"expect":0}]"#).is_err());
    }
}
