//! `fcgate serve` as a process.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, ChildStdout, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use super::client::{Request, SECRET};

/// A running `fcgate serve`.
pub(super) struct Serving {
    pub(super) child: Child,
    stdout: BufReader<ChildStdout>,
    pub(super) address: SocketAddr,
}

impl Serving {
    pub(super) fn start(arguments: &[&str]) -> Self {
        Self::start_with_log(arguments, Stdio::piped())
    }

    fn start_with_log(arguments: &[&str], log: Stdio) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fcgate"));
        command.arg("serve").args(arguments);
        Self::spawn(command, log)
    }

    /// A server under a limit of the shell, such as `ulimit -n 16`.
    pub(super) fn start_under(limit: &str) -> Self {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("{limit}; exec \"$0\" serve")]);
        command.arg(env!("CARGO_BIN_EXE_fcgate"));
        Self::spawn(command, Stdio::null())
    }

    fn spawn(mut command: Command, log: Stdio) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on http://").unwrap();
        Self {
            child,
            address: address.parse().unwrap(),
            stdout,
        }
    }

    pub(super) fn interrupt(self) -> (i32, String, String) {
        let pid = i32::try_from(self.child.id()).unwrap();
        kill_process(Pid::from_raw(pid).unwrap(), Signal::INT).unwrap();
        self.wait()
    }

    /// Exit code, the rest of standard output, standard error.
    fn wait(mut self) -> (i32, String, String) {
        let (mut out, mut err) = (String::new(), String::new());
        self.stdout.read_to_string(&mut out).unwrap();
        if let Some(mut stderr) = self.child.stderr.take() {
            stderr.read_to_string(&mut err).unwrap();
        }
        (self.child.wait().unwrap().code().unwrap(), out, err)
    }
}

pub(super) fn code(arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_fcgate"))
        .arg("serve")
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    (output.status.code().unwrap(), err)
}

#[test]
fn correct_requests_end_in_exit_0_and_a_report() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report.json");
    let target = format!("json={}", report.display());
    let serving = Serving::start(&["--report", &target]);
    assert_eq!(
        Request::of("echo").now().send(serving.address).status(),
        200
    );
    let (code, out, err) = serving.interrupt();
    assert_eq!(code, 0, "{out}{err}");
    for part in [
        "access key id   LTAI5dummyAccessKeyId",
        "  throttled         429 ResourceExhausted",
        "calls\n  echo             2021-04-06  FC                1\n",
        "verdict: conforming (exit 0)",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
    assert!(
        err.starts_with("serve.echo.1 (2021-04-06, FC): 200\n"),
        "{err}"
    );
    let report: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(report).unwrap()).unwrap();
    assert_eq!(report["cases"][0]["id"], "serve.echo.1.request");
}

#[test]
fn the_options_of_tasks_and_sessions_reach_the_server() {
    let serving = Serving::start(&["--hide-tasks", "1", "--session-header", "X-Chat"]);
    let path = "/2021-04-06/services/s/functions/echo";
    let invoke = Request::to(&format!("{path}/invocations"))
        .header("X-Fc-Invocation-Type", "Async")
        .header("X-Fc-Stateful-Async-Invocation-Id", "t1");
    assert_eq!(invoke.now().send(serving.address).status(), 202);
    let target = format!("{path}/stateful-async-invocations/t1");
    let statuses = [(); 2].map(|()| {
        let get = Request::of_tasks("GET", "", &target).now();
        get.send(serving.address).status()
    });
    assert_eq!(statuses, [404, 200]);
    let chat = Request::of("session-header").header("X-Chat", "1").now();
    assert!(
        chat.send(serving.address)
            .body()
            .contains("\"session\":\"1\"")
    );
    let (code, out, err) = serving.interrupt();
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("session header  x-chat\n"), "{out}");
}

