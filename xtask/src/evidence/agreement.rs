//! Evidence of agreement: the SDKs that a source names do meet the case, and at least two agree.

use super::corpus::{Case, Corpus, Evidence, MUST, Requirement};
use super::sdk_results::{SdkResult, SdkResults};

const AGREEMENT: &str = "sdk-agreement";
/// How many SDKs must agree.
const ENOUGH: usize = 2;
/// SDKs and libraries of the vendor that evidence cites and that the gate does not run, by the start of their names.
const READ_ONLY: [&str; 8] = [
    "fc-go-sdk",
    "fc-java-sdk",
    "fc-csharp-sdk",
    "fc-php-sdk",
    "gateway-fc",
    "openapi-util",
    "tea-openapi",
    "hand-written SDKs",
];
/// Names of several SDKs at once, with the parts of their package names.
const SEVERAL: [(&str, &[&str]); 4] = [
    (
        "the generated clients",
        &[
            "alibabacloud-fc-open20210406",
            "alibabacloud-fc20230330",
            "@alicloud/fc-open20210406",
            "@alicloud/fc20230330",
        ],
    ),
    (
        "the generated Node clients",
        &["@alicloud/fc-open20210406", "@alicloud/fc20230330"],
    ),
    (
        "all six SDKs",
        &["aliyun-fc2", "alibabacloud-fc", "@alicloud/fc"],
    ),
    ("the Python clients", &["aliyun-fc2", "alibabacloud-fc"]),
];

/// Finds a `must` that cites an SDK which fails it, or that rests on the agreement of fewer than two.
pub(super) fn of_case(case: &Case, results: &SdkResults) -> Vec<String> {
    if case.level != MUST {
        return Vec::new();
    }
    let of_case = results.of(&case.id);
    let reached = of_case
        .iter()
        .any(|result| *result != SdkResult::NotReached);
    let mut findings = Vec::new();
    let mut agreeing = 0;
    for evidence in case.evidence.iter().filter(|one| one.kind == AGREEMENT) {
        let named = Named::of(evidence, results);
        for place in named.failing(&of_case) {
            let package = results.sdks.get(place).map_or("", |sdk| &sdk.package);
            findings.push(format!(
                "{}: cites the agreement of {package}, which fails the case: {}",
                case.id, evidence.source
            ));
        }
        agreeing = agreeing.max(named.agreeing(&of_case));
    }
    let rests_on_agreement = !case.evidence.iter().any(Evidence::carries_must);
    if rests_on_agreement && reached && agreeing < ENOUGH {
        findings.push(format!(
            "{}: rests on the agreement of SDKs, but {agreeing} agree",
            case.id
        ));
    }
    findings
}

/// Finds an SDK that a `must` requirement cites and that fails each of its cases.
pub(super) fn of_requirement(
    requirement: &Requirement,
    corpus: &Corpus,
    results: &SdkResults,
) -> Vec<String> {
    if requirement.level != MUST {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for evidence in requirement
        .evidence
        .iter()
        .filter(|one| one.kind == AGREEMENT)
    {
        for place in Named::of(evidence, results).run {
            let of_cases = corpus.musts(&requirement.id);
            let of_cases: Vec<SdkResult> = of_cases
                .filter_map(|case| results.of(&case.id).get(place).copied())
                .collect();
            let failed = of_cases.contains(&SdkResult::Failed);
            if failed && !of_cases.contains(&SdkResult::Met) {
                let package = results.sdks.get(place).map_or("", |sdk| &sdk.package);
                findings.push(format!(
                    "{}: cites the agreement of {package}, which fails each case that it reaches",
                    requirement.id
                ));
            }
        }
    }
    findings
}

/// The SDKs that a source names before its first semicolon.
struct Named {
    /// The places of SDKs that the gate runs.
    run: Vec<usize>,
    /// The number of SDKs that were only read.
    read: usize,
}

impl Named {
    fn of(evidence: &Evidence, results: &SdkResults) -> Self {
        let agreeing = evidence.source.split(';').next().unwrap_or_default();
        let several = SEVERAL.iter().filter(|(name, _)| agreeing.contains(name));
        let parts: Vec<&str> = several.flat_map(|(_, parts)| *parts).copied().collect();
        let is_named = |package: &str| {
            let whole = format!("{package} ");
            agreeing.contains(&whole)
                || agreeing.ends_with(package)
                || parts.iter().any(|part| package.contains(part))
        };
        let sdks = results.sdks.iter().enumerate();
        Self {
            run: sdks
                .filter(|(_, sdk)| is_named(&sdk.package))
                .map(|(place, _)| place)
                .collect(),
            read: READ_ONLY
                .iter()
                .map(|name| agreeing.matches(name).count())
                .sum(),
        }
    }

    fn failing(&self, results: &[SdkResult]) -> Vec<usize> {
        let failed = |place: &usize| results.get(*place) == Some(&SdkResult::Failed);
        self.run.iter().copied().filter(failed).collect()
    }

    /// How many named SDKs agree; without a name, how many meet the case.
    fn agreeing(&self, results: &[SdkResult]) -> usize {
        if self.run.is_empty() && self.read == 0 {
            return results.iter().filter(|one| **one == SdkResult::Met).count();
        }
        self.run.len() - self.failing(results).len() + self.read
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// The findings for a `must` with this source, if the first SDK has this result and the second meets the case.
    fn found(source: &str, first: char) -> Vec<String> {
        let sdk =
            |name: &str| json!({"name": name, "package": name, "version": "1", "revisions": []});
        let results = json!({"schema": 1, "source": "s", "sdks": [sdk("aliyun-fc2"), sdk("@alicloud/fc2")],
            "results": {"a.b.c": format!("{first}m")}});
        let case = json!({"id": "a.b.c", "title": "t", "level": "must", "requirements": [], "op": "parse", "given": {}, "expect": {},
            "evidence": [{"kind": "sdk-agreement", "source": source}]});
        of_case(
            &serde_json::from_value(case).unwrap(),
            &serde_json::from_value(results).unwrap(),
        )
    }

    #[test]
    fn a_must_that_cites_an_sdk_which_fails_it_is_found() {
        let both = "aliyun-fc2 1 and @alicloud/fc2 1; fc-java-sdk fails";
        assert_eq!(found(both, 'm'), Vec::<String>::new());
        let findings = found(both, 'f');
        assert_eq!(findings.len(), 2, "{findings:?}");
        assert!(findings[0].contains("cites the agreement of aliyun-fc2"));
    }

    #[test]
    fn sdks_after_a_semicolon_and_sdks_that_were_only_read_count_as_they_should() {
        assert_eq!(
            found("@alicloud/fc2 1 and fc-go-sdk 2; aliyun-fc2 1 fails", 'f'),
            Vec::<String>::new()
        );
        assert_eq!(found("@alicloud/fc2 1; aliyun-fc2 1 fails", 'f').len(), 1);
    }
}
