//! The tables that count: operations, ways to fail, capabilities and groups.

use maud::{Markup, html};

use super::super::table::{Label, Table};

pub(super) fn section(columns: &[(String, String)], tables: &[Table]) -> Markup {
    html! {
        section #tables aria-labelledby="tables-title" {
            h2 #tables-title { "Numbers" }
            @for table in tables { (one(columns, table)) }
        }
    }
}

fn one(columns: &[(String, String)], table: &Table) -> Markup {
    html! {
        details.table {
            summary { h3 { (table.title) } }
            p { (table.note) }
            div.wide tabindex="0" role="region" aria-label=(table.title) {
                table.counts {
                    thead { tr {
                        th scope="col" { (table.label) }
                        @for (name, version) in columns {
                            th scope="col" { (name) " " span.version { (version) } }
                        }
                    } }
                    tbody {
                        @for (label, cells) in &table.rows {
                            tr {
                                th scope="row" {
                                    @match label {
                                        Label::Words(words) => { (words) }
                                        Label::Code(text) => { code { (text) } }
                                    }
                                }
                                @for cell in cells { td { (cell) } }
                            }
                        }
                    }
                }
            }
        }
    }
}
