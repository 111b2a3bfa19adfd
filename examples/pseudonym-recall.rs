//! Prints how much `--pseudonymise` finds, against names that a reader listed, and how many ordinary words it takes for names.
//!
//! ```text
//! cargo run --release --example pseudonym-recall -- [--model DIR] [--show INTERVIEW]
//! ```
//! Told apart: rules and lists alone, the model alone (the words that it takes for names where they stand), and both together, as
//! the program works. Without libtorch (`--no-default-features`), or where the model was not trained for names, rules alone.
//! Every project is a study of its four interviews; only the listed ones are counted. Listed spellings count wherever they stand as
//! whole words, also in the genitive.
#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use jiff::Timestamp;
#[cfg(feature = "torch")]
use ringwerk::encode::{ModelFolder, NameReader, NumberType};
use ringwerk::error::Tongue;
use ringwerk::gold::{self, Gold, GoldProject, NameLists, read_projects};
use ringwerk::pseudonymise::{Names, ReadNames, pseudonymised};
use ringwerk::scores::{ReadWord, WordKind};
use ringwerk::study::{CodedStatement, Interview, Status, Study};
use ringwerk::text::bare_words;
use ringwerk::transcript::Transcript;

#[derive(Default)]
struct Counts {
    found: BTreeMap<&'static str, [usize; 2]>,
    words: usize,
    wrong: usize,
}

/// What the model says of the words of each turn, by interview.
type Read = Vec<Vec<Vec<ReadWord>>>;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1).cloned()
    };
    let shown = option("--show");
    let model = option("--model").unwrap_or_else(|| "models/e5-small-de".to_owned());
    let lists = NameLists::read(Path::new("fixtures/pseudonyms/names.toml"))
        .context("run it from the root of the repository")?;
    let projects = read_projects(Path::new("fixtures/gold"))?;
    let reader = reader(Path::new(&model))?;
    for (part, listed) in [("rules were chosen on", &lists.choose), ("held back", &lists.report)] {
        let mut all: BTreeMap<&str, Counts> = BTreeMap::new();
        println!("\n{part}");
        for (id, names) in listed {
            let project =
                projects.iter().find(|project| project.interviews.iter().any(|gold| gold.transcript.id == *id));
            let project = project.with_context(|| format!("no gold interview {id}"))?;
            let place = project.interviews.iter().position(|gold| gold.transcript.id == *id).unwrap_or_default();
            let study = study(project)?;
            let read = reader.as_ref().map(|reader| reader(&study)).transpose()?;
            let show = shown.as_ref() == Some(id);
            for (way, counts) in ways(&study, place, read.as_ref(), names, show) {
                print(&format!("{id}, {way}"), &counts);
                all.entry(way).or_default().add(&counts);
            }
        }
        for (way, counts) in all {
            print(&format!("together, {way}"), &counts);
        }
    }
    Ok(())
}

/// What reads the turns of a study; `None` where there is no model for names.
type Reader = Box<dyn Fn(&Study) -> Result<Read>>;

#[cfg(feature = "torch")]
fn reader(model: &Path) -> Result<Option<Reader>> {
    let reader = NameReader::open(&ModelFolder::open(model)?, NumberType::of_this_processor())?;
    Ok(reader.map(|reader| -> Reader {
        Box::new(move |study| {
            let turns = study.interviews.iter().map(|interview| turns(&interview.transcript));
            turns.map(|turns| Ok(reader.read(&turns)?)).collect()
        })
    }))
}

#[cfg(not(feature = "torch"))]
fn reader(_: &Path) -> Result<Option<Reader>> {
    Ok(None)
}

fn turns(transcript: &Transcript) -> Vec<&str> {
    transcript.turns().iter().map(|turn| transcript.turn_text(turn)).collect()
}

/// What each way of looking for names finds in the interview at a place of a study.
fn ways(
    study: &Study,
    place: usize,
    read: Option<&Read>,
    names: &gold::Names,
    show: bool,
) -> Vec<(&'static str, Counts)> {
    let Some(read) = read else { return vec![("rules", replaced(study, place, &ReadNames::default(), names, show))] };
    let mut all = ReadNames::default();
    for (interview, words) in study.interviews.iter().zip(read) {
        turns(&interview.transcript).into_iter().zip(words).for_each(|(turn, words)| all.add(turn, words));
    }
    vec![
        ("rules", replaced(study, place, &ReadNames::default(), names, false)),
        ("model", taken(&turns(&study.interviews[place].transcript), &read[place], names)),
        ("rules and model", replaced(study, place, &all, names, show)),
    ]
}

/// What pseudonymising a study replaces in one of its interviews.
fn replaced(study: &Study, place: usize, read: &ReadNames, names: &gold::Names, show: bool) -> Counts {
    let (new, _) = pseudonymised(study, &Names::default(), read, Tongue::German);
    let (old, new) = (&study.interviews[place].transcript, &new.interviews[place].transcript);
    if show {
        println!("{}", new.text());
    }
    let mut counts = Counts::default();
    for (before, after) in turns(old).into_iter().zip(turns(new)) {
        let (before, after) = (words(before), words(after));
        for (word, times) in &before {
            let replaced = times - after.get(word).copied().unwrap_or_default().min(*times);
            counts.word(word, *times, replaced, names, show);
        }
    }
    counts
}

/// What the model takes for names in turns.
fn taken(turns: &[&str], read: &[Vec<ReadWord>], names: &gold::Names) -> Counts {
    let mut counts = Counts::default();
    for (turn, words) in turns.iter().zip(read) {
        for word in words {
            let taken = usize::from(word.leads() >= ReadNames::SURE);
            counts.word(word.span.of(turn), 1, taken, names, false);
        }
    }
    counts
}

impl Counts {
    /// Adds a word that stands somewhere so many times and is taken for a name in some of these.
    fn word(&mut self, word: &str, times: usize, replaced: usize, names: &gold::Names, show: bool) {
        let kind = match names.kind(word) {
            WordKind::Person => "persons",
            WordKind::Company => "companies",
            WordKind::Place => "places",
            WordKind::Other => return,
            WordKind::Ordinary => {
                self.words += times;
                self.wrong += replaced;
                if show && replaced > 0 {
                    println!("wrong: {word}");
                }
                return;
            }
        };
        let [found, all] = self.found.entry(kind).or_default();
        *found += replaced;
        *all += times;
        if show && replaced < times {
            println!("missed: {word} ({kind})");
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

fn words(text: &str) -> BTreeMap<&str, usize> {
    let mut words = BTreeMap::new();
    bare_words(text).for_each(|word| *words.entry(word.of(text)).or_default() += 1);
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
        "{name:<38} {kinds}  wrongly replaced {} of {} words ({per_thousand:.1} in 1,000)",
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
