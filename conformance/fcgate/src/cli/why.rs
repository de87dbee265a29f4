//! `fcgate why`: explains the signature of a captured request.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;

use fc_conformance::verdict::Verdict;
use fcgate_http::clock;
use fcgate_text::visible;
use fcgate_why::{self as why, Unexplainable, Unreadable};

use super::color_option::ColorOption;
use super::console::print;
use super::environment;
use super::failure::Failure;
use super::files::{read, read_standard_input};
use super::format_option::{Format, FormatOption};
use super::key_redaction::redact_key;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  fcgate why --request captured.http
  curl -v ... 2>&1 | fcgate why --request - --format json

The key is read from FCGATE_ACCESS_KEY_ID, FCGATE_ACCESS_KEY_SECRET and FCGATE_SECURITY_TOKEN.
The output never contains the secret or the token.
Exit codes: 0 the signature is valid and nothing else is wrong, 1 something is wrong, 2 nothing to explain.")]
pub(super) struct WhyOptions {
    /// The request, as a client, a proxy or a debugger printed it: raw HTTP, `curl -v`, a HAR file and others; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    pub(super) request: PathBuf,
    /// The response, in one of these forms or only its body
    #[arg(long, value_name = "FILE")]
    pub(super) response: Option<PathBuf>,
    #[command(flatten)]
    pub(super) format: FormatOption,
    #[command(flatten)]
    pub(super) color: ColorOption,
}

pub(super) fn why(options: &WhyOptions) -> Result<Verdict, Failure> {
    options.color.apply();
    let text = if options.request.as_os_str() == "-" {
        read_standard_input()?
    } else {
        read(&options.request)?
    };
    let unreadable = |path: &Path| {
        let shown = path.display().to_string();
        move |error: Unreadable| {
            Failure::usage(format!(
                "{} cannot be explained: {error}",
                visible::line(&shown, 200)
            ))
        }
    };
    let mut exchange = why::read_exchange(&text).map_err(unreadable(&options.request))?;
    if let Some(path) = &options.response {
        let response = why::read_response(&read(path)?).map_err(unreadable(path))?;
        exchange.response = Some(response);
    }
    let written = fs::metadata(&options.request).and_then(|data| data.modified());
    let written = written.ok().and_then(|time| Timestamp::try_from(time).ok());
    exchange.request.sent.extend(written);
    exchange.request.sent.push(clock::timestamp());
    let key = environment::access_key()?;
    let explanation = why::explain(&exchange, key.as_ref()).map_err(|error| match error {
        Unexplainable::NoKey => Failure::usage(format!(
            "{error}; set {} and {}",
            environment::ACCESS_KEY_ID,
            environment::ACCESS_KEY_SECRET
        )),
        error => Failure::usage(error.to_string()),
    })?;
    let shown = match options.format.format {
        Format::Text => explanation.text(),
        Format::Json => {
            let json = serde_json::to_string_pretty(&explanation.json());
            json.map_err(|error| Failure::harness(&error))? + "\n"
        }
    };
    print(&redact_key(&shown, key.as_ref()))?;
    Ok(if explanation.is_right() {
        Verdict::Conforming
    } else {
        Verdict::Nonconforming
    })
}
