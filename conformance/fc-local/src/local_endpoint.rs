//! A server for one test of an application, in the process of the test.

use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::calls::{ReceivedCall, SignatureVerdict};
use super::functions::{
    Behaviour, Function, FunctionName, FunctionNameError, FunctionSettings, NextAnswer, Reply,
};
use super::options::Options;
use super::server::Server;

/// The most bytes of the log that are kept.
const LONGEST_LOG: usize = 1 << 20;

/// A local Function Compute for one test: it starts on a free port, and ends when it is dropped.
///
/// ```
/// use std::time::Duration;
/// use fc_local::{Call, LocalEndpoint, Reply};
///
/// let endpoint = LocalEndpoint::start()?;
/// endpoint.function("upper", |call: &Call| Reply::success(call.text().to_uppercase()))?;
/// endpoint.answer_next("upper", [Reply::service_error(429, "ResourceExhausted", "busy")])?;
/// println!("{} {} {}", endpoint.url(), endpoint.access_key_id(), endpoint.access_key_secret());
///
/// // The application runs here.
/// assert!(endpoint.calls_of("upper")?.is_empty());
/// let missing = endpoint.wait_for_calls("upper", 1, Duration::from_millis(1));
/// assert_eq!(missing.unwrap_err().to_string(), "expected 1 call of upper within 1ms, found 0");
/// endpoint.verify()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct LocalEndpoint {
    server: Server,
    log: Arc<Mutex<String>>,
}

impl LocalEndpoint {
    /// Starts a server on a free port of 127.0.0.1.
    ///
    /// # Errors
    ///
    /// When no port is free, or no thread can be started.
    pub fn start() -> io::Result<Self> {
        Self::with(Options::new())
    }

    /// Starts a server on a free port of 127.0.0.1, with these options. It keeps the calls.
    ///
    /// # Errors
    ///
    /// When no port is free, or no thread can be started.
    pub fn with(mut options: Options) -> io::Result<Self> {
        options.keep_calls = true;
        let log = Arc::new(Mutex::new(String::new()));
        let blocks = Arc::clone(&log);
        let server = Server::start(([127, 0, 0, 1], 0).into(), options, move |block| {
            let mut log = blocks.lock().unwrap_or_else(PoisonError::into_inner);
            if log.len() < LONGEST_LOG {
                log.push_str(block);
            }
        })?;
        Ok(Self { server, log })
    }

    /// Adds a function, or replaces the one with this name: `[SERVICE/]FUNCTION[.QUALIFIER]`, or `*` for every call. Several
    /// threads may call it at a time. A panic of its code is a function error for the caller.
    ///
    /// # Errors
    ///
    /// When the name is not one of a function.
    pub fn function(
        &self,
        name: &str,
        function: impl Function + 'static,
    ) -> Result<(), FunctionNameError> {
        self.function_with(name, FunctionSettings::default(), function)
    }

    /// Adds a function with settings, or replaces the one with this name.
    ///
    /// # Errors
    ///
    /// When the name is not one of a function.
    pub fn function_with(
        &self,
        name: &str,
        settings: FunctionSettings,
        function: impl Function + 'static,
    ) -> Result<(), FunctionNameError> {
        let table = &self.server.state.context.functions;
        table.put(name.parse()?, Behaviour::of(function), settings);
        Ok(())
    }

    /// The replies to the next calls of a function; then it goes on as before. They replace those that still wait. A function
    /// that does not exist is made, and refuses all further calls.
    ///
    /// # Errors
    ///
    /// When the name is not one of a function.
    pub fn answer_next(
        &self,
        name: &str,
        replies: impl IntoIterator<Item = Reply>,
    ) -> Result<(), FunctionNameError> {
        let answers = replies.into_iter().map(NextAnswer::Reply).collect();
        let table = &self.server.state.context.functions;
        table.answer_next(&name.parse()?, answers);
        Ok(())
    }

    /// The URL of the endpoint, e.g. `http://127.0.0.1:40001`.
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// The access key id with which the application signs.
    pub fn access_key_id(&self) -> &str {
        self.server.access_key().0
    }

    /// The secret of that key. It is a dummy.
    pub fn access_key_secret(&self) -> &str {
        self.server.access_key().1
    }

