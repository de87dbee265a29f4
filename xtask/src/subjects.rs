//! `cargo xtask subjects`: each SDK passes with its known failures, and fails without the last of them. The results of the official
//! ones are committed, for `cargo xtask evidence`.

mod deviation;
mod entries;
mod report;

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::evidence;
use crate::gate;
use crate::generated_page;
use crate::programs::{self, Ended};
use crate::sdks::{self, SDKS, Sdk};

use deviation::Deviation;
use report::Report;

#[derive(clap::Args, Default)]
pub(crate) struct Args {
    /// Write the known failures and the matrix instead of comparing them.
    #[arg(long)]
    write: bool,
    /// Only these SDKs, by their names in the matrix; the matrix needs the reports of all
    #[arg(value_name = "SDK")]
    names: Vec<String>,
}

const KNOWN: &str = "fcgate-known.toml";
const MATRIX: &str = "docs/sdk-matrix.md";
/// A paragraph that only this matrix has.
const ABOUT: &str = "The clients are official SDKs, and the one crate of the Rust registry; [sdk-deviations.md](sdk-deviations.md) describes how each deviates, and why that \
     matters. `cargo xtask subjects --write` writes this page, and `cargo xtask subjects` checks it.";
const NO_KNOWN_FAILURES: &str = "version = 1\n";

/// How many SDKs are judged at once. A gate and its adapter wait for each other, and both wait for the time limits of cases, so a gate
/// uses less than one of the two processors of CI.
const AT_ONCE: usize = 3;

/// The exit codes of the gate.
const CONFORMING: i32 = 0;
const NONCONFORMING: i32 = 1;

#[expect(
    clippy::print_stdout,
    reason = "the reader must see what is not compared"
)]
pub(crate) fn run(args: &Args) -> Result<(), String> {
    let installed = sdks::install(&selected(&args.names)?)?;
    fs::create_dir_all(folder()).map_err(|error| error.to_string())?;
    let deviations = deviation::read()?;
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(sdk) = installed.get(next.fetch_add(1, Ordering::Relaxed)) {
            if args.write {
                write(*sdk, &deviations)?;
            }
            check(*sdk)?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(work)).collect();
        let ended = workers.into_iter().map(|worker| {
            let panicked = |_| Err("a thread panicked".to_owned());
            worker.join().unwrap_or_else(panicked)
        });
        // Every worker is joined before the first failure is returned.
        let ended: Vec<Result<(), String>> = ended.collect();
        ended.into_iter().collect::<Result<(), String>>()
    })?;
    if installed.len() < SDKS.len() {
        println!("{MATRIX} is not compared: it needs a run of every SDK");
        return Ok(());
    }
    results(args.write)?;
    matrix(args.write)
}

/// The SDKs with these names; all without a name.
fn selected(names: &[String]) -> Result<Vec<Sdk>, String> {
    let known = |name: &&String| SDKS.iter().any(|sdk| sdk.name == name.as_str());
    if let Some(unknown) = names.iter().find(|name| !known(name)) {
        let all = SDKS.map(|sdk| sdk.name).join(", ");
        return Err(format!("invalid SDK {unknown}; expected one of: {all}"));
    }
    let wanted = |sdk: &Sdk| names.is_empty() || names.iter().any(|name| name == sdk.name);
    Ok(SDKS.into_iter().filter(wanted).collect())
}

/// Compares the results of the official SDKs with the committed ones, or writes them.
fn results(write: bool) -> Result<(), String> {
    let official = SDKS.into_iter().filter(|sdk| sdk.is_official());
    let reports: Vec<(&str, PathBuf)> = official
        .map(|sdk| (sdk.name, PathBuf::from(file(sdk, ".json"))))
        .collect();
    evidence::write_sdk_results(&reports, write)
}

/// The folder for reports.
fn folder() -> PathBuf {
    programs::root().join("target/subjects")
}

fn file(sdk: Sdk, what: &str) -> String {
    folder()
        .join(format!("{}{what}", sdk.name))
        .display()
        .to_string()
}

