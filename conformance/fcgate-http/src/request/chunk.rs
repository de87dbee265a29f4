//! Chunked bodies.

use std::ops::Range;

use super::error::RequestError;

/// The longest chunk size line or trailer line.
const LONGEST_LINE: usize = 8 * 1024;

/// One chunk: where its data is, and where it ends.
#[derive(Debug)]
struct Chunk {
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
    /// Whether the last chunk was found, so that trailers follow.
    in_trailers: bool,
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
            if head.data.is_empty() {
                self.in_trailers = true;
                self.at += head.data.start;
                break;
            }
            if !ends(rest, &head)? {
                return Ok(None);
            }
            self.content += head.data.len();
            self.at += head.end;
        }
        self.skip_trailers(body)
    }

    /// Ignores the trailers, which end with an empty line.
    fn skip_trailers(&mut self, body: &[u8]) -> Result<Option<usize>, RequestError> {
        loop {
            let rest = body.get(self.at..).unwrap_or_default();
            let Some(length) = rest.iter().position(|byte| *byte == b'\n') else {
                let is_line = rest.len() <= LONGEST_LINE;
                return if is_line {
                    Ok(None)
                } else {
                    Err(RequestError::ChunkSize)
                };
            };
            self.at += length + 1;
            if matches!(rest.get(..length), Some(b"" | b"\r")) {
                return Ok(Some(self.at));
            }
        }
    }
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
    let bad = |_| RequestError::ChunkSize;
    let (start, size) = match httparse::parse_chunk_size(bytes).map_err(bad)? {
        httparse::Status::Complete(found) => found,
        httparse::Status::Partial if bytes.len() > LONGEST_LINE => {
            return Err(RequestError::ChunkSize);
        }
        httparse::Status::Partial => return Ok(None),
    };
    let size = usize::try_from(size).map_err(|_| RequestError::ChunkSize)?;
    let data_end = start.checked_add(size).ok_or(RequestError::ChunkSize)?;
    let end = data_end.checked_add(2).ok_or(RequestError::ChunkSize)?;
    Ok(Some(Chunk {
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
