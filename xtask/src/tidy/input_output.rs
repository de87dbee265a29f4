//! The protocol crates have no input and no output: time, randomness and bytes are arguments.

use super::tree::Tree;

/// The crates without input and output.
const CRATES: [&str; 5] = [
    "fc-headers",
    "fc-sign",
    "fc-response",
    "fc-invoke",
    "fc-transport",
];
/// The one file that reads the clock and draws random numbers.
const CLOCK_AND_RANDOMNESS: &str = "crates/fc-invoke/src/clock_and_randomness.rs";
const ONLY_THERE: [&str; 3] = ["SystemTime::now", "Instant::now", "getrandom"];
const NOWHERE: [&str; 9] = [
    "std::env",
    "std::fs",
    "std::io::std",
    "std::process",
    "std::thread",
    "TcpListener",
    "TcpStream",
    "UdpSocket",
    "UnixStream",
];

pub(super) fn find(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for name in CRATES {
        let folder = format!("crates/{name}/src/");
        for file in tree.below(&folder, "rs") {
            let elsewhere = file.path != CLOCK_AND_RANDOMNESS;
            for (number, line) in file.text.lines().enumerate() {
                if line.trim_start().starts_with("//") {
                    continue;
                }
                let words = NOWHERE
                    .iter()
                    .chain(ONLY_THERE.iter().filter(|_| elsewhere));
                let uses = words.filter(|word| line.contains(**word));
                found.extend(uses.map(|word| {
                    let place = format!("{}:{}", file.path, number + 1);
                    format!("{place} uses {word}; expected an argument, because a protocol crate has no input and no output")
                }));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{CLOCK_AND_RANDOMNESS, Tree, find};

    #[test]
    fn a_socket_a_clock_and_a_random_number_in_a_protocol_crate_are_findings() {
        let count = |path: &str, line: &str| find(&Tree::of(&[(path, line)])).len();
        let signer = "crates/fc-sign/src/fc/signer.rs";
        assert_eq!(count(signer, "let time = SystemTime::now();"), 1);
        assert_eq!(count(signer, "use std::net::TcpStream;"), 1);
        assert_eq!(count(signer, "getrandom::fill(&mut bytes)"), 1);
        assert_eq!(count(signer, "    // SystemTime::now() is not used"), 0);
        assert_eq!(count(signer, "use std::net::Ipv4Addr;"), 0);
        assert_eq!(count("crates/fc-sign/tests/a.rs", "std::fs::read(path)"), 0);
    }

    #[test]
    fn one_file_may_read_the_clock_and_draw_random_numbers_and_nothing_else() {
        let count = |line: &str| find(&Tree::of(&[(CLOCK_AND_RANDOMNESS, line)])).len();
        assert_eq!(count("SystemTime::now()"), 0);
        assert_eq!(count("std::thread::sleep(wait)"), 1);
    }
}
