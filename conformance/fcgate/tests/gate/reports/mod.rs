//! The writers of reports.

mod files;
mod github;
mod history;
mod html;
mod junit;
mod machine_readable;
mod markdown;
mod matrix;
mod matrix_page;
mod reasons;
mod sample;
mod shown_values;
mod tap;
mod text;
