//! Dates as people write them.

use std::sync::LazyLock;

use regex::Regex;

use super::stamps::pattern;
use crate::months;

static DATE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(\d{1,2})\.\s?(?:(\d{1,2})\.|([A-Za-zä]{3,9})\.?)\s?(\d{4}|\d{2})\b"));
static ONLY_DATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)^(?:(?:mo|di|mi|do|fr|sa|so)[a-z]*[.,]?\ +)?
        (?:\d{1,2}\.\s?(?:\d{1,2}\.|[a-zä]{3,9}\.?)\s?(?:\d{4}|\d{2}) | \d{4}-\d{2}-\d{2} | [a-z]{3,9}\ \d{1,2},\ \d{4})
        (?:,?\ +(?:um\ )?\d{1,2}[:.]\d{2}(?:\ ?(?:uhr|am|pm))?)?$",
    )
});
static ISO_DATE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b\d{4}-\d{2}-\d{2}\b"));
static ENGLISH_DATE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^([A-Z][a-z]{2,8}) (\d{1,2}), (\d{4})"));
/// The date of a text that says nothing else, but perhaps the time of day.
pub(super) fn only_a_date(text: &str) -> Option<String> {
    ONLY_DATE.is_match(text).then(|| iso_date(text)).flatten()
}

/// `12.03.2026`, `12. März 2026` and `March 12, 2026` as `2026-03-12`.
fn iso_date(text: &str) -> Option<String> {
    if let Some(found) = ISO_DATE.find(text) {
        return Some(found.as_str().to_owned());
    }
    if let Some(found) = ENGLISH_DATE.captures(text) {
        return date(&found[3], months::number(&found[1])?, &found[2]);
    }
    let found = DATE.captures(text)?;
    let month = match found.get(2) {
        Some(number) => number.as_str().parse().ok()?,
        None => months::number(found.get(3)?.as_str())?,
    };
    date(&found[4], month, &found[1])
}

fn date(year: &str, month: u8, day: &str) -> Option<String> {
    let century = if year.len() == 2 { "20" } else { "" };
    let day: u8 = day.parse().ok()?;
    let sensible = (1..=12).contains(&month) && (1..=31).contains(&day);
    sensible.then(|| format!("{century}{year}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_dates() {
        for (text, date) in
            [("5.2.26", "2026-02-05"), ("am 1. Dez. 2025", "2025-12-01"), ("March 2, 2026", "2026-03-02")]
        {
            assert_eq!(iso_date(text).as_deref(), Some(date), "{text}");
        }
        assert_eq!(iso_date("31.13.2026"), None);
    }
}
