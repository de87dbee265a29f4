//! Changes that mistakes make in a correct request.

use fcgate_protocol::{BuildInput, BuildOutput};

use crate::mistake::Mistake;

use super::constructor::constructor;

constructor!(
    /// A mistake in a request, which is then signed correctly.
    build,
    |change: fn(&BuildInput, &mut BuildOutput)| Mistake::Build(change)
);

/// The qualifier that the caller set.
pub(super) fn qualifier(input: &BuildInput) -> Option<&str> {
    input.input.qualifier.as_deref()
}

/// Changes the path of the URL.
pub(super) fn change_path(request: &mut BuildOutput, change: impl FnOnce(String) -> String) {
    let start = request.url.find("://").map_or(0, |at| at + 3);
    let Some((front, rest)) = request.url.split_at_checked(start) else {
        return;
    };
    let (authority, target) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (path, query) = target.split_at(target.find('?').unwrap_or(target.len()));
    let path = change(path.to_owned());
    request.url = format!("{front}{authority}{path}{query}");
}

/// Replaces the query of the URL; an empty one removes it.
pub(super) fn set_query(request: &mut BuildOutput, query: &str) {
    let end = request.url.find('?').unwrap_or(request.url.len());
    request.url.truncate(end);
    if !query.is_empty() {
        request.url.push('?');
        request.url.push_str(query);
    }
}

/// Changes the names of service and function in the path.
pub(super) fn names(input: &BuildInput, request: &mut BuildOutput, change: fn(&str) -> String) {
    let function = &input.input.function;
    change_path(request, |path| {
        let path = path.replacen(
            &format!("/functions/{function}/"),
            &format!("/functions/{}/", change(function)),
            1,
        );
        match &input.input.service {
            Some(service) => path.replacen(
                &format!("/services/{service}"),
                &format!("/services/{}", change(service)),
                1,
            ),
            None => path,
        }
    });
}
