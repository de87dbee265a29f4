//! Whether the tests run in CI.

/// Whether `CI` is `true`, so that no test may be skipped because of a missing interpreter.
pub(crate) fn in_ci() -> bool {
    #[expect(
        clippy::disallowed_methods,
        reason = "whether a missing interpreter is a failure depends on the machine"
    )]
    let ci = std::env::var_os("CI");
    ci.is_some_and(|value| value == "true")
}
