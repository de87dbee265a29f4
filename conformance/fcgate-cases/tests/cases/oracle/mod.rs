//! The oracle against the corpus, the published vectors and the signer.

mod corpus;
mod signer;
mod vectors;
