//! What the model costs, by shape of texts and by what is asked of it. `cargo bench --bench model`.
#![allow(clippy::unwrap_used, reason = "what fails in a benchmark shall end it")]

use std::path::Path;
use std::sync::LazyLock;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use ringwerk::classify::FEATURES;
use ringwerk::encode::{Encoder, ModelFolder, NumberType, SharedTransformer};
use ringwerk::gold::{Gold, read_projects};
use ringwerk::pipeline::{ends, read_story};

/// Tokens that each shape has, about.
const TOKENS: usize = 4096;

static INTERVIEW: LazyLock<Gold> = LazyLock::new(|| {
    let projects = read_projects(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/gold/aufzug")).unwrap();
    projects.into_iter().next().unwrap().interviews.swap_remove(0)
});

fn main() {
    divan::main();
}

fn model(number_type: NumberType) -> SharedTransformer {
    let folder = ModelFolder::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("models/e5-small-de")).unwrap();
    SharedTransformer::open_trained(&folder, FEATURES, number_type).unwrap()
}

/// Texts of so many words each out of a real interview.
fn texts(words: usize) -> Vec<String> {
    let all: Vec<&str> = INTERVIEW.transcript.text().split_whitespace().collect();
    all.chunks_exact(words).cycle().take(TOKENS / words).map(|words| words.join(" ")).collect()
}

fn encode(bencher: Bencher, words: usize, number_type: NumberType) {
    let model = model(number_type);
    let texts = texts(words);
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let tokens = model.encode(&texts, &mut |_| ()).unwrap().tokens;
    bencher.counter(ItemsCount::new(tokens)).bench(|| model.encode(black_box(&texts), &mut |_| ()).unwrap());
}

#[divan::bench(args = [8, 16, 32, 64, 128], sample_count = 5, sample_size = 1)]
fn texts_of_words_fastest(bencher: Bencher, words: usize) {
    encode(bencher, words, NumberType::of_this_processor());
}

#[divan::bench(args = [16, 64], sample_count = 5, sample_size = 1)]
fn texts_of_words_f32(bencher: Bencher, words: usize) {
    encode(bencher, words, NumberType::F32);
}

#[divan::bench]
fn tokenise(bencher: Bencher) {
    let model = model(NumberType::F32);
    let texts = texts(16);
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let tokens = model.count_tokens(&texts).unwrap();
    bencher.counter(ItemsCount::new(tokens)).bench(|| model.count_tokens(black_box(&texts)).unwrap());
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn one_interview_cut(bencher: Bencher) {
    let model = model(NumberType::of_this_processor());
    bencher.bench(|| ends(&model, black_box(&INTERVIEW.transcript)).unwrap());
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn one_interview_read(bencher: Bencher) {
    let model = model(NumberType::of_this_processor());
    let interview = &*INTERVIEW;
    bencher.bench(|| read_story(&model, black_box(&interview.transcript), &interview.statements, &mut |_| ()).unwrap());
}
