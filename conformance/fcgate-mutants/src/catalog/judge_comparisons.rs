//! Mistakes in the judge's own comparisons: the self-test must notice each.

use fcgate_cases::judge::{Check, CheckStatus, Comparer};

use crate::mistake::Mistake;
use crate::mutant::Mutant;

const HONEST: Comparer = Comparer::HONEST;

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
    judge(code, name, summary, Comparer { equal, ..HONEST })
}

/// A judge that changes the checks once they are made.
const fn changes(
    code: &'static str,
    name: &'static str,
    summary: &'static str,
    checks: fn(&mut Vec<Check>),
) -> Mutant {
    judge(code, name, summary, Comparer { checks, ..HONEST })
}

pub(super) const MUTANTS: &[Mutant] = &[
    compares(
        "FCG0701",
        "judge-compares-without-case",
        "the judge compares without case",
        |expected, actual| actual.is_some_and(|actual| actual.eq_ignore_ascii_case(expected)),
    ),
    compares(
        "FCG0702",
        "judge-ignores-the-last-line-feed",
        "the judge does not see an LF at the end",
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
        "the judge does not see a CR",
        |expected, actual| without(expected, actual, |byte| byte == b'\r'),
    ),
    compares(
        "FCG0705",
        "judge-ignores-blanks",
        "the judge does not see white space",
        |expected, actual| without(expected, actual, |byte| byte.is_ascii_whitespace()),
    ),
    compares(
        "FCG0706",
        "judge-takes-missing-for-equal",
        "the judge takes a missing value for the expected one",
        |expected, actual| actual.is_none_or(|actual| actual == expected),
    ),
    compares(
        "FCG0707",
        "judge-takes-missing-for-empty",
        "the judge takes a missing value for an empty one",
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
        "the judge compares as far as both sides go",
        |expected, actual| {
            actual
                .is_some_and(|actual| expected.starts_with(actual) || actual.starts_with(expected))
        },
    ),
    compares(
        "FCG0710",
        "judge-compares-the-first-line",
        "the judge compares the first line only",
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
        "the judge compares as text, in which all bytes that are no UTF-8 are alike",
        |expected, actual| {
            let text = String::from_utf8_lossy;
            actual.is_some_and(|actual| text(actual) == text(expected))
        },
    ),
    compares(
        "FCG0714",
        "judge-compares-numbers",
        "the judge takes two spellings of one number for equal",
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
        "the judge finds everything equal",
        |_, _| true,
    ),
    judge(
        "FCG0721",
        "judge-sees-no-surplus",
        "the judge does not see what must not be there",
        Comparer {
            absent: |_| true,
            ..HONEST
        },
    ),
    judge(
        "FCG0722",
        "judge-sees-no-empty-surplus",
        "the judge does not see an empty value that must not be there",
        Comparer {
            absent: |actual| actual.is_none_or(<[u8]>::is_empty),
            ..HONEST
        },
    ),
    judge(
        "FCG0723",
        "judge-believes-every-property",
        "the judge finds that every property holds",
        Comparer {
            holds: |_| true,
            ..HONEST
        },
    ),
    judge(
        "FCG0724",
        "judge-takes-any-refusal",
        "the judge takes a refusal of any class for the expected one",
        Comparer {
            refused: |_, _| true,
            ..HONEST
        },
    ),
    changes(
        "FCG0731",
        "judge-drops-the-last-check",
        "the judge forgets the last check of a case",
        |checks| {
            if checks.len() > 1 {
                checks.pop();
            }
        },
    ),
    changes(
        "FCG0732",
        "judge-stops-at-the-first-check",
        "the judge makes the first check of a case only",
        |checks| checks.truncate(1),
    ),
    changes(
        "FCG0733",
        "judge-swaps-the-sides",
        "the judge shows what was expected as what came, and the other way round",
        |checks| {
            for check in checks {
                std::mem::swap(&mut check.expected, &mut check.actual);
            }
        },
    ),
    changes(
        "FCG0734",
        "judge-calls-failures-unsupported",
        "the judge calls a check unsupported that failed",
        |checks| {
            for check in checks.iter_mut().filter(|check| check.failed()) {
                check.status = CheckStatus::Unsupported;
            }
        },
    ),
    changes(
        "FCG0735",
        "judge-names-the-wrong-place",
        "the judge names the byte before the first difference",
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
        "judge-names-another-check",
        "the judge names its checks after the ones before them",
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
