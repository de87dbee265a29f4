//! `record --from DIR`: turns the raw studies into fixtures. A maintainer runs it once; no build needs it.
//! `record --live`: records the official SDKs again, after a new release of one.

mod ambiguity;
mod build_cases;
mod build_table;
mod case;
mod failure;
mod http_response;
mod live;
mod outcome;
mod parse_cases;
mod parse_envelopes;
mod parse_refusals;
mod parse_successes;
mod parse_table;
mod published;
mod recorded_requests;
mod recorded_sign_cases;
mod recorded_sign_table;
mod scripts;
mod source;
mod string_to_sign;
mod timestamp;
mod vector_cases;
mod vector_table;
mod vectors;

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use case::CaseFile;
use failure::{Failure, Result};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder with the raw studies: `spec/` and `recorded/`.
    #[arg(long, value_name = "DIR", required_unless_present = "live")]
    from: Option<PathBuf>,
    /// Make the recorded calls again by the SDKs that are installed, and write what they send.
    #[arg(long, conflicts_with = "from")]
    live: bool,
    /// Where the fixtures go.
    #[arg(long, value_name = "DIR", default_value = "fixtures")]
    to: PathBuf,
}

pub(crate) fn run(args: &Args) -> std::result::Result<(), Failure> {
    let Some(from) = &args.from else {
        return live::run(&args.to);
    };
    let vectors: source::VectorStudy = read(from, "spec/vectors.json")?;
    let published: source::PublishedStudy = read(from, "spec/recorded-responses.json")?;
    let mut requests: source::RequestStudy = read(from, "recorded/requests.json")?;
    recorded_requests::forget_the_machine(&mut requests);
    let responses: source::ResponseStudy = read(from, "recorded/responses.json")?;

    let out = Output { root: &args.to };
    out.write("vectors/signing.json", &vectors::fixture(&vectors)?)?;
    for (sdk, fixture) in recorded_requests::fixtures(&requests)? {
        out.write(&format!("recorded/requests/{sdk}.json"), &fixture)?;
    }
    out.write("recorded/responses.json", &scripts::fixture(&responses)?)?;
    for file in vector_cases::files(&vectors)? {
        out.write_cases("sign", &file)?;
    }
    for file in recorded_sign_cases::files(&requests)? {
        out.write_cases("sign", &file)?;
    }
    for file in build_cases::files(&requests)? {
        out.write_cases("build", &file)?;
    }
    for file in parse_cases::files(&responses)? {
        out.write_cases("parse", &file)?;
    }
    out.write_cases("parse", &published::file(&published)?)
}

fn read<T: DeserializeOwned>(root: &Path, name: &str) -> Result<T> {
    let path = root.join(name);
    let text = fs::read_to_string(&path)
        .map_err(|error| Failure::new(format!("cannot read {}: {error}", path.display())))?;
    serde_json::from_str(&text).map_err(|error| Failure::new(format!("{name}: {error}")))
}

struct Output<'a> {
    root: &'a Path,
}

impl Output<'_> {
    fn write_cases(&self, area: &str, file: &CaseFile) -> Result<()> {
        for case in &file.cases {
            let carried = case.evidence.iter().any(case::Evidence::carries_must);
            if case.level == case::Level::Must && !carried {
                return Err(Failure::new(format!(
                    "{} is a must without evidence for one",
                    case.id
                )));
            }
        }
        let name = file
            .group
            .split_once('.')
            .map_or(file.group.as_str(), |(_, name)| name);
        self.write(&format!("cases/{area}/{name}.json"), file)
    }

    fn write(&self, name: &str, value: &impl Serialize) -> Result<()> {
        let path = self.root.join(name);
        let failed = |error: std::io::Error| {
            Failure::new(format!("cannot write {}: {error}", path.display()))
        };
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        let mut text = serde_json::to_string_pretty(value)
            .map_err(|error| Failure::new(format!("{name}: {error}")))?;
        text.push('\n');
        fs::write(&path, text).map_err(failed)
    }
}
