//! `cargo xtask ci`: everything that a change must pass, except the tests of the workspace.
//!
//! Two groups of steps run at the same time. The first checks the code; the second runs the gate with clients, and its
//! programs mostly wait for each other. The self-test runs after both. Each step prints its duration.

use std::thread;

use crate::stopwatch::Stopwatch;
use crate::{
    bench, dependencies, dist, drift, evidence, gate, identical, local_examples, other_systems,
    programs, release, selftest, site, subjects, tidy, workflows,
};

struct Step {
    name: &'static str,
    run: fn() -> Result<(), String>,
}

/// Steps before the others: they take seconds after `cargo test --workspace`, and the build must end before another
/// process of cargo locks the target folder.
const FIRST: [Step; 5] = [
    Step {
        name: "format",
        run: || {
            cargo("fmt --all --check")?;
            // Packages of their own, outside of the workspace.
            cargo("fmt --manifest-path conformance/peers/Cargo.toml --check")?;
            cargo("fmt --manifest-path conformance/fuzz/Cargo.toml --check")?;
            cargo("fmt --manifest-path conformance/adapters/sdk-rust/ali-acs/Cargo.toml --check")
        },
    },
    Step {
        name: "rules of the repository",
        run: tidy::run,
    },
    Step {
        name: "evidence",
        run: evidence::run,
    },
    Step {
        name: "pages and public interface of the crates",
        run: || release::run(false),
    },
    Step {
        name: "build of the gate",
        run: || gate::program().map(drop),
    },
];

const OF_THE_CODE: [Step; 13] = [
    Step {
        name: "lints",
        run: || {
            cargo("clippy --quiet --workspace --all-targets --all-features --locked -- -D warnings")
        },
    },
    Step {
        name: "documentation",
        run: || {
            let command = "doc --quiet --workspace --no-deps --all-features --document-private-items --locked";
            cargo_with(command, &[("RUSTDOCFLAGS", "-D warnings")])
        },
    },
    Step {
        name: "soak of the transports, short form",
        run: gate::run_soak,
    },
    Step {
        name: "combinations of features",
        run: release::check_features,
    },
    Step {
        name: "minimal versions of the dependencies",
        run: release::check_minimal_versions,
    },
    Step {
        name: "packages of the crates",
        run: release::check_packages,
    },
    Step {
        name: "protocol crates for wasm32",
        run: release::check_wasm,
    },
    Step {
        name: "the gate for Windows and macOS",
        run: other_systems::check,
    },
    Step {
        name: "workflows of GitHub Actions",
        run: workflows::run,
    },
    Step {
        name: "documents as a site, and their links",
        run: || site::run(false),
    },
    Step {
        name: "licences, bans and sources of dependencies, and unused ones",
        run: dependencies::run,
    },
    Step {
        name: "budgets of instructions and allocations",
        run: bench::check,
    },
    Step {
        name: "packages for users, installed without a network",
        run: dist::check_this_machine,
    },
];

const WITH_CLIENTS: [Step; 6] = [
    Step {
        name: "identical reports",
        run: identical::run,
    },
    Step {
        name: "official SDKs and their known failures",
        run: || subjects::run(&subjects::Args::default()),
    },
    Step {
        name: "new parts of the API",
        run: || drift::run(&drift::Args::default()),
    },
    Step {
        name: "official SDKs without an adapter",
        run: gate::run_sdk_test,
    },
    Step {
        name: "example applications against a local Function Compute",
        run: local_examples::run,
    },
    Step {
        name: "examples",
        run: gate::run_examples,
    },
];

/// A step that needs the machine for itself, because cases with a time limit are in its tables.
const LAST: [Step; 1] = [Step {
    name: "self-test: every check can fail",
    run: || selftest::run(false),
}];

/// Runs every step; a group stops at its first failure.
#[expect(clippy::print_stdout, reason = "progress is for the reader of the log")]
pub(crate) fn run() -> Result<(), String> {
    let watch = Stopwatch::start();
    run_all(&FIRST)?;
    let (of_the_code, with_clients) = thread::scope(|scope| {
        let of_the_code = scope.spawn(|| run_all(&OF_THE_CODE));
        let with_clients = run_all(&WITH_CLIENTS);
        (of_the_code.join(), with_clients)
    });
    let of_the_code = of_the_code.unwrap_or_else(|_| Err("a thread panicked".to_owned()));
    match (of_the_code, with_clients) {
        (Ok(()), Ok(())) => {
            run_all(&LAST)?;
            println!("== all steps passed ({:.0} s)", watch.seconds());
            Ok(())
        }
        (Err(one), Err(other)) => Err(format!("{one}\n{other}")),
        (Err(failure), _) | (_, Err(failure)) => Err(failure),
    }
}

#[expect(clippy::print_stdout, reason = "progress is for the reader of the log")]
fn run_all(steps: &[Step]) -> Result<(), String> {
    for Step { name, run } in steps {
        let watch = Stopwatch::start();
        let result = run();
        let seconds = watch.seconds();
        let word = if result.is_ok() { "passed" } else { "failed" };
        println!("== {name}: {word} ({seconds:.1} s)");
        result.map_err(|failure| format!("{name}: {failure}"))?;
    }
    Ok(())
}

fn cargo(arguments: &str) -> Result<(), String> {
    cargo_with(arguments, &[])
}

fn cargo_with(arguments: &str, environment: &[(&str, &str)]) -> Result<(), String> {
    let mut words = vec!["cargo"];
    words.extend(arguments.split_whitespace());
    programs::output_with(&words, environment).map(drop)
}
