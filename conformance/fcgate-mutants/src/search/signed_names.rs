//! Lists of signed header names that a client may have meant.

use fcgate_protocol::HeaderList;

/// The names of an ACS3 authorization in the form of the rule (lower case, sorted, no duplicates), then with the
/// names that must be signed, then with the `x-fc-` headers too.
pub fn variants<'a>(
    names: &(impl Iterator<Item = &'a str> + Clone),
    headers: &HeaderList,
) -> Vec<Vec<String>> {
    let with = |is_signed: fn(&str) -> bool| {
        let present = headers.iter().map(|(name, _)| name.to_ascii_lowercase());
        let given = names.clone().map(str::to_ascii_lowercase);
        let mut names: Vec<String> = given
            .chain(present.filter(|name| is_signed(name)))
            .collect();
        names.sort();
        names.dedup();
        names
    };
    let mut variants = vec![
        with(|_| false),
        with(is_required),
        with(|name| is_required(name) || name.starts_with("x-fc-")),
    ];
    variants.dedup();
    variants
}

fn is_required(name: &str) -> bool {
    matches!(name, "host" | "content-type") || name.starts_with("x-acs-")
}
