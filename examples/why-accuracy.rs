//! Prints whether what is shown as reason of a suggestion is one, on development projects.
//!
//! ```text
//! cargo run --release --example why-accuracy
//! ```
//!
//! *Words*: the words that weighed are taken out of a statement, and the interview is read again; the suggested ring should
//! become less probable than after as many other words. *Similar statements*: how often they carry the ring that the
//! coder gave.
#![allow(clippy::print_stdout)]

use std::collections::HashSet;
use std::error::Error;
use std::path::Path;

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use ringwerk::classify::{Decisions, Examples, FEATURES, features, weightiest};
use ringwerk::codebook::Ring;
use ringwerk::encode::{Encoder, ModelFolder, NumberType, Transformer};
use ringwerk::gold::{Gold, Split, read_projects};
use ringwerk::text::ByteSpan;

/// Of so many statements one is changed at a time, so that changed ones are no neighbours.
const STRIDE: usize = 6;

/// A model with all that belongs to it.
struct Model {
    encoder: Transformer,
    decisions: Decisions,
    examples: Examples,
}

/// What was counted.
#[derive(Default)]
struct Sums {
    statements: usize,
    /// Sum of the ring's probability: as it is, without the words that weighed, without as many others.
    p: [f64; 3],
    /// Nearest example with the coder's primary ring, and any of the examples shown.
    nearest: usize,
    any: usize,
    coded: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let gold = root.join("fixtures/gold");
    let projects = read_projects(&gold)?;
    let split = Split::read(&gold, &projects)?.ok_or("split.toml is missing")?;
    let folder = ModelFolder::open(&root.join("models/e5-small-de"))?;
    let hash = folder.trained_hash()?;
    let encoder = Transformer::open_trained(&folder, FEATURES, NumberType::of_this_processor())?;
    let decisions = Decisions::read(&folder.path, &hash)?;
    let examples = Examples::read(&folder.path, &hash, encoder.dimensions())?;
    let model = Model { encoder, decisions, examples };
    let mut sums = Sums::default();
    for project in projects.iter().filter(|project| split.development.contains(&project.id)) {
        for interview in &project.interviews {
            count(&model, interview, &mut sums)?;
        }
    }
    let mean = |sum: f64| sum / sums.statements as f64;
    println!("{} statements with a suggested ring and more than six words", sums.statements);
    println!("probability of the ring                    {:.3}", mean(sums.p[0]));
    println!("without the words that weighed             {:.3}", mean(sums.p[1]));
    println!("without as many others, drawn              {:.3}", mean(sums.p[2]));
    let share = |part: usize| part as f64 / sums.coded as f64;
    println!("{} statements that the coder gave a ring", sums.coded);
    println!("most similar example has its primary ring  {:.3}", share(sums.nearest));
    println!("one of both examples has it                {:.3}", share(sums.any));
    Ok(())
}

fn count(model: &Model, gold: &Gold, sums: &mut Sums) -> Result<(), Box<dyn Error>> {
    let texts: Vec<&str> = gold.statements.iter().map(|one| one.span.of(gold.transcript.text())).collect();
    let features = features(&gold.transcript, &gold.statements);
    let reading = model.encoder.read(&texts, &features, &mut |_| ())?;
    let p = |scores: &[f32], ring: Ring| {
        let rings = model.decisions.suggest(scores, "").rings;
        rings.iter().find(|one| one.id == ring).map_or(0.0, |one| f64::from(one.p))
    };
    // The statement's number, its ring, and the words that go.
    let mut chosen: Vec<(usize, Ring, [Vec<ByteSpan>; 2])> = Vec::new();
    let mut random = ChaCha8Rng::seed_from_u64(1);
    for (index, statement) in gold.statements.iter().enumerate() {
        if !gold.transcript.is_respondent(statement) {
            continue;
        }
        if let Some(primary) = gold.codes[index].rings.primary() {
            let similar = model.examples.nearest(texts[index], reading.meanings.row(index));
            let has = |one: &ringwerk::coding::Similar| one.rings.contains(&primary);
            sums.coded += 1;
            sums.nearest += usize::from(similar.first().is_some_and(has));
            sums.any += usize::from(similar.iter().any(has));
        }
        let suggestion = model.decisions.suggest(reading.scores.row(index), texts[index]);
        let Some(ring) = suggestion.primary_ring() else { continue };
        let words = weightiest(&reading.words[index], ring);
        let mut others: Vec<ByteSpan> = reading.words[index].iter().map(|word| word.span).collect();
        others.retain(|word| !words.contains(word));
        if words.is_empty() || others.len() < 2 * words.len() {
            continue;
        }
        others.shuffle(&mut random);
        others.truncate(words.len());
        chosen.push((index, ring, [words, others]));
    }
    for group in 0..STRIDE {
        let group: Vec<_> = chosen.iter().filter(|(index, ..)| index % STRIDE == group).collect();
        for (index, ring, _) in &group {
            sums.statements += 1;
            sums.p[0] += p(reading.scores.row(*index), *ring);
        }
        for kind in 0..2 {
            let mut changed: Vec<String> = texts.iter().map(|&text| text.to_owned()).collect();
            group.iter().for_each(|(index, _, gone)| changed[*index] = without(texts[*index], &gone[kind]));
            let changed: Vec<&str> = changed.iter().map(String::as_str).collect();
            let read = model.encoder.read(&changed, &features, &mut |_| ())?;
            for (index, ring, _) in &group {
                sums.p[kind + 1] += p(read.scores.row(*index), *ring);
            }
        }
    }
    Ok(())
}

/// A text without some of its words.
fn without(text: &str, gone: &[ByteSpan]) -> String {
    let gone: HashSet<usize> = gone.iter().flat_map(|span| span.start..span.end).collect();
    text.char_indices().filter(|(at, _)| !gone.contains(at)).map(|(_, sign)| sign).collect()
}
