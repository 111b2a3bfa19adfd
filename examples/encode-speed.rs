//! Tokens per second of the model over texts from a file, one a line: `scripts/compare-encoders` runs it beside other
//! programs.
//!
//! `cargo run --release --example encode-speed -- texts.txt [f32]`

#![allow(clippy::print_stdout, reason = "an example prints what it measures")]

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use rayon::prelude::*;
use ringwerk::classify::FEATURES;
use ringwerk::encode::{EncodeError, Encoder, ModelFolder, NumberType, SharedTransformer};

/// Texts that a thread takes at once.
const SHARE: usize = 128;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let content = std::fs::read_to_string(arguments.next().ok_or("which file?")?)?;
    let number_type = match arguments.next() {
        Some(_) => NumberType::F32,
        None => NumberType::of_this_processor(),
    };
    let texts: Vec<&str> = content.lines().collect();
    let folder = ModelFolder::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("models/e5-small-de"))?;
    let model = SharedTransformer::open_trained(&folder, FEATURES, number_type)?;
    encode(&model, &texts[..texts.len().min(4 * SHARE)])?;
    let started = Instant::now();
    let tokens = encode(&model, &texts)?;
    println!("{:.0}", tokens as f64 / started.elapsed().as_secs_f64());
    Ok(())
}

fn encode(model: &SharedTransformer, texts: &[&str]) -> Result<usize, EncodeError> {
    texts.par_chunks(SHARE).map(|texts| Ok(model.encode(texts, &mut |_| ())?.tokens)).sum()
}
