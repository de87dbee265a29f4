//! The records of tasks: a bounded number; the oldest are removed.

use crate::recent_map::RecentMap;
use crate::resource_names::ResourceNames;

use super::task::Task;

/// The most records.
pub(super) const MOST: usize = 10_000;
/// The most bytes of all records.
const MOST_BYTES: usize = 32 << 20;

/// Service, function and id.
type Key = (Option<String>, String, String);

/// The records in the order in which their invocations were accepted.
#[derive(Debug, Default)]
pub(super) struct TaskStore {
    tasks: RecentMap<Key, Task>,
    bytes: usize,
}

fn key(names: &ResourceNames, id: &str) -> Key {
    (names.service.clone(), names.function.clone(), id.to_owned())
}

impl TaskStore {
    /// The task of a function with this id.
    pub(super) fn get(&mut self, names: &ResourceNames, id: &str) -> Option<&mut Task> {
        self.tasks.get_mut(&key(names, id))
    }

    /// Adds a task with a new id. Removes the oldest records if the store is full.
    pub(super) fn add(&mut self, task: Task) {
        self.bytes += task.bytes();
        self.tasks.add(key(&task.names, &task.id), task);
        self.trim();
    }

    /// Changes a task, which may then take more memory.
    pub(super) fn change<T>(
        &mut self,
        names: &ResourceNames,
        id: &str,
        change: impl FnOnce(&mut Task) -> T,
    ) -> Option<T> {
        let task = self.tasks.get_mut(&key(names, id))?;
        let before = task.bytes();
        let changed = change(task);
        self.bytes = self.bytes - before + task.bytes();
        self.trim();
        Some(changed)
    }

    fn trim(&mut self) {
        while self.tasks.len() > MOST || self.bytes > MOST_BYTES && self.tasks.len() > 1 {
            let oldest = self.tasks.forget_oldest();
            self.bytes -= oldest.map_or(0, |oldest| oldest.bytes());
        }
    }

    /// All tasks with their numbers.
    pub(super) fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = (u64, &mut Task)> {
        self.tasks.iter_mut()
    }

    /// How many records were forgotten.
    pub(super) fn forgotten(&self) -> usize {
        self.tasks.forgotten()
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, TaskStore};
    use crate::resource_names::ResourceNames;
    use crate::tasks::life_cycle::TaskScript;
    use crate::tasks::task::Task;

    fn add(store: &mut TaskStore, number: usize, length: usize) -> ResourceNames {
        let names = ResourceNames {
            revision: "2023-03-30",
            service: None,
            function: "f".to_owned(),
            qualifier: None,
        };
        let (id, payload) = (format!("t{number}"), vec![b'x'; length]);
        let script = TaskScript::Succeeds;
        store.add(Task::new(id, "r", names.clone(), payload, script, 0, 0));
        names
    }

    #[test]
    fn the_oldest_records_are_forgotten() {
        let mut store = TaskStore::default();
        for number in 0..MOST + 2 {
            add(&mut store, number, 0);
        }
        let names = add(&mut store, MOST + 2, 0);
        assert_eq!((store.iter_mut().count(), store.forgotten()), (MOST, 3));
        assert!(store.get(&names, "t2").is_none());
        assert!(store.get(&names, "t3").is_some());
        let mut store = TaskStore::default();
        for number in 0..4 {
            add(&mut store, number, 15 << 20);
        }
        assert_eq!((store.iter_mut().count(), store.forgotten()), (2, 2));
    }
}
