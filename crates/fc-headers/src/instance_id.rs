//! `X-Fc-Instance-Id`

use crate::text::text_header;

text_header! {
    /// `X-Fc-Instance-Id`: the id of the instance that ran the function. Response header.
    ///
    /// Opaque text such as `c-658af93f-189b68fc-1076dfe07057`; the manual's sample is a UUID. The
    /// service sends it with executed invocations since about April 2022. Source: published captures.
    ///
    /// ```
    /// use fc_headers::{Header, InstanceId};
    ///
    /// let id = InstanceId::try_from("c-658af93f-189b68fc-1076dfe07057")?;
    /// assert_eq!(id.encode(), "c-658af93f-189b68fc-1076dfe07057");
    /// # Ok::<(), fc_headers::InputError>(())
    /// ```
    InstanceId, "x-fc-instance-id", "instance id"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_with_a_control_byte_is_rejected() {
        assert_eq!(
            InstanceId::try_from("c-1\u{1b}[2J")
                .unwrap_err()
                .kind()
                .slug(),
            "forbidden-byte"
        );
    }
}
