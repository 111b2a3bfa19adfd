//! What the model says of statements and words, as numbers: which place means what, and how numbers and probabilities turn
//! into each other.

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

/// What a word may be, in the order of the model's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WordKind {
    /// No name.
    Ordinary,
    /// Part of a person's name.
    Person,
    /// Part of the name of a company or an authority.
    Company,
    /// Part of the name of a town, a part of it, a street.
    Place,
    /// Part of a name that leads to nobody: a product, a country, a wide region.
    Other,
}

impl WordKind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Ordinary, Self::Person, Self::Company, Self::Place, Self::Other];
    /// Those that lead to somebody.
    pub const LEADING: [Self; 3] = [Self::Person, Self::Company, Self::Place];
}

/// A word of a text and how probable each kind is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReadWord {
    /// Where it stands in the text.
    pub span: ByteSpan,
    /// In the order of [`WordKind::ALL`]; they add up to one.
    pub p: [f32; 5],
}

impl ReadWord {
    /// How probable it is that it leads to somebody, in [0, 1].
    pub fn leads(&self) -> f32 {
        WordKind::LEADING.iter().map(|&kind| self.p[kind as usize]).sum()
    }

    /// The most probable of the kinds that lead to somebody; of equals the first.
    pub fn kind(&self) -> WordKind {
        let [first, others @ ..] = WordKind::LEADING;
        others
            .into_iter()
            .fold(first, |best, next| if self.p[next as usize] > self.p[best as usize] { next } else { best })
    }
}

/// The probability that belongs to a logarithm of odds, in [0, 1].
pub fn probability(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds).exp())
}

/// The logarithm of the odds of a probability; nearer than `margin` to impossible or sure counts as that near.
pub fn odds(p: f32, margin: f32) -> f32 {
    let p = p.clamp(margin, 1.0 - margin);
    (p / (1.0 - p)).ln()
}

/// Numbers, divided by `temperature`, as shares that sum to one.
pub fn softmax<N: AsMut<[f32]>>(mut numbers: N, temperature: f32) -> N {
    let shares = numbers.as_mut();
    let highest = shares.iter().copied().fold(f32::MIN, f32::max);
    shares.iter_mut().for_each(|share| *share = ((*share - highest) / temperature).exp());
    let sum: f32 = shares.iter().sum();
    shares.iter_mut().for_each(|share| *share /= sum);
    numbers
}
