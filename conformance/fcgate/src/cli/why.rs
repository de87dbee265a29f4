//! `fcgate why`.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;

use crate::why::{self, Standing, Unexplainable, Unreadable};
use fc_conformance::verdict::Verdict;
use fcgate_http::clock;
use fcgate_protocol::Credentials;
use fcgate_runner::secret;
use fcgate_text::visible;

use super::arguments::{Color, Format};
use super::{Failure, environment, output, print};

/// No request of an invocation is larger.
const MOST_BYTES: u64 = 256 << 20;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  fcgate why --request captured.http
  curl -v ... 2>&1 | fcgate why --request - --format json

The key is read from FCGATE_ACCESS_KEY_ID, FCGATE_ACCESS_KEY_SECRET and FCGATE_SECURITY_TOKEN.
Neither the secret nor the token is shown, in no format.
Exit codes: 0 the signature is valid, 1 it is invalid or missing, 2 there is nothing to explain.")]
pub(super) struct WhyOptions {
    /// The request: raw HTTP, the text of `curl -v`, or a HAR; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    pub(super) request: PathBuf,
    /// The answer of the service, in one of these forms or its body alone
    #[arg(long, value_name = "FILE")]
    pub(super) response: Option<PathBuf>,
    /// How to explain
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
    /// When to use colour
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    pub(super) color: Color,
}

pub(super) fn why(options: &WhyOptions) -> Result<Verdict, Failure> {
    output::color(options.color);
    let text = if options.request.as_os_str() == "-" {
        standard_input()?
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
    exchange.request.sent.push(clock::time());
    let key = environment::access_key()?;
    let explanation = why::explain(&exchange, key.as_ref()).map_err(|error| match error {
        Unexplainable::NoKey => Failure::usage(format!(
            "{error}; set {} and {}",
            environment::ACCESS_KEY_ID,
            environment::ACCESS_KEY_SECRET
        )),
        error => Failure::usage(error.to_string()),
    })?;
    let shown = match options.format {
        Format::Text => explanation.text(),
        Format::Json => {
            let json = serde_json::to_string_pretty(&explanation.json());
            json.map_err(|error| Failure::harness(&error))? + "\n"
        }
    };
    print(&concealed(shown, key.as_ref()));
    Ok(match explanation.signature {
        Standing::Valid => Verdict::Conforming,
        Standing::Invalid | Standing::Unsigned => Verdict::Nonconforming,
    })
}

/// A request may hold the secret or the token in any of its parts; what is shown does not.
pub(super) fn concealed(shown: String, key: Option<&Credentials>) -> String {
    let Some(key) = key else {
        return shown;
    };
    let shown = without(shown, &key.access_key_secret, "[secret]");
    let token = key.security_token.as_deref().unwrap_or_default();
    without(shown, token, "[security token]")
}

fn without(mut shown: String, value: &str, mark: &str) -> String {
    let in_json = serde_json::Value::from(value.trim()).to_string();
    for form in secret::forms_of(value) {
        if let Ok(form) = String::from_utf8(form) {
            shown = shown.replace(&form, mark);
        }
    }
    if value.trim().len() >= secret::SHORTEST {
        shown = shown.replace(in_json.trim_matches('"'), mark);
    }
    shown
}

fn standard_input() -> Result<Vec<u8>, Failure> {
    let mut text = Vec::new();
    let mut input = std::io::stdin().lock().take(MOST_BYTES + 1);
    input
        .read_to_end(&mut text)
        .map_err(|error| Failure::usage(format!("standard input cannot be read: {error}")))?;
    if text.len() as u64 > MOST_BYTES {
        return Err(Failure::usage("standard input is larger than 256 MiB"));
    }
    Ok(text)
}

pub(super) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let shown = visible::line(&path.display().to_string(), 200);
    let data = fs::metadata(path)
        .map_err(|error| Failure::usage(format!("{shown} cannot be read: {error}")))?;
    if !data.is_file() || data.len() > MOST_BYTES {
        let message = format!("{shown} is no file, or larger than 256 MiB");
        return Err(Failure::usage(message));
    }
    fs::read(path).map_err(|error| Failure::usage(format!("{shown} cannot be read: {error}")))
}
