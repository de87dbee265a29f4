//! Reads hexadecimal dumps: `tcpdump -X`, Wireshark ("Copy as hex dump", "follow stream"), `xxd`, `hexdump -C`, Netty.

use etherparse::{LaxSlicedPacket, TransportSlice};

use super::lines::lines;
use super::start_line::starts_with_request_line;
use super::transcript::Transcript;

/// The fewest digits of an offset.
const SHORTEST_OFFSET: usize = 4;
/// A line shows at most this many bytes.
const MOST_BYTES: usize = 32;

pub(super) fn read(text: &[u8]) -> Option<Transcript> {
    let blocks = blocks(text);
    let mut transcript = Transcript::default();
    let mut sender: Option<Origin> = None;
    for block in blocks {
        let (origin, bytes) = if starts_with_http(&block.bytes)
            || sender.is_some_and(|sender| matches!(sender, Origin::Column(_)))
        {
            (Origin::Column(block.column), block.bytes)
        } else if let Some((flow, payload)) = payload(&block.bytes) {
            (Origin::Flow(flow), payload)
        } else {
            (Origin::Column(block.column), block.bytes)
        };
        if bytes.is_empty() {
            continue;
        }
        if starts_with_request_line(&bytes) {
            sender = Some(origin);
        }
        if sender == Some(origin) && !bytes.starts_with(b"HTTP/") {
            transcript.sent(&bytes);
        } else if sender.is_some() {
            transcript.received(&bytes);
        }
    }
    transcript.with_request()
}

/// Who sent a block: a flow of packets, or the column in which Wireshark prints one side of a stream.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    Column(usize),
    Flow(u16),
}

/// The bytes of consecutive lines.
struct Block {
    column: usize,
    bytes: Vec<u8>,
}

struct DumpLine {
    column: usize,
    offset: usize,
    bytes: Vec<u8>,
}

fn starts_with_http(bytes: &[u8]) -> bool {
    starts_with_request_line(bytes) || bytes.starts_with(b"HTTP/")
}

fn blocks(text: &[u8]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut last: Option<DumpLine> = None;
    let mut next_lines = lines(text).filter_map(dump_line).peekable();
    while let Some(mut line) = next_lines.next() {
        // The characters after the bytes may look like bytes. The next offset shows how many bytes there are.
        if let Some(next) = next_lines.peek().filter(|next| next.column == line.column)
            && let Some(length) = next.offset.checked_sub(line.offset)
            && length > 0
        {
            line.bytes.truncate(length);
        }
        let is_next = last.as_ref().is_some_and(|last| {
            last.column == line.column && last.offset + last.bytes.len() == line.offset
        });
        match blocks.last_mut().filter(|_| is_next && line.offset > 0) {
            Some(block) => block.bytes.extend_from_slice(&line.bytes),
            None => blocks.push(Block {
                column: line.column,
                bytes: line.bytes.clone(),
            }),
        }
        last = Some(line);
    }
    blocks
}

/// A line with an offset of at least four digits, and bytes after it.
fn dump_line(line: &[u8]) -> Option<DumpLine> {
    let is_margin = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'|';
    let column = line.iter().take_while(|byte| is_margin(byte)).count();
    let rest = line.get(column..)?;
    let rest = rest.strip_prefix(b"0x").unwrap_or(rest);
    let digits = rest
        .iter()
        .take_while(|byte| byte.is_ascii_hexdigit())
        .count();
    let (offset, rest) = rest
        .split_at_checked(digits)
        .filter(|_| (SHORTEST_OFFSET..=16).contains(&digits))?;
    let offset = usize::from_str_radix(std::str::from_utf8(offset).ok()?, 16).ok()?;
    let rest = rest
        .strip_prefix(b":")
        .or_else(|| rest.strip_prefix(b"|"))
        .unwrap_or(rest);
    let spaces = rest.iter().take_while(|byte| **byte == b' ').count();
    let rest = rest.get(spaces..).filter(|_| spaces > 0)?;
    let bytes = bytes(rest);
    (!bytes.is_empty()).then_some(DumpLine {
        column,
        offset,
        bytes,
    })
}

/// The bytes up to the column of characters: it starts after three spaces, after `|`, or, if the digits are in groups
/// of four, after two spaces.
fn bytes(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    let mut is_grouped = false;
    loop {
        let digits = rest
            .iter()
            .take_while(|byte| byte.is_ascii_hexdigit())
            .count();
        let after = rest.get(digits..).unwrap_or_default();
        let is_word = after.first().is_none_or(u8::is_ascii_whitespace);
        if digits == 0 || digits % 2 == 1 || !is_word || out.len() >= MOST_BYTES {
            return out;
        }
        is_grouped |= digits > 2;
        let (pairs, _) = rest.get(..digits).unwrap_or_default().as_chunks::<2>();
        for [high, low] in pairs {
            let digit = |byte: u8| char::from(byte).to_digit(16).unwrap_or_default();
            out.extend(u8::try_from(digit(*high) * 16 + digit(*low)).ok());
        }
        let spaces = after.iter().take_while(|byte| **byte == b' ').count();
        if spaces >= 3 || is_grouped && spaces >= 2 {
            return out;
        }
        rest = after.get(spaces..).unwrap_or_default();
    }
}

