//! The official SDKs, judged: each as its known failures say, and red without them.

mod deviation;
mod entries;
mod report;

use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::thread;

use crate::programs;
use crate::sdks::{self, SDKS, Sdk};

use deviation::Deviation;
use report::Report;

#[derive(clap::Args, Default)]
pub(crate) struct Args {
    /// Write the known failures and the matrix instead of comparing them.
    #[arg(long)]
    write: bool,
}

const KNOWN: &str = "fcgate-known.toml";
const MATRIX: &str = "docs/sdk-matrix.md";
/// What only this table has: where its deviations are told, and how it is made.
const ABOUT: &str = "The clients are six official SDKs; [sdk-deviations.md](sdk-deviations.md) tells what each does otherwise, and why that \
     matters. This page is made by `cargo xtask subjects --write`, and checked by `cargo xtask subjects`.";
const NOTHING_KNOWN: &str = "version = 1\n";

/// The exit code of a run that conforms, and of one that does not.
const CONFORMING: i32 = 0;
const NONCONFORMING: i32 = 1;

pub(crate) fn run(args: &Args) -> Result<(), String> {
    sdks::run()?;
    fs::create_dir_all(folder()).map_err(|error| error.to_string())?;
    let deviations = deviation::read()?;
    let all = |sdks: &[Sdk]| {
        sdks.iter().try_for_each(|sdk| {
            if args.write {
                write(*sdk, &deviations)?;
            }
            judge(*sdk)
        })
    };
    // A gate and its adapter wait for each other: two of them fill two processors.
    let (some, others) = SDKS.split_at(SDKS.len() / 2);
    let (some, others) = thread::scope(|scope| {
        let others = scope.spawn(|| all(others));
        (all(some), others.join())
    });
    some?;
    others.map_err(|_| "a thread panicked".to_owned())??;
    matrix(args.write)
}

/// Where the reports go.
fn folder() -> PathBuf {
    programs::root().join("target/subjects")
}

fn file(sdk: Sdk, what: &str) -> String {
    folder()
        .join(format!("{}{what}", sdk.name))
        .display()
        .to_string()
}

/// Green with its known failures, red without one of them, red without any.
#[expect(clippy::print_stdout, reason = "progress is for the reader of the log")]
fn judge(sdk: Sdk) -> Result<(), String> {
    let path = sdk.folder().join(KNOWN);
    let known =
        fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let report = file(sdk, ".json");
    fcgate(
        sdk,
        CONFORMING,
        &["run", "-q", "--report", &format!("json={report}")],
    )?;
    let (list, bare) = (file(sdk, ".toml"), file(sdk, "-bare.json"));
    let without = |less: &str, text: &str, options: &[&str]| {
        fs::write(&list, text).map_err(|error| format!("{list}: {error}"))?;
        let mut words = vec!["run", "-q", "--known", list.as_str()];
        words.extend(options);
        fcgate(sdk, NONCONFORMING, &words)
            .map_err(|failure| format!("without {less} of its known failures, {failure}"))
    };
    let report = format!("json={bare}");
    without("any", NOTHING_KNOWN, &["--report", &report])?;
    without("the last", &entries::less_one(&known)?, &[])?;
    entries::each_counts(&known, &Report::read(&bare)?)
        .map_err(|failure| format!("{}: {failure}", path.display()))?;
    println!("{}: as its known failures say", sdk.name);
    Ok(())
}

/// Writes the known failures that a run without any needs, each with its reason.
fn write(sdk: Sdk, deviations: &[Deviation]) -> Result<(), String> {
    let none = file(sdk, ".toml");
    fs::write(&none, NOTHING_KNOWN).map_err(|error| format!("{none}: {error}"))?;
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

/// The table of all six is as the repository has it.
#[expect(clippy::print_stdout, reason = "progress is for the reader of the log")]
fn matrix(write: bool) -> Result<(), String> {
    let drawn = folder().join("matrix.md").display().to_string();
    let reports: Vec<String> = SDKS.into_iter().map(|sdk| file(sdk, ".json")).collect();
    let mut words = vec!["matrix", "--format", "md", "--output", drawn.as_str()];
    words.extend(reports.iter().map(String::as_str));
    let [first, ..] = SDKS;
    fcgate(first, CONFORMING, &words)?;
    let drawn = fs::read_to_string(&drawn).map_err(|error| format!("{drawn}: {error}"))?;
    let drawn = with_about(&drawn);
    let path = programs::root().join(MATRIX);
    if write {
        return fs::write(&path, drawn).map_err(|error| format!("{MATRIX}: {error}"));
    }
    if fs::read_to_string(&path).unwrap_or_default() != drawn {
        return Err(format!(
            "{MATRIX} is not what these SDKs do: run `cargo xtask subjects --write`, and look at what changed"
        ));
    }
    println!("{MATRIX} is up to date");
    Ok(())
}

/// The table with the paragraph that only this one has, below its heading.
fn with_about(drawn: &str) -> String {
    match drawn.split_once('\n') {
        Some((heading, rest)) => format!("{heading}\n\n{ABOUT}\n{rest}"),
        None => drawn.to_owned(),
    }
}

/// Runs the gate in the folder of an SDK; gives what it prints when it ends with this code.
fn fcgate(sdk: Sdk, code: i32, arguments: &[&str]) -> Result<String, String> {
    let gate = gate()?;
    let mut words = vec![gate];
    words.extend(arguments);
    let (ended, stdout, stderr) = programs::ended(&words, &sdk.folder())?;
    if ended == Some(code) {
        return Ok(stdout);
    }
    Err(format!(
        "{}: `fcgate {}` ends with {ended:?} instead of {code}\n{stdout}{stderr}",
        sdk.name,
        arguments.join(" ")
    ))
}

/// The program of the gate, built once.
fn gate() -> Result<&'static str, String> {
    static GATE: OnceLock<Result<String, String>> = OnceLock::new();
    let built = GATE.get_or_init(|| {
        let build =
            "cargo build --quiet --locked -p fc-conformance --bin fcgate --message-format=json";
        let words: Vec<&str> = build.split(' ').collect();
        let messages = programs::output(&words)?;
        let mut programs = messages.lines().filter_map(|line| {
            let message: serde_json::Value = serde_json::from_str(line).ok()?;
            let program = message.get("executable")?.as_str()?;
            Some(program.to_owned())
        });
        programs
            .next_back()
            .ok_or_else(|| format!("{build}: no program"))
    });
    built.as_deref().map_err(Clone::clone)
}
