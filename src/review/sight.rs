//! What somebody who opens the page may see.

/// What the page shows. It holds on the server: what may not be seen never leaves it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Sight {
    /// Suggestions, and what everybody decided.
    #[default]
    Everything,
    /// Only what this person decided, and no suggestions: two people who code so can be compared.
    Blind(String),
}
