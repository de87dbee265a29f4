//! The tables and the numbered lists of a Markdown text.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// A cell of a table.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) text: String,
    /// What is in backticks.
    pub(super) code: Vec<String>,
}

/// A row with the cells that have this meaning.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// The text of the first cell.
    pub(super) name: String,
    /// The cell of the column of tests.
    pub(super) tests: Cell,
}

/// The rows of every table that has a column of tests: one whose title begins with "test".
pub(super) fn rows(text: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut column = None;
    let mut cells: Vec<Cell> = Vec::new();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::TableHead | Tag::TableRow) | Event::End(TagEnd::Table) => {
                cells.clear();
            }
            Event::Start(Tag::TableCell) => cells.push(Cell::default()),
            Event::End(TagEnd::TableHead) => {
                column = cells.iter().position(|cell| cell.text.starts_with("test"));
            }
            Event::End(TagEnd::TableRow) => {
                let name = cells.first().map(|cell| cell.text.clone());
                let tests = column.and_then(|place| cells.get(place)).cloned();
                rows.extend(name.zip(tests).map(|(name, tests)| Row { name, tests }));
            }
            Event::Text(part) => {
                if let Some(cell) = cells.last_mut() {
                    cell.text.push_str(&part);
                }
            }
            Event::Code(part) => {
                if let Some(cell) = cells.last_mut() {
                    cell.text.push_str(&part);
                    cell.code.push(part.into_string());
                }
            }
            _ => {}
        }
    }
    rows
}

/// The number of items in the numbered lists of a text.
pub(super) fn numbered_items(text: &str) -> usize {
    let mut is_numbered = Vec::new();
    let mut count = 0;
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::List(first)) => is_numbered.push(first.is_some()),
            Event::End(TagEnd::List(_)) => drop(is_numbered.pop()),
            Event::Start(Tag::Item) if is_numbered.last() == Some(&true) => count += 1,
            _ => {}
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::{numbered_items, rows};

    #[test]
    fn a_table_with_a_column_of_tests_has_a_row_for_each_line() {
        let text = "| id | promise | tests |\n| --- | --- | --- |\n| N1 | a `b` | `p/t::x`, `p/t::y` |\n\nAfter `it`.\n";
        let rows = rows(text);
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].name, "N1");
        assert_eq!(rows[0].tests.code, ["p/t::x", "p/t::y"]);
    }

    #[test]
    fn a_table_without_such_a_column_has_no_row() {
        assert_eq!(
            rows("| id | promise |\n| --- | --- |\n| N1 | `p/t::x` |\n"),
            []
        );
    }

    #[test]
    fn the_items_of_numbered_lists_are_counted_and_bullets_are_not() {
        assert_eq!(numbered_items("1. a\n2. b\n   - c\n3. d\n\n- e\n"), 3);
    }
}
