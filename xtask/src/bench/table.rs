//! The table as text, JSON or Markdown.

use std::collections::BTreeMap;

use serde::Serialize;

use super::counts::Counts;
use super::machine;
use super::program::{Row, Time};

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
    Markdown,
}

/// One line of the table.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    row: String,
    floor: Option<String>,
    nanoseconds: f64,
    /// The median ratio to the floor, and its limits.
    ratio: Option<[f64; 3]>,
    /// Counted by callgrind; none without valgrind.
    instructions: Option<u64>,
    /// The same without the floor.
    own_instructions: Option<u64>,
    allocations: Option<u64>,
}

impl Line {
    /// Joins the measurements of all rows.
    pub(super) fn all(
        rows: &[Row],
        times: &[Time],
        counted: Option<&BTreeMap<String, Counts>>,
    ) -> Result<Vec<Self>, String> {
        let line = |row: &Row| {
            let time = times.iter().find(|time| time.name == row.name);
            let time = time.ok_or_else(|| format!("the row {:?} was not measured", row.name))?;
            let counts = |name: &str| counted.and_then(|counted| counted.get(name)).copied();
            let (own, floor) = (counts(&row.name), row.floor.as_deref().and_then(counts));
            let least_and_greatest = time.least_ratio.zip(time.greatest_ratio);
            Ok(Self {
                row: row.name.clone(),
                floor: row.floor.clone(),
                nanoseconds: time.nanoseconds,
                ratio: time
                    .ratio
                    .zip(least_and_greatest)
                    .map(|(median, (least, greatest))| [median, least, greatest]),
                instructions: own.map(|own| own.instructions),
                own_instructions: own
                    .zip(floor)
                    .map(|(own, floor)| own.instructions.saturating_sub(floor.instructions)),
                allocations: own.map(|own| own.allocations),
            })
        };
        rows.iter().map(line).collect()
    }

    /// The cells, as text.
    fn cells(&self) -> [String; 6] {
        let number =
            |number: Option<u64>| number.map_or(String::new(), |number| number.to_string());
        let ratio = self
            .ratio
            .map_or(String::new(), |[median, least, greatest]| {
                format!("{median:.2} ({least:.2} to {greatest:.2})")
            });
        [
            self.row.clone(),
            format!("{:.0}", self.nanoseconds),
            ratio,
            number(self.instructions),
            number(self.own_instructions),
            number(self.allocations),
        ]
    }
}

const TITLES: [&str; 6] = [
    "row",
    "ns",
    "ratio to the floor",
    "instructions",
    "without the floor",
    "allocations",
];

pub(super) fn write(lines: &[Line], format: Format) -> Result<String, String> {
    let machine = machine::description()?;
    let json = || serde_json::json!({"machine": machine, "rows": lines});
    Ok(match format {
        Format::Text => format!("{machine}\n{}", text(lines)),
        Format::Markdown => format!("{machine}\n\n{}", markdown(lines)),
        Format::Json => {
            serde_json::to_string_pretty(&json()).map_err(|error| error.to_string())? + "\n"
        }
    })
}

/// Columns of equal width: words to the left, numbers to the right.
fn text(lines: &[Line]) -> String {
    let mut table = vec![TITLES.map(str::to_owned)];
    table.extend(lines.iter().map(Line::cells));
    let width = |column: usize| {
        let cells = table.iter().filter_map(|cells| cells.get(column));
        cells.map(String::len).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..TITLES.len()).map(width).collect();
    let line = |cells: &[String; 6]| {
        let padded: Vec<String> = cells
            .iter()
            .zip(&widths)
            .enumerate()
            .map(|(column, (cell, width))| match column {
                0 => format!("{cell:width$}"),
                _ => format!("{cell:>width$}"),
            })
            .collect();
        format!("{}\n", padded.join("  ").trim_end())
    };
    table.iter().map(line).collect()
}

fn markdown(lines: &[Line]) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let head = line(&TITLES.map(str::to_owned));
    let rows = lines.iter().map(|row| line(&row.cells()));
    let table: String = rows.collect();
    format!("{head}| --- | ---: | ---: | ---: | ---: | ---: |\n{table}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_joins_the_time_and_the_counts_of_its_row_with_those_of_the_floor() {
        let row = |name: &str, floor: Option<&str>| Row {
            name: name.to_owned(),
            floor: floor.map(str::to_owned),
        };
        let time = |name: &str, ratio: Option<f64>| Time {
            name: name.to_owned(),
            nanoseconds: 100.0,
            ratio,
            least_ratio: ratio,
            greatest_ratio: ratio,
        };
        let counts = |instructions, allocations| Counts {
            instructions,
            allocations,
        };
        let rows = [row("mac", None), row("sign", Some("mac"))];
        let times = [time("sign", Some(2.0)), time("mac", None)];
        let counted = BTreeMap::from([
            ("mac".to_owned(), counts(10, 0)),
            ("sign".to_owned(), counts(25, 1)),
        ]);
        let lines = Line::all(&rows, &times, Some(&counted)).unwrap();
        let expected = "\
            row    ns   ratio to the floor  instructions  without the floor  allocations\n\
            mac   100                                 10                               0\n\
            sign  100  2.00 (2.00 to 2.00)            25                 15            1\n";
        assert_eq!(text(&lines), expected);
        assert!(Line::all(&rows, &[], None).is_err());
    }
}
