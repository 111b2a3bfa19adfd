//! Prints how well rules and model cut: gold interviews, UD German-GSD, pySBD's German cases, and the speed.
//!
//! ```text
//! cargo run --release --example segment-accuracy -- \
//!     [--test] [--ud FILE.conllu] [--cases FILE.jsonl] [--errors PROJECT]
//! ```
#![allow(clippy::print_stdout)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use ringwerk::evaluate::{Counts, Figure, boundary_counts, inner_ends};
use ringwerk::gold::{Gold, Split, read_projects};
use ringwerk::segment::{Units, segment, spans};
use ringwerk::text::{joined, without_marks, words};
use ringwerk::transcript::{Role, Statement, Turn};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| {
        arguments.iter().position(|argument| argument == name).and_then(|at| arguments.get(at + 1)).cloned()
    };
    let gold = Path::new("fixtures/gold");
    let projects = read_projects(gold).context("run it from the root of the repository")?;
    let split = Split::read(gold, &projects)?.context("fixtures/gold/split.toml is missing")?;
    let interviews: Vec<Gold> = projects.into_iter().flat_map(|project| project.interviews).collect();
    print_gold(&interviews, &split, arguments.iter().any(|argument| argument == "--test"))?;
    print_second(&interviews, &split, Path::new("fixtures/second-cutting"))?;
    if let Some(project) = value("--errors") {
        interviews.iter().filter(|gold| gold.project == project).for_each(print_errors);
    }
    if let Some(path) = value("--ud") {
        print_ud(&path)?;
    }
    if let Some(path) = value("--cases") {
        print_cases(&path)?;
    }
    print_speed(&interviews);
    Ok(())
}

fn print(counts: Counts, name: &str) {
    let number = |figure: Figure| figure.value().unwrap_or(0.0);
    println!(
        "{name:<32} precision {:.4}  recall {:.4}  F1 {:.4}  ({} boundaries)",
        number(counts.precision()),
        number(counts.recall()),
        number(counts.f1()),
        counts.support(),
    );
}

fn style(gold: &Gold) -> &'static str {
    let style = gold.transcript.meta.get("style").map(|style| style.to_lowercase()).unwrap_or_default();
    match () {
        () if style.contains("spracherkennung") || style.contains("automatisch") => "speech recognition",
        () if style.contains("geglättet") => "smoothed",
        () => "verbatim",
    }
}

/// A way to cut turns: one list of ends of statements a turn.
type Cutter<'a> = &'a dyn Fn(&[&str]) -> Result<Vec<Vec<usize>>>;

fn by_rules(units: Units) -> impl Fn(&[&str]) -> Result<Vec<Vec<usize>>> {
    move |turns| Ok(turns.iter().map(|turn| inner_ends(&spans(turn, units))).collect())
}

#[cfg(feature = "torch")]
fn by_model() -> Result<impl Fn(&[&str]) -> Result<Vec<Vec<usize>>>> {
    use ringwerk::classify::{Decisions, FEATURES};
    use ringwerk::encode::{Encoder, ModelFolder, NumberType, Transformer};
    use ringwerk::segment::spans_at;

    let folder = ModelFolder::open(Path::new("models/e5-small-de"))?;
    let hash = folder.trained_hash()?;
    let decisions = Decisions::read(&folder.path, &hash)?;
    let model = Transformer::open_trained(&folder, FEATURES, NumberType::of_this_processor())?;
    Ok(move |turns: &[&str]| {
        let ends = model.ends(turns)?;
        Ok(turns.iter().zip(&ends).map(|(turn, ends)| inner_ends(&spans_at(turn, ends, decisions.cut))).collect())
    })
}

