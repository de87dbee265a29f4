//! The documented maximum sizes of payloads.

use fc_headers::{InputError, InputErrorKind, InvocationType};

use crate::InvokeFunctionInput;

/// An optional check of the payload size before sending.
///
/// The manual allows 32 MB for synchronous and 128 KB for asynchronous invocations. The service raises both on
/// request, so no client applies this check by itself. The service answers larger payloads with 400
/// `EntityTooLarge`. Sources: manual page "InvokeFunction", FAQ "`EntityTooLarge`".
///
/// ```
/// use fc_invoke::{InvokeFunctionInput, PayloadLimits, Target};
///
/// let target = Target::new("demoService".parse()?, "demoFunction".parse()?);
/// let input = InvokeFunctionInput::builder(target).payload(vec![0; 5]).build()?;
/// assert!(PayloadLimits::default().check(&input).is_ok());
/// let error = PayloadLimits::default().synchronous(4).check(&input).unwrap_err();
/// assert_eq!(error.to_string(), "payload-too-large: payload: 5 bytes, at most 4 are allowed");
/// # Ok::<(), fc_headers::InputError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PayloadLimits {
    synchronous: usize,
    asynchronous: usize,
}

impl Default for PayloadLimits {
    fn default() -> Self {
        Self {
            synchronous: 32 << 20,
            asynchronous: 128 << 10,
        }
    }
}

impl PayloadLimits {
    /// Sets the limit for synchronous invocations, in bytes.
    #[must_use]
    pub fn synchronous(self, bytes: usize) -> Self {
        Self {
            synchronous: bytes,
            ..self
        }
    }

    /// Sets the limit for asynchronous invocations, in bytes.
    #[must_use]
    pub fn asynchronous(self, bytes: usize) -> Self {
        Self {
            asynchronous: bytes,
            ..self
        }
    }

    /// Compares the payload with the limit of its invocation type.
    ///
    /// # Errors
    ///
    /// `payload-too-large`; the message holds both sizes.
    pub fn check(&self, input: &InvokeFunctionInput) -> Result<(), InputError> {
        let asynchronous = input.invocation_type() == Some(InvocationType::Async);
        let limit = if asynchronous {
            self.asynchronous
        } else {
            self.synchronous
        };
        let len = input.payload().len();
        if len <= limit {
            return Ok(());
        }
        let detail = format!("{len} bytes, at most {limit} are allowed");
        Err(InputError::new(InputErrorKind::PayloadTooLarge, "payload").detail(detail))
    }
}
