//! The body of a request, by its length or by its chunks.

use std::io::{BufRead, Read as _};

use super::{LONGEST_BODY, Malformed};

const CUT: Malformed =
    Malformed::new("it ends within its body: the client has gone before the last chunk");

/// So many bytes.
pub(super) fn exactly(input: &mut impl BufRead, length: usize) -> Result<Vec<u8>, Malformed> {
    let bytes = up_to(input, length);
    if bytes.len() == length {
        return Ok(bytes);
    }
    Err(Malformed::cut(format!(
        "it ends within its body: the client has gone after {} of {length} bytes",
        bytes.len()
    )))
}

/// The content of a chunked body; its extensions and trailers are of no account.
pub(super) fn chunks(input: &mut impl BufRead) -> Result<Vec<u8>, Malformed> {
    let mut body = Vec::new();
    loop {
        let line = line(input)?;
        let size = line.split(';').next().unwrap_or_default().trim();
        let Ok(size) = usize::from_str_radix(size, 16) else {
            return Err(Malformed::new("a chunk does not begin with its length"));
        };
        if size == 0 {
            // The trailers end with an empty line.
            while !self::line(input)?.is_empty() {}
            return Ok(body);
        }
        if size > LONGEST_BODY - body.len() {
            return Err(Malformed::new("its body is longer than 64 MiB"));
        }
        let chunk = up_to(input, size);
        if chunk.len() < size {
            return Err(CUT);
        }
        body.extend_from_slice(&chunk);
        match up_to(input, 2).as_slice() {
            b"\r\n" => {}
            [_, _] => return Err(Malformed::new("a chunk is longer than its length")),
            _ => return Err(CUT),
        }
    }
}

/// So many bytes, or all that there are; a connection that fails has no more.
fn up_to(input: &mut impl BufRead, length: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What was read before an error stays.
    let _ = input.by_ref().take(length as u64).read_to_end(&mut bytes);
    bytes
}

/// A short line without its end.
fn line(input: &mut impl BufRead) -> Result<String, Malformed> {
    let mut line = Vec::new();
    let _ = input.by_ref().take(8 * 1024).read_until(b'\n', &mut line);
    if line.pop() != Some(b'\n') {
        return Err(CUT);
    }
    Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
}