/// The turns of an interview and the ends of statements inside them; without punctuation and capitals where `bare`.
fn turns(gold: &Gold, bare: bool) -> Vec<(String, Vec<usize>)> {
    let ends: BTreeSet<usize> = gold.statements.iter().map(|statement| statement.span.end).collect();
    let turn = |turn: &Turn| {
        let text = gold.transcript.turn_text(turn);
        let (text, ends) = joined(words(text).map(|word| {
            let said = word.of(text);
            let said = if bare { without_marks(said).to_lowercase() } else { said.to_owned() };
            (said, ends.contains(&(turn.span.start + word.end)))
        }));
        let inner = ends.into_iter().filter(|&end| end < text.len()).collect();
        (text, inner)
    };
    gold.transcript.turns().iter().map(turn).collect()
}

fn print_gold(interviews: &[Gold], split: &Split, with_test: bool) -> Result<()> {
    let (sentences, statements) = (by_rules(Units::Sentence), by_rules(Units::Statement));
    let mut cutters: Vec<(&str, Cutter)> = vec![("sentences, rules", &sentences), ("statements, rules", &statements)];
    #[cfg(feature = "torch")]
    let model = by_model()?;
    #[cfg(feature = "torch")]
    cutters.push(("statements, model", &model));
    for (cutter, cut) in cutters.drain(..) {
        for bare in [false, true] {
            let mut table: BTreeMap<String, Counts> = BTreeMap::new();
            for gold in interviews {
                let part = match () {
                    () if split.test.contains(&gold.project) => "test",
                    () if split.development.contains(&gold.project) => "development",
                    () => continue,
                };
                if part == "test" && !with_test {
                    continue;
                }
                let turns = turns(gold, bare);
                let texts: Vec<&str> = turns.iter().map(|(text, _)| text.as_str()).collect();
                for ((_, right), found) in turns.iter().zip(cut(&texts)?) {
                    for group in ["all styles", style(gold)] {
                        *table.entry(format!("{part} {group}")).or_default() += &boundary_counts(right, &found);
                    }
                }
            }
            println!("\n{cutter}{}", if bare { ", without punctuation and capitals" } else { "" });
            table.iter().for_each(|(name, counts)| print(*counts, name));
        }
    }
    Ok(())
}

/// How a second coder cut what respondents say in the interviews of speech recognition, having seen text and manual alone.
fn print_second(interviews: &[Gold], split: &Split, folder: &Path) -> Result<()> {
    let mut table: BTreeMap<&str, Counts> = BTreeMap::new();
    for second in read_projects(folder)?.iter().flat_map(|project| &project.interviews) {
        let of_gold = |gold: &&Gold| gold.transcript.id == second.transcript.id;
        let gold = interviews.iter().find(of_gold).context("a second cutting of an interview that is not in gold")?;
        let part = if split.test.contains(&gold.project) { "test" } else { "development" };
        let both = turns(gold, false).into_iter().zip(turns(second, false)).zip(gold.transcript.turns());
        let answers = both.filter(|(_, turn)| gold.transcript.speaker(turn).role == Role::Respondent);
        for (((_, right), (_, found)), _) in answers {
            *table.entry(part).or_default() += &boundary_counts(&right, &found);
        }
    }
    println!("\nstatements, a second coder");
    table.iter().for_each(|(part, counts)| print(*counts, &format!("{part} speech recognition")));
    Ok(())
}

/// Turns that are cut otherwise than in the gold: `|` both, `+` only the rules, `-` only the gold.
fn print_errors(gold: &Gold) {
    let ends = |statements: &[Statement]| statements.iter().map(|one| one.span.end).collect::<BTreeSet<usize>>();
    let (right, found) = (ends(&gold.statements), ends(&segment(&gold.transcript, Units::Statement)));
    for turn in gold.transcript.turns() {
        let mut line = String::new();
        for (at, character) in gold.transcript.turn_text(turn).char_indices() {
            let end = turn.span.start + at;
            line.push_str(match (right.contains(&end), found.contains(&end)) {
                (true, true) => " |",
                (true, false) => " -|-",
                (false, true) => " +|+",
                (false, false) => "",
            });
            line.push(character);
        }
        if line.contains("-|-") || line.contains("+|+") {
            println!("{} ({}): {line}\n", gold.transcript.id, style(gold));
        }
    }
}

