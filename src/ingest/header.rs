//! What stands above the first turn: title, date, who took part. It becomes data, never a statement.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::dates::only_a_date;
use super::stamps::pattern;
use crate::transcript::Warning;

/// How many words a header may have before a person is told.
const LONGEST: usize = 80;

/// Keys of a header as people write them, and the names they get; those of the gold file where they mean the same.
const KEYS: [(&str, &str); 70] = [
    ("projekt", "project"),
    ("project", "project"),
    ("projektname", "project"),
    ("titel", "title"),
    ("title", "title"),
    ("thema", "topic"),
    ("datum", "interview_date"),
    ("date", "interview_date"),
    ("interviewdatum", "interview_date"),
    ("datum des interviews", "interview_date"),
    ("gesprächsdatum", "interview_date"),
    ("aufnahmedatum", "interview_date"),
    ("entscheidungsdatum", "decision_date"),
    ("entscheidung", "decision_date"),
    ("kaufdatum", "decision_date"),
    ("teilnehmer", "participants"),
    ("teilnehmerin", "participants"),
    ("teilnehmerinnen", "participants"),
    ("teilnehmende", "participants"),
    ("anwesend", "participants"),
    ("anwesende", "participants"),
    ("participants", "participants"),
    ("gesprächspartner", "interviewee"),
    ("gesprächspartnerin", "interviewee"),
    ("interview mit", "interviewee"),
    ("interviewee", "interviewee"),
    ("befragte person", "interviewee"),
    ("rolle", "role"),
    ("position", "role"),
    ("funktion", "role"),
    ("beruf", "role"),
    ("branche", "segment"),
    ("segment", "segment"),
    ("mitarbeiter", "employees"),
    ("mitarbeitende", "employees"),
    ("mitarbeiterzahl", "employees"),
    ("beschäftigte", "employees"),
    ("region", "region"),
    ("bundesland", "region"),
    ("ort", "place"),
    ("dauer", "duration"),
    ("länge", "duration"),
    ("duration", "duration"),
    ("firma", "company"),
    ("unternehmen", "company"),
    ("einrichtung", "company"),
    ("uhrzeit", "clock"),
    ("zeit", "clock"),
    ("beginn", "begin"),
    ("ende", "end"),
    ("datei", "file"),
    ("audio", "file"),
    ("aufnahme", "file"),
    ("audiodatei", "file"),
    ("transkript", "transcript"),
    ("transkription", "transcriber"),
    ("transkribiert von", "transcriber"),
    ("transkribiert durch", "transcriber"),
    ("transkriptionsregeln", "rules"),
    ("version", "version"),
    ("sprache", "language"),
    ("interview", "interview"),
    ("interview nr.", "interview"),
    ("interviewnummer", "interview"),
    ("nummer", "interview"),
    ("kürzel", "code"),
    ("alter", "age"),
    ("geschlecht", "gender"),
    ("hinweis", "note"),
    ("legende", "legend"),
];

/// Keys whose value is who asks.
const INTERVIEWER_KEYS: [&str; 6] =
    ["interviewer", "interviewerin", "interviewt von", "moderation", "moderator", "moderatorin"];

/// Names that other readers of files give to what is no speech.
const OTHER_NAMES: [&str; 3] = ["title", "preface", "service"];

static KEYED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[-*#>\s]*\*{0,2}([^:*]{1,40}?)\*{0,2}\s?:\*{0,2}\s*(.*?)\s*$"));
static INTERVIEW_WITH: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^interview mit\s+(.+)$"));
static DURATION: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^(?:\d+\s?(?:h|std|stunden?|m|min|minuten?|s|sek|sekunden?)\b\.?,?\s*)+$"));

/// Whether words before a colon are those of a header.
pub(super) fn is_key(words: &str) -> bool {
    let words = words.to_lowercase();
    KEYS.iter().any(|(key, _)| *key == words)
}

/// Reads the lines above the first turn. Nothing is dropped: a line without a key goes to `title`, more of them to
/// `preface`.
pub(super) fn read<'a>(lines: impl Iterator<Item = &'a str>) -> BTreeMap<String, String> {
    let mut meta = BTreeMap::new();
    for line in lines.map(str::trim).filter(|line| !line.is_empty()) {
        let (key, value) = entry(line, meta.contains_key("title"));
        add(&mut meta, key, value);
    }
    meta
}

