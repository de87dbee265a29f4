//! Records everything that a server received.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use fc_conformance::Reference;
use fc_conformance::diagnosis;
use fc_conformance::report::Report;
use fc_conformance::verdict::{Rules, Verdict};
use fcgate_cases::Claims;
use fcgate_cases::corpus::{Corpus, Group};
use fcgate_cases::oracle::sha256_hex;
use fcgate_protocol::{Hello, Scheme, SignKind, capability};
use fcgate_text::visible;

use super::bounded_map::BoundedMap;
use super::exchange::Exchange;
use super::finding::Finding;
use super::header_values::Field;
use super::kept_results::KeptResults;
use super::losses::Losses;
use super::received_request::ReceivedRequest;
use super::recent_nonces::{self, RecentNonces};
use super::signature::Authentication;

/// The most different user agents, accepted deviations and repeated requests that are listed.
const MOST_LISTED: usize = 1_000;

#[derive(Debug, Default)]
pub(super) struct SessionRecord {
    results: KeptResults,
    losses: Losses,
    /// The number of requests for each scenario.
    numbers: BTreeMap<Cow<'static, str>, usize>,
    nonces: RecentNonces,
    /// Requests for which a second run may do harm, by likeness: the id of the first, and the count.
    repeats: BoundedMap<String, (String, usize), MOST_LISTED>,
    /// Accepted deviations: the id of the first request that had them, and the count.
    accepted: BoundedMap<String, (String, usize), MOST_LISTED>,
    /// The numbers of requests and refusals by scenario, revision and scheme.
    seen: BTreeMap<(Cow<'static, str>, String, &'static str), (usize, usize)>,
    agents: BoundedMap<String, (), MOST_LISTED>,
    /// Whether a request named a known function.
    has_called: bool,
    revisions: BTreeSet<String>,
    capabilities: BTreeSet<&'static str>,
    total: usize,
    /// The requests with a failed check.
    failed: usize,
}

impl SessionRecord {
    /// Whether a nonce is new. Records the nonce.
    pub(super) fn is_new(&mut self, nonce: &str) -> bool {
        self.nonces.is_new(nonce)
    }

    /// The id of the next request for a scenario.
    pub(super) fn id(&self, scenario: &str) -> String {
        let number = self.numbers.get(scenario).map_or(1, |count| count + 1);
        format!("serve.{scenario}.{number}")
    }

    /// Records the result of a request.
    pub(super) fn note(&mut self, received: Option<&ReceivedRequest>, exchange: Exchange) {
        let id = self.id(&exchange.scenario);
        self.total += 1;
        self.has_called |= exchange.has_function;
        *self.numbers.entry(exchange.scenario.clone()).or_default() += 1;
        let named = exchange.route.named();
        let revision = named.map_or("-", |named| named.revision).to_owned();
        let key = (
            exchange.scenario.clone(),
            revision,
            exchange.authentication.word(),
        );
        let seen = self.seen.entry(key).or_default();
        seen.0 += 1;
        seen.1 += usize::from(exchange.refused.is_some());
        self.revisions
            .extend(named.map(|named| named.revision.to_owned()));
        self.capabilities.extend(claimed(&exchange.authentication));
        if let Some(received) = received {
            if let Some(agent) = received.value("user-agent") {
                self.agents.entry(visible::line(agent, 60), || ());
            }
            if exchange.may_have_run {
                count(&mut self.repeats, likeness(received), &id);
            }
        }
        let accepted = exchange.holds();
        for note in exchange.notes.into_iter().filter(|_| accepted) {
            count(&mut self.accepted, note, &id);
        }
        self.failed += usize::from(exchange.findings.iter().any(Finding::failed));
        self.results.add(&exchange.scenario, &id, exchange.findings);
    }

    /// The number of requests, of those with a failed check, and of those without results of their own.
    pub(super) fn counts(&self) -> (usize, usize, usize) {
        (self.total, self.failed, self.results.counted())
    }

    /// What was lost or delayed.
    pub(super) fn losses(&mut self) -> &mut Losses {
        &mut self.losses
    }

    /// Returns the report on the recorded requests, and the corpus that defines its ids.
    pub(super) fn report(self, corpus: &Corpus, rules: Rules) -> (Report, Corpus) {
        let mut agents = self.agents.iter();
        let (name, version) = match (agents.next(), agents.next()) {
            (None, _) => ("unnamed client".to_owned(), "unknown".to_owned()),
            (Some((agent, ())), None) => product(agent),
            (Some(_), Some(_)) => (
                format!("{} clients", self.agents.len()),
                "unknown".to_owned(),
            ),
        };
        let warnings = self.warnings();
        let has_called = self.has_called;
        let of_losses = self.losses.verdict();
        let (cases, results) = self.results.into_cases();
        let mut hello = Hello::new(name, version, "unknown");
        for capability in self.capabilities {
            hello = hello.claim(capability);
        }
        hello.revisions = self.revisions.into_iter().collect();
        let seen = Corpus {
            requirements: corpus.requirements.clone(),
            groups: vec![Group {
                file: String::new(),
                name: "serve".to_owned(),
                summary: "Requests that the server received.".to_owned(),
                cases,
            }],
            sha256: corpus.sha256.clone(),
        };
        let claims = Claims::of(&hello);
        let attribution = diagnosis::explain(&results, &seen, &Reference);
        let mut report = Report::new(&seen, &hello, &claims, 0, results, &attribution, rules);
        report.served = true;
        report.warn(warnings);
        if !has_called {
            report.worsen(Verdict::Incomplete);
        }
        report.worsen(of_losses);
        (report, seen)
    }

