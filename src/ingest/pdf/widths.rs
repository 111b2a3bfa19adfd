//! How wide the signs of the fonts are that every reader of PDF has, so that files do not say it.

use lopdf::Dictionary;

/// The width of a sign in thousandths of the font size, in a standard font of this name; bold ones hardly differ.
pub(super) fn standard(font: &Dictionary, byte: u8) -> f64 {
    let name = font.get(b"BaseFont").and_then(|name| name.as_name()).unwrap_or_default();
    let (table, other) = match () {
        () if name.starts_with(b"Courier") => return 600.0,
        () if name.starts_with(b"Times") => (&TIMES, 500),
        () => (&HELVETICA, 556),
    };
    let width = byte.checked_sub(b' ').and_then(|index| table.get(usize::from(index)));
    f64::from(width.copied().unwrap_or(other))
}

/// Of the signs from blank to tilde.
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

/// Of the signs from blank to tilde.
const TIMES: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500,
    500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889,
    722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500,
    444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480,
    200, 480, 541,
];
