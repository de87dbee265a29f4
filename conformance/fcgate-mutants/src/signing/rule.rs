//! The three rules by which a captured request may be signed.

use fcgate_cases::oracle::sha256_hex;
use fcgate_protocol::{HeaderList, SignInput};

use crate::signing::acs_v1;
use crate::signing::acs3_pieces::Acs3Pieces;
use crate::signing::encoding::{hmac, hmac_sha1};
use crate::signing::fc_pieces::FcPieces;
use crate::signing::request::RequestToSign;

/// A signature rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// `FC id:signature`, in the authorization or in a signed URL.
    Fc,
    /// `ACS3-HMAC-SHA256`.
    Acs3,
    /// `acs id:signature`, HMAC-SHA1.
    AcsV1,
}

impl Rule {
    /// Whether the signature of this rule covers a header; `names` are the signed names of ACS3.
    pub(crate) fn covers(self, name: &str, names: &[String]) -> bool {
        let starts = |prefix: &str| {
            name.get(..prefix.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        };
        let is_one_of = |all: &[&str]| all.iter().any(|one| one.eq_ignore_ascii_case(name));
        match self {
            Self::Fc => is_one_of(&["content-md5", "content-type", "date"]) || starts("x-fc-"),
            Self::Acs3 => names.iter().any(|one| one.eq_ignore_ascii_case(name)),
            Self::AcsV1 => {
                is_one_of(&["accept", "content-md5", "content-type", "date"]) || starts("x-acs-")
            }
        }
    }

    /// The bytes that the signature covers: the canonical request of ACS3, the string to sign of the others.
    pub(crate) fn covered(self, given: &SignInput, names: &[String]) -> Vec<u8> {
        let request = RequestToSign::new(given, &given.url, &HeaderList::new());
        match self {
            Self::Fc => FcPieces::of(&request).string_to_sign(),
            Self::Acs3 => Acs3Pieces::as_sent(&request, names).canonical_request(),
            Self::AcsV1 => acs_v1::string_to_sign(&request),
        }
    }

    /// The signature of these bytes.
    pub(crate) fn signature(self, secret: &str, covered: &[u8]) -> Vec<u8> {
        let key = secret.as_bytes();
        match self {
            Self::Fc => hmac(key, covered),
            Self::Acs3 => {
                let string = format!("ACS3-HMAC-SHA256\n{}", sha256_hex(covered));
                hmac(key, string.as_bytes())
            }
            Self::AcsV1 => hmac_sha1(key, covered),
        }
    }
}
