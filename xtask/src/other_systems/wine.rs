//! `cargo xtask windows`: builds the Windows program and runs it under Wine.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::programs::{self, Ended};
use crate::{built, toolchain};

pub(super) const TARGET: &str = "x86_64-pc-windows-gnu";

/// Where Debian's package `wine64` installs its program.
const WINE: &str = "/usr/lib/wine/wine64";

/// The folder of the run: the library, the reports, and Wine's own files.
const FOLDER: &str = "target/wine";

/// A library of Windows that Wine 8 lacks. Rust's standard library takes its random numbers from it.
const LIBRARY: &str = "bcryptprimitives";
const LIBRARY_SOURCE: &str = "\
extern __declspec(dllimport) unsigned char __stdcall SystemFunction036(void *, unsigned long);
__declspec(dllexport) int __stdcall ProcessPrng(unsigned char *data, unsigned long long size) {
    while (size > 0) {
        unsigned long part = size > 0x10000 ? 0x10000 : (unsigned long)size;
        if (!SystemFunction036(data, part)) return 0;
        data += part;
        size -= part;
    }
    return 1;
}
";

/// The cases that Wine cannot play. Its server ends every connection with `shutdown(SHUT_WR)` before it closes the
/// socket, also one with a linger time of 0. So the client sees the end of a body without a length, and not the reset
/// that Windows sends.
const SKIPPED: &str = "invoke.framing.incomplete@*cut=reset-without-length";

/// Builds the Windows program, and compares its reports with those of the program of this machine.
#[expect(clippy::print_stdout, reason = "progress of a command of some minutes")]
pub(crate) fn run() -> Result<(), String> {
    if !Path::new(WINE).exists() {
        return Err(format!(
            "expected Wine at {WINE}: install Debian's package wine64"
        ));
    }
    let here = program(&programs::output(&[
        "cargo",
        "build",
        "--quiet",
        "--locked",
        "-p",
        "fcgate",
        "--bin",
        "fcgate",
        "--message-format=json",
    ])?)?;
    let folder = programs::root().join(FOLDER);
    let prefix = folder.join("prefix");
    fs::create_dir_all(&prefix).map_err(|error| format!("{}: {error}", folder.display()))?;
    let there = build(&folder)?;
    let wine = Wine {
        folder: &folder,
        prefix: text(&prefix),
        program: &there,
    };
    wine.prepare()?;
    for (name, adapter) in [("reference", false), ("adapter", true)] {
        let of_wine = without_warnings(&wine.report(name, adapter)?)?;
        let of_this_machine = report_of_this_machine(&folder, &here, name, adapter)?;
        let of_this_machine = without_warnings(&of_this_machine)?;
        if of_wine != of_this_machine {
            return Err(format!(
                "the reports of {name} differ: {FOLDER}/{name}.windows.json and {FOLDER}/{name}.json"
            ));
        }
        println!("  {name}: conforming, the same report as here but for the warnings");
    }
    wine.kill_a_silent_adapter()?;
    println!("  an adapter that never replies: killed, exit 5");
    Ok(())
}

/// Builds the program and the missing library, and returns the path of the program.
fn build(folder: &Path) -> Result<String, String> {
    toolchain::add_target(TARGET)?;
    let words = [
        "zigbuild",
        "--quiet",
        "--locked",
        "-p",
        "fcgate",
        "--bin",
        "fcgate",
        "--message-format=json",
        "--target",
        TARGET,
    ];
    let messages = toolchain::cargo_zigbuild(&words, &[])?;
    let program = program(&messages)?;
    let source = folder.join(format!("{LIBRARY}.c"));
    fs::write(&source, LIBRARY_SOURCE).map_err(|error| format!("{}: {error}", source.display()))?;
    let library = Path::new(&program).with_file_name(format!("{LIBRARY}.dll"));
    let python = toolchain::zig()?.join("python");
    programs::output(&[
        &text(&python),
        "-m",
        "ziglang",
        "cc",
        "-shared",
        "-target",
        "x86_64-windows-gnu",
        "-o",
        &text(&library),
        &text(&source),
        "-ladvapi32",
    ])?;
    Ok(program)
}