#[test]
fn the_clock_moves_tasks_only_with_its_option() {
    // The step is longer than the test takes, so that a poll does not move the task.
    let serving = Serving::start(&["--task-step", "3600"]);
    let path = "/2021-04-06/services/s/functions/echo";
    let invoke = Request::to(&format!("{path}/invocations"))
        .header("X-Fc-Invocation-Type", "Async")
        .header("X-Fc-Stateful-Async-Invocation-Id", "t1");
    assert_eq!(invoke.now().send(serving.address).status(), 202);
    for _ in 0..3 {
        let target = format!("{path}/stateful-async-invocations/t1");
        let get = Request::of_tasks("GET", "", &target).now();
        let body = get.send(serving.address).body();
        assert!(body.contains("\"status\":\"Enqueued\""), "{body}");
    }
    assert_eq!(serving.interrupt().0, 0);
}

#[test]
fn a_wrong_signature_ends_in_exit_1_and_the_output_has_no_secret() {
    let serving = Serving::start(&[]);
    let mut request = Request::of("echo").now();
    request.secret = "anotherDummySecret0123456789";
    assert_eq!(request.send(serving.address).status(), 403);
    let (code, out, err) = serving.interrupt();
    assert_eq!(code, 1, "{out}{err}");
    assert!(err.contains("403 SignatureNotMatch"), "{err}");
    assert!(!err.contains(SECRET), "{err}");
}

#[test]
fn no_request_ends_in_exit_3() {
    let (code, out, _) = Serving::start(&["--until-idle", "0.1"]).wait();
    assert_eq!(code, 3, "{out}");
    assert!(out.contains("no required case ran"), "{out}");
}

#[test]
fn an_invalid_option_ends_in_exit_2() {
    for arguments in [
        &["--listen", "nowhere"][..],
        &["--listen", "192.0.2.1:80"],
        &["--until-idle", "0"],
        &["--revision", "2020-01-01"],
        &["--bodies", "xml"],
        &["--session-header", "X-Fc-Session"],
        &["--task-step", "0"],
        &["--hide-tasks", "-1"],
        &["--report", "json=/"],
        &["--secret", "x"],
    ] {
        let (code, err) = code(arguments);
        assert_eq!(code, 2, "{arguments:?}: {err}");
    }
}

#[test]
fn a_port_in_use_ends_in_exit_4() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let (code, err) = code(&["--listen", &address]);
    assert_eq!(code, 4, "{err}");
    assert!(err.contains(&address), "{err}");
}

#[test]
fn a_report_that_cannot_be_written_fails_before_the_server_starts() {
    let folder = tempfile::tempdir().unwrap();
    let target = format!("json={}/missing/report.json", folder.path().display());
    // Without an end of its own it would wait for requests.
    let (code, err) = code(&["--report", &target]);
    assert_eq!(code, 4, "{err}");
    assert!(err.contains("cannot write report '"), "{err}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_log_or_an_output_on_a_full_disk_ends_in_exit_4() {
    let full = || Stdio::from(std::fs::File::create("/dev/full").unwrap());
    let serving = Serving::start_with_log(&[], full());
    assert_eq!(
        Request::of("echo").now().send(serving.address).status(),
        200
    );
    assert_eq!(serving.interrupt().0, 4);
    let output = Command::new(env!("CARGO_BIN_EXE_fcgate"))
        .args(["serve", "--until-idle", "0.1"])
        .stdin(Stdio::null())
        .stdout(full())
        .output()
        .unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(4), "{err}");
    assert!(err.contains("standard output cannot be written"), "{err}");
}

#[test]
fn a_quiet_server_prints_address_counts_and_verdict() {
    let (code, out, _) = Serving::start(&["-q", "--until-idle", "0.1"]).wait();
    assert_eq!(code, 3, "{out}");
    assert!(out.contains("verdict: incomplete (exit 3)"), "{out}");
    assert!(
        !out.contains("access key id") && !out.contains("functions and their answers"),
        "{out}"
    );
}

#[test]
fn the_manual_lists_every_function() {
    let manual = include_str!("../../../../../docs/serve.md");
    let (_, out, _) = Serving::start(&["--until-idle", "0.1"]).wait();
    let (_, table) = out.split_once("functions and their answers\n").unwrap();
    let (table, _) = table.split_once("  any other").unwrap();
    assert!(table.lines().count() > 20);
    for line in table.lines() {
        let name = line.split_whitespace().next().unwrap();
        assert!(manual.contains(&format!("`{name}`")), "{name}");
    }
}
