//! The report of gold interviews, without the model, to look at it:
//! `cargo run --no-default-features --example report-page -- FILE GOLD… [by=FIELD] [of=SEGMENT] [decided=NUMBER] [paper=a4] [en]`, where FILE ends in
//! `.html`, `.svg` or `.png`, and GOLD are folders of gold projects. `by=project` makes a segment of each project. With
//! `decided` only so many interviews are confirmed, and the report shows suggestions for the others.

#![allow(clippy::print_stdout, reason = "an example prints")]

#[allow(dead_code, reason = "here nothing is stored")]
#[path = "../tests/it/gold_as_project.rs"]
mod gold_as_project;
#[path = "../tests/it/gold_as_study.rs"]
mod gold_as_study;

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use ringwerk::coding::Judged;
use ringwerk::error::Tongue;
use ringwerk::gold::{GoldProject, read_projects};
use ringwerk::report::{Content, Paper, ReportParams, write};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, rest @ ..] = arguments.as_slice() else { return Err("which FILE, which GOLD?".into()) };
    let option = |name: &str| rest.iter().find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
    let folders = rest.iter().filter(|word| Path::new(word).is_dir());
    let projects: Vec<Vec<GoldProject>> =
        folders.map(|folder| read_projects(Path::new(folder))).collect::<Result<_, _>>()?;
    let confirmed = option("decided").map(str::parse).transpose()?;
    let decided = gold_as_study::decided(&projects.concat(), confirmed.unwrap_or(usize::MAX))?;
    let defaults = ReportParams::default();
    let params = ReportParams {
        tongue: if rest.iter().any(|word| word == "en") { Tongue::English } else { Tongue::German },
        segment_by: option("by").map_or(defaults.segment_by, str::to_owned),
        segment: option("of").map(str::to_owned),
        paper: if option("paper") == Some("a4") { Paper::A4 } else { Paper::A3 },
    };
    let study = decided.study(confirmed.is_some());
    let start = Instant::now();
    let content = Content { study: &study, judged: Judged::of(&decided.state), survey: None };
    write(&content, Path::new(file), &params, true)?;
    println!("{file}: {} ms", start.elapsed().as_millis());
    Ok(())
}
