//! The same run gives the same report, byte for byte: again, in any order, in parts, in another process.

use std::fs;
use std::path::Path;

use crate::programs;

const FCGATE: &str = "cargo run --quiet --release --locked -p fc-conformance --bin fcgate --";
const AGAIN: usize = 20;
const SHUFFLES: usize = 5;
const SHARDINGS: [usize; 3] = [2, 3, 7];

/// Compares the JSON report of the reference with those of other runs; `cargo` has built it before.
#[expect(clippy::print_stdout, reason = "progress is for the reader of the log")]
pub(crate) fn run() -> Result<(), String> {
    let folder = programs::root().join("target/identical");
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let whole = report(&folder, "whole", "")?;
    let mut others: Vec<(String, String)> = (0..AGAIN)
        .map(|number| (format!("run {number}"), String::new()))
        .collect();
    others.extend(
        (0..SHUFFLES).map(|number| (format!("shuffle {number}"), format!("--shuffle={number}"))),
    );
    others.push(("one at a time".to_owned(), "--jobs 1".to_owned()));
    others.push(("a child process".to_owned(), format!("-- {}", adapter())));
    for (name, options) in &others {
        let other = report(&folder, "other", options)?;
        same(name, &whole, &other)?;
    }
    for count in SHARDINGS {
        let mut parts = Vec::new();
        for index in 1..=count {
            let name = format!("shard-{index}-of-{count}");
            report(&folder, &name, &format!("--shard {index}/{count}"))?;
            parts.push(path(&folder, &name));
        }
        let merged = path(&folder, "merged");
        fcgate(&format!(
            "merge -q --report json={merged} {}",
            parts.join(" ")
        ))?;
        same(&format!("{count} shards"), &whole, &read(&merged)?)?;
    }
    println!(
        "{} runs and {} shardings: the same {} bytes",
        others.len() + 1,
        SHARDINGS.len(),
        whole.len()
    );
    Ok(())
}

/// The reference as an adapter, as the command of a run.
fn adapter() -> String {
    format!("{FCGATE} reference")
}

fn report(folder: &Path, name: &str, options: &str) -> Result<Vec<u8>, String> {
    let path = path(folder, name);
    fcgate(&format!("run -q --report json={path} {options}"))?;
    read(&path)
}

fn fcgate(arguments: &str) -> Result<(), String> {
    let command = format!("{FCGATE} {arguments}");
    let words: Vec<&str> = command.split_whitespace().collect();
    programs::output(&words).map(drop)
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(format!("{name}.json")).display().to_string()
}

fn read(path: &str) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{path}: {error}"))
}

fn same(name: &str, whole: &[u8], other: &[u8]) -> Result<(), String> {
    if whole == other {
        return Ok(());
    }
    let place = whole
        .iter()
        .zip(other)
        .take_while(|(one, two)| one == two)
        .count();
    Err(format!("the report of {name} differs from byte {place} on"))
}
