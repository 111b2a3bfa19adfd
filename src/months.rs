//! The months as German and English people write them.

/// The first three letters of their names.
const MONTHS: [(&str, u8); 18] = [
    ("jan", 1),
    ("jän", 1),
    ("feb", 2),
    ("mär", 3),
    ("mae", 3),
    ("mar", 3),
    ("apr", 4),
    ("mai", 5),
    ("may", 5),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sep", 9),
    ("okt", 10),
    ("oct", 10),
    ("nov", 11),
    ("dez", 12),
    ("dec", 12),
];

/// The number of a month, from 1, by its name or the beginning of it; upper and lower case do not matter.
///
/// ```
/// use ringwerk::months::number;
/// assert_eq!([number("Dez"), number("märz"), number("October"), number("bald")], [Some(12), Some(3), Some(10), None]);
/// ```
pub fn number(name: &str) -> Option<u8> {
    let start: String = name.to_lowercase().chars().take(3).collect();
    MONTHS.iter().find(|(month, _)| *month == start).map(|(_, number)| *number)
}
