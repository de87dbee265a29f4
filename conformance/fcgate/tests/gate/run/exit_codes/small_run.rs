//! Runs the small corpus with a set of flags, and the test doubles that it judges.

use fc_conformance::diagnosis::explain;
use fc_conformance::known::Known;
use fc_conformance::report::Report;
use fc_conformance::verdict::{Rules, Shard, Verdict};
use fcgate::config::Config;
use fcgate_cases::Claims;
use fcgate_cases::corpus::Level;
use fcgate_protocol::Implementation as _;
use fcgate_protocol::{BuildOutput, Hello, OutcomeKind, Reply};
use fcgate_reference::Reference;
use fcgate_runner::{InProcess, Plan, run};
use jiff::civil::date;

use crate::doubles::{Double, hello};
use crate::small_corpus::small_corpus;

/// The flags of a command line, and the contents of the files that it names.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Flags {
    should: bool,
    partial_ok: bool,
    only: Option<&'static str>,
    profile: Option<&'static str>,
    shard: Option<&'static str>,
    suite: Option<&'static str>,
    claims: Option<&'static str>,
    /// The pattern, the fingerprint and the last day of a known failure.
    known: Option<[&'static str; 3]>,
}

impl Flags {
    /// `--level should`
    pub(super) fn should(mut self) -> Self {
        self.should = true;
        self
    }

    /// `--partial-ok`
    pub(super) fn partial_ok(mut self) -> Self {
        self.partial_ok = true;
        self
    }

    /// `--only VALUE*`
    pub(super) fn only(mut self, value: &'static str) -> Self {
        self.only = Some(value);
        self
    }

    /// `--profile`
    pub(super) fn profile(mut self, value: &'static str) -> Self {
        self.profile = Some(value);
        self
    }

    /// `--shard`
    pub(super) fn shard(mut self, value: &'static str) -> Self {
        self.shard = Some(value);
        self
    }

    /// The pinned suite.
    pub(super) fn suite(mut self, value: &'static str) -> Self {
        self.suite = Some(value);
        self
    }

    /// A capability in `claims` of the configuration file.
    pub(super) fn claims(mut self, value: &'static str) -> Self {
        self.claims = Some(value);
        self
    }

    /// An entry of `--known`.
    pub(super) fn known(mut self, value: [&'static str; 3]) -> Self {
        self.known = Some(value);
        self
    }
}

/// The report of the small corpus with these flags, as the command `run` creates it.
pub(super) fn report(double: &Double, flags: Flags) -> Report {
    let corpus = small_corpus();
    let hello = double.hello();
    let claims = flags
        .claims
        .map_or_else(String::new, |name| format!("claims = ['{name}']"));
    let config = Config::read(&claims, "fcgate.toml").unwrap();
    let claims = config.with_claims(Claims::of(&hello));
    let shard: Option<Shard> = flags.shard.map(|text| text.parse().unwrap());
    let mut plan = Plan::new();
    plan.suite = flags.suite.map(|text| text.parse().unwrap());
    let mut rules = Rules::new();
    if flags.should {
        rules.level = Level::Should;
    }
    rules.partial_ok = flags.partial_ok;
    rules.profile = flags.profile.map(|text| text.parse().unwrap());

    let selected = |id: &str| {
        flags.only.is_none_or(|start| id.starts_with(start))
            && shard.is_none_or(|shard| shard.contains(id))
    };
    let subject = InProcess::new(double);
    let run = run(&corpus, &subject, &claims, &plan, &|case| {
        selected(&case.id)
    });
    let mut results = run.results;
    let mut stale = Vec::new();
    if let Some([pattern, sees, expires]) = flags.known {
        let text = format!(
            "version = 1\n[[known]]\nmatch = '{pattern}'\nsees = '{sees}'\nbecause = 'b'\n\
             issue = 'i'\nadded = 2026-11-01\nexpires = {expires}\n"
        );
        let known = Known::read(&text, "known.toml").unwrap();
        known.check(&corpus).unwrap();
        stale = known.apply(&mut results, date(2026, 12, 1));
    }
    let attribution = explain(&results, &corpus, &Reference);
    let seed = plan.seed;
    let mut report = Report::new(&corpus, &hello, &claims, seed, results, &attribution, rules);
    if let Some(shard) = shard {
        report = report.of_shard(shard);
    }
    if !stale.is_empty() {
        report.worsen(Verdict::Nonconforming);
    }
    report
}

pub(super) fn right() -> Double {
    Double::default()
}

/// Fails `parse.basic.completed` (must).
pub(super) fn wrong() -> Double {
    Double {
        parse: Some(|mut output| {
            output.outcome.kind = OutcomeKind::Accepted;
            Reply::Ok(output)
        }),
        ..Double::default()
    }
}

/// Panics in `build.basic.plain` (must).
pub(super) fn panicking() -> Double {
    Double {
        build: Some(|_: BuildOutput| -> Reply<BuildOutput> { panic!("out of luck") }),
        ..Double::default()
    }
}

/// Declares every capability and replies `unsupported` to `build`.
pub(super) fn shrunken() -> Double {
    Double {
        build: Some(|_| Reply::unsupported("build")),
        ..Double::default()
    }
}

/// Does not declare `build`, and replies `unsupported` to it.
pub(super) fn without_build() -> Double {
    Double {
        hello: Some(without("build")),
        ..shrunken()
    }
}

fn without(name: &str) -> Hello {
    let mut hello = hello();
    hello.caps = hello.caps.iter().filter(|other| *other != name).collect();
    hello
}

/// Does not declare `input-check`, so it may sign invalid input; the rest is right.
pub(super) fn unchecked() -> Double {
    Double {
        hello: Some(without("input-check")),
        ..right()
    }
}
