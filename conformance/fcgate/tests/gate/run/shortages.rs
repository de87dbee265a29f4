//! A machine without descriptors, processes, threads or room on its disk: the gate says so, and no case fails.
//!
//! Each test makes runs with less and less of one resource. Every run either judges all cases or is a failure of the gate.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Stdio};

use super::limited_run::{Attached, EVERY_WAY, LimitedRun, Observed};
use crate::skipped;

/// A run that the system did not start: the shell, the loader or the standard library had not even the first descriptor.
const NOT_STARTED: [i32; 4] = [2, 126, 127, 134];

/// Asserts that a run is right, or a failure of the gate that says what is missing and what to do.
#[track_caller]
fn assert_judged_or_failed(run: &LimitedRun, unlimited: &str, observed: &Observed, limit: &str) {
    let Observed { code, text, .. } = observed;
    assert!(!text.contains("panicked at"), "{limit}: {text}");
    let red = observed.required_failures();
    assert!(red.is_empty(), "{limit}: {red:?} {text}");
    match code {
        Some(0) => assert!(observed.report == unlimited, "{limit}"),
        Some(4) => assert!(
            text.contains("ulimit -n") || text.contains("cannot write report"),
            "{limit}: {text}"
        ),
        _ => panic!("{limit}: expected exit 0 or 4, found {code:?}: {text}"),
    }
    assert_eq!(run.left(), Vec::<String>::new(), "{limit}: {text}");
    let files = files(run);
    assert!(
        files.iter().all(|name| name == "adapter"),
        "{limit}: {files:?}"
    );
}

