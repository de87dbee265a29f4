//! The authentication of a call of an HTTP trigger.

use std::fmt;

use fc_sign::{BearerToken, Credentials, JsonWebToken, SignError, Timestamp, TokenPlace};
use http::header::AUTHORIZATION;
use http::{HeaderValue, Request};

use crate::TriggerScheme;

/// How a call of an HTTP trigger or a custom domain is authenticated: `authType` of the trigger.
///
/// ```
/// use fc_invoke::{TriggerAuth, TriggerScheme};
///
/// let anonymous = TriggerAuth::anonymous();
/// let key = fc_sign::Credentials::new("my-key-id".parse()?, "my-key-secret".parse()?);
/// let signed = TriggerAuth::signed(TriggerScheme::Acs3, key);
/// let bearer = TriggerAuth::bearer("demo-token-0123456789-0123456789".parse()?);
/// assert_eq!(format!("{anonymous:?} {signed:?} {bearer:?}"), "anonymous signed(Acs3) bearer");
/// # Ok::<(), fc_sign::CredentialsError>(())
/// ```
#[derive(Clone)]
pub struct TriggerAuth<P = Credentials>(pub(crate) Method<P>);

#[derive(Clone)]
pub(crate) enum Method<P> {
    Anonymous,
    /// With the provider of the credentials.
    Signed(TriggerScheme, P),
    Bearer(BearerToken),
    JsonWebToken(JsonWebToken, TokenPlace),
    Authorization(HeaderValue),
}

impl TriggerAuth {
    /// No authentication.
    pub const fn anonymous() -> Self {
        Self(Method::Anonymous)
    }

    /// A bearer token in `Authorization`.
    pub const fn bearer(token: BearerToken) -> Self {
        Self(Method::Bearer(token))
    }

    /// A JSON Web Token, at one of the places where the trigger looks for it.
    pub const fn json_web_token(token: JsonWebToken, place: TokenPlace) -> Self {
        Self(Method::JsonWebToken(token, place))
    }

    /// A value of `Authorization` of the caller: for a function with a scheme of its own, or for Basic, whose page in the
    /// manual could not be read. The value is marked sensitive.
    pub fn authorization(mut value: HeaderValue) -> Self {
        value.set_sensitive(true);
        Self(Method::Authorization(value))
    }
}

impl<P> TriggerAuth<P> {
    /// A signature with the credentials that the provider returns for each call. [`Credentials`] are a provider too.
    pub const fn signed(scheme: TriggerScheme, provider: P) -> Self {
        Self(Method::Signed(scheme, provider))
    }

    /// The provider of the credentials; `None` if the call is not signed.
    pub(crate) fn provider(&self) -> Option<&P> {
        match &self.0 {
            Method::Signed(_, provider) => Some(provider),
            _ => None,
        }
    }

    /// Adds the authentication to a request. `signing` is the key and the time of a signature.
    pub(crate) fn apply<B>(
        &self,
        request: &mut Request<B>,
        signing: Option<(Credentials, Timestamp)>,
    ) -> Result<(), SignError> {
        let authorization = match (&self.0, signing) {
            (Method::Signed(scheme, _), Some((credentials, time))) => {
                let additions = scheme.sign(request, &credentials, time)?;
                additions.apply(request.headers_mut());
                return Ok(());
            }
            (Method::Anonymous | Method::Signed(..), _) => return Ok(()),
            (Method::JsonWebToken(token, place), _) => return token.insert_into(place, request),
            (Method::Bearer(token), _) => token.header_value(),
            (Method::Authorization(value), _) => value.clone(),
        };
        request.headers_mut().insert(AUTHORIZATION, authorization);
        Ok(())
    }
}

impl<P> fmt::Debug for TriggerAuth<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Method::Anonymous => f.write_str("anonymous"),
            Method::Signed(scheme, _) => write!(f, "signed({scheme:?})"),
            Method::Bearer(_) => f.write_str("bearer"),
            Method::JsonWebToken(_, place) => write!(f, "json_web_token({place:?})"),
            Method::Authorization(_) => f.write_str("authorization"),
        }
    }
}
