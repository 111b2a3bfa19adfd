//! What a study says, drawn from its [`Study`](crate::study::Study).

mod buying_centre;

pub use buying_centre::{Part, PartTally, RoleMention, buying_centre, parts_named};
