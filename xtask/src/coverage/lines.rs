//! The lines of a part that run, from counts in the format of lcov.

use std::collections::BTreeMap;

use super::limits::{Part, Unreachable};
use crate::programs;

/// The lines of a part.
pub(super) struct Counts {
    pub(super) all: u32,
    pub(super) run: u32,
    /// The lines that do not run, each as `file:line: text`.
    pub(super) not_run: Vec<String>,
}

impl Counts {
    pub(super) fn percent(&self) -> f64 {
        if self.all == 0 {
            return 0.0;
        }
        100.0 * f64::from(self.run) / f64::from(self.all)
    }
}

/// Counts the lines of a part. Lines of tests and those that no test can run are left out.
pub(super) fn count(
    lcov: &str,
    part: &Part,
    unreachable: &[Unreachable],
) -> Result<Counts, String> {
    let mut counts = Counts {
        all: 0,
        run: 0,
        not_run: Vec::new(),
    };
    let root = programs::root().display().to_string();
    for (path, lines) in files(lcov) {
        let Some(path) = path
            .strip_prefix(&root)
            .map(|path| path.trim_start_matches('/'))
        else {
            continue;
        };
        if !path.starts_with(&part.sources) {
            continue;
        }
        let text = super::source::read(path)?;
        add(&mut counts, path, &text, &lines, unreachable);
    }
    match counts.all {
        0 => Err(format!(
            "{}: no line below {} was measured",
            part.name, part.sources
        )),
        _ => Ok(counts),
    }
}

fn add(
    counts: &mut Counts,
    path: &str,
    text: &str,
    lines: &BTreeMap<usize, u64>,
    unreachable: &[Unreachable],
) {
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        // The test module is at the bottom of a file.
        if line == "#[cfg(test)]" {
            break;
        }
        let Some(count) = lines.get(&(number + 1)) else {
            continue;
        };
        let mut listed = unreachable.iter();
        if *count == 0 && listed.any(|other| other.file == path && other.line == line) {
            continue;
        }
        counts.all += 1;
        if *count > 0 {
            counts.run += 1;
        } else {
            counts
                .not_run
                .push(format!("{path}:{}: {line}", number + 1));
        }
    }
}

/// The counts of the lines of each file; of several programs, a line has the greatest.
fn files(lcov: &str) -> BTreeMap<&str, BTreeMap<usize, u64>> {
    let mut files: BTreeMap<&str, BTreeMap<usize, u64>> = BTreeMap::new();
    let mut file = "";
    for line in lcov.lines() {
        if let Some(path) = line.strip_prefix("SF:") {
            file = path;
        } else if let Some((number, count)) = line.strip_prefix("DA:").and_then(numbers) {
            let known = files.entry(file).or_default().entry(number).or_default();
            *known = count.max(*known);
        }
    }
    files
}

fn numbers(text: &str) -> Option<(usize, u64)> {
    let mut numbers = text.split(',');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::{Counts, Unreachable, add, files};

    #[test]
    fn lines_of_tests_and_listed_lines_do_not_count() {
        let lcov =
            "SF:/a.rs\nDA:1,2\nDA:2,0\nDA:3,0\nDA:5,0\nend_of_record\nSF:/a.rs\nDA:2,1\nDA:1,0\n";
        let measured = files(lcov);
        let listed: Unreachable =
            toml::from_str("file = 'a.rs'\nline = 'three'\nbecause = 'never'").unwrap();
        let mut counts = Counts {
            all: 0,
            run: 0,
            not_run: Vec::new(),
        };
        let text = "one\ntwo\n  three\n#[cfg(test)]\nfive\n";
        add(&mut counts, "a.rs", text, &measured["/a.rs"], &[listed]);
        assert_eq!((counts.all, counts.run), (2, 2));
        add(&mut counts, "a.rs", text, &measured["/a.rs"], &[]);
        assert_eq!((counts.all, counts.run), (5, 4));
        assert_eq!(counts.not_run, ["a.rs:3: three"]);
        assert!((counts.percent() - 80.0).abs() < 0.001);
    }
}
