//! Prints how much `--pseudonymise` finds, against names that a reader listed, and how many ordinary words it takes for names.
//!
//! ```text
//! cargo run --release --no-default-features --example pseudonym-recall -- [--show INTERVIEW]
//! ```
//! Every project is a study of its four interviews; only the listed ones are counted. The key's spellings count wherever they
//! stand as whole words with a capital, also in the genitive.
#![allow(clippy::print_stdout)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use jiff::Timestamp;
use ringwerk::error::Tongue;
use ringwerk::gold::{Gold, GoldProject, read_projects};
use ringwerk::pseudonymise::{Names, pseudonymised};
use ringwerk::study::{CodedStatement, Interview, Status, Study};
use serde::Deserialize;
use unicode_segmentation::UnicodeSegmentation;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerKey {
    choose: BTreeMap<String, Listed>,
    report: BTreeMap<String, Listed>,
}

/// The names of an interview.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    persons: BTreeSet<String>,
    companies: BTreeSet<String>,
    places: BTreeSet<String>,
    other: BTreeSet<String>,
}

#[derive(Default)]
struct Counts {
    found: BTreeMap<&'static str, [usize; 2]>,
    words: usize,
    wrong: usize,
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let shown = arguments.iter().position(|argument| argument == "--show").and_then(|at| arguments.get(at + 1));
    let key =
        std::fs::read_to_string("fixtures/pseudonyms/names.toml").context("run it from the root of the repository")?;
    let key: AnswerKey = toml::from_str(&key)?;
    let projects = read_projects(Path::new("fixtures/gold"))?;
    for (part, listed) in [("rules were chosen on", &key.choose), ("held back", &key.report)] {
        let mut all = Counts::default();
        println!("\n{part}");
        for (id, names) in listed {
            let counts = count(&projects, id, names, shown.is_some_and(|shown| shown == id))?;
            print(id, &counts);
            all.add(&counts);
        }
        print("together", &all);
    }
    Ok(())
}

fn count(projects: &[GoldProject], id: &str, names: &Listed, show: bool) -> Result<Counts> {
    let project = projects.iter().find(|project| project.interviews.iter().any(|gold| gold.transcript.id == id));
    let project = project.with_context(|| format!("no gold interview {id}"))?;
    let place = project.interviews.iter().position(|gold| gold.transcript.id == id).unwrap_or_default();
    let study = study(project)?;
    let (new, key) = pseudonymised(&study, &Names::default(), Tongue::German);
    if show {
        println!("{}\n{}", String::from_utf8(key.to_csv(Tongue::German)?)?, new.interviews[place].transcript.text());
    }
    let (old, new) = (&study.interviews[place].transcript, &new.interviews[place].transcript);
    let mut counts = Counts::default();
    for (before, after) in old.turns().iter().zip(new.turns()) {
        counts.turn(old.turn_text(before), new.turn_text(after), names, show);
    }
    Ok(counts)
}

impl Counts {
    /// Compares the words of a turn: a word is replaced where fewer of it stand in the new text than in the old one.
    fn turn(&mut self, old: &str, new: &str, names: &Listed, show: bool) {
        let (before, after) = (words(old), words(new));
        for (word, times) in &before {
            let replaced = times - after.get(word).copied().unwrap_or_default().min(*times);
            let kinds = [("persons", &names.persons), ("companies", &names.companies), ("places", &names.places)];
            let kind = kinds.iter().find(|(_, list)| has(list, word));
            if let Some((kind, _)) = kind {
                let [found, all] = self.found.entry(kind).or_default();
                *found += replaced;
                *all += times;
                if show && replaced < *times {
                    println!("missed: {word} ({kind})");
                }
            } else if !has(&names.other, word) {
                self.words += times;
                self.wrong += replaced;
                if show && replaced > 0 {
                    println!("wrong: {word}");
                }
            }
        }
    }

    fn add(&mut self, other: &Self) {
        for (kind, [found, all]) in &other.found {
            let sum = self.found.entry(kind).or_default();
            *sum = [sum[0] + found, sum[1] + all];
        }
        self.words += other.words;
        self.wrong += other.wrong;
    }
}

fn has(names: &BTreeSet<String>, word: &str) -> bool {
    names.contains(word) || word.strip_suffix('s').is_some_and(|bare| names.contains(bare))
}

fn words(text: &str) -> BTreeMap<&str, usize> {
    let mut words = BTreeMap::new();
    text.unicode_words().for_each(|word| *words.entry(word).or_default() += 1);
    words
}

fn print(name: &str, counts: &Counts) {
    let share = |kind: &str| match counts.found.get(kind) {
        Some([found, all]) => format!("{kind} {found:>3} of {all:>3} ({:.3})", *found as f64 / *all as f64),
        None => format!("{kind}: none"),
    };
    let kinds = ["persons", "companies", "places"].map(share).join("  ");
    let per_thousand = 1000.0 * counts.wrong as f64 / counts.words as f64;
    println!(
        "{name:<22} {kinds}  wrongly replaced {} of {} words ({per_thousand:.1} in 1,000)",
        counts.wrong, counts.words
    );
}

/// A project of gold interviews as a study in which nobody decided anything.
fn study(project: &GoldProject) -> Result<Study> {
    let interview = |gold: &Gold| {
        let open = |&place| CodedStatement {
            place,
            status: Status::Open,
            rings: Vec::new(),
            reason: None,
            job: None,
            comment: None,
        };
        Interview { transcript: gold.transcript.clone(), statements: gold.statements.iter().map(open).collect() }
    };
    let interviews = project.interviews.iter().map(interview).collect();
    let (name, model) = (project.id.clone(), String::new());
    Ok(Study { name, model, suggested_at: "2026-01-01T00:00:00Z".parse::<Timestamp>()?, interviews, jobs: Vec::new() })
}
