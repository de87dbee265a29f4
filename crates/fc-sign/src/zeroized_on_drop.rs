//! Text that is zeroized with the last value that shares it.

use bytes::Bytes;
use zeroize::Zeroizing;

/// The owner of a text; dropping it zeroizes the text.
struct ZeroizedOnDrop(Zeroizing<String>);

impl AsRef<[u8]> for ZeroizedOnDrop {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// Shares a text without a copy.
pub(crate) fn share(text: Zeroizing<String>) -> Bytes {
    Bytes::from_owner(ZeroizedOnDrop(text))
}
