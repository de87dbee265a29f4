//! The form that filters the cases. The script shows it, because it does nothing without the script.

use maud::{Markup, html};

use super::catalog::Catalog;

pub(super) fn filter(catalog: &Catalog<'_>) -> Markup {
    html! {
        form #filter role="search" aria-label="Filter the cases" hidden {
            label.search { "Search " input #search type="search" placeholder="id, title or requirement" autocomplete="off"; }
            label { "Client "
                select #client {
                    option value="" { "every client" }
                    @for (index, (name, version)) in catalog.columns.iter().enumerate() {
                        option value=(index) { (name) " " (version) }
                    }
                }
            }
            label { "Failed check "
                select #check {
                    option value="" { "any check" }
                    @for (index, check) in catalog.checks.iter().enumerate() {
                        option value=(index) { (check) }
                    }
                }
            }
            label { "Show "
                select #show {
                    option value="fails" { "cases that fail" }
                    option value="passes" { "cases that pass" }
                    option value="ran" { "all cases that ran" }
                }
            }
            button type="reset" { "Reset" }
            output #count for="search client check show" aria-live="polite" {}
        }
        p.plain.quiet { "Search and filter need JavaScript. Without it, every case that ran is listed." }
    }
}
