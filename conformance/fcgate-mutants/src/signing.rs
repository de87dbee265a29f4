//! A plain model of both signature schemes, in pieces that a mistake can change.

pub(crate) mod acs3_pieces;
pub(crate) mod acs_v1;
pub(crate) mod built_request;
pub(crate) mod encoding;
pub(crate) mod fc_pieces;
pub(crate) mod request;
pub(crate) mod rule;
pub(crate) mod sign_again;
pub(crate) mod signer;
