//! The same work on many things at once.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Work that mostly waits is done by so many threads for each processor.
const WAITING: usize = 32;

/// What the work makes of each thing, in the order of the things.
pub fn each<T: Sync, R: Send>(things: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    by_threads(processors(), things, work)
}

/// The same for work that mostly waits for sockets and clocks.
pub fn each_waiting<T: Sync, R: Send>(things: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    by_threads(WAITING * processors(), things, work)
}

fn processors() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

fn by_threads<T: Sync, R: Send>(
    threads: usize,
    things: &[T],
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(BTreeMap::new());
    let worker = || {
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(thing) = things.get(place) else {
                return;
            };
            let result = work(thing);
            let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
            done.insert(place, result);
        }
    };
    thread::scope(|scope| {
        for _ in 0..threads.min(things.len()) {
            scope.spawn(worker);
        }
    });
    let done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::{each, each_waiting};

    #[test]
    fn the_results_are_in_the_order_of_the_things() {
        let things: Vec<usize> = (0..100).collect();
        let squares: Vec<usize> = things.iter().map(|thing| thing * thing).collect();
        assert_eq!(each(&things, |thing| thing * thing), squares);
        assert_eq!(each_waiting(&things, |thing| thing * thing), squares);
        assert!(each(&[0_u8; 0], |thing| *thing).is_empty());
    }
}
