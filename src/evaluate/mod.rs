//! How good suggestions are and how far two coders agree: figures over counts, nothing else.
//!
//! Every function here is plain arithmetic: no file is read, no model is run, nothing is printed. A result is a
//! [`Figure`]: a number, or why there is none. Where a formula ends in 0/0 (no common items, one category only, one
//! coder, nothing coded) the answer is never 1, 0 or NaN but a [`Reason`].
//!
//! What is counted adds up ([`Counts`], [`Share`], [`LabelCounts`], [`Table`], [`Coincidences`], [`Calibration`]), so a
//! bootstrap over interviews counts each interview once and then only adds: see [`total`] and [`interval`]. Two things
//! do not add up, and take the drawn interviews instead: [`Ranking`] and [`Overlaps`].
//!
//! | question | functions |
//! | --- | --- |
//! | are the rings right? | [`LabelCounts`], [`top_hits`], [`primary_confusion`] |
//! | do two coders agree? | [`cohens_kappa`], [`gwets_ac1`], [`alpha()`] with [`nominal`], [`jaccard`] or [`masi`] |
//! | can the probabilities be believed? | [`Calibration`], [`Ranking`] |
//! | are statements cut where a person cuts? | [`boundary_counts`], [`window_diff`], [`align`] |
//! | are candidate jobs jobs? | [`bcubed()`], [`adjusted_rand`], [`adjusted_mutual_information`], [`v_measure`] |
//! | which candidates are mixed, what is left over? | [`purities`], [`unassigned`] |
//!
//! Reports are drawn from these: [`Scorecard`] (the engine against gold) and [`Agreement`] (two codings of the same
//! interviews).

mod against;
mod agreement;
mod alpha;
mod answer;
mod baseline;
mod bcubed;
mod bootstrap;
mod boundaries;
mod calibration;
mod candidates;
mod clusters;
mod confusion;
mod counts;
mod coverage;
mod distance;
mod figure;
mod label_set;
mod labelling;
mod labels;
mod measured;
mod scorecard;
mod slice;
mod table;
mod trust;
mod units;

pub use against::{AgreedCode, Agreement, AgreementError, Coding, Disagreement};
pub use agreement::{cohens_kappa, gwets_ac1, observed_agreement};
pub use alpha::{Coincidences, Scale, Unit, alpha};
pub use answer::Answer;
pub use baseline::{Baseline, by_keywords, majority, single};
pub use bcubed::{BCubed, Item, Overlaps, bcubed};
pub use bootstrap::{Interval, interval, total};
pub use boundaries::{align, boundary_counts, inner_ends, window_diff, window_length, windows};
pub use calibration::{Bin, Calibration, Prediction};
pub use candidates::{Candidate, Clusters, Placed};
pub use clusters::{
    adjusted_mutual_information, adjusted_rand, completeness, homogeneity, purities, singletons, unassigned, v_measure,
};
pub use confusion::{Confusion, Example, Seen, confusions};
pub use counts::{Counts, Share};
pub use coverage::{CoveragePoint, Ranking};
pub use distance::{jaccard, masi, nominal};
pub use figure::{Figure, Reason};
pub use label_set::LabelSet;
pub use labelling::{LabelTally, Labelling};
pub use labels::{LabelCounts, primary_confusion, top_hits};
pub use measured::{Found, Measured, Resampled, SAMPLES, SEED, measure};
pub use scorecard::{Compared, Jobs, Scorecard};
pub use slice::{Division, Judged, Slice, slices};
pub use table::Table;
pub use trust::Trust;
pub use units::{Divided, Units};
