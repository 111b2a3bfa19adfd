//! Pictures of the page for README and docs, of gold interviews and without the model:
//! `cargo run --no-default-features --example review-pictures -- FOLDER`. Needs chromium and chromedriver.

#![allow(clippy::unwrap_used, reason = "what fails shall end it")]

#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../tests/it/browser.rs"]
mod browser;
#[path = "../tests/it/gold_as_project.rs"]
mod gold_as_project;

use std::error::Error;
use std::path::{Path, PathBuf};

use browser::Browser;
use fantoccini::key::Key;
use ringwerk::error::Tongue;
use ringwerk::gold::read_projects;
use ringwerk::review::{Server, Sight};
use ringwerk::settings;

const PROJECT: &str = "fixtures/gold/dms";

fn main() -> Result<(), Box<dyn Error>> {
    let into = PathBuf::from(std::env::args().nth(1).ok_or("into which FOLDER?")?);
    let Some(browser) = Browser::start(1366, 911) else { return Ok(()) };
    let folder = tempfile::tempdir()?;
    let project = read_projects(Path::new(PROJECT))?.remove(0);
    gold_as_project::store(folder.path(), &project.interviews)?;
    let jobs = toml::to_string(&std::collections::BTreeMap::from([("jobs", &project.jobs[..3])]))?;
    std::fs::write(folder.path().join(settings::FILE), jobs)?;
    let server = Server::open(folder.path(), None, Sight::Everything, Tongue::German, None)?;
    browser.go_to(&serve(server));
    draw(&browser, &into)
}

/// Serves the page for as long as the program runs; returns its address.
fn serve(server: Server) -> String {
    let address = server.address();
    std::thread::spawn(move || server.run());
    address
}

fn name(browser: &Browser, who: &str) {
    browser.wait("document.querySelector('dialog input')");
    browser.chord(Key::Control, 'a');
    browser.press(who);
    browser.key(Key::Enter);
    browser.wait("!document.querySelector('dialog')");
}

/// Two people decide, then each view is drawn.
fn draw(browser: &Browser, into: &Path) -> Result<(), Box<dyn Error>> {
    let save = |name: &str| std::fs::write(into.join(format!("review{name}.png")), browser.picture());
    for (who, keys) in [("Bea", ["1", "4", "1", "3", "5", "2"]), ("Anna", ["1", "3", "1", "3", "5", "6"])] {
        if who != "Bea" {
            browser.click(".who");
        }
        name(browser, who);
        browser.click(".row.statement.respondent");
        for key in keys {
            browser.press(key);
            browser.key(Key::Down);
        }
        browser.wait("document.querySelector('header .status').innerText === 'alles gesichert'");
    }
    browser.press("m");
    browser.wait("document.querySelector('header .status').innerText === 'alles gesichert'");
    save("")?;
    browser.press("?");
    browser.wait("document.querySelector('dialog')");
    save("-keys")?;
    browser.key(Key::Escape);
    browser.wait("!document.querySelector('dialog')");
    browser.press("j");
    browser.click_button("Jobs");
    browser.wait("document.querySelector('.card')");
    save("-jobs")?;
    browser.click(".board > details > summary");
    browser.wait("document.querySelector('.map circle')");
    save("-map")?;
    browser.click_button("Vergleich");
    browser.wait("document.querySelector('.difference')");
    save("-comparison")?;
    browser.resize(420, 900);
    browser.click_button("Aussagen");
    save("-narrow")?;
    Ok(())
}
