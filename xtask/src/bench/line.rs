//! One line of the table.

use std::collections::BTreeMap;

use serde::Serialize;

use super::counts::Counts;
use super::program::{Row, Time};

/// The measurements of one row.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Line {
    pub(super) row: String,
    /// What the ratios compare with: the floor, or for a peer the row of this project.
    pub(super) compared_with: Option<String>,
    pub(super) is_peer: bool,
    /// The CPU time of one call.
    pub(super) nanoseconds: f64,
    /// The median ratio of the times, and its limits.
    pub(super) ratio: Option<[f64; 3]>,
    /// Executed on this processor.
    pub(super) native_instructions: Option<u64>,
    pub(super) native_ratio: Option<f64>,
    /// Counted by callgrind; none without valgrind.
    pub(super) instructions: Option<u64>,
    /// The same without the floor; none for a peer.
    pub(super) own_instructions: Option<u64>,
    pub(super) allocations: Option<u64>,
}

impl Line {
    /// Joins the measurements of all rows.
    pub(super) fn all(
        rows: &[Row],
        times: &[Time],
        counted: Option<&BTreeMap<String, Counts>>,
        native: Option<&BTreeMap<String, u64>>,
    ) -> Result<Vec<Self>, String> {
        let line = |row: &Row| {
            let time = times.iter().find(|time| time.name == row.name);
            let time = time.ok_or_else(|| format!("the row {:?} was not measured", row.name))?;
            let counts = |name: &str| counted.and_then(|counted| counted.get(name)).copied();
            let (own, floor) = (counts(&row.name), row.floor.as_deref().and_then(counts));
            let native = |name: &str| native.and_then(|native| native.get(name)).copied();
            let (own_native, floor_native) =
                (native(&row.name), row.floor.as_deref().and_then(native));
            let without_floor = own.zip(floor).filter(|_| !row.is_peer);
            Ok(Self {
                compared_with: row.floor.clone(),
                is_peer: row.is_peer,
                native_instructions: own_native,
                native_ratio: own_native.zip(floor_native).map(quotient),
                instructions: own.map(|own| own.instructions),
                own_instructions: without_floor
                    .map(|(own, floor)| own.instructions.saturating_sub(floor.instructions)),
                allocations: own.map(|own| own.allocations),
                ..Self::of_time(time)
            })
        };
        rows.iter().map(line).collect()
    }

    /// A line with a time only.
    pub(super) fn of_time(time: &Time) -> Self {
        let limits = time.least_ratio.zip(time.greatest_ratio);
        let ratio = time.ratio.zip(limits);
        Self {
            row: time.name.clone(),
            nanoseconds: time.nanoseconds,
            ratio: ratio.map(|(median, (least, greatest))| [median, least, greatest]),
            ..Self::default()
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a ratio with two digits")]
fn quotient((own, floor): (u64, u64)) -> f64 {
    own as f64 / floor as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_joins_the_time_and_the_counts_of_its_row_with_those_of_the_floor() {
        let rows: Vec<Row> = serde_json::from_str(
            r#"[{"name": "mac", "floor": null, "is_counted": true, "is_peer": false, "point": null},
                {"name": "sign", "floor": "mac", "is_counted": true, "is_peer": false, "point": null},
                {"name": "peer", "floor": "sign", "is_counted": true, "is_peer": true, "point": null}]"#,
        )
        .unwrap();
        let time = |name: &str, ratio: Option<f64>| Time {
            name: name.to_owned(),
            nanoseconds: 100.0,
            ratio,
            least_ratio: ratio,
            greatest_ratio: ratio,
        };
        let times = [
            time("sign", Some(2.0)),
            time("peer", Some(3.0)),
            time("mac", None),
        ];
        let counts = |(name, instructions, allocations): (&str, _, _)| {
            let counts = Counts {
                instructions,
                allocations,
            };
            (name.to_owned(), counts)
        };
        let counted =
            BTreeMap::from([("mac", 10, 0), ("sign", 25, 1), ("peer", 75, 9)].map(counts));
        let native = [("sign", 20), ("peer", 50)].map(|(name, count)| (name.to_owned(), count));
        let lines = Line::all(&rows, &times, Some(&counted), Some(&native.into())).unwrap();
        let [mac, sign, peer] = lines.as_slice() else {
            unreachable!("three rows");
        };
        assert_eq!((mac.instructions, mac.ratio), (Some(10), None));
        assert_eq!(
            (sign.own_instructions, sign.allocations),
            (Some(15), Some(1))
        );
        assert_eq!(sign.ratio, Some([2.0; 3]));
        assert_eq!(
            (peer.native_ratio, peer.own_instructions),
            (Some(2.5), None)
        );
        assert!(Line::all(&rows, &[], None, None).is_err());
    }
}
