//! Loading and checking the corpus.

mod bad_files;
mod published;
mod rules;
mod variations;
