//! How long a person waits for the page with 300 pages of interviews (10,000 statements), in a real browser:
//! `cargo run --release --no-default-features --example review-speed`. Needs chromium and chromedriver.

#![allow(clippy::print_stdout, reason = "an example prints")]
#![allow(clippy::unwrap_used, reason = "what fails shall end it")]

#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../tests/it/browser.rs"]
mod browser;
#[path = "../tests/it/gold_as_project.rs"]
mod gold_as_project;

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use browser::{Browser, Screen};
use fantoccini::key::Key;
use ringwerk::error::Tongue;
use ringwerk::gold::read_projects;
use ringwerk::review::{Server, Sight};
use serde_json::Value;

const STATEMENTS: usize = 10_000;

/// From one keystroke on: until it can be seen, and until it is stored.
const DECIDE: &str = "
    const done = arguments[arguments.length - 1];
    const statuses = document.querySelector('header .status');
    const times = [];
    const once = () => {
      const begun = performance.now();
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      requestAnimationFrame(() => requestAnimationFrame(() => {
        const shown = performance.now() - begun;
        const look = () => {
          if (statuses.innerText !== 'alles gesichert') return setTimeout(look, 1);
          times.push([shown, performance.now() - begun]);
          times.length < 30 ? setTimeout(once, 50) : done(times);
        };
        look();
      }));
    };
    once();";

/// The frames while the list is scrolled by a screen's height each.
const SCROLL: &str = "
    const done = arguments[arguments.length - 1];
    const list = document.querySelector('.list');
    const frames = [];
    let before = performance.now();
    const frame = (now) => {
      frames.push(now - before);
      before = now;
      if (frames.length > 200) return done(frames.slice(1));
      list.scrollTop += 700;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);";

/// From a search of one word until its results can be seen.
const SEARCH: &str = "
    const done = arguments[arguments.length - 1];
    const field = document.querySelector('#search');
    const begun = performance.now();
    field.value = 'ein';
    field.dispatchEvent(new Event('input'));
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)));";

fn main() -> Result<(), Box<dyn Error>> {
    let Some(browser) = Browser::start(Screen::Laptop) else { return Ok(()) };
    let folder = tempfile::tempdir()?;
    let interviews = gold_as_project::until(read_projects(Path::new("fixtures/gold"))?, STATEMENTS);
    println!("{:32}{:>10}", "statements", interviews.iter().map(|gold| gold.statements.len()).sum::<usize>());
    gold_as_project::store(folder.path(), &interviews)?;
    let server = Server::open(folder.path(), None, Sight::Everything, Tongue::German, None)?;
    let address = server.address();
    std::thread::spawn(move || server.run());
    let begun = Instant::now();
    browser.go_to(&address);
    browser.wait("document.querySelector('.row.statement')");
    let shown = begun.elapsed();
    let paint = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime";
    browser.wait(paint);
    print("first paint", browser.value(paint));
    print("first statements shown", shown.as_secs_f64() * 1000.0);
    name(&browser);
    let times: Vec<(f64, f64)> = serde_json::from_value(browser.run_script(DECIDE))?;
    print("decision shown, median", median(times.iter().map(|(shown, _)| *shown).collect()));
    print("decision shown, slowest of 30", most(times.iter().map(|(shown, _)| *shown)));
    print("decision stored, median", median(times.iter().map(|(_, stored)| *stored).collect()));
    print("decision stored, slowest of 30", most(times.iter().map(|(_, stored)| *stored)));
    let frames: Vec<f64> = serde_json::from_value(browser.run_script(SCROLL))?;
    print("frame while scrolling, median", median(frames.clone()));
    print("frame while scrolling, longest", most(frames.into_iter()));
    let searched: Value = browser.run_script(SEARCH);
    print("search shown", searched.as_f64().ok_or("no time")?);
    Ok(())
}

fn name(browser: &Browser) {
    browser.wait("document.querySelector('dialog input')");
    browser.press("Anna");
    browser.key(Key::Enter);
    browser.wait("document.activeElement.className === 'list'");
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn most(times: impl Iterator<Item = f64>) -> f64 {
    times.fold(0.0, f64::max)
}

fn print(what: &str, milliseconds: f64) {
    println!("{what:32}{milliseconds:>7.0} ms");
}
