//! A test target for `cargo test` that judges an implementation in its own process.

mod case_test;
mod corpus_files;
mod error;
mod libtest;
mod session;
mod settings;
mod test_list;

use std::fmt;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice, StripStream};

use crate::report::styled_error;
use fcgate_cases::Profile;
use fcgate_cases::corpus::Level;
use fcgate_protocol::Implementation;
use fcgate_protocol::serve_adapter;

pub use self::error::HarnessError;

use self::corpus_files::CorpusFiles;
use self::libtest::{Arguments, ArgumentsError, Task};
use self::settings::Settings;

/// The argument that turns a test target into an adapter.
const ADAPTER: &str = "--adapter";
/// The exit code of test targets if a test fails.
const TESTS_FAILED: u8 = 101;

/// Makes the `main` of a test target that judges an implementation: one test for each case.
///
/// The argument is an expression that gives an [`Implementation`]. The target needs `harness = false` in
/// its manifest, because it has its own `main`:
///
/// ```toml
/// [[test]]
/// name = "conformance"
/// harness = false
/// ```
///
/// ```
/// // tests/conformance.rs
/// use fc_conformance::Implementation;
/// use fc_conformance::protocol::{
///     Hello, Outcome, OutcomeKind, ParseInput, ParseOutput, Reply, capability,
/// };
///
/// struct MySdk;
///
/// impl Implementation for MySdk {
///     fn hello(&self) -> Hello {
///         Hello::new("my-sdk", "0.3.1", "rust").claim(capability::PARSE)
///     }
///
///     fn parse(&self, input: &ParseInput) -> Reply<ParseOutput> {
///         // Call your SDK here and convert its result.
///         let mut outcome = Outcome::new(OutcomeKind::Completed);
///         outcome.status = Some(input.status);
///         outcome.payload = Some(input.body.clone());
///         Reply::Ok(ParseOutput::new(outcome))
///     }
/// }
///
/// fc_conformance::conformance!(MySdk);
/// ```
///
/// To change the defaults, write `main` with a [`Harness`].
#[macro_export]
macro_rules! conformance {
    ($implementation:expr $(,)?) => {
        fn main() -> ::std::process::ExitCode {
            // The implementation lives until the process ends.
            $crate::Harness::new(::std::boxed::Box::leak(::std::boxed::Box::new(
                $implementation,
            )))
            .main()
        }
    };
}

/// Runs the cases as tests of `cargo test`.
///
/// | case or condition | result of the test |
/// | --- | --- |
/// | a case | a test with the id of the case; its level is in brackets before the id |
/// | the case needs a capability that is not declared | `ignored`, or `FAILED` if the profile demands the case |
/// | the case fails and is required | `FAILED`, with the failure in the form of the human report |
/// | the case fails and is not required | `ignored`, with the difference |
/// | the case fails as listed in the known failures | `ignored`, with its fingerprint |
/// | the case passes, or fails otherwise than listed in the known failures | `FAILED`, at any level |
/// | the implementation panics | `FAILED`: the case that was running |
/// | the declared capabilities cover no required case | `FAILED`: the test `conformance.something-required-ran` |
/// | an entry of the known failures has expired | `FAILED`: the test `conformance.known-failures-are-valid` |
/// | the corpus or the oracle is wrong | `FAILED`: the test `conformance.gate-is-sound` |
///
/// The command line is that of `cargo test`: filters, `--exact`, `--skip`, `--ignored`, `--include-ignored`,
/// `--list`, `--test-threads`, `--format pretty|terse`, `--quiet` and `--color`; `--help` lists them. A filter
/// that matches no test is not an error. `cargo nextest run` starts a process for each test and shows a case
/// that is ignored while it runs as passed.
///
/// ```no_run
/// use std::process::ExitCode;
///
/// use fc_conformance::{Harness, Level, Profile};
/// # use fc_conformance::{Implementation, protocol::Hello};
/// # struct MySdk;
/// # impl Implementation for MySdk {
/// #     fn hello(&self) -> Hello { Hello::new("my-sdk", "0.3.1", "rust") }
/// # }
///
/// fn main() -> ExitCode {
///     Harness::new(&MySdk)
///         .known("fcgate-known.toml")
///         .profile(Profile::Core)
///         .level(Level::Should)
///         .revision("2021-04-06")
///         .main()
/// }
/// ```
#[derive(Clone)]
pub struct Harness {
    implementation: &'static dyn Implementation,
    settings: Settings,
}

impl Harness {
    /// Judges this implementation by the cases of level `must`.
    pub fn new(implementation: &'static dyn Implementation) -> Self {
        Self {
            implementation,
            settings: Settings::default(),
        }
    }

