//! The configuration and the known failures of the official SDKs, checked without running the SDKs.

use std::fs;
use std::path::{Path, PathBuf};

use fc_conformance::known::Known;
use fcgate::config::Config;
use fcgate_cases::corpus::Corpus;

/// The folders of the SDKs.
fn subjects() -> Vec<PathBuf> {
    let adapters = Path::new(env!("CARGO_MANIFEST_DIR")).join("../adapters");
    let folders = ["sdk-python", "sdk-node"].map(|language| adapters.join(language));
    let entries = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap());
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("fcgate.toml").exists())
        .collect();
    found.sort();
    found
}

#[test]
fn each_of_six_sdks_has_a_configuration_with_level_should() {
    assert_eq!(subjects().len(), 6);
    for folder in subjects() {
        let text = fs::read_to_string(folder.join("fcgate.toml")).unwrap();
        let read = Config::read(&text, "fcgate.toml");
        assert!(read.is_ok(), "{}: {read:?}", folder.display());
        assert!(text.contains("level = \"should\""), "{}", folder.display());
    }
}

#[test]
fn known_failures_of_the_sdks_match_existing_cases_and_have_an_issue() {
    let corpus = Corpus::embedded().unwrap();
    for folder in subjects() {
        let name = folder.join("fcgate-known.toml");
        let text = fs::read_to_string(&name).unwrap();
        let known = Known::read(&text, &name.display().to_string()).unwrap();
        known.check(&corpus).unwrap();
        assert!(known.len() > 5, "{}", name.display());
        assert_eq!(known.warnings(), Vec::<String>::new());
        assert!(!text.contains("unfiled"), "{}", name.display());
    }
}
