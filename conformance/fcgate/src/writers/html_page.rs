//! The frame of a self-contained HTML page.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

/// Returns a page with one style sheet. It has no script and loads nothing.
pub(super) fn html_page(title: &str, style: &str, body: &Markup) -> Markup {
    page(title, style, None, body)
}

/// Returns a page with one style sheet and one script, which runs after the body. It loads nothing.
///
/// The script is a constant of the gate: it must not contain `</script`.
pub(super) fn html_page_with_script(
    title: &str,
    style: &str,
    script: &'static str,
    body: &Markup,
) -> Markup {
    page(title, style, Some(script), body)
}

fn page(title: &str, style: &str, script: Option<&str>, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy(style, script));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (title) }
                style { (PreEscaped(style)) }
            }
            body {
                (body)
                @if let Some(script) = script { script { (PreEscaped(script)) } }
            }
        }
    }
}

/// A content security policy that allows only this style sheet and this script.
fn policy(style: &str, script: Option<&str>) -> String {
    let source = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    let script = script.map(|script| format!(" script-src {};", source(script)));
    format!(
        "default-src 'none'; style-src {};{} base-uri 'none'; form-action 'none'",
        source(style),
        script.unwrap_or_default()
    )
}