/// The path of the program in the messages of cargo.
fn program(messages: &str) -> Result<String, String> {
    let built = built::executables(messages).into_iter();
    let mut programs = built.filter(|built| built.kind == "bin");
    let program = programs.next().ok_or("cargo reported no program")?;
    Ok(program.path)
}

/// The Windows program in Wine.
struct Wine<'a> {
    folder: &'a Path,
    prefix: String,
    program: &'a str,
}

impl Wine<'_> {
    fn run(&self, arguments: &[&str]) -> Result<Ended, String> {
        let prefix = format!("WINEPREFIX={}", self.prefix);
        // Without the overrides, Wine looks for a display and for installers of its own.
        let mut words = vec![
            "env",
            &prefix,
            "WINEDEBUG=-all",
            "WINEDLLOVERRIDES=mscoree,mshtml=;winemenubuilder.exe=d",
            WINE,
        ];
        words.extend(arguments);
        programs::run_in(self.folder, &words)
    }

    /// Creates Wine's own files.
    fn prepare(&self) -> Result<(), String> {
        let ended = self.run(&["wineboot.exe", "--init"])?;
        expect(&ended, 0, "wineboot")
    }

    /// Runs all cases, and returns the JSON report.
    fn report(&self, name: &str, adapter: bool) -> Result<String, String> {
        let file = format!("{name}.windows.json");
        let report = format!("json={file}");
        let mut words = run_words(self.program, &report);
        // One at a time: all cases share one server of Wine, and some have a time limit.
        words.extend(["--jobs", "1"]);
        if adapter {
            words.extend(["--timeout", "60", "--hello-timeout", "60", "--"]);
            words.extend([self.program, "reference"]);
        }
        let ended = self.run(&words)?;
        expect(&ended, 0, name)?;
        read(&self.folder.join(file))
    }

    /// `why` waits for a request on stdin, so as an adapter it never replies to `hello`.
    fn kill_a_silent_adapter(&self) -> Result<(), String> {
        let words = [self.program, "run", "--quiet", "--hello-timeout", "5", "--"];
        let silent = [self.program, "why"];
        let ended = self.run(&[&words[..], &silent].concat())?;
        expect(&ended, 5, "an adapter that never replies")
    }
}

/// The command that runs all cases but the skipped ones.
fn run_words<'a>(program: &'a str, report: &'a str) -> Vec<&'a str> {
    vec![
        program,
        "run",
        "--quiet",
        "--partial-ok",
        "--skip",
        SKIPPED,
        "--report",
        report,
    ]
}

/// The report of the same run with the program of this machine.
fn report_of_this_machine(
    folder: &Path,
    program: &str,
    name: &str,
    adapter: bool,
) -> Result<String, String> {
    let file = format!("{name}.json");
    let report = format!("json={file}");
    let mut words = run_words(program, &report);
    if adapter {
        words.extend(["--", program, "reference"]);
    }
    expect(&programs::run_in(folder, &words)?, 0, name)?;
    read(&folder.join(file))
}

/// The report without its warnings: over an adapter, the report of Windows says that the gate does not kill what the
/// adapter leaves.
fn without_warnings(report: &str) -> Result<Value, String> {
    let mut report: Value = serde_json::from_str(report).map_err(|error| error.to_string())?;
    let members = report
        .as_object_mut()
        .ok_or("expected a report that is a JSON object")?;
    members.remove("warnings");
    Ok(report)
}

fn expect(ended: &Ended, code: i32, what: &str) -> Result<(), String> {
    if ended.code == Some(code) {
        return Ok(());
    }
    let Ended {
        code: found,
        stdout,
        stderr,
    } = ended;
    Err(format!(
        "{what}: expected exit code {code}, got {found:?}\n{stdout}{stderr}"
    ))
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn text(path: &Path) -> String {
    path.display().to_string()
}
