//! The signature of a call of an HTTP trigger.

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue, Request};

use super::canonical_query::CanonicalQuery;
use super::canonical_request::{CanonicalRequest, DATE, SECURITY_TOKEN};
use super::explanation::Explanation;
use super::signer::Acs3Signer;
use crate::sorted_headers::SortedHeaders;
use crate::{SignError, SignatureHeaders, Timestamp, header_value, method, path};

/// The samples of the manual sign the path as written or decoded, so that it must be the same in both forms.
const PATH: &str =
    "the path has an escape or a $, which the samples of the manual sign in different ways";
/// The samples of the manual sign the first value only.
const QUERY: &str = "the query repeats a key, of which the samples of the manual sign one value";

impl Acs3Signer {
    /// Signs a call of an HTTP trigger of Function Compute 3.0 and returns the headers to add: `x-acs-date`, unless the
    /// request has it, `x-acs-security-token`, which is empty without a token, and `Authorization`.
    ///
    /// Only these two headers, the method, the path and the query are signed, neither the host nor the body. Source:
    /// manual page "Configure signature authentication for HTTP triggers".
    ///
    /// ```
    /// use fc_sign::{Credentials, acs3};
    ///
    /// let signer = acs3::Acs3Signer::new(&Credentials::new(
    ///     "FCTESTACCESSKEYID01".parse()?,
    ///     "fcTestAccessKeySecret0123456789".parse()?,
    /// ));
    /// let request = http::Request::get("https://demo-abc.cn-hangzhou.fcapp.run/orders?id=7").body(())?;
    /// let headers = signer.sign_http_trigger(&request, "2022-05-11T09:00:00Z".parse()?)?;
    /// let authorization = headers.authorization().to_str()?;
    /// assert!(authorization.contains("SignedHeaders=x-acs-date;x-acs-security-token,"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the request is already signed, repeats one of the two headers or has another token than the credentials; if
    /// the path has an escape or a `$`, or the query repeats a key: the samples of the manual disagree on how these are
    /// signed. See [`SignError`].
    pub fn sign_http_trigger<B>(
        &self,
        request: &Request<B>,
        time: Timestamp,
    ) -> Result<SignatureHeaders, SignError> {
        let date = time.iso_8601();
        let canonical = self.of_http_trigger(request, &date)?;
        let headers = request.headers();
        let token = self.credentials.token().cloned();
        let token = token.unwrap_or_else(|| HeaderValue::from_static(""));
        let lacks = |name: &HeaderName| !headers.contains_key(name);
        let others = [
            lacks(&DATE).then(|| (&DATE, header_value::checked(date.to_vec().into()))),
            lacks(&SECURITY_TOKEN).then_some((&SECURITY_TOKEN, token)),
            None,
            None,
        ];
        Ok(SignatureHeaders::new(
            others,
            self.authorization(&canonical),
        ))
    }

    /// Returns the stages of the same signature as text.
    ///
    /// # Errors
    ///
    /// As [`sign_http_trigger`](Self::sign_http_trigger).
    pub fn explain_http_trigger<B>(
        &self,
        request: &Request<B>,
        time: Timestamp,
    ) -> Result<Explanation, SignError> {
        let date = time.iso_8601();
        let canonical = self.of_http_trigger(request, &date)?;
        Ok(Explanation::new(&canonical, &self.signature(&canonical)))
    }

    fn of_http_trigger<'a, B>(
        &'a self,
        request: &'a Request<B>,
        date: &'a [u8],
    ) -> Result<CanonicalRequest<'a>, SignError> {
        let given = request.headers();
        if given.contains_key(AUTHORIZATION) {
            return Err(SignError::AlreadySigned);
        }
        let own_token = self
            .credentials
            .token()
            .map_or(&b""[..], HeaderValue::as_bytes);
        let token = single(given, &SECURITY_TOKEN)?.unwrap_or(own_token);
        if token != own_token {
            return Err(SignError::TokenConflict(SECURITY_TOKEN.clone()));
        }
        let mut headers = SortedHeaders::new();
        headers.push(&DATE, single(given, &DATE)?.unwrap_or(date));
        headers.push(&SECURITY_TOKEN, token);
        headers.sort()?;
        let path = request.uri().path();
        path::check(path)?;
        if path.contains(['%', '$']) {
            return Err(SignError::AmbiguousResource(PATH));
        }
        let query = CanonicalQuery::parse(request.uri().query().unwrap_or(""))?;
        if query.repeats_a_key() {
            return Err(SignError::AmbiguousResource(QUERY));
        }
        Ok(CanonicalRequest {
            method: method::upper_case(request.method())?,
            path,
            query,
            headers,
            payload_hash: b"",
        })
    }
}

/// The value of a header that may occur once.
fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a [u8]>, SignError> {
    let mut values = headers.get_all(name).iter();
    let value = values.next();
    if values.next().is_some() {
        return Err(SignError::DuplicateHeader(name.clone()));
    }
    value
        .map(|value| header_value::trimmed(name, value))
        .transpose()
}
