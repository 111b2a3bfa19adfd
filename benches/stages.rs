//! What everything but the model costs: reading, cutting, gathering candidate jobs, figures. `cargo bench --bench stages`.
#![allow(clippy::unwrap_used, reason = "what fails in a benchmark shall end it")]

use std::path::Path;
use std::sync::LazyLock;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use ringwerk::cluster::{Point, candidate_jobs};
use ringwerk::coding::StatementRef;
use ringwerk::encode::HashedEncoder;
use ringwerk::evaluate::{Compared, Scorecard};
use ringwerk::gold::{GoldProject, read_projects};
use ringwerk::ingest::{IngestParams, read_bytes};
use ringwerk::pipeline::{Engine, compare};
use ringwerk::segment::{Units, segment};
use ringwerk::train::{FitParams, decisions, examples};
use ringwerk::transcript::Transcript;
use ringwerk::vectors::Vectors;

/// Numbers in a vector of the model that ships.
const DIMENSIONS: usize = 384;

static GOLD: LazyLock<Vec<GoldProject>> =
    LazyLock::new(|| read_projects(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/gold")).unwrap());

fn main() {
    divan::main();
}

fn transcripts() -> impl Iterator<Item = &'static Transcript> {
    GOLD.iter().flat_map(|project| &project.interviews).map(|gold| &gold.transcript)
}

/// An interview as plain text with labels.
fn text(transcript: &Transcript) -> String {
    let turn = |turn| format!("{}: {}\n", transcript.speaker(turn).name, transcript.turn_text(turn));
    transcript.turns().iter().map(turn).collect()
}

#[divan::bench]
fn read_labelled_text(bencher: Bencher) {
    let texts: Vec<String> = transcripts().take(50).map(text).collect();
    bencher.counter(BytesCount::new(texts.iter().map(String::len).sum::<usize>())).bench(|| {
        for text in &texts {
            let params = IngestParams::default();
            black_box(read_bytes(Path::new("b.txt"), black_box(text).as_bytes(), &params).unwrap());
        }
    });
}

#[divan::bench]
fn cut_by_rules(bencher: Bencher) {
    let transcripts: Vec<&Transcript> = transcripts().take(50).collect();
    let bytes: usize = transcripts.iter().map(|transcript| transcript.text().len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        for transcript in &transcripts {
            black_box(segment(black_box(transcript), Units::Statement));
        }
    });
}

/// Vectors around six middles, as those of a project with six jobs lie.
#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 3, sample_size = 1)]
fn gather_candidate_jobs(bencher: Bencher, statements: usize) {
    let mut random = ChaCha8Rng::seed_from_u64(1);
    let mut row = || (0..DIMENSIONS).map(|_| random.random_range(-1.0..1.0)).collect::<Vec<f32>>();
    let middles: Vec<Vec<f32>> = (0..6).map(|_| row()).collect();
    let mut vectors = Vectors::empty(DIMENSIONS);
    for statement in 0..statements {
        let around: Vec<f32> = row().iter().zip(&middles[statement % 6]).map(|(own, middle)| own + middle).collect();
        let length = around.iter().map(|value| value * value).sum::<f32>().sqrt();
        vectors.push(&around.iter().map(|value| value / length).collect::<Vec<f32>>());
    }
    let texts: Vec<&str> = transcripts().flat_map(|one| one.turns().iter().map(|turn| one.turn_text(turn))).collect();
    let point = |statement: usize| Point {
        place: StatementRef { interview: statement % 12, statement },
        text: texts[statement % texts.len()],
    };
    let points: Vec<Point> = (0..statements).map(point).collect();
    bencher.counter(ItemsCount::new(statements)).bench(|| candidate_jobs(black_box(&points), &vectors));
}

/// All figures of four projects with their intervals.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn all_figures(bencher: Bencher) {
    let projects = &GOLD[..5];
    let encoder = HashedEncoder::new(DIMENSIONS);
    let decisions = decisions(&encoder, "hashed", projects, &FitParams::default(), &mut |_| ()).unwrap();
    let examples = examples(&encoder, &decisions, projects, &mut |_| ()).unwrap();
    let of_project = |project| {
        let engine = Engine::new(&encoder, &decisions, &examples, &[]).unwrap();
        compare(&engine, None, project, &mut |_| ()).unwrap()
    };
    let compared: Vec<Compared> = projects.iter().flat_map(of_project).collect();
    let statements: usize = projects.iter().flat_map(|one| &one.interviews).map(|gold| gold.statements.len()).sum();
    bencher.counter(ItemsCount::new(statements)).bench(|| Scorecard::of(black_box(&compared)));
}
