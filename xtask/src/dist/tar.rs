//! Writes archives in the ustar format of POSIX, compressed with gzip.

use std::io::Write;

use flate2::{Compression, GzBuilder};

use super::entry::{Entry, MODIFIED};

const BLOCK: usize = 512;

/// Returns a `.tar.gz` archive of the files and of the folders that they are in.
pub(super) fn gzipped(entries: &[Entry]) -> Result<Vec<u8>, String> {
    let mut archive = Vec::new();
    let mut folders: Vec<String> = Vec::new();
    for entry in entries {
        for (end, _) in entry.path.match_indices('/') {
            let folder: String = entry.path.chars().take(end + 1).collect();
            if !folders.contains(&folder) {
                archive.extend(header(&folder, 0o755, 0, b'5')?);
                folders.push(folder);
            }
        }
        archive.extend(header(
            &entry.path,
            entry.mode(),
            entry.content.len(),
            b'0',
        )?);
        archive.extend(&entry.content);
        archive.resize(archive.len().next_multiple_of(BLOCK), 0);
    }
    archive.resize(archive.len() + 2 * BLOCK, 0);
    gzip(&archive)
}

/// The header of a file: its type is `0`; that of a folder is `5`.
fn header(path: &str, mode: u32, length: usize, kind: u8) -> Result<Vec<u8>, String> {
    let mut header = Vec::with_capacity(BLOCK);
    field(&mut header, path, 100)?;
    field(&mut header, &format!("{mode:07o}"), 8)?;
    field(&mut header, &format!("{:07o}", 0), 8)?;
    field(&mut header, &format!("{:07o}", 0), 8)?;
    field(&mut header, &format!("{length:011o}"), 12)?;
    field(&mut header, &format!("{MODIFIED:011o}"), 12)?;
    let checksum = header.len();
    field(&mut header, &" ".repeat(8), 8)?;
    header.push(kind);
    field(&mut header, "", 100)?;
    header.extend(b"ustar\x0000");
    field(&mut header, "root", 32)?;
    field(&mut header, "root", 32)?;
    header.resize(BLOCK, 0);
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header.splice(checksum..checksum + 8, format!("{sum:06o}\0 ").into_bytes());
    Ok(header)
}

fn field(header: &mut Vec<u8>, text: &str, width: usize) -> Result<(), String> {
    if text.len() > width {
        return Err(format!("{text:?} is longer than {width} bytes"));
    }
    let end = header.len() + width;
    header.extend(text.as_bytes());
    header.resize(end, 0);
    Ok(())
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>, String> {
    // The operating system is "unknown", and there is neither a time nor a name.
    let mut gzip = GzBuilder::new()
        .operating_system(255)
        .write(Vec::new(), Compression::best());
    gzip.write_all(bytes).map_err(|error| error.to_string())?;
    gzip.finish().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_of_a_header_is_the_sum_with_spaces_in_its_place() {
        let header = header("a/b", 0o644, 5, b'0').unwrap();
        let stored = std::str::from_utf8(&header[148..154]).unwrap();
        let mut spaced = header.clone();
        spaced[148..156].fill(b' ');
        let sum: u32 = spaced.iter().map(|byte| u32::from(*byte)).sum();
        assert_eq!(u32::from_str_radix(stored, 8), Ok(sum));
        assert_eq!(&header[257..265], b"ustar\x0000");
    }

    #[test]
    fn a_path_that_does_not_fit_is_refused() {
        assert!(gzipped(&[Entry::file("a".repeat(101), "")]).is_err());
    }
}
