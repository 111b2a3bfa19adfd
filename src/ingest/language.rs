//! Whether a transcript is German, and which passages are not.
//!
//! Trigram statistics alone take dialect for Dutch or Danish. So a text counts as foreign only where they say so *and* the
//! small words that every German text is full of are missing.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::LazyLock;

use whatlang::{Detector, Lang};

use super::error::IngestError;
use crate::error::Location;
use crate::transcript::{NewTurn, Warning};

/// How much text the decision on the whole looks at: enough to be sure, little enough to be quick.
const SAMPLE: usize = 64 << 10;

/// The fewest words of a turn that can be told apart from German.
const FEWEST_WORDS: usize = 12;

/// Share of small German words below which a text may be foreign. Measured: every gold interview, dialect included, has at
/// least 0.22, interviews in eight other languages at most 0.02.
const FOREIGN_BELOW: f64 = 0.07;

/// How many words of a whole transcript let missing German weigh more than trigrams that are not sure: they waver between
/// neighbours such as Danish and Norwegian.
const ENOUGH_WORDS: usize = 40;

/// Small words of German and its dialects that the neighbouring languages do not share; so no „der“, „mit“, „i“.
static SMALL_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    HashSet::from([
        "und", "nicht", "ist", "ich", "das", "ein", "eine", "einen", "auch", "wir", "sie", "auf", "dass", "haben",
        "hab", "habe", "hat", "hatte", "hatten", "sind", "aber", "dann", "wenn", "noch", "nur", "von", "zu", "dem",
        "im", "bei", "für", "schon", "uns", "mir", "mich", "sich", "wie", "weil", "oder", "nach", "aus", "über", "vor",
        "doch", "halt", "ihr", "ihnen", "kein", "keine", "wird", "werden", "kann", "muss", "jetzt", "immer", "zum",
        "zur", "net", "nich", "ned", "nit", "nöd", "nid", "isch", "des", "mer", "hän", "gell", "ham", "hob", "san",
        "ooch", "ick", "joh", "naja", "also", "einfach", "händ", "hend", "hät", "gsi", "öb", "sei", "ebbes",
        // Low German, but for what Dutch shares.
        "heff", "hebb", "hebbt", "hett", "harr", "harrn", "sünd", "bün", "weern", "wi", "vun", "dor", "jüm", "denn",
        "kunn", "schall", "mutt", "mien", "sien", "blots", "wiel", "seggt", "neet", "gifft", "nix", "häff", "häbb",
        "häbbt", "sint", "män", "dao", "auk", "bruken", "steiht",
    ])
});

/// Languages that interviews in German-speaking countries are held in. Fewer candidates make trigrams surer.
const CANDIDATES: &[Lang] = &[
    Lang::Deu,
    Lang::Eng,
    Lang::Nld,
    Lang::Fra,
    Lang::Ita,
    Lang::Spa,
    Lang::Por,
    Lang::Ron,
    Lang::Dan,
    Lang::Swe,
    Lang::Fin,
    Lang::Pol,
    Lang::Ces,
    Lang::Hun,
    Lang::Hrv,
    Lang::Tur,
    Lang::Rus,
    Lang::Ukr,
    Lang::Bul,
    Lang::Ell,
    Lang::Ara,
    Lang::Cmn,
    Lang::Jpn,
    Lang::Kor,
    Lang::Vie,
    Lang::Pes,
    Lang::Heb,
    Lang::Hin,
];

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Language {
    /// The language of the whole (ISO 639-3).
    pub(super) code: Option<String>,
    /// What a person should know.
    pub(super) warnings: Vec<Warning>,
}

/// Tells the language of a transcript, and marks turns in another one.
///
/// # Errors
/// If the whole is not German and that is not allowed.
pub(super) fn check(turns: &mut [NewTurn], allowed: bool, path: &Path) -> Result<Language, IngestError> {
    let sample = sample(turns);
    if let Some(language) = foreign(&sample) {
        if !allowed {
            return Err(IngestError::NotGerman { location: Location::file(path), language });
        }
        let warnings = vec![Warning::ForeignTranscript { language: language.clone() }];
        return Ok(Language { code: Some(language), warnings });
    }
    for turn in turns.iter_mut() {
        turn.foreign = foreign(&turn.text);
    }
    let code = (share(&sample) >= FOREIGN_BELOW).then(|| "deu".to_owned());
    Ok(Language { code, warnings: foreign_turns(turns).into_iter().collect() })
}

/// The first part of the transcript.
fn sample(turns: &[NewTurn]) -> String {
    let mut sample = String::new();
    for turn in turns {
        let room = SAMPLE.saturating_sub(sample.len());
        sample.extend(turn.text.chars().take(room));
        sample.push('\n');
        if room == 0 {
            break;
        }
    }
    sample
}

/// The language of a text where it clearly is another one than German.
fn foreign(text: &str) -> Option<String> {
    let words = text.split_whitespace().take(ENOUGH_WORDS).count();
    if words < FEWEST_WORDS || share(text) >= FOREIGN_BELOW {
        return None;
    }
    let found = Detector::with_allowlist(CANDIDATES.to_vec()).detect(text)?;
    let sure = found.is_reliable() || words == ENOUGH_WORDS;
    (sure && found.lang() != Lang::Deu).then(|| found.lang().code().to_owned())
}

/// The share of small German words among all words.
fn share(text: &str) -> f64 {
    let mut words = 0;
    let mut small = 0;
    for word in text.split(|sign: char| !sign.is_alphabetic()).filter(|word| !word.is_empty()) {
        words += 1;
        small += usize::from(SMALL_WORDS.contains(word.to_lowercase().as_str()));
    }
    f64::from(small as u32) / f64::from(words.max(1) as u32)
}

fn foreign_turns(turns: &[NewTurn]) -> Option<Warning> {
    let mut languages: HashMap<&str, usize> = HashMap::new();
    for language in turns.iter().filter_map(|turn| turn.foreign.as_deref()) {
        *languages.entry(language).or_default() += 1;
    }
    let most = languages.iter().max_by_key(|(language, count)| (**count, std::cmp::Reverse(**language)))?;
    Some(Warning::ForeignTurns { turns: languages.values().sum(), language: (*most.0).to_owned() })
}
