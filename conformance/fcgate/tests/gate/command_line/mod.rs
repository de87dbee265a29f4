//! The commands of the binary.

mod config_file;
mod counts;
mod diff;
mod flags;
mod history;
mod mutants;
mod output;
mod prepare;
mod provenance;
mod repetition;
mod sign;
mod sign_agreement;
mod sign_function_names;
mod sign_url;
mod usage;
mod vectors;
mod work_folder;