fn entry(line: &str, titled: bool) -> (String, String) {
    if DURATION.is_match(line) {
        return ("duration".to_owned(), line.to_owned());
    }
    if let Some(date) = only_a_date(line) {
        return ("interview_date".to_owned(), date);
    }
    if let Some(found) = INTERVIEW_WITH.captures(line) {
        return ("interviewee".to_owned(), found[1].to_owned());
    }
    if let Some(found) = KEYED.captures(line).filter(|found| !found[2].starts_with("//")) {
        return keyed(&found[1], &found[2]);
    }
    let key = if titled { "preface" } else { "title" };
    (key.to_owned(), line.trim_start_matches('#').trim_matches(['*', ' ']).to_owned())
}

/// A key as it is known here, and its value.
pub(super) fn keyed(key: &str, value: &str) -> (String, String) {
    let key = key.trim().to_lowercase();
    let known = KEYS.iter().find(|(german, _)| *german == key);
    let name = known.map_or(key.as_str(), |(_, name)| name);
    let date = (name == "interview_date").then(|| only_a_date(value)).flatten();
    (name.to_owned(), date.unwrap_or_else(|| value.to_owned()))
}

/// Who asks, where the header says so (`Interviewerin: Anna Berg`).
pub(super) fn interviewers(meta: &BTreeMap<String, String>) -> Vec<String> {
    let values = INTERVIEWER_KEYS.iter().filter_map(|key| meta.get(*key));
    values.flat_map(|value| value.split([',', ';', '\n'])).map(|name| name.trim().to_owned()).collect()
}

/// What to tell a person where more stands above the first turn than a header has: it may be speech without a label.
pub(super) fn long(meta: &BTreeMap<String, String>) -> Option<Warning> {
    let words: usize = meta.values().map(|value| value.split_whitespace().count()).sum();
    (words > LONGEST).then(|| Warning::Note {
        german: format!(
            "{words} Wörter vor dem ersten Redebeitrag gelten als Kopf, nicht als Aussage; ist Gesprochenes dabei, fehlt dort ein Name"
        ),
        english: format!(
            "{words} words before the first turn count as header, not as statements; if somebody says them, a name is missing there"
        ),
    })
}

/// What to tell a person where lines with a colon count as header although no header is known to have them: it may be a
/// speaker whose label has an unusual form.
pub(super) fn unknown(meta: &BTreeMap<String, String>) -> Option<Warning> {
    let named = |key: &str| KEYS.iter().any(|(_, name)| *name == key);
    let known = |key: &str| OTHER_NAMES.contains(&key) || INTERVIEWER_KEYS.contains(&key) || named(key);
    let unknown: Vec<&str> = meta.keys().map(String::as_str).filter(|key| !known(key)).collect();
    let names = unknown.join("“, „");
    (!unknown.is_empty()).then(|| Warning::Note {
        german: format!("gilt als Kopf, nicht als Gesprochenes: „{names}“"),
        english: format!("counts as header, not as speech: „{names}“"),
    })
}

/// Adds an entry; what stands there already is kept before it.
pub(super) fn add(meta: &mut BTreeMap<String, String>, key: String, value: String) {
    let slot = meta.entry(key).or_default();
    if slot.split('\n').any(|known| known == value) {
        return;
    }
    if !slot.is_empty() {
        slot.push('\n');
    }
    slot.push_str(&value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_header() {
        let lines = [
            "# Interview 7",
            "Projekt: Wartung",
            "**Datum:** 12.03.2026",
            "Interview mit B3, Leiter",
            "Wetter: kalt",
            "23m 11s",
            "12. März 2026, 09:00",
            "noch etwas",
        ];
        let meta = read(lines.into_iter());
        let want = [
            ("duration", "23m 11s"),
            ("interview_date", "2026-03-12"),
            ("interviewee", "B3, Leiter"),
            ("preface", "noch etwas"),
            ("project", "Wartung"),
            ("title", "Interview 7"),
            ("wetter", "kalt"),
        ];
        assert_eq!(meta.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect::<Vec<_>>(), want);
    }
}
