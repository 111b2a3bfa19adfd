//! A table of counts: which category met which.

use std::ops::AddAssign;

/// How often category `row` of one coding met category `column` of another.
///
/// Tables of one shape add up, so that a bootstrap counts every interview once.
///
/// ```
/// use ringwerk::evaluate::Table;
/// let mut table = Table::count(2, 3, [(0, 0), (0, 2), (1, 2)]);
/// table += &Table::count(2, 3, [(0, 2)]);
/// assert_eq!(table.get(0, 2), 2);
/// assert_eq!(table.row_sums(), [3, 1]);
/// assert_eq!(table.column_sums(), [1, 0, 3]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    rows: usize,
    columns: usize,
    cells: Vec<u64>,
}

impl Table {
    /// Counts pairs of a row and a column.
    ///
    /// # Panics
    /// If a pair lies outside the table: categories are numbered by the program, never by its input.
    pub fn count(rows: usize, columns: usize, pairs: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let mut cells = vec![0; rows * columns];
        for (row, column) in pairs {
            assert!(row < rows && column < columns, "({row}, {column}) lies outside {rows} × {columns}");
            cells[row * columns + column] += 1;
        }
        Self { rows, columns, cells }
    }

    /// A table from its rows.
    ///
    /// ```
    /// use ringwerk::evaluate::Table;
    /// assert_eq!(Table::from_rows([[2, 1], [0, 3]]).total(), 6);
    /// ```
    pub fn from_rows<const ROWS: usize, const COLUMNS: usize>(rows: [[u64; COLUMNS]; ROWS]) -> Self {
        Self { rows: ROWS, columns: COLUMNS, cells: rows.concat() }
    }

    /// How many rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How many columns.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// One cell.
    ///
    /// # Panics
    /// If there is no such cell.
    pub fn get(&self, row: usize, column: usize) -> u64 {
        assert!(column < self.columns, "there is no column {column}");
        self.cells[row * self.columns + column]
    }

    /// All cells with row and column, row after row.
    pub fn cells(&self) -> impl Iterator<Item = (usize, usize, u64)> + '_ {
        self.cells.iter().enumerate().map(|(place, &count)| (place / self.columns, place % self.columns, count))
    }

    /// The sum of each row.
    pub fn row_sums(&self) -> Vec<u64> {
        let mut sums = vec![0; self.rows];
        self.cells().for_each(|(row, _, count)| sums[row] += count);
        sums
    }

    /// The sum of each column.
    pub fn column_sums(&self) -> Vec<u64> {
        let mut sums = vec![0; self.columns];
        self.cells().for_each(|(_, column, count)| sums[column] += count);
        sums
    }

    /// The sum of all cells.
    pub fn total(&self) -> u64 {
        self.cells.iter().sum()
    }
}

impl AddAssign<&Table> for Table {
    /// # Panics
    /// If the other has another shape.
    fn add_assign(&mut self, other: &Table) {
        assert_eq!((self.rows, self.columns), (other.rows, other.columns), "a table of another shape");
        self.cells.iter_mut().zip(&other.cells).for_each(|(sum, part)| *sum += part);
    }
}
