//! The same run writes the same report, byte for byte: repeated, shuffled, in shards, in another process.

use std::fs;
use std::path::Path;

use crate::{gate, programs};

/// Each run starts its threads and its cases in another order of time. More runs in each change find no more than the same runs do
/// over many changes.
const REPETITIONS: usize = 4;
const SHUFFLES: usize = 3;
const SHARD_COUNTS: [usize; 2] = [2, 7];

/// Compares the JSON report of the reference with the reports of other runs.
#[expect(clippy::print_stdout, reason = "progress is for the reader of the log")]
pub(crate) fn run() -> Result<(), String> {
    let folder = programs::root().join("target/identical");
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let whole = report(&folder, "whole", "")?;
    let mut others: Vec<(String, String)> = (0..REPETITIONS)
        .map(|number| (format!("run {number}"), String::new()))
        .collect();
    others.extend(
        (0..SHUFFLES).map(|number| (format!("shuffle {number}"), format!("--shuffle={number}"))),
    );
    others.push(("one job".to_owned(), "--jobs 1".to_owned()));
    others.push((
        "a child process".to_owned(),
        format!("-- {} reference", gate::program()?),
    ));
    for (name, options) in &others {
        let other = report(&folder, "other", options)?;
        compare(name, &whole, &other)?;
    }
    for count in SHARD_COUNTS {
        let mut shards = Vec::new();
        for index in 1..=count {
            let name = format!("shard-{index}-of-{count}");
            report(&folder, &name, &format!("--shard {index}/{count}"))?;
            shards.push(path(&folder, &name));
        }
        let merged = path(&folder, "merged");
        fcgate(&format!(
            "merge -q --report json={merged} {}",
            shards.join(" ")
        ))?;
        compare(&format!("{count} shards"), &whole, &read(&merged)?)?;
    }
    println!(
        "{} runs and {} merged sets of shards wrote the same {} bytes",
        others.len() + 1,
        SHARD_COUNTS.len(),
        whole.len()
    );
    Ok(())
}

fn report(folder: &Path, name: &str, options: &str) -> Result<Vec<u8>, String> {
    let path = path(folder, name);
    fcgate(&format!("run -q --report json={path} {options}"))?;
    read(&path)
}

fn fcgate(arguments: &str) -> Result<(), String> {
    let mut words = vec![gate::program()?];
    words.extend(arguments.split_whitespace());
    programs::output(&words).map(drop)
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(format!("{name}.json")).display().to_string()
}

fn read(path: &str) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{path}: {error}"))
}

fn compare(name: &str, whole: &[u8], other: &[u8]) -> Result<(), String> {
    if whole == other {
        return Ok(());
    }
    let position = whole
        .iter()
        .zip(other)
        .take_while(|(one, two)| one == two)
        .count();
    Err(format!("the report of {name} differs at byte {position}"))
}
