//! The authorization or the date is written in another way.

use fcgate_protocol::SignOutput;

use super::mistake::ForeignMistake;
use super::step::Step;

pub(super) const MISTAKES: &[ForeignMistake] = &[
    ForeignMistake::new(
        "authorization-with-space-after-the-colon",
        "writes a space between the access key id and the signature",
        &[],
        Step::Writes(|_, output| {
            rewrite(output, |text| match text.strip_prefix("FC ") {
                Some(rest) => format!("FC {}", rest.replacen(':', ": ", 1)),
                None => text.to_owned(),
            });
        }),
    ),
    ForeignMistake::new(
        "authorization-in-quotation-marks",
        "writes the authorization in quotation marks",
        &[],
        Step::Writes(|_, output| rewrite(output, |text| format!("\"{text}\""))),
    ),
    ForeignMistake::new(
        "authorization-as-basic",
        "writes Basic as the scheme of the authorization",
        &[],
        Step::Writes(|_, output| rewrite(output, |text| text.replacen("FC ", "Basic ", 1))),
    ),
    ForeignMistake::new(
        "signed-names-parted-by-commas",
        "parts the list of signed names by commas",
        &[],
        Step::Writes(|_, output| rewrite(output, |text| text.replace(';', ","))),
    ),
    ForeignMistake::new(
        "signed-names-without-host",
        "leaves host out of the list of signed names",
        &[],
        Step::Writes(|_, output| rewrite(output, |text| text.replace("host;", ""))),
    ),
    ForeignMistake::new(
        "signature-cut",
        "writes the first 32 characters of the signature",
        &[],
        Step::Writes(|_, output| {
            rewrite(output, |text| {
                let start = text.rfind([':', '=']).map_or(0, |at| at + 1);
                let start = if text.ends_with('=') {
                    text.rfind(':').map_or(0, |at| at + 1)
                } else {
                    start
                };
                text.get(..start + 32).unwrap_or(text).to_owned()
            });
        }),
    ),
    ForeignMistake::new(
        "two-authorizations",
        "sends an empty authorization before the right one",
        &[],
        Step::Writes(|_, output| output.headers.insert(0, "Authorization", "")),
    ),
    ForeignMistake::new(
        "clock-in-another-zone",
        "takes the time of China for UTC",
        &["FCG0541"],
        Step::Time(|time| shifted(time, 8 * 3600)),
    ),
    ForeignMistake::new(
        "clock-one-day-behind",
        "sends the time of the day before",
        &[],
        Step::Time(|time| shifted(time, -24 * 3600)),
    ),
    ForeignMistake::new(
        "date-of-the-first-request",
        "sends the date of its first request again and again",
        &[],
        Step::Time(|_| "2022-05-11T09:00:00Z".to_owned()),
    ),
];

fn rewrite(output: &mut SignOutput, change: impl Fn(&str) -> String) {
    if let Some(authorization) = output.headers.get("authorization") {
        let authorization = change(authorization);
        output.headers.set("authorization", authorization);
    }
}

/// A time, some seconds later.
fn shifted(time: &str, seconds: i64) -> String {
    let parsed: Option<jiff::Timestamp> = time.parse().ok();
    let later = parsed.and_then(|time| {
        let later = time.checked_add(jiff::SignedDuration::from_secs(seconds));
        later.ok()
    });
    later.map_or_else(
        || time.to_owned(),
        |later| later.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
    )
}
