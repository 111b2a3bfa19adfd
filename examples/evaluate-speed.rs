//! Seconds that the figures of `ringwerk evaluate` take without the model, on 300 pages of gold:
//! `cargo run --release --no-default-features --example evaluate-speed`

#![allow(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use ringwerk::encode::HashedEncoder;
use ringwerk::evaluate::{SAMPLES, Scorecard};
use ringwerk::gold::{Gold, read_projects};
use ringwerk::pipeline::{Engine, compare};
use ringwerk::train::{FitParams, decisions, examples};

/// Words on a page.
const PAGE: usize = 300;
const PAGES: usize = 300;

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let projects = read_projects(&root.join("fixtures/gold"))?;
    let encoder = HashedEncoder::new(384);
    let decisions = decisions(&encoder, "hashed", &projects[..5], &FitParams::default(), &mut |_| ())?;
    let examples = examples(&encoder, &decisions, &projects[..5], &mut |_| ())?;
    let mut compared = Vec::new();
    let mut words = 0;
    for project in &projects {
        if words < PAGES * PAGE {
            let engine = Engine::new(&encoder, &decisions, &examples, &project.jobs)?;
            compared.extend(compare(&engine, None, project, &mut |_| ())?);
            words += project.interviews.iter().map(length).sum::<usize>();
        }
    }
    let started = Instant::now();
    let card = Scorecard::of(&compared);
    let seconds = started.elapsed().as_secs_f64();
    let (pages, interviews, statements) = (words / PAGE, card.interviews, card.statements);
    println!("{pages} pages, {interviews} interviews, {statements} statements of respondents");
    println!("all figures with {SAMPLES} samples: {seconds:.2} s");
    Ok(())
}

fn length(interview: &Gold) -> usize {
    interview.transcript.text().split_whitespace().count()
}
