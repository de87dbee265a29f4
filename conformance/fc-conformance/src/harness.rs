//! A test target for `cargo test` that judges an implementation in its own process.

mod error;
mod files;
mod judged;
mod trials;

use std::fmt;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

use crate::report::styled_error;
use fcgate_cases::Profile;
use fcgate_cases::corpus::Level;
use fcgate_protocol::Implementation;
use fcgate_protocol::serve_adapter;

pub use self::error::HarnessError;

use self::trials::Scope;

/// The argument that makes an adapter of a test target.
const ADAPTER: &str = "--adapter";

/// Makes the `main` of a test target that judges an implementation: one test for each case.
///
/// The argument is an expression that gives an [`Implementation`]. The target needs `harness = false` in
/// its manifest, so that it has a `main` of its own:
///
/// ```toml
/// [[test]]
/// name = "conformance"
/// harness = false
/// ```
///
/// ```
/// // tests/conformance.rs
/// use fcgate_protocol::Implementation;
/// use fcgate_protocol::{
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
///         // Here the SDK reads the response, and this is what it makes of it.
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
/// Who needs more than the defaults writes the `main` with a [`Harness`].
#[macro_export]
macro_rules! conformance {
    ($implementation:expr $(,)?) => {
        fn main() -> ::std::process::ExitCode {
            // It lives as long as the process, which is as long as its tests.
            $crate::Harness::new(::std::boxed::Box::leak(::std::boxed::Box::new(
                $implementation,
            )))
            .main()
        }
    };
}

/// The cases as tests that `cargo test`, its filters and other runners understand.
///
/// | what | how it is seen |
/// | --- | --- |
/// | a case | a test named by its id, its level in brackets before it |
/// | needs what is not claimed | `ignored`, but `FAILED` when the profile demands it |
/// | red, and required | `FAILED`, with the block of the human report |
/// | red, and not required | `ignored`, with what differs |
/// | red as the known failures say | `ignored`, with its fingerprint |
/// | passes or fails unlike the known failures say | `FAILED`, whatever the level |
/// | a panic | a failure of the case in hand |
/// | no required case is claimed | `FAILED`: the test `conformance.something-required-ran` |
/// | an entry of the known failures has expired | `FAILED`: the test `conformance.known-failures-are-valid` |
/// | the gate is not sound | `FAILED`: the test `conformance.gate-is-sound` |
///
/// Filters, `--exact`, `--skip`, `--list`, `--format` and `--test-threads` are those of `cargo test`; a
/// filter that leaves nothing is green there, as for any test target. `cargo nextest run` starts a process
/// for each test and shows a case that is ignored while it runs as passed.
///
/// ```no_run
/// use std::process::ExitCode;
///
/// use fcgate_cases::corpus::Level;
/// use fc_conformance::{Harness, Profile};
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
    scope: Scope,
}

impl Harness {
    /// Judges this implementation by what `must` be.
    pub fn new(implementation: &'static dyn Implementation) -> Self {
        Self {
            implementation,
            scope: Scope::default(),
        }
    }

    /// The file of known failures, a path from the folder of the package.
    ///
    /// See [`Known`](crate::known::Known). Listed cases run all the same.
    #[must_use]
    pub fn known(mut self, path: impl Into<PathBuf>) -> Self {
        self.scope.known = Some(path.into());
        self
    }

    /// What has to be claimed: a required case of this profile fails where it is not claimed.
    #[must_use]
    pub fn profile(mut self, profile: Profile) -> Self {
        self.scope.profile = Some(profile);
        self
    }

    /// The lowest level whose failures fail a test; `must` unless it is set.
    #[must_use]
    pub fn level(mut self, level: Level) -> Self {
        self.scope.level = level;
        self
    }

    /// Only the cases of this API revision, and those of none.
    #[must_use]
    pub fn revision(mut self, revision: impl Into<String>) -> Self {
        self.scope.revision = Some(revision.into());
        self
    }

    /// Runs what the command line of this process selects; the `main` of a test target.
    ///
    /// It ends with 0 or, when a test fails, with 101, as test targets do. What cannot be a test, such as a
    /// revision that is not spoken, is told on standard error, and the exit code is that of `fcgate`.
    ///
    /// With the one argument `--adapter` it is an adapter instead, on standard input and output, so that
    /// `fcgate run -- cargo test --quiet --test conformance -- --adapter` writes its reports; then what is
    /// set here besides the implementation stands in `fcgate.toml`.
    pub fn main(self) -> ExitCode {
        if std::env::args_os().skip(1).eq([ADAPTER]) {
            let (input, output) = (std::io::stdin().lock(), std::io::stdout().lock());
            let served = serve_adapter(self.implementation, input, output);
            return ExitCode::from(u8::from(served.is_err()));
        }
        let arguments = Arguments::from_args();
        match self.trials(&arguments) {
            Ok(trials) => libtest_mimic::run(&arguments, trials).exit_code(),
            Err(error) => {
                // Where nobody reads the message, the exit code still tells.
                let _ = writeln!(anstream::stderr(), "{}: {error}", styled_error());
                ExitCode::from(error.verdict().code())
            }
        }
    }

    /// The tests that these arguments can select, for a target that has others beside.
    ///
    /// Where one case is named exactly, only the cases of its group are there, so that runners that start a
    /// process for each test do not read the whole corpus every time.
    ///
    /// ```
    /// use fc_conformance::libtest_mimic::Arguments;
    /// # use fc_conformance::{Harness, Implementation, protocol::Hello};
    /// # struct MySdk;
    /// # impl Implementation for MySdk {
    /// #     fn hello(&self) -> Hello { Hello::new("my-sdk", "0.3.1", "rust") }
    /// # }
    /// let arguments = Arguments::from_iter(["target", "sign."]);
    /// let trials = Harness::new(&MySdk).trials(&arguments)?;
    /// let case = trials.iter().find(|trial| trial.name() == "sign.fc-vectors.fc-01");
    /// let case = case.ok_or("the case is there")?;
    /// assert_eq!(case.kind(), "must");
    /// assert!(case.has_ignored_flag(), "nothing is claimed");
    /// // Then add tests of your own, and end with `libtest_mimic::run(&arguments, trials).exit_code()`.
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// What keeps the gate from judging: see [`HarnessError`].
    pub fn trials(self, arguments: &Arguments) -> Result<Vec<Trial>, HarnessError> {
        let files = files::needed(arguments);
        trials::trials(self.implementation, &self.scope, &files)
    }
}

impl fmt::Debug for Harness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Harness")
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}
