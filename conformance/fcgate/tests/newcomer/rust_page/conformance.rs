// `cargo test --test conformance` tests my-sdk, one test for each case; `fcgate run` also writes reports.
//
// Implement the operations with calls to your SDK, one after another, and declare each one in `hello`.
use fc_conformance::Implementation;
use fc_conformance::protocol::{Hello, Outcome, OutcomeKind, ParseInput, ParseOutput, Reply, SignInput, SignOutput};

struct MySdk;

impl Implementation for MySdk {
    fn hello(&self) -> Hello {
        // Start with `.claim("sign.fc")` or `.claim("sign.acs3")`; then "build", "parse", "invoke".
        Hello::new("my-sdk", "0.1.0", "rust").revision("2021-04-06").claim("parse")
    }

    /// Input: scheme, method, url, headers, body, credentials, time, nonce. Output: the headers that signing adds.
    fn sign(&self, _given: &SignInput) -> Reply<SignOutput> {
        // Reply::Ok(SignOutput::new(vec![("Date".into(), date), ("Authorization".into(), value)]))
        Reply::unsupported("sign")
    }

    fn parse(&self, given: &ParseInput) -> Reply<ParseOutput> {
        let mut outcome = Outcome::new(OutcomeKind::Completed);
        outcome.status = Some(given.status);
        outcome.payload = Some(given.body.clone());
        outcome.request_id = given.headers.get_trimmed("x-fc-request-id").map(str::to_owned);
        Reply::Ok(ParseOutput::new(outcome))
    }
}

fc_conformance::conformance!(MySdk);
