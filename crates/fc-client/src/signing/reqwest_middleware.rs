//! The signer as a middleware of `reqwest-middleware`.

use fc_sign::CredentialsProvider;
use http::Extensions;
use reqwest::{Request, Response};
use reqwest_middleware::{Error, Middleware, Next};

use super::RequestSigner;

#[cfg_attr(docsrs, doc(cfg(feature = "reqwest-middleware")))]
#[async_trait::async_trait]
impl<P: CredentialsProvider + 'static> Middleware for RequestSigner<P> {
    async fn handle(
        &self,
        mut request: Request,
        extensions: &mut Extensions,
        next: Next<'_>,
    ) -> Result<Response, Error> {
        let signed = self.sign_reqwest(&mut request).await;
        signed.map_err(Error::middleware)?;
        next.run(request, extensions).await
    }
}
