//! The numbers, the verdict and the `repro` lines of a run of the built binary agree with each other.

use super::work_folder::WorkFolder;

const GATE: &str = env!("CARGO_BIN_EXE_fcgate");

/// The text of a run of the cases of the headers, with a mutant as adapter.
fn run(folder: &WorkFolder, arguments: &[&str]) -> String {
    let run = ["run", "--only", "sign.fc-headers.*"];
    let adapter = ["--", GATE, "reference", "--mutant", "content-md5-hex"];
    let output = folder.fcgate(&[&run[..], arguments, &adapter].concat());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_run_with_known_failures_is_conforming_except_for_them_in_every_report() {
    let folder = WorkFolder::new();
    let adapter = ["--", GATE, "reference", "--mutant", "content-md5-hex"];
    let baseline = [
        "baseline",
        "--write",
        "--only",
        "sign.fc-headers.*",
        "--partial-ok",
    ];
    folder.fcgate(&[&baseline[..], &adapter].concat());
    let reports = [
        "json=r.json",
        "badge=r.badge",
        "html=r.html",
        "md=r.md",
        "junit=r.xml",
        "tap=r.tap",
    ];
    let mut arguments = vec!["--partial-ok"];
    arguments.extend(reports.iter().flat_map(|target| ["--report", target]));
    let text = run(&folder, &arguments);
    let verdict = "conforming except for 5 known failures";
    assert!(
        text.contains(&format!("\nverdict: {verdict} (exit 0)\n")),
        "{text}"
    );
    assert!(
        text.contains("5 known failures") && text.contains("; 22 of 27 required cases passed\n"),
        "{text}"
    );
    for name in ["r.badge", "r.html", "r.md", "r.xml", "r.tap"] {
        assert!(folder.read(name).contains(verdict), "{name}");
    }
    for name in ["r.html", "r.md", "r.xml"] {
        assert!(
            folder.read(name).contains("22") && folder.read(name).contains("27"),
            "{name}"
        );
    }
    assert!(
        folder
            .read("r.badge")
            .contains(&format!("{verdict}, 22/27 must"))
    );
    let matrix = folder.fcgate(&["matrix", "r.json"]);
    let matrix = String::from_utf8(matrix.stdout).unwrap();
    // The matrix first says how many required cases pass; a run with known failures is not called conforming.
    assert!(
        matrix.contains("| required cases passed | 22 of 27 |"),
        "{matrix}"
    );
    assert!(
        matrix.contains("| required cases failed | 5, all known |"),
        "{matrix}"
    );
    assert!(!matrix.contains("conforming except"), "{matrix}");
}

#[test]
fn a_filtered_run_counts_only_the_selected_cases() {
    let folder = WorkFolder::new();
    let reports = [
        "badge=r.badge",
        "md=r.md",
        "junit=r.xml",
        "tap=r.tap",
        "html=r.html",
    ];
    let mut arguments = vec!["-v"];
    arguments.extend(reports.iter().flat_map(|target| ["--report", target]));
    let text = run(&folder, &arguments);
    let (_, head) = text.split_once("suite ").unwrap();
    let (selected, _) = head.split_once(" of ").unwrap();
    let selected: usize = selected.rsplit_once(' ').unwrap().1.parse().unwrap();
    assert!(!text.contains("filtered "), "{text}");
    assert!(
        text.contains(" cases were left out by a filter; --partial-ok accepts that\n"),
        "{text}"
    );
    let (_, numbers) = text.split_once("(exit 1)\n").unwrap();
    let numbers = numbers.lines().next().unwrap();
    let sum: usize = numbers
        .split(' ')
        .filter_map(|word| word.parse::<usize>().ok())
        .sum();
    assert_eq!(sum, selected, "{numbers}");
    assert!(folder.read("r.badge").contains("22/27 must"));
    assert!(folder.read("r.md").contains("22 of 27 required cases"));
    assert!(folder.read("r.tap").contains(&format!("\n1..{selected}\n")));
    assert!(
        folder
            .read("r.xml")
            .contains(&format!("tests=\"{selected}\""))
    );
    assert!(!folder.read("r.html").contains("parse.errors"));
}

#[test]
fn a_repro_line_has_the_options_that_decide_the_result() {
    let folder = WorkFolder::new();
    std::fs::write(folder.path("my known.toml"), "version = 1\n").unwrap();
    let options = [
        "--level",
        "should",
        "--revision",
        "2021-04-06",
        "--profile",
        "sign",
        "--known",
        "my known.toml",
        "--timeout",
        "2.5",
        "--seed",
        "7",
    ];
    let text = run(&folder, &options);
    let expected = "--profile sign --revision 2021-04-06 --level should --known 'my known.toml' --timeout 2.5 --seed 7 -- ";
    let line = text.lines().find(|line| line.starts_with("  repro "));
    assert!(line.unwrap().contains(expected), "{text}");
    let plain = run(&folder, &[]);
    let line = plain
        .lines()
        .find(|line| line.starts_with("  repro "))
        .unwrap();
    let words: Vec<&str> = line.split(' ').collect();
    assert_eq!(
        words.iter().filter(|word| word.starts_with("--")).count(),
        4,
        "{line}"
    );
}

#[test]
fn required_failures_and_others_are_counted_apart_and_notes_say_how_to_see_them() {
    let folder = WorkFolder::new();
    let text = run(&folder, &["--only", "sign.fc-*"]);
    assert!(
        text.contains("\n8 required failures, 1 cause; 6 more that are not required\n"),
        "{text}"
    );
    assert!(
        text.contains(" passed, 8 required failures, 6 not required\n"),
        "{text}"
    );
    assert!(
        text.contains("\nnotes do not change the verdict; -v shows each in full\n"),
        "{text}"
    );
    let verbose = run(&folder, &["--only", "sign.fc-*", "-v"]);
    assert!(!verbose.contains("-v shows each in full"), "{verbose}");
}
