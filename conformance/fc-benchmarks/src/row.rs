//! One measured operation.

use serde_json::{Value, json};

/// The operation, ready to run again and again.
pub(crate) type Work = Box<dyn FnMut()>;

/// One measured operation.
pub(crate) struct Row {
    pub(crate) name: String,
    /// The row with the least work that the result needs; its cost is subtracted and is the unit of the ratio.
    pub(crate) floor: Option<String>,
    /// Prepares the operation: its cost is not measured.
    prepare: Box<dyn Fn() -> Work>,
}

impl Row {
    pub(crate) fn new<W: FnMut() + 'static>(
        name: impl Into<String>,
        prepare: impl Fn() -> W + 'static,
    ) -> Self {
        Self {
            name: name.into(),
            floor: None,
            prepare: Box::new(move || Box::new(prepare())),
        }
    }

    /// Sets the row that this one is compared with.
    pub(crate) fn over(self, floor: impl Into<String>) -> Self {
        Self {
            floor: Some(floor.into()),
            ..self
        }
    }

    pub(crate) fn prepare(&self) -> Work {
        (self.prepare)()
    }

    /// Prepares the operation and runs it.
    pub(crate) fn repeat(&self, count: u32) {
        let mut work = self.prepare();
        for _ in 0..count {
            work();
        }
    }
}

/// The names of the rows and of their floors, in the order of the table.
pub(crate) fn to_json(rows: &[Row]) -> Value {
    let row = |row: &Row| json!({"name": row.name, "floor": row.floor});
    rows.iter().map(row).collect()
}
