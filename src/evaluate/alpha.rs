//! Krippendorff's alpha: agreement of any number of coders, with values missing, by any distance.

use std::ops::AddAssign;

use super::{Figure, Reason};

/// What each coder gave to one item, always in the same order of coders; `None` where a coder did not code it.
pub type Unit<T> = Vec<Option<T>>;

/// Krippendorff's alpha of `units` by `distance`: at most 1, full agreement; 0 is what chance gives, less is possible.
///
/// α = 1 − observed / expected disagreement: the mean distance of two values of one item over that of any two values,
/// each taken from the items with at least two values. `distance` must be 0 for equal values and symmetric; it is taken
/// as it is, so give [`nominal`](super::nominal), [`jaccard`](super::jaccard) or [`masi`](super::masi), and a squared
/// difference for numbers. Not computable without items, with one coder only, without an item that two coded, and where
/// all values that could be compared are the same (other programs print 1 or 0 then).
///
/// For a bootstrap, build one [`Scale`] and add up the [`Coincidences`] of interviews.
/// Source: Krippendorff, *Computing Krippendorff's alpha-reliability*, 2011; with set distances: Passonneau, LREC 2006.
///
/// ```
/// use ringwerk::evaluate::{Reason, alpha, nominal};
/// let units = ["aa", "bb", "ab", "b"].map(|unit| (0..2).map(|coder| unit.chars().nth(coder)).collect());
/// assert!((alpha(&units, nominal).value().unwrap() - 4.0 / 9.0).abs() < 1e-12);
/// let alone = [vec![Some('a'), None], vec![Some('b'), None]];
/// assert_eq!(alpha(&alone, nominal).reason(), Some(Reason::OneCoder));
/// ```
pub fn alpha<T: Ord + Clone>(units: &[Unit<T>], distance: impl Fn(&T, &T) -> f64) -> Figure {
    let scale = Scale::new(units, distance);
    scale.alpha(&scale.coincidences(units))
}

/// The values that occur in a set of codings, and how far each is from each.
#[derive(Debug, Clone)]
pub struct Scale<T> {
    /// Sorted and distinct.
    values: Vec<T>,
    /// Row after row.
    distances: Vec<f64>,
}

impl<T: Ord + Clone> Scale<T> {
    /// Gathers the values of all units.
    pub fn new<'a>(units: impl IntoIterator<Item = &'a Unit<T>>, distance: impl Fn(&T, &T) -> f64) -> Self
    where
        T: 'a,
    {
        let mut values: Vec<T> = units.into_iter().flatten().flatten().cloned().collect();
        values.sort();
        values.dedup();
        let distances = values.iter().flat_map(|a| values.iter().map(|b| distance(a, b)).collect::<Vec<_>>()).collect();
        Self { values, distances }
    }

    /// Counts how often which value met which. Values that the scale does not know are taken as missing.
    ///
    /// ```
    /// use ringwerk::evaluate::{Scale, nominal, total};
    /// let interviews = [vec![vec![Some(1), Some(1)], vec![Some(2), Some(1)]], vec![vec![Some(2), Some(2)]]];
    /// let scale = Scale::new(interviews.iter().flatten(), nominal);
    /// let each = interviews.each_ref().map(|units| scale.coincidences(units));
    /// let both = total(&each, &[0, 1]).unwrap();
    /// assert_eq!(scale.alpha(&both), scale.alpha(&scale.coincidences(&interviews.concat())));
    /// ```
    pub fn coincidences(&self, units: &[Unit<T>]) -> Coincidences {
        let mut sum = Coincidences { weights: vec![0.0; self.distances.len()], coded: Vec::new() };
        for unit in units {
            let places = unit.iter().map(|value| self.values.binary_search(value.as_ref()?).ok()).collect::<Vec<_>>();
            sum.note_coders(&places);
            sum.pair(&places.into_iter().flatten().collect::<Vec<_>>(), self.values.len());
        }
        sum
    }

    /// Alpha of what was counted with this scale: see [`alpha`].
    pub fn alpha(&self, found: &Coincidences) -> Figure {
        let size = self.values.len();
        let frequencies: Vec<f64> =
            (0..size).map(|value| found.weights[value * size..(value + 1) * size].iter().sum()).collect();
        let all: f64 = frequencies.iter().sum();
        if all == 0.0 {
            return Figure::NotComputable(found.why_nothing_met());
        }
        let weighted = |(place, distance): (usize, &f64)| {
            distance * frequencies[place / size] * frequencies[place % size] / (all - 1.0)
        };
        let expected: f64 = self.distances.iter().enumerate().map(weighted).sum();
        let observed: f64 = found.weights.iter().zip(&self.distances).map(|(weight, distance)| weight * distance).sum();
        if expected == 0.0 {
            Figure::NotComputable(Reason::OneCategory)
        } else {
            Figure::Value(1.0 - observed / expected)
        }
    }
}

/// How often which value met which in one item: what alpha is computed from. Those of one [`Scale`] add up.
#[derive(Debug, Clone, PartialEq)]
pub struct Coincidences {
    /// Row after row; each item with m values gives its m(m − 1) ordered pairs the weight 1 / (m − 1).
    weights: Vec<f64>,
    /// Whether each coder coded anything.
    coded: Vec<bool>,
}

impl Coincidences {
    fn note_coders(&mut self, places: &[Option<usize>]) {
        self.coded.resize(self.coded.len().max(places.len()), false);
        self.coded.iter_mut().zip(places).for_each(|(coded, place)| *coded |= place.is_some());
    }

    fn pair(&mut self, places: &[usize], size: usize) {
        for (first, &row) in places.iter().enumerate() {
            for (second, &column) in places.iter().enumerate() {
                if first != second {
                    self.weights[row * size + column] += 1.0 / (places.len() - 1) as f64;
                }
            }
        }
    }

    fn why_nothing_met(&self) -> Reason {
        match self.coded.iter().filter(|&&coded| coded).count() {
            0 => Reason::NoItems,
            1 => Reason::OneCoder,
            _ => Reason::NoCommonItems,
        }
    }
}

impl AddAssign<&Coincidences> for Coincidences {
    /// # Panics
    /// If the other was counted with another scale.
    fn add_assign(&mut self, other: &Coincidences) {
        assert_eq!(self.weights.len(), other.weights.len(), "coincidences of another scale");
        self.weights.iter_mut().zip(&other.weights).for_each(|(sum, part)| *sum += part);
        self.coded.resize(self.coded.len().max(other.coded.len()), false);
        self.coded.iter_mut().zip(&other.coded).for_each(|(coded, more)| *coded |= more);
    }
}
