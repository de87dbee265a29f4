//! Signs requests of reqwest.

use fc_sign::CredentialsProvider;
use http::Request;
use http::header::HeaderMap;
use http::uri::InvalidUri;

use super::{RequestSigner, SigningError};

#[cfg_attr(docsrs, doc(cfg(feature = "reqwest")))]
impl<P: CredentialsProvider> RequestSigner<P> {
    /// Adds the headers of a signature to a request of `reqwest`. Call it for every attempt.
    ///
    /// # Errors
    ///
    /// The same as [`sign`](Self::sign); also [`SigningError::Body`] for a body that is a stream.
    pub async fn sign_reqwest(&self, request: &mut reqwest::Request) -> Result<(), SigningError> {
        let body = match request.body() {
            None => &[],
            Some(body) => body.as_bytes().ok_or(SigningError::Body(None))?,
        };
        let mut unsigned = Request::new(body);
        *unsigned.method_mut() = request.method().clone();
        let uri = request.url().as_str().parse();
        *unsigned.uri_mut() = uri.map_err(|error: InvalidUri| SigningError::Uri(error.into()))?;
        *unsigned.headers_mut() = request.headers().clone();
        self.sign(&mut unsigned).await?;
        let signed: HeaderMap = std::mem::take(unsigned.headers_mut());
        *request.headers_mut() = signed;
        Ok(())
    }
}
