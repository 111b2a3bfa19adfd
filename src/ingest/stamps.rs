//! Time stamps in running text: found, read and taken out.

use std::sync::LazyLock;

use regex::Regex;

use crate::transcript::Timestamp;

/// A clock time without brackets: `03:15`, `00:03:15`, `00:03:15-2`, `00:03:15.417`.
const CLOCK: &str = r"(?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,:-]\d{1,3})?";

/// A whole text that is a clock time.
static WHOLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,:-](\d{1,3}))?$"));

/// A clock time anywhere in a stamp.
static INNER: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"{CLOCK}\b")));

/// A stamp with signs around it. Round brackets need hours: `(14:30)` is more often a time of day than a stamp. aTrain
/// writes a dash after its stamps, Whisper's own text output a span of two times.
static STAMP: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"#\s?{CLOCK}\s?#|\[{CLOCK}(?:\s*-->\s*{CLOCK})?\](?:\s+-\s)?|\{{{CLOCK}\}}|<{CLOCK}>|\(\d{{1,2}}:\d{{2}}:\d{{2}}(?:[.,-]\d{{1,3}})?\)"
    ))
});

/// A clock time at the start of a line, bare. What follows is a letter (MAXQDA writes none between), white space, a
/// bracket or nothing.
static BARE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^((?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,-]\d{1,3})?)(?:\s+|$|\b|[^\d:.,%])"));

/// Compiles a pattern of this program; only a bug can break it.
pub(super) fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a pattern written in this program compiles")
}

/// What a text says once its stamps are taken out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Stamped {
    /// The stamp before the first word.
    pub(super) lead: Option<Timestamp>,
    /// The first stamp between words.
    pub(super) inner: Option<Timestamp>,
    /// The stamp after the last word.
    pub(super) trail: Option<Timestamp>,
    /// Whether the file writes stamps between `#`, as f4 does.
    pub(super) hashed: bool,
    /// The words.
    pub(super) text: String,
}

/// Takes all stamps out of a text. A text of stamps alone has its last one as `trail`.
pub(super) fn split(text: &str) -> Stamped {
    let mut found = Stamped::default();
    let mut last = 0;
    let mut pending = None;
    for (range, time) in stamps(text) {
        found.add(&text[last..range.start], &mut pending);
        found.hashed |= text[range.clone()].starts_with('#');
        pending = Some(time);
        last = range.end;
    }
    found.add(&text[last..], &mut pending);
    found.trail = pending;
    found
}

impl Stamped {
    /// Adds words; a stamp that waited for them now turns out to stand before them.
    fn add(&mut self, words: &str, pending: &mut Option<Timestamp>) {
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        let slot = if self.text.is_empty() { &mut self.lead } else { &mut self.inner };
        *slot = slot.or(pending.take());
        *pending = None;
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(words);
    }
}

/// All stamps of a text with their places.
fn stamps(text: &str) -> impl Iterator<Item = (std::ops::Range<usize>, Timestamp)> + '_ {
    STAMP.find_iter(text).filter_map(|found| {
        let time = INNER.find(found.as_str()).and_then(|inner| clock(inner.as_str()))?;
        Some((found.range(), time))
    })
}

/// The stamp with signs around it at the very start of a text, and what follows it.
pub(super) fn leading(text: &str) -> Option<(Timestamp, &str)> {
    let opens = text.starts_with(['#', '[', '{', '<', '(']);
    let (range, time) = opens.then(|| stamps(text).next()).flatten().filter(|(range, _)| range.start == 0)?;
    Some((time, text[range.end..].trim_start()))
}

/// The bare clock time at the very start of a text, and what follows it; `14:30 Uhr` is a time of day.
pub(super) fn leading_bare(text: &str) -> Option<(Timestamp, &str)> {
    let found = BARE.captures(text)?.get(1)?;
    let rest = text[found.end()..].trim_start();
    if rest.starts_with("Uhr") { None } else { Some((clock(found.as_str())?, rest)) }
}

/// Reads a clock time: `3:15`, `00:03:15`, `00:03:15-2`, `00:03:15,417`. The last part is a fraction of a second.
pub(super) fn clock(text: &str) -> Option<Timestamp> {
    let parts = WHOLE.captures(text.trim())?;
    let number = |index: usize| parts.get(index).map_or(Some(0), |part| part.as_str().parse::<u64>().ok());
    let (hours, minutes, seconds) = (number(1)?, number(2)?, number(3)?);
    let too_large = seconds > 59 || (parts.get(1).is_some() && minutes > 59);
    let fraction = parts.get(4).map_or("", |part| part.as_str());
    let millis: u64 = format!("{fraction:0<3}").parse().ok()?;
    (!too_large).then(|| Timestamp::from_millis(((hours * 60 + minutes) * 60 + seconds) * 1000 + millis))
}

/// A number of seconds as a point in the recording; none where it is no sensible number.
pub(super) fn seconds(number: f64) -> Option<Timestamp> {
    let year = 366.0 * 86_400.0;
    (0.0..year).contains(&number).then(|| Timestamp::from_millis((number * 1000.0).round() as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_form_of_clock() {
        let cases = [
            ("03:15", 195_000),
            ("0:49", 49_000),
            ("00:03:15-2", 195_200),
            ("00:03:15.417", 195_417),
            ("00:03:15:417", 195_417),
            ("1:02:03", 3_723_000),
            ("75:10", 4_510_000),
        ];
        for (text, millis) in cases {
            assert_eq!(clock(text), Some(Timestamp::from_millis(millis)), "{text}");
        }
        for text in ["00:61:00", "3:75", "14.30", "", "abc"] {
            assert_eq!(clock(text), None, "{text}");
        }
    }

    #[test]
    fn takes_stamps_out_and_keeps_the_words() {
        let found = split("Gut. #00:00:10-0# Also (4) ja [00:01:00] und #00:01:30-5#");
        assert_eq!(found.text, "Gut. Also (4) ja und");
        assert_eq!((found.lead, found.inner), (None, clock("00:00:10")));
        assert_eq!(found.trail, clock("00:01:30-5"));
        assert_eq!(split("(14:30) #1 und #2").text, "(14:30) #1 und #2");
    }

    #[test]
    fn a_bare_time_of_day_is_no_stamp() {
        assert_eq!(leading_bare("14:30 Uhr war es"), None);
        assert_eq!(leading_bare("00:03:40.5Zack: Was"), Some((Timestamp::from_millis(220_500), "Zack: Was")));
        assert_eq!(leading_bare("02:03 Text"), Some((Timestamp::from_millis(123_000), "Text")));
        assert_eq!(leading("[00:00:01] - Guten Tag"), Some((Timestamp::from_millis(1_000), "Guten Tag")));
    }
}
