//! The table as text, JSON or Markdown.

use super::axis::duration;
use super::line::Line;
use super::machine;
use super::section::{Measured, Section};

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
    Markdown,
}

const TITLES: [&str; 8] = [
    "row",
    "CPU time",
    "ratio",
    "native instructions",
    "ratio",
    "callgrind",
    "without the floor",
    "allocations",
];

/// The lines of a note that are shown.
const LINES: usize = 4;

pub(super) fn write(measured: &Measured, format: Format) -> Result<String, String> {
    let machine = machine::description()?;
    let missing = |start: &str| -> String {
        let lines = measured.missing.iter().map(|note| {
            // The error of a program has its command first, and its reason after that.
            let lines = note.lines().map(str::trim).filter(|line| !line.is_empty());
            let shown: Vec<&str> = lines.take(LINES).collect();
            format!("{start}not measured: {}\n", shown.join("; "))
        });
        lines.collect()
    };
    let sections =
        |write: fn(&Section) -> String| -> String { measured.sections.iter().map(write).collect() };
    Ok(match format {
        Format::Text => format!("{machine}\n{}{}", sections(text), missing("")),
        Format::Markdown => format!("{machine}\n{}\n{}", sections(markdown), missing("- ")),
        Format::Json => {
            let json = serde_json::json!({
                "machine": machine,
                "sections": measured.sections,
                "missing": measured.missing,
            });
            serde_json::to_string_pretty(&json).map_err(|error| error.to_string())? + "\n"
        }
    })
}

/// The cells of a line, as text.
fn cells(line: &Line) -> [String; 8] {
    let number = |number: Option<u64>| number.map_or(String::new(), |number| number.to_string());
    let ratio = line
        .ratio
        .map_or(String::new(), |[median, least, greatest]| {
            format!("{median:.2} ({least:.2} to {greatest:.2})")
        });
    let native = line.native_ratio;
    [
        line.row.clone(),
        duration(line.nanoseconds),
        ratio,
        number(line.native_instructions),
        native.map_or(String::new(), |ratio| format!("{ratio:.2}")),
        number(line.instructions),
        number(line.own_instructions),
        number(line.allocations),
    ]
}

/// The title and the lines, without the columns that have no value.
fn columns(section: &Section) -> Vec<Vec<String>> {
    let lines: Vec<[String; 8]> = section.rows.iter().map(cells).collect();
    let column = |index: usize| lines.iter().filter_map(move |line| line.get(index));
    let used: Vec<usize> = (0..TITLES.len())
        .filter(|index| column(*index).any(|cell| !cell.is_empty()))
        .collect();
    let pick = |cells: &[String]| -> Vec<String> {
        used.iter()
            .filter_map(|index| cells.get(*index))
            .cloned()
            .collect()
    };
    let mut table = vec![pick(&TITLES.map(str::to_owned))];
    table.extend(lines.iter().map(|line| pick(line)));
    table
}

/// Columns of equal width: words to the left, numbers to the right.
fn text(section: &Section) -> String {
    let table = columns(section);
    let width = |column: usize| {
        let cells = table.iter().filter_map(|cells| cells.get(column));
        cells
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or_default()
    };
    let line = |cells: &Vec<String>| {
        let padded: Vec<String> = cells
            .iter()
            .enumerate()
            .map(|(column, cell)| match (column, width(column)) {
                (0, width) => format!("{cell:width$}"),
                (_, width) => format!("{cell:>width$}"),
            })
            .collect();
        format!("{}\n", padded.join("  ").trim_end())
    };
    let lines: String = table.iter().map(line).collect();
    format!("\n{}\n{lines}", section.title)
}

fn markdown(section: &Section) -> String {
    let table = columns(section);
    let line = |cells: &Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut lines = table.iter().map(line);
    let head = lines.next().unwrap_or_default();
    let count = table.first().map_or(0, Vec::len);
    let rule = format!("| --- |{}\n", " ---: |".repeat(count.saturating_sub(1)));
    let rows: String = lines.collect();
    format!("\n### {}\n\n{head}{rule}{rows}", section.title)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section() -> Section {
        let mac = Line {
            row: "mac".to_owned(),
            nanoseconds: 300.0,
            ..Line::default()
        };
        let sign = Line {
            row: "sign".to_owned(),
            nanoseconds: 1_500.0,
            ratio: Some([2.0, 1.9, 2.1]),
            allocations: Some(1),
            ..Line::default()
        };
        Section::new("Signing", vec![mac, sign])
    }

    #[test]
    fn columns_without_a_value_are_left_out() {
        let expected = "\nSigning\n\
            row   CPU time                ratio  allocations\n\
            mac     300 ns\n\
            sign   1.50 µs  2.00 (1.90 to 2.10)            1\n";
        assert_eq!(text(&section()), expected);
    }

    #[test]
    fn markdown_has_a_title_and_a_table() {
        let expected = "\n### Signing\n\n| row | CPU time | ratio | allocations |\n\
            | --- | ---: | ---: | ---: |\n\
            | mac | 300 ns |  |  |\n\
            | sign | 1.50 µs | 2.00 (1.90 to 2.10) | 1 |\n";
        assert_eq!(markdown(&section()), expected);
    }
}
