//! Text that is zeroized with the last value that shares it.

use bytes::Bytes;
use zeroize::{Zeroize, Zeroizing};

/// The owner of a text; dropping it zeroizes the text.
struct ZeroizedOnDrop<T: Zeroize>(Zeroizing<T>);

impl<T: Zeroize + AsRef<[u8]>> AsRef<[u8]> for ZeroizedOnDrop<T> {
    fn as_ref(&self) -> &[u8] {
        (*self.0).as_ref()
    }
}

/// Shares a text without a copy.
pub(crate) fn share(text: Zeroizing<String>) -> Bytes {
    Bytes::from_owner(ZeroizedOnDrop(text))
}

/// Shares bytes without a copy.
pub(crate) fn share_bytes(bytes: Zeroizing<Vec<u8>>) -> Bytes {
    Bytes::from_owner(ZeroizedOnDrop(bytes))
}
