//! Plain rows of numbers: what leaves the encoder, with no trace of the library that computed them.

/// Rows of `f32`, all of one length: `(rows, dimensions)`, stored row after row.
#[derive(Debug, Clone, PartialEq)]
pub struct Vectors {
    dimensions: usize,
    values: Vec<f32>,
}

impl Vectors {
    /// No rows yet, each to come with `dimensions` numbers.
    ///
    /// # Panics
    /// If `dimensions` is zero.
    pub fn empty(dimensions: usize) -> Self {
        assert!(dimensions > 0, "vectors need at least one dimension");
        Self { dimensions, values: Vec::new() }
    }

    /// Takes rows that lie one after the other in `values`.
    ///
    /// Returns `None` where `values` is no whole number of rows.
    pub fn from_values(dimensions: usize, values: Vec<f32>) -> Option<Self> {
        (dimensions > 0 && values.len().is_multiple_of(dimensions)).then_some(Self { dimensions, values })
    }

    /// Appends one row.
    ///
    /// # Panics
    /// If the row has another length than the ones before.
    pub fn push(&mut self, row: &[f32]) {
        assert_eq!(row.len(), self.dimensions, "a row of another length");
        self.values.extend_from_slice(row);
    }

    /// Numbers in a row.
    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.values.len() / self.dimensions
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Row `index`.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn row(&self, index: usize) -> &[f32] {
        &self.values[index * self.dimensions..(index + 1) * self.dimensions]
    }

    /// All rows in order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &[f32]> {
        self.values.chunks_exact(self.dimensions)
    }

    /// The sum of some rows.
    fn sum(&self, rows: impl IntoIterator<Item = usize>) -> Vec<f32> {
        let mut sums = vec![0.0; self.dimensions];
        for row in rows {
            sums.iter_mut().zip(self.row(row)).for_each(|(sum, value)| *sum += value);
        }
        sums
    }

    /// The mean of some rows, scaled to length one.
    ///
    /// ```
    /// use ringwerk::vectors::Vectors;
    /// let rows = Vectors::from_values(2, vec![1.0, 3.0, 9.0, 9.0, 5.0, 5.0]).unwrap();
    /// assert_eq!(rows.centre(&[0, 2]), [0.6, 0.8]);
    /// ```
    pub fn centre(&self, rows: &[usize]) -> Vec<f32> {
        let mut centre = self.sum(rows.iter().copied());
        normalise(&mut centre);
        centre
    }

    /// The mean of all rows; zeros where there is none.
    pub fn mean(&self) -> Vec<f32> {
        let mut mean = self.sum(0..self.len());
        mean.iter_mut().for_each(|sum| *sum /= self.len().max(1) as f32);
        mean
    }

    /// The rows without what they have in common, each scaled to length one. Rows of zeros say nothing: they stay so, and do
    /// not count.
    ///
    /// ```
    /// use ringwerk::vectors::Vectors;
    /// let rows = Vectors::from_values(2, vec![1.0, 3.0, 1.0, 1.0, 0.0, 0.0]).unwrap();
    /// assert_eq!(rows.centred().values(), [0.0, 1.0, 0.0, -1.0, 0.0, 0.0]);
    /// ```
    pub fn centred(&self) -> Self {
        let says = |row: &&[f32]| row.iter().any(|value| *value != 0.0);
        let mut saying = Self::empty(self.dimensions);
        self.rows().filter(says).for_each(|row| saying.push(row));
        let mean = saying.mean();
        let mut rows = Self::empty(self.dimensions);
        self.rows().for_each(|row| if says(&row) { rows.push(&centred(row, &mean)) } else { rows.push(row) });
        rows
    }

    /// All numbers, row after row.
    pub fn values(&self) -> &[f32] {
        &self.values
    }
}

/// Dot product; for rows of length one this is the cosine of the angle between them, in [-1, 1].
///
/// ```
/// assert_eq!(ringwerk::vectors::dot(&[1.0, 2.0], &[3.0, 4.0]), 11.0);
/// ```
pub fn dot(left: &[f32], right: &[f32]) -> f32 {
    left.iter().zip(right).map(|(a, b)| a * b).sum()
}

/// A row without a mean that many have in common, scaled to length one.
///
/// ```
/// assert_eq!(ringwerk::vectors::centred(&[3.0, 2.0], &[3.0, 1.0]), [0.0, 1.0]);
/// ```
pub fn centred(row: &[f32], mean: &[f32]) -> Vec<f32> {
    let mut centred: Vec<f32> = row.iter().zip(mean).map(|(value, mean)| value - mean).collect();
    normalise(&mut centred);
    centred
}

/// Scales a row to length one; a row of zeros stays as it is.
pub fn normalise(row: &mut [f32]) {
    let length = dot(row, row).sqrt();
    if length > 0.0 {
        row.iter_mut().for_each(|value| *value /= length);
    }
}
