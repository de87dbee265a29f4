//! An operation of the service, as a call sends it.

use std::fmt;

use bytes::Bytes;
use fc_response::{Failure, Reply, ResponseError, ServiceError};
use http::{Request, Response};

use crate::{Endpoint, InvokeError, Revision, Scheme};

/// An operation of the service: its input makes the request, reads the response, and says whether it can be repeated.
///
/// [`Call`](crate::Call) sends every operation in the same way: each attempt is signed again, and retries follow from
/// [`safety`](Self::safety). Implement it for an operation that this crate does not have:
///
/// ```
/// use bytes::Bytes;
/// use fc_invoke::{Endpoint, Operation, Revision, Safety, Scheme};
/// use fc_response::{Reply, ResponseError};
/// use http::{HeaderValue, Request, Response};
///
/// /// `GetFunction` of revision 2023-03-30.
/// #[derive(Debug, Clone)]
/// struct GetFunctionInput(fc_headers::FunctionName);
///
/// impl Operation for GetFunctionInput {
///     type Output = Response<Bytes>;
///
///     fn revision(&self) -> Revision {
///         Revision::V2023_03_30
///     }
///
///     fn safety(&self) -> Safety {
///         Safety::Reads
///     }
///
///     fn to_request_with_room(&self, endpoint: &Endpoint, _: Scheme, _: usize) -> Request<Bytes> {
///         let mut request = Request::new(Bytes::new());
///         let uri = format!("{endpoint}/2023-03-30/functions/{}", self.0);
///         *request.uri_mut() = uri.parse().expect("checked names form a URI");
///         let headers = request.headers_mut();
///         headers.insert("x-acs-action", HeaderValue::from_static("GetFunction"));
///         headers.insert("x-acs-version", HeaderValue::from_static("2023-03-30"));
///         request
///     }
///
///     fn read(response: Response<Bytes>, _: bool) -> Result<Reply<Self::Output>, ResponseError> {
///         Reply::from_response(response)
///     }
/// }
///
/// # async fn example(client: fc_invoke::Client<impl fc_transport::Transport>) -> Result<(), Box<dyn std::error::Error>> {
/// let input = GetFunctionInput("demoFunction".parse()?);
/// let response = client.perform(&input, fc_invoke::InvokeOptions::default()).await?;
/// println!("{:?}", response.body());
/// # Ok(())
/// # }
/// ```
pub trait Operation: Clone + fmt::Debug {
    /// The output of a success.
    type Output: fmt::Debug;

    /// The revision of the API, which selects the signature scheme.
    fn revision(&self) -> Revision;

    /// The effect of sending the request twice.
    fn safety(&self) -> Safety;

    /// Makes the unsigned request with space for `room` more headers.
    fn to_request_with_room(
        &self,
        endpoint: &Endpoint,
        scheme: Scheme,
        room: usize,
    ) -> Request<Bytes>;

    /// Reads a complete response. If `accepts_unidentified` is set, a success needs no request id.
    ///
    /// # Errors
    ///
    /// [`ResponseError`] for a response that the operation does not define.
    fn read(
        response: Response<Bytes>,
        accepts_unidentified: bool,
    ) -> Result<Reply<Self::Output>, ResponseError>;

    /// Makes the result of a refusal that is not retried. By default it is an error.
    ///
    /// # Errors
    ///
    /// [`InvokeErrorKind::Failed`](crate::InvokeErrorKind::Failed), unless a refusal is an output of the operation.
    fn refused(error: ServiceError) -> Result<Self::Output, InvokeError> {
        Err(Failure::from(error).into())
    }

    /// Converts the refusal of a retry into the output of an earlier attempt, if it means that this attempt arrived.
    ///
    /// # Errors
    ///
    /// Returns the refusal unchanged if it has another meaning, which is the default.
    #[expect(clippy::result_large_err, reason = "the refusal is returned unchanged")]
    fn settled(&self, error: ServiceError) -> Result<Self::Output, ServiceError> {
        Err(error)
    }
}

/// The effect of sending the request of an operation twice.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Safety {
    /// It runs a function, so that a request that may have arrived is sent again only if the caller allows it.
    RunsFunction,
    /// It runs a function, and the service refuses a second request with the same task id.
    RunsFunctionOnce,
    /// It changes a state, and the second request changes nothing more.
    Repeatable,
    /// It only reads.
    Reads,
}

impl Safety {
    /// Whether the operation runs a function.
    pub fn runs_function(self) -> bool {
        matches!(self, Self::RunsFunction | Self::RunsFunctionOnce)
    }
}
