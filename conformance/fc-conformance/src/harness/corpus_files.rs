//! The files of the corpus that a test process reads.

use fcgate_cases::corpus::Files;

use super::libtest::{Arguments, Task};

const REQUIREMENTS: &str = "requirements.json";
const CASES: &str = "cases/";

/// All fixtures, or only those that one test needs.
#[derive(Debug)]
pub(super) struct CorpusFiles {
    pub(super) files: Files,
    /// Whether the files hold every case.
    pub(super) are_whole: bool,
}

impl CorpusFiles {
    /// The files that these arguments need.
    ///
    /// A runner such as cargo-nextest starts a process for each test. If the arguments name one case exactly,
    /// the process reads only the file of this case.
    pub(super) fn needed(arguments: &Arguments) -> Self {
        let files = Files::embedded();
        let part = match arguments.filters.as_slice() {
            [name] if arguments.is_exact && arguments.task == Task::Run => of_case(&files, name),
            _ => None,
        };
        Self {
            are_whole: part.is_none(),
            files: part.unwrap_or(files),
        }
    }
}

/// The requirements and the one file that holds the case of this name.
fn of_case(files: &Files, name: &str) -> Option<Files> {
    // The list of tests has the level before the id.
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
    use super::*;
    use fcgate_cases::corpus::Corpus;

    fn cases(arguments: &[&str]) -> usize {
        let arguments = arguments.iter().map(ToString::to_string);
        let needed = CorpusFiles::needed(&Arguments::parse(arguments).unwrap());
        let cases = Corpus::load(&needed.files).unwrap().cases().len();
        assert_eq!(needed.are_whole, cases > 1000);
        cases
    }

    #[test]
    fn the_exact_name_of_a_case_needs_only_the_file_of_the_case() {
        let of_file = cases(&["--exact", "sign.fc-vectors.fc-01"]);
        assert!((1..100).contains(&of_file), "{of_file}");
        assert_eq!(
            cases(&["--exact", "[must] sign.fc-vectors.fc-01", "--nocapture"]),
            of_file
        );
    }

    #[test]
    fn all_other_arguments_need_every_file() {
        for arguments in [
            &[][..],
            &["sign.fc-vectors.fc-01"],
            &["--exact", "conformance.something-required-ran"],
            &["--exact", "sign.fc-vectors"],
            &["--exact", "sign.fc-vectors.fc-01", "sign.fc-vectors.fc-02"],
            &["--exact", "sign.fc-vectors.fc-01", "--list"],
        ] {
            assert!(cases(arguments) > 1000);
        }
    }
}
