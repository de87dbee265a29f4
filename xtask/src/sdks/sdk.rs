//! The SDKs that the gate tests, and where their files are: the official ones, and the one of the Rust registry.

use std::path::PathBuf;

use crate::programs;

/// An SDK and its adapter.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sdk {
    /// Its name in the matrix, in files and in messages.
    pub(crate) name: &'static str,
    pub(super) language: Language,
    pub(super) folder: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Python,
    Node,
    Go,
    Java,
    Rust,
}

/// The SDKs in the order of the matrix.
pub(crate) const SDKS: [Sdk; 11] = [
    Sdk::new("python-fc2", Language::Python, "fc2"),
    Sdk::new(
        "python-fc-open20210406",
        Language::Python,
        "fc-open20210406",
    ),
    Sdk::new("python-fc20230330", Language::Python, "fc20230330"),
    Sdk::new("node-fc2", Language::Node, "fc2"),
    Sdk::new("node-fc-open20210406", Language::Node, "fc-open20210406"),
    Sdk::new("node-fc20230330", Language::Node, "fc20230330"),
    Sdk::new("go-fc", Language::Go, "fc"),
    Sdk::new("go-fc20230330", Language::Go, "fc20230330"),
    Sdk::new("java-fc", Language::Java, "fc"),
    Sdk::new("java-fc20230330", Language::Java, "fc20230330"),
    Sdk::new("rust-ali-acs", Language::Rust, "ali-acs"),
];

impl Sdk {
    const fn new(name: &'static str, language: Language, folder: &'static str) -> Self {
        Self {
            name,
            language,
            folder,
        }
    }

    /// The folder with the adapters of all SDKs of its language.
    pub(super) fn language_folder(self) -> PathBuf {
        let language = match self.language {
            Language::Python => "sdk-python",
            Language::Node => "sdk-node",
            Language::Go => "sdk-go",
            Language::Java => "sdk-java",
            Language::Rust => "sdk-rust",
        };
        programs::root().join("conformance/adapters").join(language)
    }

    /// Whether the vendor publishes it. Only such an SDK is evidence for a requirement.
    pub(crate) fn is_official(self) -> bool {
        self.language != Language::Rust
    }

    /// The folder with `fcgate.toml` and the known failures.
    pub(crate) fn folder(self) -> PathBuf {
        self.language_folder().join(self.folder)
    }

    /// The name of its package on the registry of Python; `None` for other languages.
    pub(crate) fn pypi_package(self) -> Option<&'static str> {
        match self.name {
            "python-fc2" => Some("aliyun-fc2"),
            "python-fc-open20210406" => Some("alibabacloud-fc-open20210406"),
            "python-fc20230330" => Some("alibabacloud-fc20230330"),
            _ => None,
        }
    }

    /// The start of the file name of its recording, before the version; `None` if it has no recording.
    pub(crate) fn recording_prefix(self) -> Option<&'static str> {
        match self.name {
            "python-fc2" => Some("py-fc2"),
            "python-fc-open20210406" => Some("py-open"),
            "python-fc20230330" => Some("py-fc3"),
            "node-fc2" => Some("node-fc2"),
            "node-fc-open20210406" => Some("node-open"),
            "node-fc20230330" => Some("node-fc3"),
            _ => None,
        }
    }

    /// The command that sends recorded calls again; empty if it has no recording.
    pub(crate) fn recorder(self) -> Vec<String> {
        let text = |path: PathBuf| path.display().to_string();
        let next_to = |name: &str| text(self.language_folder().join(name));
        let installed = self.installation();
        match self.language {
            Language::Python => vec![
                text(installed.join("bin/python")),
                next_to("record.py"),
                format!("drive_{}", self.folder.replace('-', "_")),
            ],
            Language::Node => vec![
                "node".to_owned(),
                next_to("record.js"),
                format!("drive-{}", self.folder),
                text(installed),
            ],
            Language::Go | Language::Java | Language::Rust => Vec::new(),
        }
    }

    /// The folder of its installation, which may not exist.
    pub(crate) fn installation(self) -> PathBuf {
        programs::root().join("target/sdks").join(self.name)
    }
}
