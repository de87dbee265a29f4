//! Reads the output of `curl --trace` and `curl --trace-ascii`, with and without `--trace-time`.

use super::lines::{lines, without_prefix};
use super::transcript::Transcript;

const SENT: &[u8] = b"=> Send ";
const RECEIVED: &[u8] = b"<= Recv ";
/// The number of characters that curl prints on a line of `--trace-ascii`.
const WIDTH: usize = 0x40;

/// A block of lines after a line such as `=> Send header, 326 bytes (0x146)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    Sent { is_data: bool },
    Received { is_data: bool },
    Other,
}

pub(super) fn read(text: &[u8]) -> Option<Transcript> {
    let is_dump = lines(text).any(|line| position(line, b"=> Send header").is_some());
    if !is_dump {
        return None;
    }
    // A logger may write a prefix before every line, also before the lines of the dump.
    let text = without_prefix(text, |line| position(line, b"=> Send header"))?;
    let mut transcript = Transcript::default();
    let mut block = Block::Other;
    let mut content = Vec::new();
    for line in lines(&text) {
        if let Some(next) = block_start(line) {
            add(&mut transcript, block, &content);
            (block, content) = (next, Vec::new());
        } else if let Some(dumped) = dump_line(line) {
            content.push(dumped);
        }
    }
    add(&mut transcript, block, &content);
    transcript.with_request()
}

/// One line of the dump: its offset, and its bytes or characters.
struct DumpLine<'a> {
    offset: usize,
    text: &'a [u8],
}

fn block_start(line: &[u8]) -> Option<Block> {
    let is_data = |at: usize| position(line.get(at..).unwrap_or_default(), b"data").is_some();
    let is_tls = position(line, b"SSL data").is_some();
    if is_tls || position(line, b"== Info").is_some() {
        return Some(Block::Other);
    }
    let is_count = line.ends_with(b")");
    match (position(line, SENT), position(line, RECEIVED)) {
        (Some(at), _) if is_count => Some(Block::Sent {
            is_data: is_data(at),
        }),
        (_, Some(at)) if is_count => Some(Block::Received {
            is_data: is_data(at),
        }),
        _ => None,
    }
}

fn dump_line(line: &[u8]) -> Option<DumpLine<'_>> {
    let colon = line.iter().take(10).position(|byte| *byte == b':')?;
    let offset = std::str::from_utf8(line.get(..colon)?).ok()?;
    let offset = usize::from_str_radix(offset, 16).ok()?;
    let text = line.get(colon + 1..)?;
    let text = text.strip_prefix(b" ").unwrap_or(text);
    Some(DumpLine { offset, text })
}

fn add(transcript: &mut Transcript, block: Block, lines: &[DumpLine<'_>]) {
    let hexadecimal: Option<Vec<Vec<u8>>> = lines.iter().map(|line| hex(line.text)).collect();
    let is_hexadecimal = hexadecimal.is_some() && !lines.is_empty();
    let (Block::Sent { is_data } | Block::Received { is_data }) = block else {
        return;
    };
    let bytes = match hexadecimal.filter(|_| is_hexadecimal) {
        Some(bytes) => bytes.concat(),
        None if is_data => data(lines),
        None => head(lines),
    };
    match block {
        // `--trace-ascii` prints a dot for every byte that is not a printable character.
        Block::Sent { is_data: true } if !is_hexadecimal && bytes.contains(&b'.') => {}
        Block::Sent { .. } => transcript.sent(&bytes),
        Block::Received { .. } => transcript.received(&bytes),
        Block::Other => {}
    }
}

/// The bytes of a line of `--trace`: up to 16 pairs of digits, then the same bytes as characters.
fn hex(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for triple in text.chunks(3).take(16) {
        let [high, low, b' '] = triple else {
            break;
        };
        let digit = |byte: u8| char::from(byte).to_digit(16);
        match (digit(*high), digit(*low)) {
            (Some(high), Some(low)) => bytes.extend(u8::try_from(high * 16 + low).ok()),
            _ => break,
        }
    }
    let characters = text.get(48..)?;
    (!bytes.is_empty() && characters.trim_ascii().len() <= bytes.len()).then_some(bytes)
}

/// Header lines. A line that is exactly as wide as the dump continues on the next line.
fn head(lines: &[DumpLine<'_>]) -> Vec<u8> {
    let mut out = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        out.extend_from_slice(line.text);
        let next = lines.get(place + 1).map(|next| next.offset);
        if line.text.len() != WIDTH || next != Some(line.offset + WIDTH) {
            out.extend_from_slice(b"\r\n");
        }
    }
    out
}

/// Data. Two bytes that are missing between two lines are a CR LF.
fn data(lines: &[DumpLine<'_>]) -> Vec<u8> {
    let mut out = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        out.extend_from_slice(line.text);
        let next = lines.get(place + 1).map(|next| next.offset);
        if next == Some(line.offset + line.text.len() + 2) {
            out.extend_from_slice(b"\r\n");
        }
    }
    out
}

/// The offset of the first occurrence.
fn position(line: &[u8], wanted: &[u8]) -> Option<usize> {
    line.windows(wanted.len()).position(|bytes| bytes == wanted)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_hexadecimal_trace_is_read() {
        let text = "\
== Info: Connected
=> Send header, 38 bytes (0x26)
0000: 47 45 54 20 2f 61 20 48 54 54 50 2f 31 2e 31 0d GET /a HTTP/1.1.
0010: 0a 48 6f 73 74 3a 20 68 0d 0a 0d 0a             .Host: h....
== Info: done
";
        let exchanges = read(text.as_bytes()).unwrap().exchanges().unwrap();
        assert_eq!(exchanges[0].request.target, "/a");
        assert_eq!(exchanges[0].request.value("host"), Some("h"));
    }
}
