//! What a group of statements is about, in words.

use std::collections::{BTreeMap, BTreeSet};

use unicode_segmentation::UnicodeSegmentation;

use crate::words::{Forms, is_stop_word, stem};

/// How many terms a group gets.
const MOST: usize = 5;

/// The most characteristic words of each group of texts, the most characteristic first.
///
/// Class-based TF-IDF: a stem's frequency in the group times `ln(1 + mean group length / frequency in all groups)`.
/// Source: M. Grootendorst, BERTopic, arXiv 2203.05794. Only nouns count (words that are mostly capitalised within a
/// sentence), each in its most frequent form. Where there are several interviews, a word must occur in at least two of them:
/// what only one person says is mostly a name. It must also occur in at least two texts of the group, unless no word does.
pub(super) fn terms(groups: &[Vec<Said>]) -> Vec<Vec<String>> {
    let counted: Vec<BTreeMap<String, Stem>> = groups.iter().map(|texts| count(texts)).collect();
    let mut total: BTreeMap<&str, (usize, BTreeSet<usize>)> = BTreeMap::new();
    for (stem, seen) in counted.iter().flatten() {
        let (count, interviews) = total.entry(stem).or_default();
        *count += seen.forms.count();
        interviews.extend(&seen.interviews);
    }
    let voices: BTreeSet<usize> = groups.iter().flatten().map(|said| said.interview).collect();
    let shared = |stem: &str| voices.len() < 2 || total.get(stem).is_some_and(|(_, interviews)| interviews.len() > 1);
    let mean_length = total.values().map(|(count, _)| count).sum::<usize>() as f64 / groups.len().max(1) as f64;
    let weight = |stem: &str, seen: &Stem| {
        let all = total.get(stem).map_or(1, |(count, _)| *count) as f64;
        seen.forms.count() as f64 * (1.0 + mean_length / all).ln()
    };
    counted
        .iter()
        .map(|stems| {
            let common = stems.iter().filter(|(stem, _)| shared(stem));
            let mut ranked: Vec<(f64, &Stem)> = common.map(|(stem, seen)| (weight(stem, seen), seen)).collect();
            if ranked.iter().any(|(_, seen)| seen.texts.len() > 1) {
                ranked.retain(|(_, seen)| seen.texts.len() > 1);
            }
            ranked.sort_by(|a, b| {
                b.0.total_cmp(&a.0).then_with(|| a.1.forms.most_frequent().cmp(b.1.forms.most_frequent()))
            });
            ranked.iter().take(MOST).map(|(_, seen)| seen.forms.most_frequent().to_owned()).collect()
        })
        .collect()
}

/// A text and the interview it is from.
#[derive(Clone, Copy)]
pub(super) struct Said<'a> {
    pub interview: usize,
    pub text: &'a str,
}

/// Where and in which forms a stem was seen.
#[derive(Default)]
struct Stem {
    forms: Forms,
    texts: BTreeSet<usize>,
    interviews: BTreeSet<usize>,
}

fn count(texts: &[Said]) -> BTreeMap<String, Stem> {
    let mut stems: BTreeMap<String, Stem> = BTreeMap::new();
    for (index, said) in texts.iter().enumerate() {
        for word in nouns(said.text).filter(|word| !is_stop_word(word)) {
            let seen = stems.entry(stem(word)).or_default();
            seen.forms.add(word);
            seen.texts.insert(index);
            seen.interviews.insert(said.interview);
        }
    }
    stems
}

/// The capitalised words of a text but its first and those after *Herr* or *Frau*, which are names.
fn nouns(text: &str) -> impl Iterator<Item = &str> {
    let words: Vec<&str> = text.unicode_words().collect();
    let named = |index: usize| ["Herr", "Herrn", "Frau"].contains(&words[index - 1]);
    let keep: Vec<&str> = (1..words.len())
        .filter(|&index| !named(index))
        .map(|index| words[index])
        .filter(|word| word.chars().count() > 3 && word.chars().all(char::is_alphabetic))
        .filter(|word| word.starts_with(char::is_uppercase))
        .collect();
    keep.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said<'a>(interview: usize, texts: &[&'a str]) -> Vec<Said<'a>> {
        texts.iter().map(|text| Said { interview, text }).collect()
    }

    #[test]
    fn what_sets_a_group_apart_comes_first() {
        let repair = said(0, &["Also die Reparatur hat gedauert.", "Und jede Reparatur kostet.", "Der Chef war da."]);
        let invoice = said(0, &["Da war die Rechnung falsch.", "Bei Rechnungen fragt der Chef.", "Wieder der Chef."]);
        let found = terms(&[repair, invoice]);
        assert_eq!(found[0], ["Reparatur"]);
        assert_eq!(found[1].last().map(String::as_str), Some("Chef"), "known to both groups: {found:?}");
    }

    #[test]
    fn what_only_one_interview_says_is_no_term() {
        let first = said(0, &["Und die Katharina fragt nach Paletten.", "Und die Katharina zählt Paletten."]);
        let second = said(1, &["Da standen Paletten im Hof."]);
        assert_eq!(terms(&[[first, second].concat()]), [["Paletten"]]);
    }

    #[test]
    fn a_group_in_which_nothing_is_said_twice_has_terms_all_the_same() {
        let first = said(0, &["Und die Katharina fragt nach Paletten."]);
        let second = said(1, &["Da stand die Leiter."]);
        let other = said(1, &["Im Hof die Paletten.", "Und Paletten im Lager."]);
        assert_eq!(terms(&[[first, second].concat(), other])[0], ["Paletten"]);
    }
}
