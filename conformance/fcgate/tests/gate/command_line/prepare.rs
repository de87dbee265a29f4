//! `prepare` and `hello_timeout` in `fcgate.toml`: a build before the adapter starts, and the limit of its start.

use std::fs;
use std::path::PathBuf;
use std::process::Output;

use tempfile::TempDir;

use crate::binary;

const ONE_CASE: [&str; 4] = ["run", "--only", "sign.fc-vectors.fc-01", "--partial-ok"];

/// A folder with this `fcgate.toml`.
struct Project(TempDir);

impl Project {
    fn new(config: &str) -> Self {
        let project = Self(tempfile::tempdir().unwrap());
        fs::write(project.path("fcgate.toml"), config).unwrap();
        project
    }

    /// A project whose adapter `./adapter` is written by the script of `prepare`.
    fn built_by(script: &str) -> Self {
        let project = Self::new("adapter = ['./adapter']\nprepare = ['sh', 'build.sh']\n");
        fs::write(project.path("build.sh"), script).unwrap();
        project
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, more: &[&str], environment: &[(&str, &str)]) -> (Option<i32>, Output, String) {
        let mut command = binary::fcgate(&[&ONE_CASE, more].concat());
        command.current_dir(self.0.path());
        command.envs(environment.iter().copied());
        let output = command.output().unwrap();
        let errors = String::from_utf8(output.stderr.clone()).unwrap();
        (output.status.code(), output, errors)
    }
}

/// A script that writes the adapter, and a line into `builds`.
fn build() -> String {
    format!(
        "echo built >> builds\nprintf '#!/bin/sh\\nexec \"%s\" reference\\n' '{}' > adapter\nchmod +x adapter\n",
        env!("CARGO_BIN_EXE_fcgate")
    )
}

#[test]
fn prepare_builds_the_adapter_once_before_it_starts() {
    let project = Project::built_by(&build());
    let (code, _, errors) = project.run(&[], &[]);
    assert_eq!(code, Some(0), "{errors}");
    assert_eq!(errors, "note: prepare: sh build.sh\n");
    assert_eq!(
        fs::read_to_string(project.path("builds")).unwrap(),
        "built\n"
    );
}

#[test]
fn a_command_after_the_dashes_replaces_the_adapter_and_its_preparation() {
    let project = Project::built_by(&build());
    let gate = env!("CARGO_BIN_EXE_fcgate");
    let (code, _, errors) = project.run(&["--", gate, "reference"], &[]);
    assert_eq!(code, Some(0), "{errors}");
    assert!(!project.path("builds").exists());
}

#[test]
fn a_failed_preparation_is_exit_5_with_the_command_its_status_and_its_last_lines() {
    let project = Project::built_by("echo 'no such import'\necho 'build failed' >&2\nexit 7\n");
    let report = project.path("report.json");
    let target = format!("json={}", report.display());
    let (code, _, errors) = project.run(&["--report", &target], &[]);
    assert_eq!(code, Some(5));
    insta::assert_snapshot!(errors, @r"
    note: prepare: sh build.sh
    error: prepare: the command exited with status 7
      command: sh build.sh
      output:  no such import
               build failed
      help:    run the command of prepare in fcgate.toml by hand, in the folder of that file; the adapter was not started
    ");
    let report = fs::read_to_string(report).unwrap();
    assert!(
        report.contains("prepare: the command exited with status 7"),
        "{report}"
    );
}

#[test]
fn a_preparation_with_a_missing_program_is_exit_5_and_names_the_program() {
    let project = Project::new("adapter = ['./adapter']\nprepare = ['no-such-builder', 'all']\n");
    let (code, _, errors) = project.run(&["-q"], &[]);
    assert_eq!(code, Some(5));
    insta::assert_snapshot!(errors, @r"
    error: prepare: expected an executable program, but 'no-such-builder' is not in PATH
      command: no-such-builder all
      help:    run the command of prepare in fcgate.toml by hand, in the folder of that file; the adapter was not started
    ");
}

#[test]
fn a_preparation_that_does_not_exit_is_killed_after_its_limit() {
    let project = Project::built_by("echo compiling\nsleep 1000\n");
    let (code, _, errors) = project.run(&["-q"], &[("FCGATE_PREPARE_TIMEOUT", "0.5")]);
    assert_eq!(code, Some(5));
    assert!(
        errors
            .contains("prepare: the command did not exit within 500ms, the limit prepare_timeout"),
        "{errors}"
    );
}

#[test]
fn a_preparation_gets_proxies_and_no_credentials_and_none_is_shown() {
    let project = Project::built_by(
        "echo \"proxy $HTTPS_PROXY, flags $MY_FLAGS, token $MY_TOKEN.\"\ncat secret\nexit 1\n",
    );
    fs::write(project.path("secret"), "found fcTestTokenOfABuild here\n").unwrap();
    let environment = [
        ("HTTPS_PROXY", "http://localhost:3128"),
        ("MY_FLAGS", "-O2"),
        ("MY_TOKEN", "fcTestTokenOfABuild"),
    ];
    let (code, output, errors) = project.run(&["-q"], &environment);
    assert_eq!(code, Some(5));
    for shown in [
        "proxy http://localhost:3128, flags -O2, token .",
        "found [secret] here",
    ] {
        assert!(errors.contains(shown), "{errors}");
    }
    let text = errors + &String::from_utf8(output.stdout).unwrap();
    assert!(!text.contains("fcTestTokenOfABuild"), "{text}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_process_that_the_preparation_leaves_is_killed() {
    let leave = "setsid sleep 1000 &\necho $! > pid\n".to_owned();
    let project = Project::built_by(&(leave + &build()));
    let (code, _, errors) = project.run(&[], &[]);
    assert_eq!(code, Some(0), "{errors}");
    let pid = fs::read_to_string(project.path("pid")).unwrap();
    // A dead process that is not reaped yet has no arguments.
    let arguments = fs::read(format!("/proc/{}/cmdline", pid.trim())).unwrap_or_default();
    assert!(arguments.is_empty(), "{arguments:?}");
}

#[test]
fn a_signal_during_the_preparation_ends_the_run_as_incomplete() {
    let project = Project::built_by("kill -INT $PPID\nsleep 1000\n");
    let (code, output, errors) = project.run(&["-q"], &[]);
    assert_eq!(code, Some(3), "{errors}");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("verdict: incomplete (exit 3)"), "{text}");
}

#[test]
fn the_limit_of_hello_is_the_option_else_the_variable_else_the_file() {
    let project = Project::new("adapter = ['sleep', '1000']\nhello_timeout = 1\n");
    let variable = [("FCGATE_HELLO_TIMEOUT", "0.4")];
    for (more, environment, limit) in [
        (&["-q"][..], &[][..], "1s"),
        (&["-q"], &variable, "400ms"),
        (&["-q", "--hello-timeout", "0.2"], &variable, "200ms"),
    ] {
        let (code, _, errors) = project.run(more, environment);
        assert_eq!(code, Some(5));
        let expected =
            format!("hello-timeout: the adapter did not reply to hello within {limit}\n");
        assert!(errors.contains(&expected), "{errors}");
        assert!(errors.contains("hello_timeout in fcgate.toml"), "{errors}");
    }
}
