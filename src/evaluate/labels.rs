//! Are the codes right: precision, recall and F1 of every code and over all; top-k; the confusion of primary rings.

use std::ops::AddAssign;

use super::{Counts, Figure, LabelSet, Reason, Share, Table};
use crate::codebook::Ring;

/// Hits and errors of every label, for items that may have several.
///
/// ```
/// use ringwerk::evaluate::{LabelCounts, LabelSet};
/// let set = |labels: &[usize]| labels.iter().copied().collect::<LabelSet>();
/// let counts = LabelCounts::count(3, [
///     (set(&[0]), set(&[0])),       // gold, found
///     (set(&[0, 1]), set(&[0])),
///     (set(&[]), set(&[1])),
/// ]);
/// assert_eq!(counts.labels()[0].f1().value(), Some(1.0));
/// assert_eq!(counts.labels()[1].f1().value(), Some(0.0));
/// assert_eq!(counts.labels()[2].f1().value(), None);
/// assert_eq!(counts.macro_f1().value(), Some(0.5));
/// assert_eq!(counts.micro_f1().value(), Some(4.0 / 6.0));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelCounts(Vec<Counts>);

impl LabelCounts {
    /// Counts pairs of gold and found over labels `0..labels`; labels beyond are not looked at.
    pub fn count(labels: usize, pairs: impl IntoIterator<Item = (LabelSet, LabelSet)>) -> Self {
        let mut counts = vec![Counts::default(); labels];
        for (gold, found) in pairs {
            for (label, count) in counts.iter_mut().enumerate() {
                count.add(gold.contains(label), found.contains(label));
            }
        }
        Self(counts)
    }

    /// The counts of each label, in order.
    pub fn labels(&self) -> &[Counts] {
        &self.0
    }

    /// The counts of all labels together: its precision, recall and F1 are the micro-averaged ones.
    pub fn together(&self) -> Counts {
        self.0.iter().sum()
    }

    /// F1 over all decisions together, in [0, 1]; frequent labels weigh most.
    ///
    /// Not computable where neither gold nor what was found has any label.
    /// Source: Sebastiani, *Machine learning in automated text categorization*, ACM Computing Surveys 34(1), 2002.
    pub fn micro_f1(&self) -> Figure {
        self.together().f1()
    }

    /// Mean of the labels' F1, in [0, 1]; every label weighs the same.
    ///
    /// A label that occurs neither in gold nor among what was found has no F1 and does not enter the mean; one that was
    /// found although gold never has it enters with 0. Not computable where no label occurs at all.
    /// Source: the averaged F1 of Opitz and Burst, *Macro F1 and Macro F1*, 2019, arXiv 1911.03347.
    pub fn macro_f1(&self) -> Figure {
        let each: Vec<f64> = self.0.iter().filter_map(|label| label.f1().value()).collect();
        Figure::ratio(each.iter().sum(), each.len() as f64, Reason::NothingEither)
    }
}

impl AddAssign<&LabelCounts> for LabelCounts {
    /// # Panics
    /// If the other has another number of labels.
    fn add_assign(&mut self, other: &LabelCounts) {
        assert_eq!(self.0.len(), other.0.len(), "counts of other labels");
        self.0.iter_mut().zip(&other.0).for_each(|(sum, part)| *sum += part);
    }
}

/// How many items have one of their gold labels among the `k` most probable ones.
///
/// Each item is its gold labels and the labels in order of probability, the most probable first. Items without a gold
/// label are not counted: there is nothing that could be among them. The share lies in [0, 1] and is not computable
/// where no item has a gold label. Give the primary label alone to ask for that one. With one gold label an item this
/// is the top-k accuracy of Russakovsky et al., *ImageNet Large Scale Visual Recognition Challenge*, IJCV 115, 2015.
///
/// ```
/// use ringwerk::evaluate::{LabelSet, top_hits};
/// let set = |labels: &[usize]| labels.iter().copied().collect::<LabelSet>();
/// let items = [(set(&[1]), &[0, 1, 2]), (set(&[2]), &[0, 1, 2]), (set(&[]), &[0, 1, 2])];
/// assert_eq!(top_hits(2, items).figure().value(), Some(0.5));
/// ```
pub fn top_hits<R: AsRef<[usize]>>(k: usize, items: impl IntoIterator<Item = (LabelSet, R)>) -> Share {
    let coded = items.into_iter().filter(|(gold, _)| !gold.is_empty());
    coded.map(|(gold, ranked)| ranked.as_ref().iter().take(k).any(|&label| gold.contains(label))).collect()
}

/// Which primary ring (row) was taken for which (column): 7 × 7, the rings in the manual's order and then "none".
///
/// Kappa of the primary ring is [`cohens_kappa`](super::cohens_kappa) of this table.
///
/// ```
/// use ringwerk::codebook::Ring;
/// use ringwerk::evaluate::primary_confusion;
/// let table = primary_confusion([(Some(Ring::Huerde), Some(Ring::Huerde)), (Some(Ring::Huerde), None)]);
/// let huerde = Ring::Huerde.index();
/// assert_eq!((table.get(huerde, huerde), table.get(huerde, 6), table.total()), (1, 1, 2));
/// ```
pub fn primary_confusion(pairs: impl IntoIterator<Item = (Option<Ring>, Option<Ring>)>) -> Table {
    let place = |ring: Option<Ring>| ring.map_or(Ring::ALL.len(), Ring::index);
    let places = pairs.into_iter().map(|(gold, found)| (place(gold), place(found)));
    Table::count(Ring::ALL.len() + 1, Ring::ALL.len() + 1, places)
}
