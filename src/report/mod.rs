//! What a study says, drawn from its [`Study`](crate::study::Study).

mod buying_centre;
mod preferred_words;

pub use buying_centre::{Part, PartTally, RoleMention, buying_centre, parts_named};
pub use preferred_words::{GroupWords, Preference, SynonymUse, WordUse, words_by_job, words_by_segment};
