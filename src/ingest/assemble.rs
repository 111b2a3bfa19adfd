//! Utterances to turns: neighbours of one speaker become one turn.

use super::source::Utterance;
use crate::transcript::{NewTurn, Warning};

/// Speakers in order of appearance, and turns that name them by index.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Assembled {
    /// The speakers' labels.
    pub(super) names: Vec<String>,
    /// The turns.
    pub(super) turns: Vec<NewTurn>,
    /// What a person should know.
    pub(super) warnings: Vec<Warning>,
}

/// Joins utterances to turns. One without a label goes on with whoever spoke last (the first ones with whoever speaks
/// first); where nobody has a label, all are spoken by `nobody`.
pub(super) fn turns(utterances: Vec<Utterance>, nobody: &str) -> Assembled {
    let utterances: Vec<Utterance> =
        utterances.into_iter().filter(|utterance| says_something(&utterance.text)).collect();
    let first = utterances.iter().find_map(|utterance| utterance.speaker.clone());
    let unlabelled = utterances.iter().filter(|utterance| utterance.speaker.is_none()).count();
    let mut found = Assembled::default();
    if first.is_some() && unlabelled > 0 {
        found.warnings.push(unlabelled_note(unlabelled));
    }
    let mut name = first.unwrap_or_else(|| nobody.to_owned());
    for utterance in utterances {
        name = utterance.speaker.clone().unwrap_or(name);
        let speaker = found.speaker(&name);
        found.add(speaker, &utterance);
    }
    found
}

/// Whether there is more than dots and dashes, which services write for silence.
fn says_something(text: &str) -> bool {
    text.chars().any(|sign| !sign.is_whitespace() && !".…-–—".contains(sign))
}

fn unlabelled_note(count: usize) -> Warning {
    Warning::Note {
        german: format!(
            "Abschnitte ohne Sprecher: {count}; sie zählen zum Redebeitrag davor, bitte dort die Zuordnung prüfen"
        ),
        english: format!(
            "segments without a speaker: {count}; they count to the turn before, please check who speaks there"
        ),
    }
}

impl Assembled {
    /// The index of a speaker; `i` and `I` are one, as people type them.
    fn speaker(&mut self, name: &str) -> usize {
        let same = |known: &String| known == name || known.to_lowercase() == name.to_lowercase();
        self.names.iter().position(same).unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        })
    }

    fn add(&mut self, speaker: usize, utterance: &Utterance) {
        match self.turns.last_mut().filter(|turn| turn.speaker == speaker) {
            Some(turn) => {
                turn.text.push(' ');
                push_words(&mut turn.text, &utterance.text);
                turn.end = utterance.end;
            }
            None => {
                let mut text = String::with_capacity(utterance.text.len());
                push_words(&mut text, &utterance.text);
                let (start, end) = (utterance.start, utterance.end);
                self.turns.push(NewTurn { speaker, start, end, text, foreign: None });
            }
        }
    }
}

/// Adds words with one space between them. Spaces that hold words together (`z. B.`) stay.
fn push_words(text: &mut String, words: &str) {
    let breaks = |sign: char| sign.is_whitespace() && !['\u{a0}', '\u{202f}'].contains(&sign);
    for (index, word) in words.split(breaks).filter(|word| !word.is_empty()).enumerate() {
        if index > 0 {
            text.push(' ');
        }
        text.push_str(word);
    }
}
