//! Access key ids in short form.

use crate::visible;

/// The first four and the last two characters of an access key id.
///
/// An id is not a secret. An id that the gate does not know may be a secret in the wrong field.
pub fn abbreviate_id(id: &str) -> String {
    let count = id.chars().count();
    if count < 12 {
        return format!("one of {count} characters");
    }
    let head: String = id.chars().take(4).collect();
    let tail: String = id.chars().skip(count - 2).collect();
    visible::line(&format!("{head}…{tail}"), 40)
}

#[cfg(test)]
mod tests {
    use super::abbreviate_id;

    #[test]
    fn an_unknown_id_is_reduced_to_its_ends() {
        assert_eq!(abbreviate_id("LTAI5someOtherAccessKey42"), "LTAI…42");
        assert_eq!(abbreviate_id("short"), "one of 5 characters");
    }
}
