//! Cuts a given string to sign of the `FC` scheme into its pieces; nothing is signed here.

/// The two pieces of variable length.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Pieces<'a> {
    /// The `x-fc-` block; every line ends with LF; empty when there is none.
    pub(super) canonical_headers: &'a str,
    /// The last piece, with the LF and the pairs of an HTTP trigger.
    pub(super) canonical_resource: &'a str,
}

/// `None` when the text has not the shape of a string to sign.
pub(super) fn cut(string_to_sign: &str) -> Option<Pieces<'_>> {
    let mut rest = string_to_sign;
    for _ in ["method", "md5", "type", "date"] {
        rest = rest.split_once('\n')?.1;
    }
    let block = rest;
    while rest.starts_with("x-fc-") {
        let (line, after) = rest.split_once('\n')?;
        line.contains(':').then_some(())?;
        rest = after;
    }
    let canonical_headers = block.strip_suffix(rest)?;
    rest.starts_with('/').then_some(Pieces {
        canonical_headers,
        canonical_resource: rest,
    })
}

#[cfg(test)]
mod tests {
    use super::{Pieces, cut};

    #[test]
    fn a_string_without_fc_headers_has_an_empty_block() {
        let pieces = cut("POST\n\n\nSun, 22 Nov 2026 09:02:23 GMT\n/a/b").unwrap();
        assert_eq!(
            pieces,
            Pieces {
                canonical_headers: "",
                canonical_resource: "/a/b"
            }
        );
    }

    #[test]
    fn the_block_keeps_its_line_ends_and_the_resource_its_pairs() {
        let pieces = cut("GET\nm\nt\nd\nx-fc-a:\nx-fc-b:c:d e\n/p\na=1\nx-fc-expires=2").unwrap();
        assert_eq!(pieces.canonical_headers, "x-fc-a:\nx-fc-b:c:d e\n");
        assert_eq!(pieces.canonical_resource, "/p\na=1\nx-fc-expires=2");
    }

    #[test]
    fn the_final_line_end_of_a_trigger_stays() {
        assert_eq!(cut("GET\n\n\nd\n/p\n").unwrap().canonical_resource, "/p\n");
    }

    #[test]
    fn a_text_of_another_shape_is_refused() {
        assert_eq!(cut("ACS3-HMAC-SHA256\nabc"), None);
        assert_eq!(cut("GET\n\n\nd\nno-path"), None);
    }
}
