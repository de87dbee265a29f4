//! The places of rows in pictures.

use super::line::Line;
use super::program::{Point, Row};

/// A measurement in a picture.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) point: Point,
    pub(super) nanoseconds: f64,
    pub(super) instructions: Option<u64>,
}

/// The places of the rows that are in pictures.
pub(super) fn all(rows: &[Row], lines: &[Line]) -> Vec<Place> {
    let place = |(row, line): (&Row, &Line)| {
        Some(Place {
            point: row.point.clone()?,
            nanoseconds: line.nanoseconds,
            instructions: line.instructions,
        })
    };
    rows.iter().zip(lines).filter_map(place).collect()
}