/// The protocol of the published figures: a leading "-" stripped, sentences joined by one space, the last end counts.
fn print_ud(path: &str) -> Result<()> {
    let mut text = String::new();
    let mut right = BTreeSet::new();
    for line in std::fs::read_to_string(path)?.lines() {
        if let Some(sentence) = line.strip_prefix("# text = ") {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(sentence.trim().trim_start_matches('-').trim());
            right.insert(text.len());
        }
    }
    let found: BTreeSet<usize> = spans(&text, Units::Sentence).iter().map(|span| span.end).collect();
    println!();
    let against = |found: &BTreeSet<usize>| {
        let plain = |ends: &BTreeSet<usize>| ends.iter().copied().collect::<Vec<_>>();
        boundary_counts(&plain(&right), &plain(found))
    };
    print(against(&found), "UD German-GSD dev");
    print(against(&uax29(&text)), "the same with UAX 29 alone");
    if std::env::var_os("SHOW").is_some() {
        for end in right.symmetric_difference(&found) {
            let sign = if right.contains(end) { "missed" } else { "extra" };
            let before: String = text[..*end].chars().rev().take(50).collect::<Vec<_>>().into_iter().rev().collect();
            let after: String = text[*end..].chars().take(30).collect();
            println!("{sign}: {before} || {after}");
        }
    }
    Ok(())
}

fn uax29(text: &str) -> BTreeSet<usize> {
    use unicode_segmentation::UnicodeSegmentation;
    text.split_sentence_bound_indices().map(|(at, sentence)| at + sentence.trim_end().len()).collect()
}

#[derive(serde::Deserialize)]
struct Case {
    text: String,
    sentences: Vec<String>,
}

/// White space is not compared: pySBD's cases also clean it (line breaks, "z.B." to "z. B.").
fn print_cases(path: &str) -> Result<()> {
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    let mut right = 0;
    let mut all = 0;
    for line in std::fs::read_to_string(path)?.lines() {
        let case: Case = serde_json::from_str(line)?;
        let found: Vec<_> = spans(&case.text, Units::Sentence).iter().map(|span| plain(span.of(&case.text))).collect();
        let expected: Vec<String> = case.sentences.iter().map(|sentence| plain(sentence)).collect();
        all += 1;
        if found == expected { right += 1 } else { println!("pySBD case {all}: found {found:#?}") }
    }
    println!("pySBD cases: {right} of {all}");
    Ok(())
}

fn print_speed(interviews: &[Gold]) {
    let gold: String = interviews.iter().map(|gold| gold.transcript.text()).collect::<Vec<_>>().join(" ");
    let turn = gold.replace('\n', " ");
    let million = 1_000_000;
    let texts = [
        ("gold as one turn", turn),
        ("gold without punctuation", gold.replace(|c: char| !c.is_alphanumeric(), " ")),
        ("5 MB without punctuation", "wort ".repeat(million)),
        ("5 MB of full stops", ".".repeat(5 * million)),
        ("5 MB of full stops and blanks", ". ".repeat(5 * million / 2)),
        ("5 MB of quotation marks", "„ “ \"".repeat(5 * million / 9)),
        ("5 MB of remarks", "(a) ".repeat(5 * million / 4)),
        ("5 MB of brackets", "( [".repeat(5 * million / 3)),
        ("5 MB of joints", "Wir da hat ".repeat(5 * million / 11)),
        ("5 MB of one word", "a".repeat(5 * million)),
    ];
    println!();
    for (name, text) in texts {
        let begun = Instant::now();
        let count = spans(&text, Units::Statement).len();
        let speed = text.len() as f64 / 1e6 / begun.elapsed().as_secs_f64();
        println!("{name:<32} {speed:7.1} MB/s ({count} statements)");
    }
}
