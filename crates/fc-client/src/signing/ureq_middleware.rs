//! The signer as a middleware of `ureq`.

use std::io::{Cursor, Read as _};

use fc_sign::BlockingCredentialsProvider;
use http::header::{CONTENT_LENGTH, HeaderValue};
use http::{Method, Request, Response};
use ureq::middleware::{Middleware, MiddlewareNext};
use ureq::{Body, Error, SendBody};

use super::{RequestSigner, SigningError};

/// It reads the body of the request into memory.
#[cfg_attr(docsrs, doc(cfg(feature = "ureq")))]
impl<P: BlockingCredentialsProvider + 'static> Middleware for RequestSigner<P> {
    fn handle(
        &self,
        request: Request<SendBody<'_>>,
        next: MiddlewareNext<'_>,
    ) -> Result<Response<Body>, Error> {
        let (parts, body) = request.into_parts();
        let mut bytes = Vec::new();
        let read = body.into_reader().read_to_end(&mut bytes);
        read.map_err(|error| Error::Other(SigningError::Body(Some(error.into())).into()))?;
        let mut request = Request::from_parts(parts, bytes);
        let signed = self.sign_blocking(&mut request);
        signed.map_err(|error| Error::Other(error.into()))?;
        let length = request.body().len();
        // Without it, ureq would send a body of unknown length in chunks.
        let expects_body = matches!(
            *request.method(),
            Method::POST | Method::PUT | Method::PATCH
        );
        if length > 0 || expects_body {
            let length = HeaderValue::from(length);
            request.headers_mut().insert(CONTENT_LENGTH, length);
        }
        next.handle(request.map(|bytes| match length {
            0 => SendBody::none(),
            _ => SendBody::from_owned_reader(Cursor::new(bytes)),
        }))
    }
}
