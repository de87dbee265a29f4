//! The checks of an answer as text.

use fcgate_cases::judge::Check;

/// The ids of all checks, in their order.
pub(crate) fn ids(checks: &[Check]) -> Vec<&str> {
    checks.iter().map(|check| check.id.as_str()).collect()
}

/// The failed checks, each as `id: actual value`.
pub(crate) fn failed(checks: &[Check]) -> Vec<String> {
    let failed = checks.iter().filter(|check| check.failed());
    let actual = |check: &Check| {
        check
            .actual_text()
            .unwrap_or_else(|| "(missing)".to_owned())
    };
    failed
        .map(|check| format!("{}: {}", check.id, actual(check)))
        .collect()
}
