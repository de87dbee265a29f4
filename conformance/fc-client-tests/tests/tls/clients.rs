//! The three ready clients as one function.

use fc_client::{
    ClientBuilder, Credentials, InvokeError, InvokeFunctionInput, LogType, Outcome,
    RootCertificates, Target,
};

/// The HTTP library of a client.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Library {
    Hyper,
    Reqwest,
    Ureq,
}

pub(crate) const LIBRARIES: [Library; 3] = [Library::Hyper, Library::Reqwest, Library::Ureq];

/// Invokes a function with a client that trusts these certificates.
pub(crate) fn invoke(
    library: Library,
    url: &str,
    certificates: RootCertificates,
) -> Result<Outcome, InvokeError> {
    let key = Credentials::new(
        "FCTESTACCESSKEYID01".parse().unwrap(),
        "fcTestAccessKeySecret0123456789".parse().unwrap(),
    );
    let builder = ClientBuilder::new(url.parse().unwrap(), key).root_certificates(certificates);
    let target = Target::v2023_03_30("demoFunction".parse().unwrap());
    let input = InvokeFunctionInput::builder(target).log_type(LogType::Tail);
    let input = input.build().unwrap();
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(1).enable_all().build().unwrap();
    match library {
        Library::Hyper => runtime.block_on(async { builder.hyper().unwrap().invoke(&input).await }),
        Library::Reqwest => {
            runtime.block_on(async { builder.reqwest().unwrap().invoke(&input).await })
        }
        Library::Ureq => builder.ureq().unwrap().invoke(&input),
    }
}