/// The SDK passes with its known failures, and fails without the last of them.
///
/// One run over all cases shows the first, and that the gate needs each entry: an entry whose cases pass, or fail in another way,
/// fails the run. The second needs only the cases of the last entry.
#[expect(clippy::print_stdout, reason = "progress is for the reader of the log")]
fn check(sdk: Sdk) -> Result<(), String> {
    let path = sdk.folder().join(KNOWN);
    let with_path = |failure: String| format!("{}: {failure}", path.display());
    let known = fs::read_to_string(&path).map_err(|error| with_path(error.to_string()))?;
    let report = file(sdk, ".json");
    let kind = format!("json={report}");
    fcgate(sdk, CONFORMING, &["run", "-q", "--report", &kind])?;
    entries::check_patterns(&known, &Report::read(&report)?).map_err(with_path)?;
    let pattern = entries::last_pattern(&known).map_err(with_path)?;
    let list = file(sdk, ".toml");
    let without_last = entries::without_last(&known).map_err(with_path)?;
    fs::write(&list, without_last).map_err(|error| format!("{list}: {error}"))?;
    let only = ["run", "-q", "--partial-ok", "--only", &pattern];
    fcgate(sdk, CONFORMING, &only)?;
    fcgate(
        sdk,
        NONCONFORMING,
        &[&only[..], &["--known", &list]].concat(),
    )
    .map_err(|failure| format!("without the last of its known failures, {failure}"))?;
    println!("{}: passes with its known failures only", sdk.name);
    Ok(())
}

/// Writes the known failures that the SDK needs, each with its reason.
fn write(sdk: Sdk, deviations: &[Deviation]) -> Result<(), String> {
    let none = file(sdk, ".toml");
    fs::write(&none, NO_KNOWN_FAILURES).map_err(|error| format!("{none}: {error}"))?;
    let report = file(sdk, ".json");
    let proposal = fcgate(sdk, CONFORMING, &["baseline", "--known", &none])?;
    fcgate(
        sdk,
        NONCONFORMING,
        &[
            "run",
            "-q",
            "--known",
            &none,
            "--report",
            &format!("json={report}"),
        ],
    )?;
    let path = sdk.folder().join(KNOWN);
    let before = fs::read_to_string(&path).unwrap_or_default();
    let text = entries::text(sdk, &Report::read(&report)?, &proposal, deviations, &before)?;
    fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
}

/// Compares the matrix of all SDKs with the document, or writes the document.
#[expect(clippy::print_stdout, reason = "progress is for the reader of the log")]
fn matrix(write: bool) -> Result<(), String> {
    let drawn = folder().join("matrix.md").display().to_string();
    let reports: Vec<String> = SDKS.into_iter().map(|sdk| file(sdk, ".json")).collect();
    let mut words = vec!["matrix", "--format", "md", "--output", drawn.as_str()];
    words.extend(reports.iter().map(String::as_str));
    let [first, ..] = SDKS;
    fcgate(first, CONFORMING, &words)?;
    let drawn = fs::read_to_string(&drawn).map_err(|error| format!("{drawn}: {error}"))?;
    let drawn = generated_page::with_about(&drawn, ABOUT);
    let path = programs::root().join(MATRIX);
    if write {
        return fs::write(&path, drawn).map_err(|error| format!("{MATRIX}: {error}"));
    }
    if fs::read_to_string(&path).unwrap_or_default() != drawn {
        return Err(format!(
            "{MATRIX} differs from the reports of the SDKs; run `cargo xtask subjects --write` and review the difference"
        ));
    }
    println!("{MATRIX} is up to date");
    Ok(())
}

/// Runs the gate in the folder of an SDK and returns its stdout if it exits with this code.
fn fcgate(sdk: Sdk, expected: i32, arguments: &[&str]) -> Result<String, String> {
    let mut words = vec![gate::program()?];
    words.extend(arguments);
    let Ended {
        code,
        stdout,
        stderr,
    } = programs::run_in(&sdk.folder(), &words)?;
    if code == Some(expected) {
        return Ok(stdout);
    }
    Err(format!(
        "{}: `fcgate {}`: expected exit code {expected}, got {code:?}\n{stdout}{stderr}",
        sdk.name,
        arguments.join(" ")
    ))
}
