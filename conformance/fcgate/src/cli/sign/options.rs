//! The options of `fcgate sign`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

use super::super::color_option::ColorOption;
use super::super::format_option::FormatOption;
use super::request_target::TargetOptions;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  fcgate sign --account-id 1234567890123456 --region cn-hangzhou --service s --function f --body-text '{}'
  fcgate sign --url 'https://f-abc.cn-hangzhou.fcapp.run/a?b=c' --method GET
  fcgate sign --url 'https://f-abc.cn-hangzhou.fcapp.run/a?b=c' --method GET --presigned --expires 3600

Set FCGATE_ACCESS_KEY_ID and FCGATE_ACCESS_KEY_SECRET to compute the signature, and FCGATE_SECURITY_TOKEN
to sign with temporary credentials. Nothing is sent.")]
pub(in super::super) struct SignOptions {
    /// The signature scheme [default: acs3 for revision 2023-03-30, else fc]
    #[arg(long, value_enum)]
    pub(super) scheme: Option<SchemeName>,
    /// The kind of request [default: derived from the path]
    #[arg(long, value_enum)]
    pub(super) kind: Option<KindName>,
    /// The method
    #[arg(long, default_value = "POST")]
    pub(super) method: String,
    #[command(flatten)]
    pub(super) target: TargetOptions,
    /// Add a header, e.g. 'X-Fc-Log-Type: Tail'
    // Not parsed by clap, whose errors repeat the value: it may be a token.
    #[arg(long, value_name = "NAME:VALUE")]
    pub(super) header: Vec<String>,
    /// Read the body from FILE
    #[arg(long, value_name = "FILE", conflicts_with = "body_text")]
    pub(super) body: Option<PathBuf>,
    /// Use TEXT as the body
    #[arg(long, value_name = "TEXT")]
    pub(super) body_text: Option<String>,
    /// The time, e.g. 2022-05-11T09:00:00Z or in the format of the Date header [default: now]
    #[arg(long, value_parser = time)]
    pub(super) date: Option<Timestamp>,
    /// Sign the URL of an HTTP trigger, so that the request needs no Authorization header
    #[arg(long, requires = "expires", conflicts_with_all = ["service", "function", "kind"])]
    pub(super) presigned: bool,
    /// How long the signed URL is valid, in seconds from the time
    #[arg(long, value_name = "SECONDS", requires = "presigned", value_parser = clap::value_parser!(i64).range(1..))]
    pub(super) expires: Option<i64>,
    /// The nonce of ACS3 [default: random]
    #[arg(long)]
    pub(super) nonce: Option<String>,
    #[command(flatten)]
    pub(super) format: FormatOption,
    #[command(flatten)]
    pub(super) color: ColorOption,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemeName {
    /// The scheme of the manual
    Fc,
    /// The scheme of the generated SDKs
    Acs3,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum KindName {
    /// The query is not signed by the FC scheme
    Api,
    /// The query is signed, line by line
    HttpTrigger,
}

fn time(text: &str) -> Result<Timestamp, String> {
    let iso = text.parse().ok();
    iso.or_else(|| DateTimeParser::new().parse_timestamp(text).ok())
        .ok_or_else(|| "invalid time; expected a form like 2022-05-11T09:00:00Z".to_owned())
}