    /// All calls that the endpoint received, the oldest first; also those that it refused.
    pub fn calls(&self) -> Vec<Arc<ReceivedCall>> {
        self.server.calls()
    }

    /// The calls that a name matches.
    ///
    /// # Errors
    ///
    /// When the name is not one of a function.
    pub fn calls_of(&self, name: &str) -> Result<Vec<Arc<ReceivedCall>>, FunctionNameError> {
        let name: FunctionName = name.parse()?;
        let mut calls = self.server.calls();
        calls.retain(|call| call.is_of(&name));
        Ok(calls)
    }

    /// Waits until a function has received this many calls, and returns its calls. A call counts when it arrives, before the
    /// function runs.
    ///
    /// # Errors
    ///
    /// When the calls do not come in time, and when the name is not one of a function.
    pub fn wait_for_calls(
        &self,
        name: &str,
        count: usize,
        longest: Duration,
    ) -> Result<Vec<Arc<ReceivedCall>>, WaitError> {
        let function: FunctionName = name.parse().map_err(WaitError::Name)?;
        let log = self.server.state.context.calls.as_ref();
        let waited = log.map_or(Err(0), |log| log.wait(Some(&function), count, longest));
        waited.map_err(|found| WaitError::TimedOut {
            name: function.to_string(),
            expected: count,
            found,
            longest,
        })?;
        self.calls_of(name).map_err(WaitError::Name)
    }

    /// Forgets the calls, the answers that wait and the tasks, ends asynchronous calls, and starts scripts again. Functions stay.
    pub fn reset(&self) {
        self.server.state.reset();
    }

    /// The log of the server: a block for each request, with the reason of each refusal. The first MiB is kept.
    pub fn log(&self) -> String {
        let log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.clone()
    }

    /// Checks the calls since the start or the last reset: every signature was accepted, every function exists, and no
    /// required check of a request failed.
    ///
    /// # Errors
    ///
    /// All calls that failed a check, with the log of the server.
    pub fn verify(&self) -> Result<(), VerifyError> {
        let calls = self.calls();
        let problems: Vec<String> = calls.iter().flat_map(|call| problems(call)).collect();
        if problems.is_empty() {
            return Ok(());
        }
        let log = self.log();
        Err(VerifyError { problems, log })
    }

    /// The server, for everything else.
    pub fn server(&self) -> &Server {
        &self.server
    }
}

fn problems(received: &ReceivedCall) -> Vec<String> {
    let call = &received.call;
    let name = format!("call {} of {}", received.number, call.function);
    let mut problems = Vec::new();
    if let SignatureVerdict::Refused(code) = &received.signature {
        problems.push(format!("{name}: the signature was refused ({code})"));
    } else if !received.is_known {
        problems.push(format!(
            "{name}: the function does not exist; add it with function()"
        ));
    }
    let failed = received.failed_checks.iter();
    problems.extend(failed.map(|check| format!("{name}: {check}")));
    problems
}

/// The calls that failed a check.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifyError {
    problems: Vec<String>,
    log: String,
}

impl VerifyError {
    /// One sentence for each problem.
    pub fn problems(&self) -> &[String] {
        &self.problems
    }
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problems = self.problems.join("\n  ");
        write!(
            f,
            "the endpoint found problems:\n  {problems}\nlog of the endpoint:\n{}",
            self.log
        )
    }
}

/// As it is displayed: a test that unwraps the result shows it.
impl fmt::Debug for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for VerifyError {}

/// A wait for calls that did not succeed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum WaitError {
    /// The name is not one of a function.
    Name(FunctionNameError),
    /// The calls did not come in time.
    #[non_exhaustive]
    TimedOut {
        /// The function.
        name: String,
        /// The number of calls that were waited for.
        expected: usize,
        /// The number of calls that came.
        found: usize,
        /// The time that was waited.
        longest: Duration,
    },
}

impl fmt::Display for WaitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(error) => error.fmt(f),
            Self::TimedOut {
                name,
                expected,
                found,
                longest,
            } => {
                let calls = if *expected == 1 { "call" } else { "calls" };
                write!(
                    f,
                    "expected {expected} {calls} of {name} within {longest:?}, found {found}"
                )
            }
        }
    }
}

impl std::error::Error for WaitError {}
