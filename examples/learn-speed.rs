//! Seconds that `ringwerk learn` computes for 500 decisions in a project of 200 pages and more, vectors of 384 numbers:
//! `cargo run --release --no-default-features --example learn-speed`

#![allow(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use ringwerk::coding::StatementRef;
use ringwerk::encode::HashedEncoder;
use ringwerk::gold::{GoldProject, read_projects};
use ringwerk::learn::{Frame, Told, learn};
use ringwerk::pipeline::{Engine, code_gold};
use ringwerk::train::{FitParams, decisions, examples};

/// Gold projects that are taken for one.
const PROJECTS: usize = 12;
const DECISIONS: usize = 500;

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let projects: Vec<GoldProject> = read_projects(&root.join("fixtures/gold"))?.into_iter().take(PROJECTS).collect();
    let encoder = HashedEncoder::new(384);
    let decisions = decisions(&encoder, "hashed", &projects[..5], &FitParams::default(), &mut |_| ())?;
    let examples = examples(&encoder, &decisions, &projects[..5], &mut |_| ())?;
    let engine = Engine::new(&encoder, &decisions, &examples, &projects[0].jobs)?;
    let mut coded = Vec::new();
    let mut told = Told::default();
    for project in &projects {
        for (one, gold) in code_gold(&engine, project, &mut |_| ())?.into_iter().zip(&project.interviews) {
            for (statement, _) in one.interview.suggested().filter(|(statement, _)| statement % 5 == 0) {
                if told.len() < DECISIONS {
                    let at = StatementRef { interview: coded.len(), statement };
                    told.tell(at, (&gold.codes[statement]).into());
                }
            }
            coded.push(one);
        }
    }
    let statements = coded.iter().map(|one| one.interview.suggested().count()).sum::<usize>();
    let started = Instant::now();
    let learning = learn(&coded, &told, Frame { decisions: &decisions, jobs: engine.jobs() });
    let (seconds, changed) = (started.elapsed().as_secs_f64(), learning.record.changed.len());
    println!("{} decisions, {statements} statements: {seconds:.2} s, {changed} suggestions changed", told.len());
    Ok(())
}
