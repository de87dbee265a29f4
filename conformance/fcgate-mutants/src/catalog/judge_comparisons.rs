//! Mistakes in the comparisons of the judge; the self-test must notice each.

use fcgate_cases::judge::{Check, CheckStatus, Comparer};

use crate::mistake::Mistake;
use crate::mutant::Mutant;

const CORRECT: Comparer = Comparer::CORRECT;

const fn judge(
    code: &'static str,
    name: &'static str,
    summary: &'static str,
    comparer: Comparer,
) -> Mutant {
    Mutant::new(code, name, summary, &[], Mistake::Judge(comparer))
}

/// A judge that compares two values in another way.
const fn compares(
    code: &'static str,
    name: &'static str,
    summary: &'static str,
    equal: fn(&[u8], Option<&[u8]>) -> bool,
) -> Mutant {
    judge(code, name, summary, Comparer { equal, ..CORRECT })
}

/// A judge that changes the checks once they are made.
const fn changes(
    code: &'static str,
    name: &'static str,
    summary: &'static str,
    checks: fn(&mut Vec<Check>),
) -> Mutant {
    judge(code, name, summary, Comparer { checks, ..CORRECT })
}

pub(super) const MUTANTS: &[Mutant] = &[
    compares(
        "FCG0701",
        "judge-compares-without-case",
        "the judge compares case-insensitively",
        |expected, actual| actual.is_some_and(|actual| actual.eq_ignore_ascii_case(expected)),
    ),
    compares(
        "FCG0702",
        "judge-ignores-the-last-line-feed",
        "the judge ignores an LF at the end",
        |expected, actual| {
            let stripped = |text| <[u8]>::strip_suffix(text, b"\n").unwrap_or(text);
            actual.is_some_and(|actual| stripped(actual) == stripped(expected))
        },
    ),
    compares(
        "FCG0703",
        "judge-trims",
        "the judge trims both sides",
        |expected, actual| {
            actual.is_some_and(|actual| actual.trim_ascii() == expected.trim_ascii())
        },
    ),
    compares(
        "FCG0704",
        "judge-ignores-carriage-returns",
        "the judge ignores CR",
        |expected, actual| without(expected, actual, |byte| byte == b'\r'),
    ),
    compares(
        "FCG0705",
        "judge-ignores-spaces",
        "the judge ignores white space",
        |expected, actual| without(expected, actual, |byte| byte.is_ascii_whitespace()),
    ),
    compares(
        "FCG0706",
        "judge-accepts-missing-as-equal",
        "the judge accepts a missing value as the expected one",
        |expected, actual| actual.is_none_or(|actual| actual == expected),
    ),
    compares(
        "FCG0707",
        "judge-accepts-missing-as-empty",
        "the judge accepts a missing value as an empty one",
        |expected, actual| actual.unwrap_or_default() == expected,
    ),
    compares(
        "FCG0708",
        "judge-compares-lengths",
        "the judge compares lengths only",
        |expected, actual| actual.is_some_and(|actual| actual.len() == expected.len()),
    ),
    compares(
        "FCG0709",
        "judge-compares-the-beginning",
        "the judge compares up to the end of the shorter side",
        |expected, actual| {
            actual
                .is_some_and(|actual| expected.starts_with(actual) || actual.starts_with(expected))
        },
    ),
    compares(
        "FCG0710",
        "judge-compares-the-first-line",
        "the judge compares only the first line",
        |expected, actual| {
            let line = |text: &[u8]| text.split(|byte| *byte == b'\n').next().map(<[u8]>::to_vec);
            actual.is_some_and(|actual| line(actual) == line(expected))
        },
    ),
    compares(
        "FCG0711",
        "judge-sorts-lines",
        "the judge sorts the lines of both sides before it compares them",
        |expected, actual| {
            let sorted = |text: &[u8]| {
                let mut lines: Vec<Vec<u8>> = text
                    .split(|byte| *byte == b'\n')
                    .map(<[u8]>::to_vec)
                    .collect();
                lines.sort();
                lines
            };
            actual.is_some_and(|actual| sorted(actual) == sorted(expected))
        },
    ),
    compares(
        "FCG0712",
        "judge-decodes-percent-escapes",
        "the judge decodes percent escapes before it compares",
        |expected, actual| {
            let decode = |text: &[u8]| percent_encoding::percent_decode(text).collect::<Vec<u8>>();
            actual.is_some_and(|actual| decode(actual) == decode(expected))
        },
    ),
    compares(
        "FCG0713",
        "judge-compares-lossy-text",
        "the judge compares text, in which all bytes that are not UTF-8 are equal",
        |expected, actual| {
            let text = String::from_utf8_lossy;
            actual.is_some_and(|actual| text(actual) == text(expected))
        },
    ),
    compares(
        "FCG0714",
        "judge-compares-numbers",
        "the judge accepts two spellings of one number as equal",
        |expected, actual| {
            let number = |text: &[u8]| std::str::from_utf8(text).ok()?.parse::<f64>().ok();
            let same = |actual| match (number(actual), number(expected)) {
                (Some(one), Some(other)) => one.total_cmp(&other).is_eq(),
                _ => actual == expected,
            };
            actual.is_some_and(same)
        },
    ),
    compares(
        "FCG0715",
        "judge-always-equal",
        "the judge accepts every value as equal",
        |_, _| true,
    ),
    judge(
        "FCG0721",
        "judge-ignores-surplus-values",
        "the judge ignores values that must be absent",
        Comparer {
            absent: |_| true,
            ..CORRECT
        },
    ),
    judge(
        "FCG0722",
        "judge-ignores-empty-surplus-values",
        "the judge ignores an empty value that must be absent",
        Comparer {
            absent: |actual| actual.is_none_or(<[u8]>::is_empty),
            ..CORRECT
        },
    ),
    judge(
        "FCG0723",
        "judge-accepts-every-property",
        "the judge reports that every property holds",
        Comparer {
            holds: |_| true,
            ..CORRECT
        },
    ),
    judge(
        "FCG0724",
        "judge-accepts-any-refusal",
        "the judge accepts a refusal of any class as the expected one",
        Comparer {
            refused: |_, _| true,
            ..CORRECT
        },
    ),
    changes(
        "FCG0731",
        "judge-drops-the-last-check",
        "the judge drops the last check of a case",
        |checks| {
            if checks.len() > 1 {
                checks.pop();
            }
        },
    ),
    changes(
        "FCG0732",
        "judge-stops-at-the-first-check",
        "the judge makes only the first check of a case",
        |checks| checks.truncate(1),
    ),
    changes(
        "FCG0733",
        "judge-swaps-the-sides",
        "the judge swaps expected and actual values in its report",
        |checks| {
            for check in checks {
                std::mem::swap(&mut check.expected, &mut check.actual);
            }
        },
    ),
    changes(
        "FCG0734",
        "judge-calls-failures-unsupported",
        "the judge reports a failed check as unsupported",
        |checks| {
            for check in checks.iter_mut().filter(|check| check.failed()) {
                check.status = CheckStatus::Unsupported;
            }
        },
    ),
    changes(
        "FCG0735",
        "judge-reports-the-wrong-offset",
        "the judge reports the byte before the first difference",
        |checks| {
            for difference in checks
                .iter_mut()
                .filter_map(|check| check.first_difference.as_mut())
            {
                difference.offset = difference.offset.saturating_sub(1);
            }
        },
    ),
    changes(
        "FCG0736",
        "judge-reports-another-check",
        "the judge reports each check under the name of the check before it",
        |checks| {
            let ids: Vec<String> = checks.iter().map(|check| check.id.clone()).collect();
            for (check, id) in checks.iter_mut().skip(1).zip(ids) {
                check.id = id;
            }
        },
    ),
];

/// Both sides compared without such bytes.
fn without(expected: &[u8], actual: Option<&[u8]>, ignored: fn(u8) -> bool) -> bool {
    let kept = |text: &[u8]| -> Vec<u8> {
        text.iter()
            .copied()
            .filter(|byte| !ignored(*byte))
            .collect()
    };
    actual.is_some_and(|actual| kept(actual) == kept(expected))
}
