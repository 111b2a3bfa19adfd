//! Prints how many mentions of parts of the buying centre are found, against words that a reader listed.
//!
//! ```text
//! cargo run --release --no-default-features --example buying-centre -- [--show]
//! ```
#![allow(clippy::print_stdout)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use ringwerk::gold::{Gold, read_projects};
use ringwerk::report::{Part, parts_named};
use serde::Deserialize;
use unicode_segmentation::UnicodeSegmentation;

/// By part of the buying centre, the words that name it.
type Listed = BTreeMap<String, BTreeSet<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerKey {
    choose: BTreeMap<String, Listed>,
    report: BTreeMap<String, Listed>,
}

fn main() -> Result<()> {
    let show = std::env::args().any(|argument| argument == "--show");
    let key = std::fs::read_to_string("fixtures/buying-centre/named.toml")
        .context("run it from the root of the repository")?;
    let key: AnswerKey = toml::from_str(&key)?;
    let projects = read_projects(Path::new("fixtures/gold"))?;
    let interviews: Vec<&Gold> = projects.iter().flat_map(|project| &project.interviews).collect();
    for (part, listed) in [("the lexicon was looked over on", &key.choose), ("held back", &key.report)] {
        let (mut found, mut wrong, mut missed) = (0, 0, 0);
        for (id, words) in listed {
            let gold = interviews.iter().find(|gold| gold.transcript.id == *id).with_context(|| format!("no {id}"))?;
            for statement in gold.statements.iter().filter(|statement| gold.transcript.is_respondent(statement)) {
                let text = statement.span.of(gold.transcript.text());
                let right = expected(text, words)?;
                let named = parts_named(text).into_iter().map(|mention| (mention.span.start, mention.part)).collect();
                let both = right.intersection(&named).count();
                (found, wrong, missed) = (found + both, wrong + named.len() - both, missed + right.len() - both);
                if show && named != right {
                    println!("{id}: {text}\n  right {right:?}\n  found {named:?}");
                }
            }
        }
        let (mentions, told) = (found + missed, found + wrong);
        let share = |of: usize| found as f64 / of as f64;
        println!("{part}: {mentions} mentions, recall {:.3}, precision {:.3}", share(mentions), share(told));
    }
    Ok(())
}

/// Where in a text words of the list stand.
fn expected(text: &str, listed: &Listed) -> Result<BTreeSet<(usize, Part)>> {
    let mut places = BTreeSet::new();
    for (id, words) in listed {
        let part = Part::ALL.into_iter().find(|part| part.id() == id).with_context(|| format!("no part {id}"))?;
        let here = text.unicode_word_indices().filter(|(_, word)| words.contains(*word));
        places.extend(here.map(|(start, _)| (start, part)));
    }
    Ok(places)
}
