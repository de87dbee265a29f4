//! Writes ZIP archives, which wheels are.

use std::io::Write;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

use super::entry::Entry;

/// 1985-10-26 08:15:00, the time of `entry::MODIFIED`, in the format of MS-DOS: the time, then the date.
const MODIFIED: [u16; 2] = [(8 << 11) + (15 << 5), (5 << 9) + (10 << 5) + 26];
/// Version 2.0 of the format: compressed with deflate.
const NEEDED: u16 = 20;
/// The writer is a Unix system, so that the attributes hold permissions.
const UNIX: u16 = 3 << 8;
const DEFLATE: u16 = 8;
const REGULAR_FILE: u32 = 0o100_000;

/// Returns an archive of the files in their order.
pub(super) fn archive(entries: &[Entry]) -> Result<Vec<u8>, String> {
    let mut archive = Vec::new();
    let mut directory = Vec::new();
    for entry in entries {
        let offset = size(archive.len())?;
        let compressed = deflate(&entry.content)?;
        let mut described = Vec::new();
        put16(&mut described, NEEDED);
        put16(&mut described, 0);
        put16(&mut described, DEFLATE);
        put16(&mut described, MODIFIED[0]);
        put16(&mut described, MODIFIED[1]);
        let mut crc = Crc::new();
        crc.update(&entry.content);
        put32(&mut described, crc.sum());
        put32(&mut described, size(compressed.len())?);
        put32(&mut described, size(entry.content.len())?);
        put16(&mut described, short(entry.path.len())?);
        put16(&mut described, 0);

        archive.extend(b"PK\x03\x04");
        archive.extend(&described);
        archive.extend(entry.path.as_bytes());
        archive.extend(compressed);

        directory.extend(b"PK\x01\x02");
        put16(&mut directory, UNIX | NEEDED);
        directory.extend(&described);
        put16(&mut directory, 0);
        put16(&mut directory, 0);
        put16(&mut directory, 0);
        put32(&mut directory, (REGULAR_FILE | entry.mode()) << 16);
        put32(&mut directory, offset);
        directory.extend(entry.path.as_bytes());
    }
    let start = size(archive.len())?;
    archive.extend(&directory);
    archive.extend(b"PK\x05\x06");
    put32(&mut archive, 0);
    put16(&mut archive, short(entries.len())?);
    put16(&mut archive, short(entries.len())?);
    put32(&mut archive, size(directory.len())?);
    put32(&mut archive, start);
    put16(&mut archive, 0);
    Ok(archive)
}

fn deflate(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder
        .write_all(bytes)
        .map_err(|error| error.to_string())?;
    encoder.finish().map_err(|error| error.to_string())
}

fn size(length: usize) -> Result<u32, String> {
    u32::try_from(length).map_err(|_| format!("{length} bytes do not fit into a ZIP archive"))
}

fn short(length: usize) -> Result<u16, String> {
    u16::try_from(length).map_err(|_| format!("{length} does not fit into a ZIP archive"))
}

fn put16(bytes: &mut Vec<u8>, number: u16) {
    bytes.extend(number.to_le_bytes());
}

fn put32(bytes: &mut Vec<u8>, number: u32) {
    bytes.extend(number.to_le_bytes());
}
