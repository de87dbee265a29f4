//! Chunked bodies.

use std::ops::Range;

use super::error::RequestError;
use super::header_line::parse_header_line;

/// The longest chunk size line or trailer line.
const LONGEST_LINE: usize = 8 * 1024;
/// The longest trailer section.
const LONGEST_TRAILERS: usize = 16 * 1024;
/// The most bytes of extensions in one body.
const LONGEST_EXTENSIONS: usize = 16 * 1024;

/// One chunk: where its data is, and where it ends.
#[derive(Debug)]
struct Chunk {
    /// The number of bytes between the size and the line end.
    extensions: usize,
    data: Range<usize>,
    end: usize,
}

/// Finds the end of a chunked body that arrives in pieces.
#[derive(Debug, Default, Clone)]
pub(super) struct ChunkScanner {
    /// The offset at which the next chunk or trailer line starts.
    at: usize,
    /// The number of data bytes in the chunks before that offset.
    content: usize,
    /// The number of bytes of extensions in those chunks.
    extensions: usize,
    /// Whether the last chunk was found, so that trailers follow.
    in_trailers: bool,
    /// The number of bytes of the trailers so far.
    trailers: usize,
}

impl ChunkScanner {
    /// The length of the chunked body at the start of `body`, when it is complete.
    pub(super) fn advance(
        &mut self,
        body: &[u8],
        most: usize,
    ) -> Result<Option<usize>, RequestError> {
        while !self.in_trailers {
            let rest = body.get(self.at..).unwrap_or_default();
            let Some(head) = size_line(rest)? else {
                return Ok(None);
            };
            if head.data.len() > most.saturating_sub(self.content) {
                return Err(RequestError::BodyTooLong(most));
            }
            if head.extensions > LONGEST_EXTENSIONS.saturating_sub(self.extensions) {
                return Err(RequestError::ChunkSize);
            }
            if head.data.is_empty() {
                self.in_trailers = true;
                self.at += head.data.start;
                break;
            }
            if !ends(rest, &head)? {
                return Ok(None);
            }
            self.content += head.data.len();
            self.extensions += head.extensions;
            self.at += head.end;
        }
        self.skip_trailers(body)
    }

    /// Checks the trailers, which end with an empty line, and ignores them.
    fn skip_trailers(&mut self, body: &[u8]) -> Result<Option<usize>, RequestError> {
        loop {
            let rest = body.get(self.at..).unwrap_or_default();
            let Some(length) = rest.iter().position(|byte| *byte == b'\n') else {
                let is_line = rest.len() <= LONGEST_LINE;
                return if is_line {
                    Ok(None)
                } else {
                    Err(RequestError::Trailer)
                };
            };
            self.at += length + 1;
            self.trailers += length + 1;
            match rest.get(..length).and_then(|line| line.strip_suffix(b"\r")) {
                Some(b"") => return Ok(Some(self.at)),
                Some(line) if self.trailers <= LONGEST_TRAILERS && is_header_line(line) => {}
                _ => return Err(RequestError::Trailer),
            }
        }
    }
}

fn is_header_line(line: &[u8]) -> bool {
    let is_text = line
        .iter()
        .all(|byte| *byte == b'\t' || !byte.is_ascii_control());
    is_text && parse_header_line(line).is_ok()
}

/// Decodes a chunked body; ignores extensions and everything after the last chunk.
///
/// # Errors
///
/// When a chunk is malformed, or the bytes end before the last chunk.
pub fn decode_chunks(mut body: &[u8]) -> Result<Vec<u8>, RequestError> {
    let mut content = Vec::new();
    loop {
        let head = size_line(body)?.ok_or(RequestError::CutChunks)?;
        if head.data.is_empty() {
            return Ok(content);
        }
        if !ends(body, &head)? {
            return Err(RequestError::CutChunks);
        }
        content.extend_from_slice(body.get(head.data).unwrap_or_default());
        body = body.get(head.end..).unwrap_or_default();
    }
}

/// Reads the size line of the chunk at the start of `bytes`. The data may not have arrived yet.
fn size_line(bytes: &[u8]) -> Result<Option<Chunk>, RequestError> {
    // The parser accepts a line without digits and a line feed in an extension.
    let is_digit = |byte: &u8| byte.is_ascii_hexdigit();
    if bytes.first().is_some_and(|byte| !is_digit(byte)) {
        return Err(RequestError::ChunkSize);
    }
    let bad = |_| RequestError::ChunkSize;
    let parsed = httparse::parse_chunk_size(bytes).map_err(bad)?;
    let (start, size) = match parsed {
        httparse::Status::Complete(found) => found,
        httparse::Status::Partial if bytes.len() > LONGEST_LINE => {
            return Err(RequestError::ChunkSize);
        }
        httparse::Status::Partial => return Ok(None),
    };
    let line = bytes.get(..start.saturating_sub(2)).unwrap_or_default();
    if line.contains(&b'\n') || line.len() > LONGEST_LINE {
        return Err(RequestError::ChunkSize);
    }
    let digits = line.iter().take_while(|byte| is_digit(byte)).count();
    let size = usize::try_from(size).map_err(|_| RequestError::ChunkSize)?;
    let data_end = start.checked_add(size).ok_or(RequestError::ChunkSize)?;
    let end = data_end.checked_add(2).ok_or(RequestError::ChunkSize)?;
    Ok(Some(Chunk {
        extensions: line.len() - digits,
        data: start..data_end,
        end,
    }))
}

/// Whether the chunk is complete.
fn ends(bytes: &[u8], chunk: &Chunk) -> Result<bool, RequestError> {
    let end = bytes.get(chunk.data.end..).unwrap_or_default();
    match end {
        [b'\r', b'\n', ..] => Ok(true),
        [] | [b'\r'] => Ok(false),
        _ => Err(RequestError::ChunkEnd),
    }
}

#[cfg(test)]
mod tests {
    use super::{ChunkScanner, RequestError, decode_chunks};

    #[test]
    fn chunks_are_concatenated() {
        assert_eq!(
            decode_chunks(b"2\r\nhi\r\n1;x\r\n!\r\n0\r\n\r\n").unwrap(),
            b"hi!"
        );
        assert_eq!(decode_chunks(b"2\r\nh"), Err(RequestError::CutChunks));
        assert_eq!(decode_chunks(b"1\r\nhi\r\n"), Err(RequestError::ChunkEnd));
        assert_eq!(decode_chunks(b"zz\r\n"), Err(RequestError::ChunkSize));
    }

    #[test]
    fn a_body_that_arrives_byte_by_byte_ends_with_its_trailers() {
        let body = b"2\r\nhi\r\n0\r\nT: v\r\n\r\n";
        let mut scanner = ChunkScanner::default();
        for cut in 0..body.len() {
            assert_eq!(scanner.advance(&body[..cut], 9), Ok(None), "{cut}");
        }
        assert_eq!(scanner.advance(body, 9), Ok(Some(body.len())));
        let long = ChunkScanner::default().advance(body, 1);
        assert_eq!(long, Err(RequestError::BodyTooLong(1)));
    }
}