    fn warnings(&self) -> Vec<String> {
        let mut warnings = self.losses.warnings();
        for (note, (first, count)) in self.accepted.iter() {
            let more = match count {
                0 | 1 => String::new(),
                count => format!(" and {} more", count - 1),
            };
            warnings.push(format!("accepted: {note} ({first}{more})"));
        }
        let repeats = self.repeats.iter().map(|(_, repeat)| repeat);
        for (id, count) in repeats.filter(|(_, count)| *count > 1) {
            warnings.push(format!(
                "the request of {id} was received {count} times, although the function may have run the first time: \
                 a client that retries it without permission violates FC-INVOKE-014"
            ));
        }
        if self.total > 0 && !self.has_called {
            let none = "no request named a function of the table";
            warnings.push(none.to_owned());
        }
        let counted = self.results.counted();
        if counted > 0 {
            warnings.push(format!(
                "{counted} of {} requests have no result of their own: they are counted in the results \
                 `serve.FUNCTION.further.PART`",
                self.total
            ));
        }
        let forgotten = self.nonces.forgotten();
        if forgotten > 0 {
            warnings.push(format!(
                "the server compares a nonce with the last {} only: {forgotten} older nonces were not compared",
                recent_nonces::REMEMBERED
            ));
        }
        let unlisted = self.accepted.refused() + self.repeats.refused();
        if unlisted > 0 {
            warnings.push(format!(
                "{unlisted} more requests have accepted deviations or may be repetitions; only the first \
                 {MOST_LISTED} different ones are listed"
            ));
        }
        warnings
    }

    /// The number of requests by scenario, revision and scheme, one line each.
    pub(super) fn table(&self) -> String {
        let mut lines = String::new();
        for ((scenario, revision, scheme), (count, refused)) in &self.seen {
            let refused = match refused {
                0 => String::new(),
                count => format!(", {count} refused"),
            };
            let _ = writeln!(
                lines,
                "  {scenario:<17}{revision:<11} {scheme:<14} {count:>4}{refused}"
            );
        }
        lines
    }
}

/// Counts a request with this property. `id` is its id.
fn count(
    counts: &mut BoundedMap<String, (String, usize), MOST_LISTED>,
    property: String,
    id: &str,
) {
    if let Some((_, count)) = counts.entry(property, || (id.to_owned(), 0)) {
        *count += 1;
    }
}

/// The name and version of a client, if its first product has both (RFC 9110, 10.1.5).
fn product(agent: &str) -> (String, String) {
    let first = agent.split(' ').next().unwrap_or_default();
    match first.split_once('/') {
        Some((name, version)) if !name.is_empty() && !version.is_empty() => {
            (name.to_owned(), version.to_owned())
        }
        _ => (agent.to_owned(), "unknown".to_owned()),
    }
}

/// The capability that a signature of this form demonstrates.
fn claimed(authentication: &Authentication) -> Option<&'static str> {
    match authentication {
        Authentication::Signed(Scheme::Fc, SignKind::Api) => Some(capability::SIGN_FC),
        Authentication::Signed(Scheme::Fc, SignKind::HttpTrigger) => {
            Some(capability::SIGN_FC_HTTP_TRIGGER)
        }
        Authentication::Signed(Scheme::Fc, SignKind::PresignedUrl) => {
            Some(capability::SIGN_FC_PRESIGNED_URL)
        }
        Authentication::Signed(Scheme::Acs3, _) => Some(capability::SIGN_ACS3),
        Authentication::Bearer
        | Authentication::Anonymous
        | Authentication::Foreign(_)
        | Authentication::Unsigned => None,
    }
}

/// A text that is equal for a request and its retry, although their signatures differ.
fn likeness(received: &ReceivedRequest) -> String {
    let mut text = format!("{} {}\n", received.method, received.target);
    for name in [
        Field::TYPE,
        Field::LOG,
        Field::ID,
        Field::TASK,
        "x-fc-trace-id",
    ] {
        text += received.value(name).unwrap_or_default();
        text.push('\n');
    }
    text += &sha256_hex(&received.body);
    sha256_hex(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::product;

    #[test]
    fn a_user_agent_is_split_into_name_and_version_only_if_it_has_both() {
        for (agent, name, version) in [
            ("curl/7.88.1", "curl", "7.88.1"),
            ("my-client/1.0 (linux)", "my-client", "1.0"),
            (
                "AlibabaCloud (linux) Core/0.3",
                "AlibabaCloud (linux) Core/0.3",
                "unknown",
            ),
            ("plain", "plain", "unknown"),
        ] {
            assert_eq!(product(agent), (name.to_owned(), version.to_owned()));
        }
    }
}
