//! The advice for a call of a function that the server does not have.

use fcgate_text::suggestion::most_similar;
use fcgate_text::visible;

use super::functions::FunctionTable;
use super::resource_names::ResourceNames;
use super::scenario::SCENARIOS;

/// What the caller or the user can do, one line each.
pub(super) fn advice(named: &ResourceNames, own: &FunctionTable) -> Vec<String> {
    let asked = named.own_function();
    let shown = visible::line(asked, 60);
    // The function is in the table, for another service or qualifier.
    let others: Vec<String> = own.names_with(asked);
    let own = own.function_names();
    let built_in = SCENARIOS.iter().map(|scenario| scenario.name);
    let all = own.iter().map(String::as_str).chain(built_in);
    let all = all.filter(|name| *name != asked);
    let similar = most_similar(asked, all).map(|meant| format!("did you mean `{meant}`?"));
    let mut lines: Vec<String> = Vec::new();
    if others.is_empty() {
        lines.extend(similar);
    } else {
        lines.push(format!(
            "the service or the qualifier of this call is another than that of {}",
            others.join(", ")
        ));
    }
    lines.push(format!(
        "to play this function, start the server with --function NAME=BEHAVIOUR, e.g. --function {shown}=echo"
    ));
    lines
}
