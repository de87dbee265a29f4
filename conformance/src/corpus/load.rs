//! Reading the registry and the case files.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::Suite;
use crate::oracle::sha256_hex;

use super::strict::{self, StrictError};
use super::{
    Case, Corpus, CorpusError, Evidence, Files, Group, Level, Operation, Registry, SCHEMA, Stimulus,
};

const REGISTRY: &str = "requirements.json";
const CASES: &str = "cases/";

/// A case file with `given` and `expect` not yet read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGroup {
    schema: u32,
    group: String,
    summary: String,
    cases: Vec<RawCase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCase {
    id: String,
    title: String,
    level: Level,
    requirements: Vec<String>,
    needs: Vec<String>,
    revision: Option<String>,
    because: String,
    evidence: Vec<Evidence>,
    twin: Option<String>,
    fault: Option<String>,
    since: Option<Suite>,
    op: Operation,
    given: Box<RawValue>,
    expect: Box<RawValue>,
}

pub(super) fn load(files: &Files) -> Result<Corpus, CorpusError> {
    let registry = files
        .get(REGISTRY)
        .ok_or_else(|| CorpusError::new(REGISTRY, "no such file"))?;
    let Registry {
        schema,
        requirements,
    } = strict::from_slice(registry).map_err(|error| at(REGISTRY, error))?;
    schema_is_known(REGISTRY, schema)?;
    let groups = files
        .below(CASES)
        .map(|(path, text)| group(path, text))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Corpus {
        requirements,
        groups,
        sha256: digest(files),
    })
}

fn group(file: &str, text: &[u8]) -> Result<Group, CorpusError> {
    let raw: RawGroup = strict::from_slice(text).map_err(|error| at(file, error))?;
    schema_is_known(file, raw.schema)?;
    let cases = raw
        .cases
        .into_iter()
        .map(|case| read_case(file, case))
        .collect::<Result<_, _>>()?;
    Ok(Group {
        file: file.to_owned(),
        name: raw.group,
        summary: raw.summary,
        cases,
    })
}

fn read_case(file: &str, raw: RawCase) -> Result<Case, CorpusError> {
    let stimulus = stimulus(&raw).map_err(|(part, error)| {
        CorpusError::new(file, error.message)
            .in_case(&raw.id)
            .at(format!("/{part}{}", error.pointer))
    })?;
    Ok(Case {
        id: raw.id,
        title: raw.title,
        level: raw.level,
        requirements: raw.requirements,
        needs: raw.needs,
        revision: raw.revision,
        because: raw.because,
        evidence: raw.evidence,
        twin: raw.twin,
        fault: raw.fault,
        since: raw.since.unwrap_or(Suite::FIRST),
        stimulus,
    })
}

fn stimulus(raw: &RawCase) -> Result<Stimulus, (&'static str, StrictError)> {
    Ok(match raw.op {
        Operation::Sign => {
            let (given, expect) = both(raw)?;
            Stimulus::Sign { given, expect }
        }
        Operation::Build => {
            let (given, expect) = both(raw)?;
            Stimulus::Build { given, expect }
        }
        Operation::Parse => {
            let (given, expect) = both(raw)?;
            Stimulus::Parse { given, expect }
        }
        Operation::Invoke => {
            let (given, expect) = both(raw)?;
            Stimulus::Invoke { given, expect }
        }
    })
}

fn both<G: DeserializeOwned, E: DeserializeOwned>(
    raw: &RawCase,
) -> Result<(G, E), (&'static str, StrictError)> {
    let given = strict::from_str(raw.given.get()).map_err(|error| ("given", error))?;
    let expect = strict::from_str(raw.expect.get()).map_err(|error| ("expect", error))?;
    Ok((given, expect))
}

fn at(file: &str, error: StrictError) -> CorpusError {
    CorpusError::new(file, error.message).at(error.pointer)
}

fn schema_is_known(file: &str, schema: u32) -> Result<(), CorpusError> {
    if schema == SCHEMA {
        return Ok(());
    }
    Err(CorpusError::new(
        file,
        format!("schema {schema} is unknown; this gate reads {SCHEMA}"),
    )
    .at("/schema"))
}

/// One digest over path, length and text of the registry and every case file, sorted by path.
fn digest(files: &Files) -> String {
    let registry = files.get(REGISTRY).map(|text| (REGISTRY, text));
    let mut all = Vec::new();
    for (path, text) in files.below(CASES).chain(registry) {
        all.extend_from_slice(format!("{path}\n{}\n", text.len()).as_bytes());
        all.extend_from_slice(text);
    }
    sha256_hex(&all)
}
