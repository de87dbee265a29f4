//! Which files of the corpus a test process has to read.

use libtest_mimic::Arguments;

use fcgate_cases::corpus::Files;

const REQUIREMENTS: &str = "requirements.json";
const CASES: &str = "cases/";

/// The fixtures, or the part of them that one named test needs.
#[derive(Debug)]
pub(super) struct Needed {
    pub(super) files: Files,
    /// Whether every case is among them.
    pub(super) are_whole: bool,
}

/// What these arguments may run.
///
/// Runners that start a process for each test would otherwise read the whole corpus as many times as it has
/// cases.
pub(super) fn needed(arguments: &Arguments) -> Needed {
    let files = Files::embedded();
    let named = arguments
        .filter
        .as_deref()
        .filter(|_| arguments.exact && !arguments.list);
    match named.and_then(|name| of_case(&files, name)) {
        Some(files) => Needed {
            files,
            are_whole: false,
        },
        None => Needed {
            files,
            are_whole: true,
        },
    }
}

/// The registry and the one file in which the case of this name stands.
fn of_case(files: &Files, name: &str) -> Option<Files> {
    // Runners may name a test as the list does, with its kind before it.
    let id = name.rsplit(' ').next().unwrap_or(name);
    let (path, text) = files.below(CASES).find(|(path, _)| {
        let group = path.trim_start_matches(CASES).trim_end_matches(".json");
        id.strip_prefix(&group.replace('/', "."))
            .is_some_and(|rest| rest.starts_with('.'))
    })?;
    let registry = files.get(REQUIREMENTS)?;
    Some(Files::empty().with(REQUIREMENTS, registry).with(path, text))
}

#[cfg(test)]
mod tests {
    use libtest_mimic::Arguments;

    use super::needed;
    use fcgate_cases::corpus::Corpus;

    fn cases(arguments: &[&str]) -> usize {
        let arguments = Arguments::from_iter(["target"].iter().chain(arguments));
        let needed = needed(&arguments);
        let cases = Corpus::load(&needed.files).unwrap().cases().len();
        assert_eq!(needed.are_whole, cases > 1000, "{arguments:?}");
        cases
    }

    #[test]
    fn one_named_case_reads_the_file_that_it_stands_in() {
        let of_file = cases(&["--exact", "sign.fc-vectors.fc-01"]);
        assert!((1..100).contains(&of_file), "{of_file}");
        assert_eq!(
            cases(&["--exact", "[must] sign.fc-vectors.fc-01", "--nocapture"]),
            of_file
        );
    }

    #[test]
    fn everything_else_reads_all() {
        for arguments in [
            &[][..],
            &["sign.fc-vectors.fc-01"],
            &["--exact", "conformance.something-required-ran"],
            &["--exact", "sign.fc-vectors"],
            &["--exact", "sign.fc-vectors.fc-01", "--list"],
        ] {
            assert!(cases(arguments) > 1000);
        }
    }
}
