//! What a speaker's label may look like.

use std::sync::LazyLock;

use regex::Regex;

use super::stamps::pattern;

/// The longest label, in characters; QualCoder draws the line there, too.
const LONGEST: usize = 63;

/// What aTrain calls a voice that it could not tell.
const UNDEFINED: &str = "Speaker undefined";

/// Labels that mean a role or come from a machine; nobody writes them for anything else.
static STRONG: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)^(?:
            [IB]\d{0,2}\.? | IP\d{0,2} | Int\.? | Bef\.? | P\. | S\d{2}
          | (?i:SPEAKER[_\ ](?:\d{1,2}|[A-Z]|undefined)) | (?:Sprecher|Sprecherin)\ ?(?:\d{1,2}|[A-Z])
          | (?i:Interviewer(?:in|\*in|:in|/in)?)\ ?\d? | (?i:Befragte[r]?)\ ?\d? | Interviewte[r]?\ ?\d?
          | (?i:Interviewpartner(?:in)?)\ ?\d? | (?i:Moderator(?:in)?|Moderation)\ ?\d? | Interviewende
          | (?:Herr|Frau|Hr\.|Fr\.|Dr\.|Prof\.)\ .+
        )$",
    )
});

/// Roles written out, as a header names them, too.
static LONG_ROLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:interviewer(?:in)?|interviewende|interviewte[r]?|befragte[r]?|interviewpartner(?:in)?|moderator(?:in)?|moderation)$",
    )
});

/// Parts of names that are written small.
const SMALL: [&str; 17] =
    ["von", "van", "vom", "de", "der", "den", "dem", "zu", "zur", "und", "la", "le", "di", "da", "del", "al", "bin"];

/// Words that stand alone or before a colon in speech; never a name.
const FILLERS: [&str; 44] = [
    "ja",
    "nein",
    "nee",
    "also",
    "und",
    "aber",
    "oder",
    "so",
    "nur",
    "dann",
    "genau",
    "okay",
    "ok",
    "gut",
    "mhm",
    "hm",
    "äh",
    "ähm",
    "doch",
    "eben",
    "stimmt",
    "klar",
    "danke",
    "bitte",
    "naja",
    "na ja",
    "jein",
    "richtig",
    "super",
    "ach",
    "ach so",
    "aha",
    "beispiel",
    "zum beispiel",
    "fazit",
    "ergebnis",
    "problem",
    "vorteil",
    "nachteil",
    "wichtig",
    "das heißt",
    "heißt",
    "punkt",
    "thema",
];

/// Whether a text has the shape of a label: few words, none of them small, no other signs than names have.
pub(super) fn is_name(name: &str) -> bool {
    name == UNDEFINED || has_shape_of_name(name)
}

fn has_shape_of_name(name: &str) -> bool {
    let before_bracket = name.split('(').next().unwrap_or_default().trim_end();
    let words = || before_bracket.split(' ').filter(|word| !word.is_empty());
    let fits = name.chars().count() <= LONGEST && words().count() <= 5;
    // Macs may write umlauts as a letter and a combining mark.
    let mark = |sign: char| ('\u{300}'..='\u{36f}').contains(&sign);
    let signs = |sign: char| sign.is_alphanumeric() || mark(sign) || " .-_'’,()/&@*|".contains(sign);
    // Two strokes mark speech that overlaps.
    let spoken = name.ends_with(',') || name.contains("//");
    let plain = name.chars().all(signs) && name.chars().any(char::is_alphabetic) && !spoken;
    fits && plain
        && bracket_closes(name)
        && starts_like_a_name(name)
        && (words().all(is_name_word) || is_typed_small(name))
}

/// Whether a bracket, if there is one, holds letters and ends the label: `Müller, Eva (ACME)`, but no pause `(...)`.
fn bracket_closes(name: &str) -> bool {
    name.split_once('(').is_none_or(|(_, inside)| {
        let inside = inside.strip_suffix(')').unwrap_or_default();
        !inside.contains(['(', ')']) && inside.chars().any(char::is_alphabetic)
    })
}

fn is_name_word(word: &str) -> bool {
    let first = word.trim_start_matches('@').chars().next();
    first.is_some_and(|sign| sign.is_uppercase() || sign.is_numeric() || "&/-|".contains(sign)) || SMALL.contains(&word)
}

/// `i`, `b1`, `interviewer`: typed in a hurry.
fn is_typed_small(name: &str) -> bool {
    is_long_role(name) || (name.len() <= 2 && name.starts_with(|sign: char| sign.is_ascii_lowercase()))
}

fn starts_like_a_name(name: &str) -> bool {
    name.starts_with(|sign: char| sign.is_alphabetic() || sign == '@' || sign == '(')
}

/// Whether a label cannot be anything else, however rarely it occurs.
pub(super) fn is_strong(name: &str) -> bool {
    STRONG.is_match(name)
}

/// Whether a label is a role in one long word, as headers name it, too.
pub(super) fn is_long_role(name: &str) -> bool {
    LONG_ROLE.is_match(name)
}

/// Whether a word is one that starts or makes up lines of speech.
pub(super) fn is_filler(name: &str) -> bool {
    FILLERS.contains(&name.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_labels_from_speech() {
        for name in [
            "I",
            "B1",
            "SPEAKER_00",
            "Frau Müller",
            "Dr. Weber",
            "Müller, Eva (ACME)",
            "B2 (w, 45)",
            "interviewerin",
            "von der Heide",
            "P.",
            "i",
        ] {
            assert!(is_name(name), "{name}");
        }
        for name in [
            "Herr Vogt, wie kam das Thema bei Ihnen auf?",
            "Dann sagte er",
            "um 14",
            "Ich sach mal so",
            "https",
            "Was gut war",
            "",
            "-",
            "12",
        ] {
            assert!(!is_name(name), "{name}");
        }
    }

    #[test]
    fn knows_unmistakable_labels() {
        for name in
            ["I", "I1", "B", "B12", "S00", "SPEAKER_03", "Interviewerin", "Befragter", "Frau Müller", "Speaker 1"]
        {
            assert!(is_strong(name), "{name}");
        }
        for name in ["Anna", "Projekt", "Frage", "IBM", "Bau", "SPEAKER"] {
            assert!(!is_strong(name), "{name}");
        }
    }
}
