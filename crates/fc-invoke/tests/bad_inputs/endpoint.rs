//! The texts of endpoints.

use fc_bad_inputs::Entry;
use fc_invoke::Endpoint;

use crate::found;

pub(crate) fn check(entry: &Entry) -> Result<(), String> {
    let text = entry.text("endpoint");
    let endpoint = text.parse::<Endpoint>();
    match (entry.id(), &endpoint) {
        ("ep-010" | "ep-019", Ok(endpoint)) => {
            assert_eq!(endpoint.to_string(), "https://fc.example.com");
        }
        ("ep-011" | "ep-012", Err(error)) => {
            let shown = format!("{error} {error:?}");
            for part in text.split(['/', ':', '@']) {
                let is_secret = ["user", "pw"].contains(&part);
                assert!(
                    !is_secret || !shown.contains(&format!(":{part}")),
                    "{shown}"
                );
            }
        }
        _ => {}
    }
    entry.expect(&found(endpoint))
}
