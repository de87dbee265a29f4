// `cargo test --test conformance` judges my-sdk, a test for each case; `fcgate run` does so with reports.
//
// Fill in one operation after another by calls of your SDK, and claim in `hello` what it can.
use fc_conformance::Implementation;
use fc_conformance::protocol::{Hello, Reply, SignInput, SignOutput};

struct MySdk;

impl Implementation for MySdk {
    fn hello(&self) -> Hello {
        // For a start `.claim("sign.fc")` or `.claim("sign.acs3")`; then "build", "parse", "invoke".
        Hello::new("my-sdk", "0.1.0", "rust").revision("2021-04-06")
    }

    /// From scheme, method, url, headers, body, credentials, time and nonce to what signing adds.
    fn sign(&self, _given: &SignInput) -> Reply<SignOutput> {
        // Reply::Ok(SignOutput::new(vec![("Date".into(), date), ("Authorization".into(), value)]))
        Reply::unsupported("sign")
    }
    // `build`, `parse` and `invoke` are like it, and unsupported as long as they are not here.
}

fc_conformance::conformance!(MySdk);
