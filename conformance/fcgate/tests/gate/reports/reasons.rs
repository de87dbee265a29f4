//! A report with exit 4 says why the gate failed.

use fcgate::writers::Kind;

use super::sample::every_status;

#[test]
fn every_report_has_the_reason_of_a_case_that_the_gate_could_not_judge() {
    let (report, corpus) = every_status();
    assert_eq!(report.exit, 4);
    let reason = "the gate could not judge sign.basic.harness: a note on harness";
    assert_eq!(report.fault.as_deref(), Some(reason));
    let folder = tempfile::tempdir().unwrap();
    for kind in Kind::ALL {
        let path = folder.path().join(kind.name());
        fcgate::writers::write(kind, &report, &corpus, None, &path).unwrap();
        let written = std::fs::read_to_string(path).unwrap();
        let short = "a note on harness";
        let start = "the gate could not judge sign.basic.harness";
        assert!(
            written.contains(short) || written.contains(start),
            "{kind}: {written}"
        );
    }
}