    /// Sets the file of known failures; a relative path starts at the folder of the package.
    ///
    /// See [`Known`](crate::known::Known). The listed cases run too.
    #[must_use]
    pub fn known(mut self, path: impl Into<PathBuf>) -> Self {
        self.settings.known = Some(path.into());
        self
    }

    /// Sets the profile: its required cases fail if the implementation does not declare what they need.
    #[must_use]
    pub fn profile(mut self, profile: Profile) -> Self {
        self.settings.profile = Some(profile);
        self
    }

    /// Sets the lowest level whose failures fail a test; the default is `must`.
    #[must_use]
    pub fn level(mut self, level: Level) -> Self {
        self.settings.level = level;
        self
    }

    /// Selects the cases of this API revision and those that belong to no revision.
    #[must_use]
    pub fn revision(mut self, revision: impl Into<String>) -> Self {
        self.settings.revision = Some(revision.into());
        self
    }

    /// Runs the tests that the command line of this process selects; the `main` of a test target.
    ///
    /// The exit code is 0, or 101 if a test fails, as for all test targets. A [`HarnessError`], such as a
    /// revision that the implementation does not support, is written to stderr, and the exit code is that of
    /// `fcgate`.
    ///
    /// With the single argument `--adapter` the process is an adapter on stdin and stdout, so that
    /// `fcgate run -- cargo test --quiet --test conformance -- --adapter` writes reports. The adapter ignores
    /// the settings of this `Harness`; set them in `fcgate.toml`.
    pub fn main(self) -> ExitCode {
        if std::env::args_os().skip(1).eq([ADAPTER]) {
            let (input, output) = (io::stdin().lock(), io::stdout());
            let served = serve_adapter(self.implementation, input, output);
            return ExitCode::from(u8::from(served.is_err()));
        }
        let arguments = std::env::args_os().skip(1);
        let arguments = arguments.map(|argument| argument.to_string_lossy().into_owned());
        let result = parse(arguments).and_then(|arguments| {
            let mut out = AutoStream::new(io::stdout(), arguments.color);
            self.execute(&arguments, &mut out)
        });
        match result {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::from(TESTS_FAILED),
            Err(error) => {
                // If stderr is closed, the exit code still reports the error.
                let _ = writeln!(anstream::stderr(), "{}: {error}", styled_error());
                ExitCode::from(error.verdict().code())
            }
        }
    }

    /// Runs the tests that these arguments select, and returns whether all of them passed or were ignored.
    ///
    /// The arguments are those after the name of the program. Names and results are written to `out`, with colors
    /// only if the arguments contain `--color always`.
    ///
    /// ```
    /// # use fc_conformance::{Harness, Implementation, protocol::Hello};
    /// # struct MySdk;
    /// # impl Implementation for MySdk {
    /// #     fn hello(&self) -> Hello { Hello::new("my-sdk", "0.3.1", "rust") }
    /// # }
    /// let mut out = Vec::new();
    /// let arguments = ["--list", "sign.fc-vectors"].map(str::to_owned);
    /// assert!(Harness::new(&MySdk).run(arguments, &mut out)?);
    /// assert!(out.starts_with(b"[must] sign.fc-vectors.fc-01: test\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Invalid arguments, invalid settings, and a broken corpus: see [`HarnessError`].
    pub fn run(
        self,
        arguments: impl IntoIterator<Item = String>,
        out: &mut Vec<u8>,
    ) -> Result<bool, HarnessError> {
        let arguments = parse(arguments)?;
        if arguments.color == ColorChoice::Always {
            self.execute(&arguments, out)
        } else {
            self.execute(&arguments, &mut StripStream::new(out))
        }
    }

    fn execute(&self, arguments: &Arguments, out: &mut dyn Write) -> Result<bool, HarnessError> {
        if arguments.task == Task::Help {
            write!(out, "{}", libtest::usage()).map_err(HarnessError::Output)?;
            return Ok(true);
        }
        let files = CorpusFiles::needed(arguments);
        let tests = test_list::tests(self.implementation, &self.settings, &files)?;
        let passed = if arguments.task == Task::List {
            libtest::list(arguments, &tests, out).map(|()| true)
        } else {
            libtest::run(arguments, &tests, out).map(|summary| summary.failed == 0)
        };
        passed.map_err(HarnessError::Output)
    }
}

fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Arguments, HarnessError> {
    Arguments::parse(arguments).map_err(|ArgumentsError(message)| HarnessError::Arguments(message))
}

impl fmt::Debug for Harness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Harness")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
