//! The members of a gzip file, one after the other: what `cat a.gz b.gz` makes is one file.
//!
//! What follows the last member and is none (padding of a tape, `sha256` lines) ends the file, as for `gzip -d`.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

/// Everything that a gzip file holds.
pub(super) struct Members<R> {
    member: Option<GzDecoder<R>>,
}

impl<R: BufRead> Members<R> {
    pub(super) fn of(source: R) -> Members<R> {
        Members { member: Some(GzDecoder::new(source)) }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            let count = member.read(into)?;
            if count > 0 || into.is_empty() {
                return Ok(count);
            }
            let Some(mut rest) = self.member.take().map(GzDecoder::into_inner) else { break };
            // One byte at the end of the buffer says little: the decoder finds out.
            let another = matches!(rest.fill_buf()?, [0x1F] | [0x1F, 0x8B, ..]);
            self.member = another.then(|| GzDecoder::new(rest));
        }
        Ok(0)
    }
}
