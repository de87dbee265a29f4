//! The body of a request, by its length or by its chunks.

use std::io::{self, BufRead, Read as _};

use super::{LONGEST_BODY, Malformed};

/// So many bytes; nothing where the client has gone before.
pub(super) fn exactly(input: &mut impl BufRead, length: usize) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    input.by_ref().take(length as u64).read_to_end(&mut bytes)?;
    Ok((bytes.len() == length).then_some(bytes))
}

/// The content of a chunked body; its extensions and trailers are of no account.
pub(super) fn chunks(input: &mut impl BufRead) -> io::Result<Result<Option<Vec<u8>>, Malformed>> {
    let mut body = Vec::new();
    loop {
        let Some(line) = line(input)? else {
            return Ok(Ok(None));
        };
        let size = line.split(';').next().unwrap_or_default().trim();
        let Ok(size) = usize::from_str_radix(size, 16) else {
            return Ok(Err(Malformed("a chunk does not begin with its length")));
        };
        if size == 0 {
            return trailers(input).map(|ended| Ok(ended.then_some(body)));
        }
        if size > LONGEST_BODY - body.len() {
            return Ok(Err(Malformed("its body is longer than 64 MiB")));
        }
        let Some(chunk) = exactly(input, size)? else {
            return Ok(Ok(None));
        };
        body.extend_from_slice(&chunk);
        match line_end(input)? {
            Some(true) => {}
            Some(false) => return Ok(Err(Malformed("a chunk is longer than its length"))),
            None => return Ok(Ok(None)),
        }
    }
}

/// Reads up to the empty line behind the last chunk; false where the client has gone before.
fn trailers(input: &mut impl BufRead) -> io::Result<bool> {
    loop {
        match line(input)? {
            None => return Ok(false),
            Some(line) if line.is_empty() => return Ok(true),
            Some(_) => {}
        }
    }
}

fn line_end(input: &mut impl BufRead) -> io::Result<Option<bool>> {
    let end = exactly(input, 2)?;
    Ok(end.map(|end| end == b"\r\n"))
}

/// A short line without its end.
fn line(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    input.by_ref().take(8 * 1024).read_until(b'\n', &mut line)?;
    if line.pop() != Some(b'\n') {
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&line).trim_end().to_owned()))
}
