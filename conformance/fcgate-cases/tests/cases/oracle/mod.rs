//! The oracle against the corpus, the published vectors, broken requests and the signer.

mod acs3_refusals;
mod corpus;
mod refusals;
mod signer;
pub(crate) mod vectors;
