// `cargo test --test conformance` tests my-sdk, one test for each case; `fcgate run` also writes reports.
//
// Implement the operations with calls to your SDK, one after another, and declare each one in `hello`.
use fc_conformance::Implementation;
use fc_conformance::protocol::{Hello, Reply, SignInput, SignOutput};

struct MySdk;

impl Implementation for MySdk {
    fn hello(&self) -> Hello {
        // Start with `.claim("sign.fc")` or `.claim("sign.acs3")`; then "build", "parse", "invoke".
        Hello::new("my-sdk", "0.1.0", "rust").revision("2021-04-06")
    }

    /// Input: scheme, method, url, headers, body, credentials, time, nonce. Output: the headers that signing adds.
    fn sign(&self, _given: &SignInput) -> Reply<SignOutput> {
        // Reply::Ok(SignOutput::new(vec![("Date".into(), date), ("Authorization".into(), value)]))
        Reply::unsupported("sign")
    }
    // Add `build`, `parse` and `invoke` in the same way; a missing one is unsupported.
}

fc_conformance::conformance!(MySdk);
