//! The grammar of case ids.
//!
//! An id is used in file names, also on file systems that ignore case, so it has no upper-case letters.

/// The maximum length of an id without its axes.
const LONGEST: usize = 200;

/// Returns whether the text is the id of a case in a file: segments of `[a-z0-9-]+` joined by dots.
pub(super) fn is_base(id: &str) -> bool {
    id.len() <= LONGEST && id.split('.').all(is_segment)
}

/// Returns whether the text is the id of a case. The id of a variation has `@axis=value` at the end for each axis.
pub(super) fn is_case(id: &str) -> bool {
    let mut parts = id.split('@');
    parts.next().is_some_and(is_base)
        && parts.all(|part| {
            let axis = part.split_once('=');
            axis.is_some_and(|(name, value)| is_segment(name) && is_segment(value))
        })
}

fn is_segment(segment: &str) -> bool {
    let known = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    !segment.is_empty() && segment.bytes().all(known)
}

#[cfg(test)]
mod tests {
    use super::{is_base, is_case};

    #[test]
    fn an_id_with_upper_case_or_a_parent_folder_is_invalid() {
        assert!(is_base("sign.fc-dates.both"));
        assert!(is_case(
            "invoke.redirects.not-followed@status=301@scheme=fc"
        ));
        for id in [
            "",
            "a..b",
            "../../outside/x",
            "con.aux\n",
            "sign.A",
            "a b",
            "a@b=c",
        ] {
            assert!(!is_base(id), "{id}");
        }
        for id in ["a@", "a@b", "a@=c", "a@b=C", "@b=c"] {
            assert!(!is_case(id), "{id}");
        }
        assert!(!is_base(&"a".repeat(201)));
    }
}
