//! One measured operation.

use std::fmt;

use serde_json::{Value, json};

/// The operation, ready to run again and again.
pub type Work = Box<dyn FnMut()>;

/// One measured operation.
pub struct Row {
    pub(crate) name: String,
    /// The row with the least work that the result needs; its cost is subtracted and is the unit of the ratio.
    floor: Option<String>,
    /// Whether instructions and allocations are counted, which takes about 100 times as long as the work.
    pub(crate) is_counted: bool,
    /// Whether `floor` is the row of this project that does the work of another library.
    is_peer: bool,
    pub(crate) point: Option<Point>,
    /// How many operations the work does; times are those of one.
    pub(crate) operations: usize,
    /// Prepares the operation: its cost is not measured.
    prepare: Box<dyn Fn() -> Work>,
}

/// The place of a row in a picture of growth.
#[derive(Debug)]
pub(crate) struct Point {
    picture: &'static str,
    curve: String,
    at: u64,
}

impl Row {
    /// Returns a row: `prepare` makes the operation, and only the operation is measured.
    pub fn new<W: FnMut() + 'static>(
        name: impl Into<String>,
        prepare: impl Fn() -> W + 'static,
    ) -> Self {
        Self {
            name: name.into(),
            floor: None,
            is_counted: true,
            is_peer: false,
            point: None,
            operations: 1,
            prepare: Box::new(move || Box::new(prepare())),
        }
    }

    /// Sets the row that this one is compared with.
    #[must_use]
    pub fn over(mut self, floor: impl Into<String>) -> Self {
        self.floor = Some(floor.into());
        self
    }

    /// Marks the row as the work of another library, and sets the row that does the same work with this project.
    #[must_use]
    pub fn peer_of(mut self, ours: impl Into<String>) -> Self {
        self.is_peer = true;
        self.over(ours)
    }

    /// Sets how many operations one run does, so that the times are those of one operation.
    #[must_use]
    pub fn of_many(mut self, operations: usize) -> Self {
        self.operations = operations;
        self
    }

    /// Excludes the row from the counts of instructions and allocations.
    #[must_use]
    pub fn timed_only(mut self) -> Self {
        self.is_counted = false;
        self
    }

    /// Sets the place of the row in a picture: the curve, and its size on the horizontal axis.
    #[must_use]
    pub fn point(mut self, picture: &'static str, curve: impl Into<String>, at: u64) -> Self {
        let curve = curve.into();
        self.point = Some(Point { picture, curve, at });
        self
    }

    pub(crate) fn floor<'a>(&self, rows: &'a [Self]) -> Option<&'a Self> {
        let name = self.floor.as_ref()?;
        rows.iter().find(|other| other.name == *name)
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

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Row")
            .field("name", &self.name)
            .field("floor", &self.floor)
            .finish_non_exhaustive()
    }
}

/// The names of the rows and what they are compared with, in the order of the table.
pub(crate) fn to_json(rows: &[Row]) -> Value {
    let row = |row: &Row| {
        let point = row.point.as_ref();
        let point = point
            .map(|point| json!({"picture": point.picture, "curve": point.curve, "at": point.at}));
        json!({
            "name": row.name,
            "floor": row.floor,
            "is_counted": row.is_counted,
            "is_peer": row.is_peer,
            "point": point,
        })
    };
    rows.iter().map(row).collect()
}
