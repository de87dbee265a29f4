//! The committed limits of instructions and allocations.

use std::collections::BTreeMap;
use std::fs;

use serde::{Deserialize, Serialize};

use super::counts::Counts;
use super::machine;
use super::program::Row;
use crate::programs;

const FILE: &str = "fixtures/budgets.json";
/// A row may need this part of its budget more, because the layout of the memory changes the counts a little.
const TOLERANCE: f64 = 0.03;
/// The smallest difference that is compared: less than a call of a function.
const LEAST: u64 = 30;

/// What each row cost when the budgets were written.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Budgets {
    /// The command that writes the file.
    source: String,
    /// Another compiler makes other instructions, which are not compared then.
    compiler: String,
    rows: BTreeMap<String, Budget>,
}

/// The cost of one run of a row, without that of its floor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Budget {
    instructions: u64,
    allocations: u64,
}

impl Budgets {
    /// The cost of the counted rows.
    pub(super) fn of(rows: &[Row], counted: &BTreeMap<String, Counts>) -> Result<Self, String> {
        let find = |name: &str| {
            let counts = counted.get(name).copied();
            counts.ok_or_else(|| format!("the row {name:?} was not counted"))
        };
        let mut budgets = BTreeMap::new();
        for row in rows.iter().filter(|row| row.is_counted) {
            let own = find(&row.name)?;
            let floor = row.floor.as_ref().map(|floor| find(floor)).transpose()?;
            let floor = floor.map_or(0, |floor| floor.instructions);
            budgets.insert(
                row.name.clone(),
                Budget {
                    instructions: own.instructions.saturating_sub(floor),
                    allocations: own.allocations,
                },
            );
        }
        Ok(Self {
            source: "cargo xtask bench --write".to_owned(),
            compiler: machine::compiler()?,
            rows: budgets,
        })
    }

    pub(super) fn read() -> Result<Self, String> {
        let path = programs::root().join(FILE);
        let text = fs::read_to_string(&path).map_err(|error| format!("{FILE}: {error}"))?;
        serde_json::from_str(&text).map_err(|error| format!("{FILE}: {error}"))
    }

    pub(super) fn write(&self) -> Result<(), String> {
        let text = serde_json::to_string_pretty(self).map_err(|error| error.to_string())?;
        fs::write(programs::root().join(FILE), text + "\n")
            .map_err(|error| format!("{FILE}: {error}"))
    }

    /// Returns a summary, or every row that costs more than its budget.
    pub(super) fn compare(&self, counted: &Self) -> Result<String, String> {
        let same_compiler = self.compiler == counted.compiler;
        let mut findings = Vec::new();
        let mut cheaper = 0;
        for (name, found) in &counted.rows {
            let Some(budget) = self.rows.get(name) else {
                findings.push(format!("{name}: has no budget"));
                continue;
            };
            if found.allocations > budget.allocations {
                findings.push(format!(
                    "{name}: {} allocations, the budget is {}",
                    found.allocations, budget.allocations
                ));
            }
            let limit = slack(budget.instructions);
            if same_compiler && found.instructions > budget.instructions + limit {
                findings.push(format!(
                    "{name}: {} instructions, the budget is {} and {limit} more",
                    found.instructions, budget.instructions
                ));
            }
            let saves = found.instructions + limit < budget.instructions;
            let is_cheaper = found.allocations < budget.allocations || (same_compiler && saves);
            cheaper += u32::from(is_cheaper);
        }
        let gone = self
            .rows
            .keys()
            .filter(|name| !counted.rows.contains_key(*name));
        findings.extend(gone.map(|name| format!("{name}: has a budget but does not exist")));
        if !findings.is_empty() {
            return Err(format!(
                "{}\nmake the work cheaper again, or run `cargo xtask bench --write` and give the reason in the commit",
                findings.join("\n")
            ));
        }
        let mut summary = vec![format!(
            "{} rows are within their budgets",
            counted.rows.len()
        )];
        if !same_compiler {
            summary.push(format!(
                "their instructions were not compared, because the budgets are for {} and this is {}",
                self.compiler, counted.compiler
            ));
        }
        if cheaper > 0 {
            summary.push(format!(
                "{cheaper} cost less: lower the budgets with `cargo xtask bench --write`"
            ));
        }
        Ok(summary.join("; "))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a few percent of a number of instructions"
)]
fn slack(instructions: u64) -> u64 {
    LEAST.max((instructions as f64 * TOLERANCE) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budgets(compiler: &str, instructions: u64, allocations: u64) -> Budgets {
        let budget = Budget {
            instructions,
            allocations,
        };
        Budgets {
            source: String::new(),
            compiler: compiler.to_owned(),
            rows: BTreeMap::from([("sign".to_owned(), budget)]),
        }
    }

    #[test]
    fn one_more_allocation_or_ten_percent_more_instructions_is_a_finding() {
        let budget = budgets("rustc 1", 2_000, 1);
        assert!(budget.compare(&budgets("rustc 1", 2_050, 1)).is_ok());
        let error = budget.compare(&budgets("rustc 1", 2_200, 2)).unwrap_err();
        assert!(error.contains("sign: 2 allocations, the budget is 1"));
        assert!(error.contains("sign: 2200 instructions, the budget is 2000 and 60 more"));
    }

    #[test]
    fn instructions_of_another_compiler_are_not_compared() {
        let budget = budgets("rustc 1", 2_000, 1);
        let summary = budget.compare(&budgets("rustc 2", 3_000, 1)).unwrap();
        assert!(summary.contains("were not compared"));
        assert!(budget.compare(&budgets("rustc 2", 3_000, 2)).is_err());
    }

    #[test]
    fn a_row_without_a_budget_and_a_budget_without_a_row_are_findings() {
        let budget = budgets("rustc 1", 2_000, 1);
        let mut other = budgets("rustc 1", 2_000, 1);
        let row = other.rows.remove("sign").unwrap();
        other.rows.insert("build".to_owned(), row);
        let error = budget.compare(&other).unwrap_err();
        assert!(error.contains("build: has no budget"));
        assert!(error.contains("sign: has a budget but does not exist"));
    }
}
