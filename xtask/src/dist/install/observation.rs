//! What a program does in each of its main jobs.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Output, Stdio};

use super::environment::Environment;
use crate::programs;
use crate::stopwatch::Stopwatch;

/// An adapter that needs only Python.
const ADAPTER: &str = "conformance/adapters/python-plain";
/// A request without a signature, which `fcgate serve` refuses.
const REQUEST: &str = "POST /2023-03-30/functions/echo/invocations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

/// The results of the jobs: the name of each, and what came out.
pub(super) struct Observation {
    results: Vec<(&'static str, Vec<u8>)>,
    /// The duration of the first run, over all cases.
    pub(super) seconds: f64,
}

impl Observation {
    /// Runs every job in folders of its own. An emulated program cannot start itself again as the supervisor of an
    /// adapter, because the system does not know its format: that job is left out.
    pub(super) fn of(
        program: &[String],
        environment: &Environment,
        name: &str,
        is_emulated: bool,
    ) -> Result<Self, String> {
        let job = Job {
            program,
            environment,
        };
        let empty = environment.folder(&format!("work/{name}/empty"))?;
        let adapter = environment.folder(&format!("work/{name}/adapter"))?;
        copy(&programs::root().join(ADAPTER), &adapter)?;
        let version = job.stdout(&empty, &["--version"])?;
        let watch = Stopwatch::start();
        let reference = job.report(&empty)?;
        let seconds = watch.seconds();
        let mut results = vec![("--version", version), ("run", reference)];
        if !is_emulated {
            results.push(("run with an adapter in Python", job.report(&adapter)?));
        }
        results.extend([
            ("demo", job.stdout(&empty, &["demo"])?),
            ("explain", job.stdout(&empty, &["explain", "FC-SIGN-001"])?),
            ("serve", job.served(&empty)?),
        ]);
        Ok(Self { results, seconds })
    }

    /// Every job must have the same result as with the other program.
    pub(super) fn compare(&self, expected: &Self) -> Result<(), String> {
        for (job, result) in &self.results {
            let mut jobs = expected.results.iter();
            let (_, expected) = jobs
                .find(|(other, _)| other == job)
                .ok_or_else(|| format!("`fcgate {job}` did not run with the other program"))?;
            if result != expected {
                return Err(format!(
                    "`fcgate {job}` differs from the program built from source\nexpected:\n{}\nfound:\n{}",
                    start(expected),
                    start(result)
                ));
            }
        }
        Ok(())
    }
}

struct Job<'a> {
    program: &'a [String],
    environment: &'a Environment,
}

impl Job<'_> {
    fn words(&self, arguments: &[&str]) -> Vec<String> {
        let arguments = arguments.iter().map(|word| (*word).to_owned());
        self.program.iter().cloned().chain(arguments).collect()
    }

    fn run(&self, folder: &Path, arguments: &[&str]) -> Result<Output, String> {
        let output = self.environment.run(folder, &self.words(arguments))?;
        if output.status.success() {
            return Ok(output);
        }
        Err(format!(
            "`fcgate {}`: {}\n{}{}",
            arguments.join(" "),
            output.status,
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        ))
    }

    fn stdout(&self, folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, String> {
        Ok(self.run(folder, arguments)?.stdout)
    }

    /// The JSON report of a run that conforms.
    fn report(&self, folder: &Path) -> Result<Vec<u8>, String> {
        let path = folder.join("report.json");
        let report = format!("json={}", path.display());
        self.run(folder, &["run", "--quiet", "--report", &report])?;
        fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// The status line for a refused request, and the exit code of the endpoint, which ends by itself.
    fn served(&self, folder: &Path) -> Result<Vec<u8>, String> {
        let words = self.words(&["serve", "--until-idle", "1"]);
        let mut endpoint = self
            .environment
            .command(folder, &words)?
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{}: {error}", words.join(" ")))?;
        let mut output = BufReader::new(endpoint.stdout.take().ok_or("serve has no stdout")?);
        let answer = ask(&mut output);
        let mut rest = Vec::new();
        let ended = output.read_to_end(&mut rest).and_then(|_| endpoint.wait());
        let code = ended.map_err(|error| error.to_string())?.code();
        Ok(format!("{}, exit code {code:?}", answer?).into_bytes())
    }
}

/// Reads the address in the first line of `fcgate serve`, sends a request there and returns the status line.
fn ask(output: &mut impl BufRead) -> Result<String, String> {
    let mut line = String::new();
    output
        .read_line(&mut line)
        .map_err(|error| error.to_string())?;
    let address = line
        .trim()
        .strip_prefix("listening on http://")
        .ok_or_else(|| format!("expected the address of the endpoint, found {line:?}"))?;
    let failed = |error: std::io::Error| format!("{address}: {error}");
    let mut connection = TcpStream::connect(address).map_err(failed)?;
    connection.write_all(REQUEST.as_bytes()).map_err(failed)?;
    let mut status = String::new();
    BufReader::new(connection)
        .read_line(&mut status)
        .map_err(failed)?;
    Ok(status.trim().to_owned())
}

/// Copies the files of a folder, without its subfolders.
fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", from.display());
    for entry in fs::read_dir(from).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if let (true, Some(name)) = (path.is_file(), path.file_name()) {
            fs::copy(&path, to.join(name)).map_err(failed)?;
        }
    }
    Ok(())
}

/// The first lines of a result.
fn start(result: &[u8]) -> String {
    let text = String::from_utf8_lossy(result);
    text.lines().take(20).collect::<Vec<_>>().join("\n")
}
