//! `cargo xtask local-examples`: the tests of the example applications against a local Function Compute, in every language.

use std::path::{Path, PathBuf};

use crate::sdks::{self, Sdk};
use crate::{gate, programs};

/// An example: the SDK that it uses and how its tests are run.
struct Example {
    folder: &'static str,
    sdk: &'static str,
    run: fn(&Path, &Sdk) -> Result<Vec<String>, String>,
}

const EXAMPLES: [Example; 4] = [
    Example {
        folder: "python",
        sdk: "python-fc20230330",
        run: python,
    },
    Example {
        folder: "node",
        sdk: "node-fc20230330",
        run: |_, _| Ok(words(&["node", "--test"])),
    },
    Example {
        folder: "go",
        sdk: "go-fc20230330",
        run: |_, _| Ok(words(&["go", "test", "-mod=readonly", "-count=1", "./..."])),
    },
    Example {
        folder: "java",
        sdk: "java-fc20230330",
        run: |_, _| {
            let build = format!("-DbuildDirectory={}", target("java").display());
            let mut command = words(&["mvn", "--quiet", "--batch-mode", "test"]);
            command.push(build);
            Ok(command)
        },
    },
];

/// Runs the tests of each example whose toolchain is installed; in CI a missing toolchain is an error.
#[expect(clippy::print_stdout, reason = "progress is for the reader of the log")]
#[expect(
    clippy::disallowed_methods,
    reason = "the tests find fcgate in the PATH, as those of a user do"
)]
pub(crate) fn run() -> Result<(), String> {
    let program = Path::new(gate::program()?);
    let folder = program.parent().unwrap_or(program).display();
    let path = format!("{folder}:{}", std::env::var("PATH").unwrap_or_default());
    for example in EXAMPLES {
        let wanted = sdks::SDKS.into_iter().filter(|sdk| sdk.name == example.sdk);
        let wanted: Vec<Sdk> = wanted.collect();
        let Some(sdk) = sdks::install(&wanted)?.pop() else {
            continue;
        };
        let source = sources().join(example.folder);
        let command = (example.run)(&source, &sdk)?;
        let modules = sdk.installation().join("node_modules");
        let ended = programs::run_in_with(
            &source,
            &command.iter().map(String::as_str).collect::<Vec<_>>(),
            &[
                ("PATH", &path),
                ("NODE_PATH", &modules.display().to_string()),
                ("PYTHONDONTWRITEBYTECODE", "1"),
            ],
        )?;
        if ended.code != Some(0) {
            let (folder, stdout, stderr) = (example.folder, ended.stdout, ended.stderr);
            return Err(format!(
                "the tests of conformance/local-examples/{folder} failed\n{stdout}{stderr}"
            ));
        }
        println!("conformance/local-examples/{}: passed", example.folder);
    }
    Ok(())
}

fn sources() -> PathBuf {
    programs::root().join("conformance/local-examples")
}

/// Where an example is built and its packages are installed.
fn target(folder: &str) -> PathBuf {
    programs::root().join("target/local-examples").join(folder)
}

/// Installs the packages if they are not there, and returns the command of the tests.
fn python(source: &Path, _: &Sdk) -> Result<Vec<String>, String> {
    let environment = target("python");
    let interpreter = environment.join("bin/python").display().to_string();
    let requirements = source.join("requirements.txt");
    programs::output(&["python3", "-m", "venv", &environment.display().to_string()])?;
    sdks::install_requirements(&environment, &requirements)?;
    Ok(words(&[
        &interpreter,
        "-m",
        "pytest",
        "--quiet",
        "-p",
        "no:cacheprovider",
    ]))
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
