//! `fcgate mutants`: lists the mutants.

use std::fmt::Write as _;

use serde_json::json;

use fc_conformance::verdict::Verdict;
use fcgate_mutants::{self as mutant, Mutant};

use super::console::print;
use super::failure::Failure;
use super::format_option::{Format, FormatOption};

pub(super) fn mutants(options: FormatOption) -> Result<Verdict, Failure> {
    let listed = match options.format {
        Format::Text => text(),
        Format::Json => json()?,
    };
    print(&listed)?;
    Ok(Verdict::Conforming)
}

fn text() -> String {
    let width = mutant::all().map(|mutant| mutant.name.len()).max();
    let width = width.unwrap_or_default();
    let mut out = String::new();
    let mut area = None;
    for mutant in mutant::all() {
        if area != Some(mutant.area()) {
            let gap = if area.is_some() { "\n" } else { "" };
            let _ = writeln!(out, "{gap}{}", mutant.area());
            area = Some(mutant.area());
        }
        line(&mut out, mutant, width);
    }
    out.push_str("\nchanges between signing and sending (not mutants; `fcgate why` names them)\n");
    for mistake in mutant::captured_only() {
        line(&mut out, mistake, width);
    }
    let _ = writeln!(
        out,
        "\n{} mutants; next: fcgate explain FCG0101",
        mutant::all().count()
    );
    out
}

fn line(out: &mut String, mutant: &Mutant, width: usize) {
    let Mutant {
        code,
        name,
        summary,
        ..
    } = mutant;
    let _ = writeln!(out, "  {code} {name:<width$} {summary}");
}

fn json() -> Result<String, Failure> {
    let listed = json!({
        "schema": 1,
        "mutants": mutant::all().map(entry).collect::<Vec<_>>(),
        "on_the_way": mutant::captured_only().map(entry).collect::<Vec<_>>(),
    });
    let json = serde_json::to_string_pretty(&listed);
    Ok(json.map_err(|error| Failure::harness(&error))? + "\n")
}

fn entry(mutant: &Mutant) -> serde_json::Value {
    json!({
        "code": mutant.code,
        "name": mutant.name,
        "area": mutant.area().to_string(),
        "summary": mutant.summary,
        "seen_in": mutant.seen_in,
        "requirements": mutant.requirements,
    })
}
