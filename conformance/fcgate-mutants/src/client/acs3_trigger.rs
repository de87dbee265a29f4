//! The ACS3 signature of a call of an HTTP trigger, simple enough to make mistakes in it.
//!
//! Source: manual page "Configure signature authentication for HTTP triggers" of FC 3.0.

use fcgate_protocol::{HeaderList, SignInput};

use crate::signing::acs3_pieces::Acs3Pieces;
use crate::signing::request::RequestToSign;

/// What the recipe sends and signs.
pub(crate) struct Acs3Trigger {
    /// The headers that are sent, besides the authorization.
    pub(crate) headers: HeaderList,
    /// The names that are signed.
    pub(crate) names: Vec<&'static str>,
    /// A change of the canonical request.
    pub(crate) change: fn(&RequestToSign<'_>, &mut Acs3Pieces),
}

impl Acs3Trigger {
    pub(crate) fn of(given: &SignInput) -> Self {
        let token = given.credentials.security_token.clone();
        Self {
            headers: HeaderList::from([
                ("x-acs-date", given.time.clone()),
                ("x-acs-security-token", token.unwrap_or_default()),
            ]),
            names: vec!["x-acs-date", "x-acs-security-token"],
            change: |_, _| (),
        }
    }

    /// The headers that authenticate the request.
    pub(crate) fn sign(self, given: &SignInput) -> HeaderList {
        let mut added = self.headers;
        let request = RequestToSign::new(given, &given.url, &added);
        let names: Vec<String> = self.names.into_iter().map(str::to_owned).collect();
        let mut pieces = Acs3Pieces::as_sent(&request, &names);
        (self.change)(&request, &mut pieces);
        let value = pieces.stages().signature.unwrap_or_default();
        let authorization = pieces.authorization(&given.credentials.access_key_id, &value);
        added.push("authorization", authorization);
        added
    }
}
