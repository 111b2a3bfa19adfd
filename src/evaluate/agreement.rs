//! Agreement of two coders who give one category each: Cohen's kappa and Gwet's AC1.
//!
//! Both read a square [`Table`] of the items that both coded: rows are the categories of the first coder, columns those
//! of the second. Values of other programs may differ for the same data: MAXQDA's kappa takes the chance agreement of
//! Brennan and Prediger (one over the number of codes), QualCoder counts characters instead of statements.

use super::{Figure, Reason, Table};

/// What both coefficients start from.
struct Agreement {
    /// Share of items on which both agree.
    observed: f64,
    /// Share of each category in the first and in the second coding.
    shares: Vec<(f64, f64)>,
}

impl Agreement {
    fn of(table: &Table) -> Result<Self, Reason> {
        assert_eq!(table.rows(), table.columns(), "both coders choose from the same categories");
        let total = table.total() as f64;
        if total == 0.0 {
            return Err(Reason::NoCommonItems);
        }
        let agreed: u64 = (0..table.rows()).map(|category| table.get(category, category)).sum();
        let sums = table.row_sums().into_iter().zip(table.column_sums());
        let shares = sums.map(|(first, second)| (first as f64 / total, second as f64 / total)).collect();
        Ok(Self { observed: agreed as f64 / total, shares })
    }

    /// The same, but refuses data in which all items have one and the same category.
    fn of_several(table: &Table) -> Result<Self, Reason> {
        let agreement = Self::of(table)?;
        let used = agreement.shares.iter().filter(|(first, second)| first + second > 0.0).count();
        if used < 2 { Err(Reason::OneCategory) } else { Ok(agreement) }
    }

    /// How much of the agreement that chance leaves open is there.
    fn beyond(&self, chance: f64) -> f64 {
        (self.observed - chance) / (1.0 - chance)
    }
}

/// Share of items on which both coders agree, in [0, 1]; not corrected for chance.
///
/// Not computable without common items.
///
/// # Panics
/// If the table is not square.
///
/// ```
/// use ringwerk::evaluate::{Table, observed_agreement};
/// assert_eq!(observed_agreement(&Table::from_rows([[20, 5], [10, 15]])).value(), Some(0.7));
/// ```
pub fn observed_agreement(table: &Table) -> Figure {
    Agreement::of(table).map(|agreement| agreement.observed).into()
}

/// Cohen's kappa: agreement beyond what two coders with these habits would reach by chance, in [-1, 1].
///
/// κ = (p − e) / (1 − e), p the observed agreement, e = Σ of the products of both coders' shares of each category. 1 is
/// full agreement, 0 what chance gives. Not computable without common items, and where both coders gave one and the
/// same category throughout (0/0; other programs print 1 or 0 or fail). Low in spite of high agreement where one
/// category prevails: look at [`gwets_ac1`] then.
/// Source: Cohen, *A coefficient of agreement for nominal scales*, Educational and Psychological Measurement 20, 1960.
///
/// # Panics
/// If the table is not square.
///
/// ```
/// use ringwerk::evaluate::{Reason, Table, cohens_kappa};
/// let kappa = cohens_kappa(&Table::from_rows([[20, 5], [10, 15]]));
/// assert!((kappa.value().unwrap() - 0.4).abs() < 1e-12);
/// assert_eq!(cohens_kappa(&Table::from_rows([[9, 0], [0, 0]])).reason(), Some(Reason::OneCategory));
/// ```
pub fn cohens_kappa(table: &Table) -> Figure {
    let kappa = |agreement: Agreement| {
        let chance = agreement.shares.iter().map(|(first, second)| first * second).sum();
        agreement.beyond(chance)
    };
    Agreement::of_several(table).map(kappa).into()
}

/// Gwet's AC1: agreement beyond chance, where chance grows with how evenly categories are used, in [-1, 1].
///
/// AC1 = (p − e) / (1 − e) with e = Σ s(1 − s) / (q − 1) over the table's q categories, s the mean of both coders'
/// shares. q is the size of the table, also where a category is not used, since the coders could have used it. Not
/// computable without common items, and where both coders gave one and the same category throughout.
/// Source: Gwet, *Computing inter-rater reliability and its variance in the presence of high agreement*, British
/// Journal of Mathematical and Statistical Psychology 61, 2008.
///
/// # Panics
/// If the table is not square.
///
/// ```
/// use ringwerk::evaluate::{Table, cohens_kappa, gwets_ac1};
/// let skewed = Table::from_rows([[118, 5], [2, 0]]);
/// assert!(cohens_kappa(&skewed).value().unwrap() < 0.0);
/// assert!(gwets_ac1(&skewed).value().unwrap() > 0.94);
/// ```
pub fn gwets_ac1(table: &Table) -> Figure {
    let ac1 = |agreement: Agreement| {
        let spread: f64 =
            agreement.shares.iter().map(|(first, second)| (first + second) / 2.0).map(|s| s * (1.0 - s)).sum();
        agreement.beyond(spread / (agreement.shares.len() - 1) as f64)
    };
    Agreement::of_several(table).map(ac1).into()
}
