//! The oracle against the corpus, the published vectors, broken requests and the signer.

mod corpus;
mod refusals;
mod signer;
pub(crate) mod vectors;
