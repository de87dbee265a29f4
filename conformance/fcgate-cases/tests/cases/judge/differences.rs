//! The reported difference is the first one, for every edit of a string to sign.

use std::collections::BTreeSet;

use fcgate_cases::corpus::{Corpus, SignExpectation, Stimulus};
use fcgate_cases::judge::{self, Difference};
use fcgate_protocol::{HeaderList, Reply, SignInput, SignOutput, Stages};

const STRINGS: usize = 50;

/// Fifty expected strings to sign of the corpus, of both schemes and all kinds.
fn strings() -> Vec<(SignInput, String)> {
    let corpus = Corpus::embedded().unwrap();
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for case in corpus.cases() {
        if let Stimulus::Sign { given, expect } = &case.stimulus
            && let Some(stages) = &expect.stages
        {
            let texts = [&stages.canonical_request, &stages.string_to_sign];
            for text in texts.into_iter().flatten() {
                if text.lines().count() > 2 && seen.insert(text.clone()) {
                    all.push((given.clone(), text.clone()));
                }
            }
        }
    }
    let step = all.len() / STRINGS;
    assert!(step >= 1, "{}", all.len());
    all.into_iter().step_by(step).take(STRINGS).collect()
}

/// Checks that offset, line and column equal the separately calculated ones.
fn placed(found: &Difference, right: &[u8], wrong: &[u8], offset: usize) {
    let before = &right[..offset];
    let line = before.split(|byte| *byte == b'\n').count();
    let column = before.iter().rev().take_while(|byte| **byte != b'\n');
    assert_eq!(
        (found.offset, found.line, found.column),
        (offset, line, column.count() + 1),
        "{:?} against {:?}",
        String::from_utf8_lossy(wrong),
        String::from_utf8_lossy(right)
    );
}

/// The first difference of two byte strings. Many edits are not text, so an answer cannot contain them.
fn compared(right: &[u8], wrong: &[u8], offset: usize) {
    placed(&Difference::between(right, wrong), right, wrong, offset);
}

/// The comparison of a stage of an answer by the judge.
fn judged(given: &SignInput, right: &str, wrong: &str, offset: usize) {
    let stages = |text: &str| Stages {
        string_to_sign: Some(text.to_owned()),
        ..Stages::default()
    };
    let expect = SignExpectation {
        stages: Some(stages(right)),
        ..SignExpectation::default()
    };
    let answer = Reply::Ok(SignOutput::new(HeaderList::new()).stages(stages(wrong)));
    let checks = judge::sign(given, &expect, &answer);
    let check = checks
        .iter()
        .find(|check| check.id == "string_to_sign")
        .unwrap();
    assert!(check.failed());
    let found = check.first_difference.as_ref().unwrap();
    placed(found, right.as_bytes(), wrong.as_bytes(), offset);
}

/// The end of the run of equal bytes at an offset. A byte added to or removed from a run is a difference at its end.
fn end_of_run(text: &[u8], from: usize, byte: u8) -> usize {
    from + text[from..]
        .iter()
        .take_while(|other| **other == byte)
        .count()
}

#[test]
fn a_replaced_inserted_or_removed_byte_is_the_first_difference() {
    let mut edits = 0;
    for (place, (_, text)) in strings().iter().enumerate() {
        let right = text.as_bytes();
        let other = |at: usize| [b'\r', b'\n', b' ', b'\t', 0, 0xff, b'x', right[at]];
        for at in 0..right.len() {
            let flipped = (0..8).map(|bit| right[at] ^ (1 << bit)).chain(other(at));
            // Only the first text is edited at every byte.
            let bytes: BTreeSet<u8> = if place == 0 {
                (0..=u8::MAX).collect()
            } else {
                flipped.collect()
            };
            for byte in bytes {
                let mut replaced = right.to_vec();
                replaced[at] = byte;
                if byte != right[at] {
                    compared(right, &replaced, at);
                    edits += 1;
                }
                let mut longer = right.to_vec();
                longer.insert(at, byte);
                compared(right, &longer, end_of_run(right, at, byte));
                edits += 1;
            }
            let mut shorter = right.to_vec();
            let left_out = shorter.remove(at);
            compared(right, &shorter, end_of_run(right, at, left_out) - 1);
            edits += 1;
        }
        for byte in other(0) {
            compared(right, &[right, &[byte]].concat(), right.len());
            edits += 1;
        }
    }
    assert!(edits > 250_000, "{edits}");
}

#[test]
fn two_swapped_lines_differ_at_their_first_different_byte() {
    let mut swaps = 0;
    for (given, text) in strings() {
        let lines: Vec<&str> = text.split('\n').collect();
        for one in 0..lines.len() {
            for other in one + 1..lines.len() {
                if lines[one] == lines[other] {
                    continue;
                }
                let mut swapped = lines.clone();
                swapped.swap(one, other);
                let before: usize = lines[..one].iter().map(|line| line.len() + 1).sum();
                // Each line with the text after it, because one line may be a prefix of the other.
                let first = [lines[one], &lines[one + 1..].join("\n")].join("\n");
                let then = [lines[other], &swapped[one + 1..].join("\n")].join("\n");
                let same = first.bytes().zip(then.bytes());
                let same = same.take_while(|(one, other)| one == other).count();
                judged(&given, &text, &swapped.join("\n"), before + same);
                swaps += 1;
            }
        }
    }
    assert!(swaps > 1_000, "{swaps}");
}

#[test]
fn an_added_carriage_return_or_space_and_a_missing_line_feed_are_the_first_difference() {
    let mut edits = 0;
    for (given, text) in strings() {
        let ends = text.match_indices('\n').map(|(at, _)| at);
        for end in ends.chain([text.len()]) {
            for stray in ["\r", " ", "\t", "  ", "\r\r"] {
                let mut wrong = text.clone();
                wrong.insert_str(end, stray);
                judged(&given, &text, &wrong, end);
                edits += 1;
            }
            if end < text.len() {
                let mut wrong = text.clone();
                wrong.remove(end);
                let next = end_of_run(text.as_bytes(), end, b'\n') - 1;
                judged(&given, &text, &wrong, next);
                let mut wrong = text.clone();
                wrong.insert(end + 1, ' ');
                let after = end_of_run(text.as_bytes(), end + 1, b' ');
                judged(&given, &text, &wrong, after);
                edits += 2;
            }
        }
        let all_ends = text.replace('\n', "\r\n");
        judged(&given, &text, &all_ends, text.find('\n').unwrap());
        let ended = format!("{text}\n");
        judged(&given, &text, &ended, text.len());
        edits += 2;
    }
    assert!(edits > 2_500, "{edits}");
}
