//! A work queue for several threads. The results are in the order of the items.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// The number of threads per processor for work that spends most of its time waiting.
const WAITING_PER_PROCESSOR: usize = 32;

/// Processes the items with one thread for each processor.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    map_with_threads(processors(), items, work)
}

/// Processes the items with many threads per processor, for work that spends most of its time waiting.
pub fn map_waiting<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    map_with_threads(WAITING_PER_PROCESSOR * processors(), items, work)
}

/// Processes the items with at most this many threads, one of which is the thread of the caller.
///
/// If the machine has no more threads, it uses fewer.
pub fn map_with_threads<T: Sync, R: Send>(
    threads: usize,
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let threads = threads.min(items.len());
    if threads <= 1 {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(items.len()));
    let worker = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else {
                return;
            };
            let result = work(item);
            let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
            done.push((index, result));
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            let started = thread::Builder::new().spawn_scoped(scope, worker);
            if started.is_err() {
                break;
            }
        }
        worker();
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

fn processors() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

#[cfg(test)]
mod tests {
    use super::{map, map_waiting, map_with_threads};

    #[test]
    fn results_have_the_order_of_the_items() {
        let items: Vec<usize> = (0..100).collect();
        let square = |item: &usize| item * item;
        let squares: Vec<usize> = items.iter().map(square).collect();
        assert_eq!(map(&items, square), squares);
        assert_eq!(map_waiting(&items, square), squares);
        assert_eq!(map_with_threads(1, &items, square), squares);
        assert_eq!(map_with_threads(7, &items, square), squares);
    }

    #[test]
    fn an_empty_list_has_no_results() {
        assert!(map(&[0_u8; 0], |item| *item).is_empty());
    }
}
