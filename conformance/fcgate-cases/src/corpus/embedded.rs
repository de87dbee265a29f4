//! The fixtures that `build.rs` has packed into this crate.

use std::sync::LazyLock;

use miniz_oxide::inflate::decompress_to_vec_with_limit;

const COMPRESSED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/fixtures.deflate"));

/// The path of each file and the end of its content in the decompressed bytes, in the order of the paths.
#[expect(
    clippy::unreadable_literal,
    reason = "the build script writes the numbers"
)]
const ENDS: &[(&str, usize)] = include!(concat!(env!("OUT_DIR"), "/fixtures.rs"));

/// The contents of all files, one after the other, decompressed at the first use.
///
/// They are empty if the compressed bytes are damaged: the files are then missing, and the corpus cannot be loaded.
static CONTENTS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let length = ENDS.last().map_or(0, |(_, end)| *end);
    decompress_to_vec_with_limit(COMPRESSED, length).unwrap_or_default()
});

/// Returns the path and the content of every fixture.
pub(super) fn files() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let starts = [0].into_iter().chain(ENDS.iter().map(|(_, end)| *end));
    ENDS.iter()
        .zip(starts)
        .filter_map(|((path, end), start)| Some((*path, CONTENTS.get(start..*end)?)))
}
