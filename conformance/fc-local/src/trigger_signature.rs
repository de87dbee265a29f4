//! Signatures of HTTP triggers of FC 3.0 that the server accepts although ACS3 demands more.
//!
//! The manual publishes a recipe in four languages. It signs neither host nor body, and its samples differ for paths
//! with escapes and for repeated query keys.

use fcgate_cases::oracle::{self, Reason, WireRequest};
use fcgate_protocol::{Credentials, Scheme, SignKind, Stages};

use super::url_encoding::decoded;

const RECIPE: &str =
    "the signature follows the recipe of HTTP triggers, which covers neither host nor body";
const DECODED: &str = "the signature is over the unescaped path, as in two samples of the manual";
const DOLLAR: &str = "the signature is over the path with %24 for each dollar sign";
const FIRST_VALUES: &str = "the signature is over the first value of each query key";

/// Returns the deviations with which the signature of a trigger is valid, or `None` if it is never valid.
pub(super) fn deviations(request: &WireRequest, key: &Credentials) -> Option<Vec<&'static str>> {
    let path = request.path().to_owned();
    let paths = [
        (None, path.clone()),
        (Some(DECODED), decoded(&path)),
        (Some(DOLLAR), path.replace('$', "%24")),
        (Some(DECODED), decoded(&path).replace('$', "%24")),
    ];
    let query = request.query().to_owned();
    let queries = [
        (None, query.clone()),
        (Some(FIRST_VALUES), first_values(&query)),
    ];
    for (of_path, path) in paths.iter().filter(|(_, path)| !path.contains('?')) {
        for (of_query, query) in &queries {
            let mut variant = request.clone();
            variant.target = format!("{path}?{query}");
            let verdict = oracle::verify(&variant, Scheme::Acs3, SignKind::Api, key);
            let of_recipe = match &verdict.reason {
                None => None,
                Some(reason) if is_recipe(&variant, reason, &verdict.stages) => Some(RECIPE),
                Some(_) => continue,
            };
            let deviations = [of_recipe, *of_path, *of_query];
            return Some(deviations.into_iter().flatten().collect());
        }
    }
    None
}

/// Whether a valid signature lacks only what the recipe of HTTP triggers does not demand. `stages` are those of the
/// names that the client signed.
fn is_recipe(request: &WireRequest, reason: &Reason, stages: &Stages) -> bool {
    let is_of_recipe = match reason {
        Reason::NotSigned(name) => matches!(name.as_str(), "host" | "content-type"),
        Reason::ContentDigest => request.value("x-acs-content-sha256").is_none(),
        _ => false,
    };
    let authorization = request.value("authorization").unwrap_or_default();
    let signature = authorization.rsplit_once("Signature=");
    let signature = signature.map(|(_, signature)| signature);
    is_of_recipe && signature.is_some() && signature == stages.signature.as_deref()
}

/// The query with the first value of each key.
fn first_values(query: &str) -> String {
    let mut keys = Vec::new();
    let mut kept = Vec::new();
    for pair in query.split('&') {
        let key = decoded(pair.split('=').next().unwrap_or_default());
        if !keys.contains(&key) {
            keys.push(key);
            kept.push(pair);
        }
    }
    kept.join("&")
}

/// Whether a time has the form of the samples of the manual: ISO 8601 in UTC, with or without fractions of a second.
pub(super) fn is_time_of_samples(value: &str) -> bool {
    let Some((second, fraction)) = value
        .strip_suffix('Z')
        .and_then(|text| text.split_once('.'))
    else {
        return false;
    };
    let is_second = second.len() == "2022-05-11T09:00:00".len();
    let is_fraction = (1..=9).contains(&fraction.len());
    is_second && is_fraction && fraction.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{
        DECODED, DOLLAR, FIRST_VALUES, RECIPE, deviations, first_values, is_time_of_samples,
    };
    use fcgate_cases::oracle::{self, WireRequest};
    use fcgate_protocol::Credentials;

    /// A request for `sent` with a signature for `signed`.
    fn request(signed: &str, sent: &str) -> WireRequest {
        let names = "x-acs-date;x-acs-security-token";
        let of = |target: &str| {
            WireRequest::new("GET", target)
                .header("x-acs-date", "2022-05-11T09:00:00Z")
                .header("x-acs-security-token", "")
        };
        let stages = oracle::acs3_stages(&of(signed), names, "secret").unwrap();
        let signature = stages.signature.unwrap();
        let value =
            format!("ACS3-HMAC-SHA256 Credential=id,SignedHeaders={names},Signature={signature}");
        of(sent).header("authorization", value)
    }

    #[test]
    fn the_spellings_of_the_samples_are_accepted() {
        let of = |signed: &str, sent: &str| {
            deviations(&request(signed, sent), &Credentials::new("id", "secret"))
        };
        assert_eq!(of("/a?b=c", "/a?b=c"), Some(vec![RECIPE]));
        assert_eq!(of("/a b", "/a%20b"), Some(vec![RECIPE, DECODED]));
        assert_eq!(of("/a%24b", "/a$b"), Some(vec![RECIPE, DOLLAR]));
        assert_eq!(
            of("/a?b=1&c=2", "/a?b=1&b=3&c=2"),
            Some(vec![RECIPE, FIRST_VALUES])
        );
        assert_eq!(of("/a?b=1", "/a?b=2"), None);
        assert_eq!(of("/a", "/b"), None);
    }

    #[test]
    fn the_vector_of_the_recipe_is_accepted() {
        // Vector AC-08 of fixtures/vectors/signing.json.
        let signature = "bd07a3855e60e6e93cbbf84606e0bd9a08331c58d3e98d5cff6dd6e3670bac66";
        let request = WireRequest::new("POST", "/hello?foo=bar")
            .header("Host", "xx.cn-shanghai.fcapp.run")
            .header("x-acs-date", "2022-05-11T09:00:00Z")
            .header("x-acs-security-token", "")
            .header(
                "authorization",
                format!(
                    "ACS3-HMAC-SHA256 Credential=FCTESTACCESSKEYID01,\
                     SignedHeaders=x-acs-date;x-acs-security-token,Signature={signature}"
                ),
            )
            .body(b"hello world");
        let key = Credentials::new("FCTESTACCESSKEYID01", "fcTestAccessKeySecret0123456789");
        assert_eq!(deviations(&request, &key), Some(vec![RECIPE]));
    }

    #[test]
    fn only_the_first_value_of_a_key_is_kept() {
        assert_eq!(first_values("a=1&b&%61=2&b=3&c="), "a=1&b&c=");
    }

    #[test]
    fn fractions_of_a_second_are_a_form_of_the_samples() {
        for (value, expected) in [
            ("2022-05-11T09:00:00.250Z", true),
            ("2022-05-11T09:00:00.250123456Z", true),
            ("2022-05-11T09:00:00Z", false),
            ("2022-05-11T09:00:00.Z", false),
            ("2022-05-11T17:00:00.250+08:00", false),
        ] {
            assert_eq!(is_time_of_samples(value), expected, "{value}");
        }
    }
}
