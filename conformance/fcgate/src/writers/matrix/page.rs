//! The matrix as a page: the clients, every case with its result for each client, the cases in detail, and the tables.

mod cases;
mod catalog;
mod clients;
mod details;
mod filter;
mod tables;
mod trend;

use maud::{Markup, html as markup};

use fc_conformance::report::Report;
use fcgate_cases::corpus::Corpus;

use super::super::html_page::html_page_with_script;
use super::introduction::{INTRODUCTION, TITLE};
use super::tables::others;

use self::catalog::Catalog;

const STYLE: &str = concat!(
    include_str!("../html_shared.css"),
    include_str!("page/page.css")
);
const SCRIPT: &str = include_str!("page/page.js");

pub(super) fn html(run: &str, reports: &[Report], corpus: &Corpus) -> String {
    let catalog = Catalog::of(reports, corpus);
    let body = markup! {
        a.skip href="#cases" { "Skip to the cases" }
        header {
            p.over { "fcgate conformance matrix" }
            h1 { (TITLE) }
            p.quiet { (run) " " (catalog.left_out()) }
        }
        main {
            (clients::section(reports))
            (trend::section(&catalog, reports))
            (cases::section(&catalog))
            (details::section(&catalog))
            (tables::section(&catalog.columns, &others(reports)))
            (how_to_read())
        }
        footer { p { "Written by fcgate " (env!("CARGO_PKG_VERSION")) ". This page is one file and loads nothing." } }
    };
    html_page_with_script(TITLE, STYLE, SCRIPT, &body).into_string()
}

fn how_to_read() -> Markup {
    markup! {
        section #about aria-labelledby="about-title" {
            h2 #about-title { "How to read this page" }
            @for paragraph in INTRODUCTION {
                p {
                    @for (number, part) in paragraph.split('`').enumerate() {
                        @if number % 2 == 1 { code { (part) } } @else { (part) }
                    }
                }
            }
        }
    }
}