/// The source port and the payload of a packet, with or without the header of Ethernet.
fn payload(packet: &[u8]) -> Option<(u16, Vec<u8>)> {
    let of_ip = |start: usize| {
        let bytes = packet.get(start..)?;
        let version = bytes.first()? >> 4;
        let sliced = matches!(version, 4 | 6).then(|| LaxSlicedPacket::from_ip(bytes).ok())??;
        match sliced.transport? {
            TransportSlice::Tcp(tcp) => Some((tcp.source_port(), tcp.payload().to_vec())),
            _ => None,
        }
    };
    // Without a link header; loopback of BSD; Ethernet; "cooked" captures of Linux.
    [0, 4, 14, 16, 20].into_iter().find_map(of_ip)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::read;
    use crate::{Body, Exchange};

    const REQUEST: &[u8] = b"POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}";
    const RESPONSE: &[u8] = b"HTTP/1.1 403 Forbidden\r\n\r\nbad cafe";

    fn shown(bytes: &[u8], line: impl Fn(usize, &str, &str) -> String, group: usize) -> String {
        let mut out = String::new();
        for (number, bytes) in bytes.chunks(16).enumerate() {
            let mut digits = String::new();
            for (place, byte) in bytes.iter().enumerate() {
                if place > 0 && place % group == 0 {
                    digits.push(' ');
                }
                let _ = write!(digits, "{byte:02x}");
            }
            let characters: String = bytes
                .iter()
                .map(|byte| {
                    if byte.is_ascii_graphic() {
                        char::from(*byte)
                    } else {
                        '.'
                    }
                })
                .collect();
            out += &line(number * 16, &digits, &characters);
        }
        out
    }

    fn exchange(text: &str) -> Exchange {
        let transcript = read(text.as_bytes()).unwrap_or_else(|| panic!("{text}"));
        transcript.exchanges().unwrap().remove(0)
    }

    #[test]
    fn dumps_of_the_stream_are_read() {
        let xxd = shown(
            REQUEST,
            |at, digits, text| format!("{at:08x}: {digits:<39}  {text}\n"),
            2,
        );
        let hexdump = shown(
            REQUEST,
            |at, digits, text| format!("{at:08x}  {digits:<48}  |{text}|\n"),
            1,
        ) + "00000034\n";
        let netty = shown(
            REQUEST,
            |at, digits, text| format!("|{at:08x}| {digits:<47} |{text:<16}|\n"),
            1,
        );
        let follow = shown(
            REQUEST,
            |at, digits, text| format!("{at:08x}  {digits:<48}   {text}\n"),
            1,
        ) + &shown(
            RESPONSE,
            |at, digits, text| format!("    {at:08x}  {digits:<48}   {text}\n"),
            1,
        );
        for text in [&xxd, &hexdump, &netty, &follow] {
            let read = exchange(text);
            assert_eq!(read.request.target, "/a", "{text}");
            assert_eq!(read.request.body, Body::Whole(b"{}".to_vec()), "{text}");
        }
        let response = exchange(&follow).response.unwrap();
        assert_eq!(response.body, b"bad cafe");
    }

    #[test]
    fn packets_of_tcpdump_are_read() {
        let packet = |source: u16, payload: &[u8]| {
            let builder = etherparse::PacketBuilder::ipv4([127, 0, 0, 1], [127, 0, 0, 1], 64)
                .tcp(source, 80, 1, 64);
            let mut bytes = Vec::new();
            builder.write(&mut bytes, payload).unwrap();
            shown(
                &bytes,
                |at, digits, text| format!("\t0x{at:04x}:  {digits:<39}  {text}\n"),
                2,
            )
        };
        let (first, second) = REQUEST.split_at(30);
        let text = format!(
            "21:20:00.1 IP 127.0.0.1.5 > 127.0.0.1.80: Flags [S], length 0\n{}21:20:00.2 IP 127.0.0.1.5 > 127.0.0.1.80: Flags [P.], length 30\n{}{}21:20:00.3 IP\n{}",
            packet(5, b""),
            packet(5, first),
            packet(5, second),
            packet(80, RESPONSE)
        );
        let read = exchange(&text);
        assert_eq!(read.request.body, Body::Whole(b"{}".to_vec()));
        assert_eq!(read.response.map(|response| response.status), Some(403));
        assert!(super::read(b"0000: nothing\nPOST / HTTP/1.1\n").is_none());
    }
}