/// The files in the folder of a run, without its report.
fn files(run: &LimitedRun) -> Vec<String> {
    let entries = fs::read_dir(run.folder()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.collect()
}

/// Runs with each of these limits. Returns the exit codes.
#[track_caller]
fn sweep(attached: Attached, limits: impl IntoIterator<Item = String>) -> BTreeSet<i32> {
    let run = LimitedRun::new();
    let unlimited = run.unlimited(attached);
    let mut codes = BTreeSet::new();
    for limit in limits {
        let observed = run.run(&limit, attached, &["--jobs", "4"]);
        let is_silent = observed.report.is_empty() && !observed.text.contains("fcgate");
        if is_silent
            && observed
                .code
                .is_some_and(|code| NOT_STARTED.contains(&code))
        {
            continue;
        }
        assert_judged_or_failed(
            &run,
            &unlimited,
            &observed,
            &format!("{attached:?}, {limit}"),
        );
        codes.extend(observed.code);
    }
    codes
}

#[test]
fn a_run_without_descriptors_is_a_failure_of_the_gate() {
    for attached in EVERY_WAY {
        let limits = [6, 9, 12, 14, 18, 30, 70, 76, 96, 256];
        let codes = sweep(
            attached,
            limits.map(|limit| format!("ulimit -S -n {limit}")),
        );
        assert_eq!(codes, BTreeSet::from([0, 4]), "{attached:?}");
    }
}

/// Each thread needs address space for its stack. The stacks are large, so that enough memory is left for everything else.
#[test]
fn a_run_without_memory_for_threads_is_a_failure_of_the_gate() {
    for attached in EVERY_WAY {
        let limits = [1, 2, 4, 6, 8, 12, 24, 200].map(|threads| {
            let kib = 700_000 + threads * 262_144;
            format!("export MALLOC_ARENA_MAX=1 RUST_MIN_STACK=268435456; ulimit -S -v {kib}")
        });
        let codes = sweep(attached, limits);
        assert_eq!(codes, BTreeSet::from([0, 4]), "{attached:?}");
    }
}

/// Runs a command as a user for whom the limit of processes holds, and who has no other process.
fn limited_user(inner: &Command) -> Command {
    let (program, arguments): (&str, &[&str]) = if rustix::process::getuid().is_root() {
        ("setpriv", &["--reuid", "54321", "--clear-groups"])
    } else {
        ("unshare", &["--user", "--map-current-user"])
    };
    let mut command = Command::new(program);
    command
        .args(arguments)
        .arg(inner.get_program())
        .args(inner.get_args())
        .env_remove("GITHUB_ACTIONS")
        .stdin(Stdio::null());
    command
}

#[test]
fn a_run_without_processes_is_a_failure_of_the_gate() {
    let version =
        limited_user(Command::new(env!("CARGO_BIN_EXE_fcgate")).arg("--version")).output();
    if !version.is_ok_and(|output| output.status.success()) {
        let name = "a_run_without_processes_is_a_failure_of_the_gate";
        skipped::report(name, "this machine gives no user without other processes");
        return;
    }
    // Without the namespace of users that `Adapter` needs here: its limit is that of its creator, also for the adapter.
    for attached in [Attached::InProcess, Attached::AdapterInGroup] {
        let run = LimitedRun::new();
        let unlimited = run.unlimited(attached);
        fs::set_permissions(run.folder(), fs::Permissions::from_mode(0o777)).unwrap();
        let mut codes = BTreeSet::new();
        for limit in [1, 2, 3, 4, 5, 6, 8, 10, 14, 20, 100] {
            // The option is -p in some shells.
            let limit = format!("ulimit -S -u {limit} 2>/dev/null || ulimit -S -p {limit}");
            let mut command = limited_user(&run.command(&limit, attached, &["--jobs", "4"]));
            let output = command.current_dir(run.folder()).output();
            let observed = run.observed(&output.unwrap());
            let limit = format!("{attached:?}, {limit}");
            assert_judged_or_failed(&run, &unlimited, &observed, &limit);
            codes.extend(observed.code);
        }
        assert_eq!(codes, BTreeSet::from([0, 4]), "{attached:?}");
    }
}

const REPORTS: [&str; 7] = ["json", "jsonl", "junit", "tap", "md", "html", "badge"];

/// A limit of the size of files has the effect of a full disk. Some programs that start others ignore its signal, and some
/// do not.
#[test]
fn a_full_disk_leaves_no_part_of_any_report_and_keeps_the_earlier_one() {
    let run = LimitedRun::new();
    for kind in REPORTS {
        for (limit, has_earlier) in [
            ("ulimit -f 0", false),
            ("ulimit -f 0", true),
            ("trap '' XFSZ; ulimit -f 0", true),
        ] {
            let target = run.folder().join("target");
            let _ = fs::remove_file(&target);
            if has_earlier {
                fs::write(&target, "earlier").unwrap();
            }
            let option = format!("{kind}={}", target.display());
            let observed = run.run(limit, Attached::InProcess, &["--report", &option]);
            let Observed { code, text, .. } = &observed;
            assert_eq!(*code, Some(4), "{kind}, {limit}: {text}");
            let reason = format!("cannot write report '{}': File too large", target.display());
            assert!(text.contains(&reason), "{kind}, {limit}: {text}");
            let found = fs::read_to_string(&target).ok();
            assert_eq!(
                found.as_deref(),
                has_earlier.then_some("earlier"),
                "{kind}, {limit}"
            );
            let _ = fs::remove_file(&target);
            assert_eq!(files(&run), ["adapter"], "{kind}, {limit}");
        }
    }
}

#[test]
fn a_full_disk_leaves_no_part_of_a_summary_of_github() {
    let run = LimitedRun::new();
    let summary = run.folder().join("summary");
    let earlier = "of an earlier step\n".repeat(150);
    fs::write(&summary, &earlier).unwrap();
    // The limit allows some more bytes, but not all.
    let limit = "ulimit -f 6";
    let mut command = run.command(limit, Attached::InProcess, &[]);
    command.env("GITHUB_STEP_SUMMARY", &summary);
    let observed = run.observed(&command.output().unwrap());
    assert_eq!(observed.code, Some(4), "{}", observed.text);
    assert!(
        observed.text.contains("cannot write report '"),
        "{}",
        observed.text
    );
    assert_eq!(fs::read_to_string(&summary).unwrap(), earlier);
}
