//! The review page on gold interviews, without the model, to look at it and to measure it with many statements:
//! `cargo run --no-default-features --example review-page -- FOLDER GOLD [STATEMENTS] [en] [blind=NAME]`, where GOLD is
//! `fixtures/gold` or one of its projects. FOLDER gets a project where it has none.

#![allow(clippy::print_stdout, reason = "an example prints")]

#[path = "../tests/it/gold_as_project.rs"]
mod gold_as_project;

use std::error::Error;
use std::path::Path;

use ringwerk::error::Tongue;
use ringwerk::gold::read_projects;
use ringwerk::review::{Server, Sight};
use ringwerk::store::DATABASE;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, gold, rest @ ..] = arguments.as_slice() else { return Err("which FOLDER, which GOLD?".into()) };
    let most = rest.iter().find_map(|word| word.parse().ok()).unwrap_or(usize::MAX);
    let folder = Path::new(folder);
    if !folder.join(DATABASE).is_file() {
        let interviews = gold_as_project::until(read_projects(Path::new(gold))?, most);
        gold_as_project::store(folder, &interviews)?;
    }
    let blind = rest.iter().find_map(|word| word.strip_prefix("blind="));
    let sight = blind.map_or(Sight::Everything, |who| Sight::Blind(who.to_owned()));
    let tongue = if rest.iter().any(|word| word == "en") { Tongue::English } else { Tongue::German };
    let server = Server::open(folder, None, sight, tongue, None)?;
    println!("{}", server.address());
    Ok(server.run()?)
}
