//! The interpreters and compilers of other languages.

/// Whether what needs this program is left out here.
pub(crate) fn is_missing(program: &str, needed_in_ci: bool) -> bool {
    which::which(program).is_err() && !(needed_in_ci && in_ci())
}

/// Whether this is a machine on which nothing may be left out.
fn in_ci() -> bool {
    #[expect(
        clippy::disallowed_methods,
        reason = "whether a missing interpreter is a failure depends on the machine"
    )]
    let ci = std::env::var_os("CI");
    ci.is_some_and(|value| value == "true")
}
