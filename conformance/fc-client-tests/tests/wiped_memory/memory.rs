//! The memory of this process.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};

use crate::marker::Marker;

const PIECE: usize = 64 * 1024;

/// The regions of memory that hold a piece of one of the markers, with the number of places.
pub(crate) fn search(markers: &[Marker]) -> Vec<String> {
    let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
    let mut memory = File::open("/proc/self/mem").unwrap();
    let mut buffer = vec![0; PIECE + 64];
    let mut found = Vec::new();
    for line in maps.lines() {
        let mut words = line.split_ascii_whitespace();
        let (Some(range), Some(rights)) = (words.next(), words.next()) else {
            continue;
        };
        let name = words.nth(3).unwrap_or("anonymous");
        if !rights.starts_with("rw") || name.starts_with("[v") {
            continue;
        }
        let (start, end) = range.split_once('-').unwrap();
        let number = |text| u64::from_str_radix(text, 16).unwrap();
        let (start, end) = (number(start), number(end));
        let mut count = 0;
        let mut at = start;
        while at < end {
            // Pieces overlap, so that a marker at the end of one is found.
            let length = usize::try_from(end - at).unwrap().min(buffer.len());
            let read = memory
                .seek(SeekFrom::Start(at))
                .and_then(|_| memory.read(&mut buffer[..length]));
            let Ok(read) = read else { break };
            count += markers
                .iter()
                .map(|marker| marker.count_in(&buffer[..read]))
                .sum::<usize>();
            // The buffer itself must not be a place where the marker is found.
            buffer.fill(0);
            at += PIECE as u64;
        }
        if count > 0 {
            found.push(format!("{count} in {name} {range}"));
        }
    }
    found
}
