//! A gate whose standard streams are closed at its start: reports and exit code are those of any other run.

use super::limited_run::{Attached, EVERY_WAY, LimitedRun};

#[test]
fn closed_standard_streams_change_neither_the_report_nor_the_exit_code() {
    for attached in EVERY_WAY {
        let run = LimitedRun::new();
        let open = run.unlimited(attached);
        for closed in ["exec <&-", "exec >&-", "exec 2>&-", "exec <&- >&- 2>&-"] {
            let observed = run.run(closed, attached, &[]);
            assert_eq!(
                observed.code,
                Some(0),
                "{attached:?}, {closed}: {}",
                observed.text
            );
            assert!(observed.report == open, "{attached:?}, {closed}");
        }
    }
}

/// The pipes of an adapter must not get the numbers of the closed streams: the gate would print to the adapter.
#[test]
fn closed_standard_streams_do_not_hide_a_failure() {
    for closed in ["exec <&- >&- 2>&-", "exec >&-"] {
        let run = LimitedRun::new();
        let mut command = run.command(closed, Attached::InProcess, &[]);
        command.args(["--", "sh", "-c", "exit 3"]);
        let observed = run.observed(&command.output().unwrap());
        assert_eq!(observed.code, Some(5), "{closed}: {}", observed.text);
        assert!(
            observed.report.contains("exited:"),
            "{closed}: {}",
            observed.report
        );
    }
}
