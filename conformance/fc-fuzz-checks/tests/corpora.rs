//! The committed inputs of every target, without a fuzzer.
//!
//! Each target also gets every input with one part missing and with one byte changed, so that the check of a target does not
//! depend on inputs that were found once.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use fc_fuzz_checks::{GATE, PROTOCOL, Target};

/// The most inputs of a target, and the most bytes of one: the corpora stay small.
const MOST_INPUTS: usize = 40;
const MOST_BYTES: usize = 8 * 1024;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz")
}

fn targets() -> impl Iterator<Item = Target> {
    PROTOCOL.into_iter().chain(GATE)
}

/// The names of the files in a folder of the fuzz package.
fn names(folder_name: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(folder().join(folder_name)).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names
        .map(|name| name.trim_end_matches(".rs").to_owned())
        .collect()
}

fn inputs(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new("corpus").join(target);
    let names = names(folder.to_str().unwrap());
    let paths = names
        .iter()
        .map(|name| self::folder().join(&folder).join(name));
    paths.map(|path| fs::read(path).unwrap()).collect()
}

#[test]
fn every_target_has_a_program_and_a_small_corpus() {
    let expected: BTreeSet<String> = targets().map(|(name, _)| name.to_owned()).collect();
    assert_eq!(names("fuzz_targets"), expected);
    assert_eq!(names("corpus"), expected);
    for name in &expected {
        let inputs = inputs(name);
        assert!(
            (5..=MOST_INPUTS).contains(&inputs.len()),
            "{name}: {} inputs",
            inputs.len()
        );
        let longest = inputs.iter().map(Vec::len).max();
        assert!(
            longest.is_some_and(|bytes| bytes <= MOST_BYTES),
            "{name}: {longest:?} bytes"
        );
    }
}

#[test]
fn the_promises_of_the_protocol_crates_hold_for_every_committed_input() {
    for (name, check) in PROTOCOL {
        for input in inputs(name) {
            check(&input);
        }
    }
}

#[test]
fn the_promises_of_the_gate_hold_for_every_committed_input() {
    for (name, check) in GATE {
        for input in inputs(name) {
            check(&input);
        }
    }
}

#[test]
fn the_promises_of_the_protocol_crates_hold_for_cut_and_changed_inputs() {
    for (name, check) in PROTOCOL {
        for input in inputs(name) {
            let step = input.len() / 16 + 1;
            for at in (0..input.len()).step_by(step) {
                let (start, end) = input.split_at(at);
                check(start);
                check(end);
                let mut changed = input.clone();
                for byte in changed.iter_mut().skip(at).take(1) {
                    *byte ^= 0x20;
                }
                check(&changed);
            }
        }
    }
}
