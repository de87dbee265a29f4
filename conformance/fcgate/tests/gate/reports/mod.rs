//! The writers of reports.

mod files;
mod github;
mod html;
mod junit;
mod lines;
mod markdown;
mod matrix;
mod redaction;
mod sample;
mod tap;
mod text;
