//! What is changed, and which tests must notice.

/// A package, or a folder of one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) name: &'static str,
    package: &'static str,
    /// The files of the part in its package. A module is a file and a folder of the same name: `name{.rs,/**}`.
    files: Option<&'static str>,
    features: Option<&'static str>,
}

static PARTS: [Part; 8] = [
    whole("fc-sign", Some("acs")),
    whole("fc-response", None),
    whole("fc-headers", None),
    whole("fc-invoke", Some("tracing")),
    whole("fc-transport", None),
    // The judge and the oracle are proved by their own tests; the diagnosis by those of the library.
    folder(
        "judge",
        "fcgate-cases",
        "conformance/fcgate-cases/src/judge{.rs,/**}",
    ),
    folder(
        "oracle",
        "fcgate-cases",
        "conformance/fcgate-cases/src/oracle{.rs,/**}",
    ),
    folder(
        "diagnosis",
        "fc-conformance",
        "conformance/fc-conformance/src/diagnosis{.rs,/**}",
    ),
];

const fn whole(name: &'static str, features: Option<&'static str>) -> Part {
    Part {
        name,
        package: name,
        files: None,
        features,
    }
}

const fn folder(name: &'static str, package: &'static str, files: &'static str) -> Part {
    Part {
        name,
        package,
        files: Some(files),
        features: None,
    }
}

impl Part {
    pub(super) fn named(name: &str) -> Result<&'static Self, String> {
        PARTS.iter().find(|part| part.name == name).ok_or_else(|| {
            let names: Vec<&str> = PARTS.iter().map(|part| part.name).collect();
            let names = names.join(", ");
            format!("unknown part {name}; expected one of: {names}")
        })
    }

    /// The options that select the changes.
    pub(super) fn selection(&self, file: Option<&str>) -> Vec<String> {
        let mut words = vec!["--package".to_owned(), self.package.to_owned()];
        if let Some(file) = file.or(self.files) {
            words.extend(["--file".to_owned(), file.to_owned()]);
        }
        words
    }

    /// The options that select the tests. Only those of the part run: a mistake is noticed where it was made.
    pub(super) fn test_options(&self) -> Vec<&'static str> {
        let mut words = vec!["--test-workspace=false"];
        words.extend(
            self.features
                .into_iter()
                .flat_map(|features| ["--features", features]),
        );
        words
    }
}

#[cfg(test)]
mod tests {
    use super::Part;

    #[test]
    fn a_part_is_found_by_its_name() {
        let judge = Part::named("judge").unwrap();
        let expected = [
            "--package",
            "fcgate-cases",
            "--file",
            "conformance/fcgate-cases/src/judge{.rs,/**}",
        ];
        assert_eq!(judge.selection(None), expected);
        assert_eq!(
            judge.selection(Some("x.rs")).last().map(String::as_str),
            Some("x.rs")
        );
        let error = Part::named("other").unwrap_err();
        assert!(
            error.starts_with("unknown part other; expected one of: fc-sign,"),
            "{error}"
        );
    }

    #[test]
    fn every_part_of_a_package_names_the_file_and_the_folder_of_its_module() {
        for files in super::PARTS.iter().filter_map(|part| part.files) {
            let module = files.strip_suffix("{.rs,/**}").unwrap();
            let module = crate::programs::root().join(module);
            assert!(module.is_dir(), "{files}");
            assert!(module.with_extension("rs").is_file(), "{files}");
        }
    }

    #[test]
    fn a_feature_of_a_part_is_on() {
        let options = Part::named("fc-invoke").unwrap().test_options();
        assert_eq!(options, ["--test-workspace=false", "--features", "tracing"]);
    }
}
