//! What the story model says of a statement, as numbers: which place means what.

use std::ops::Range;

use crate::text::ByteSpan;

/// Numbers per statement; unbounded, higher is more probable.
pub const COUNT: usize = 15;
/// Whether each of the six rings applies, in the codebook's order.
pub const RINGS: Range<usize> = 0..6;
/// Which ring is the primary one, in the same order, then none.
pub const PRIMARY: Range<usize> = 6..13;
/// Whether the statement says why.
pub const REASON: usize = 13;
/// Whether it speaks to some job.
pub const JOB: usize = 14;

/// A word of a statement and how much it speaks for each ring, against the other rings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WordWeight {
    /// Where it stands in the statement's text, without marks around it.
    pub span: ByteSpan,
    /// Without unit, comparable within the statement; in the codebook's order.
    pub rings: [f32; 6],
}

/// A place in a turn where a statement may end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StatementEnd {
    /// One past the last byte of the word before, in the turn's text.
    pub at: usize,
    /// How probable it is that one ends here, in [0, 1].
    pub p: f32,
}
