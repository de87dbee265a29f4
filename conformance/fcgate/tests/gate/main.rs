//! The gate judged by what it says of right and wrong implementations.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod adapter_lines;
mod attachments_agree;
mod cases_are_judged;
mod child_process;
mod command_line;
mod config_file;
mod corpus_agrees_with_the_oracle;
mod corpus_bad_files;
mod corpus_is_sound;
mod corpus_published;
mod corpus_rules;
mod corpus_tools;
mod corpus_variations;
mod deviations_are_caught;
mod differences_are_placed;
mod doubles;
mod endpoint_plays;
mod flags_of_a_run;
mod flags_of_the_binary;
mod harness_makes_tests;
mod known_failures;
mod known_file;
mod known_of_the_sdks;
mod known_proposal;
mod lines;
mod live;
mod matrix;
mod mutants_are_named;
mod mutants_are_tripped;
mod mutants_on_the_command_line;
mod oracle_holds_the_vectors;
mod properties_hold;
mod reports;
mod reports_files;
mod reports_github;
mod reports_html;
mod reports_junit;
mod reports_lines;
mod reports_markdown;
mod reports_masked;
mod reports_sample;
mod reports_tap;
mod runs_are_decided;
mod scripts_are_played;
mod shards;
mod sign_offline;
mod signer_agrees_with_the_oracle;
mod status_and_flags;
mod why_behind;
mod why_explains;
mod why_reads;
mod why_recorded;
mod why_secrets;
