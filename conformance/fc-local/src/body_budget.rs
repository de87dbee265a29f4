//! The memory for bodies that are being received and answered.

use std::sync::{Condvar, Mutex, PoisonError};

/// A request up to this length needs no reservation.
pub(super) const SMALL: usize = 64 * 1024;
/// The bytes that may be reserved at the same time. At least one request of the longest kind fits.
const BUDGET: usize = 80 << 20;

/// The memory for long requests. A connection reserves the length of its request before it reads it, and waits
/// until there is room. It reserves once, so that two connections never wait for each other.
#[derive(Debug, Default)]
pub(super) struct BodyBudget {
    reserved: Mutex<usize>,
    released: Condvar,
}

/// The reservation of one request. Dropping it gives the memory back.
#[derive(Debug)]
pub(super) struct Reservation<'a> {
    budget: &'a BodyBudget,
    bytes: usize,
}

impl BodyBudget {
    /// Waits until there is room for a request of this length.
    pub(super) fn reserve(&self, length: usize) -> Reservation<'_> {
        let bytes = length.min(BUDGET);
        let reserved = self.reserved.lock().unwrap_or_else(PoisonError::into_inner);
        let has_no_room = |reserved: &mut usize| *reserved + bytes > BUDGET;
        let waited = self.released.wait_while(reserved, has_no_room);
        *waited.unwrap_or_else(PoisonError::into_inner) += bytes;
        Reservation {
            budget: self,
            bytes,
        }
    }
}

impl Drop for Reservation<'_> {
    fn drop(&mut self) {
        let reserved = self.budget.reserved.lock();
        *reserved.unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        self.budget.released.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::thread;

    use super::{BUDGET, BodyBudget};

    #[test]
    fn a_request_waits_until_there_is_room_for_it() {
        let budget = BodyBudget::default();
        let (sender, receiver) = mpsc::channel();
        let first = budget.reserve(BUDGET);
        thread::scope(|scope| {
            scope.spawn(|| {
                drop(budget.reserve(1));
                sender.send(()).unwrap();
            });
            assert!(receiver.try_recv().is_err());
            drop(first);
            receiver.recv().unwrap();
        });
        drop(budget.reserve(usize::MAX));
        assert_eq!(*budget.reserved.lock().unwrap(), 0);
    }
}
