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

use browser::{Browser, Screen};
use fantoccini::key::Key;
use ringwerk::error::Tongue;
use ringwerk::gold::read_projects;
use ringwerk::review::{Server, Sight};
use ringwerk::settings;

const PROJECT: &str = "fixtures/gold/dms";

fn main() -> Result<(), Box<dyn Error>> {
    let into = PathBuf::from(std::env::args().nth(1).ok_or("into which FOLDER?")?);
    let temporary = tempfile::tempdir()?;
    let folder = temporary.path().join("Dokumente");
    let project = read_projects(Path::new(PROJECT))?.remove(0);
    gold_as_project::store(&folder, &project.interviews)?;
    let jobs = toml::to_string(&std::collections::BTreeMap::from([("jobs", &project.jobs[..3])]))?;
    std::fs::write(folder.join(settings::FILE), jobs)?;
    let server = Server::open(&folder, None, Sight::Everything, Tongue::German, None)?;
    let address = serve(server);
    let Some((laptop, phone)) = Browser::start(Screen::Laptop).zip(Browser::start(Screen::Phone)) else {
        return Ok(());
    };
    laptop.go_to(&address);
    decide(&laptop);
    draw(&laptop, &into)?;
    phone.go_to(&address);
    name(&phone, "Anna");
    choose(&phone);
    Ok(save(&phone, &into, "-phone")?)
}

/// Writes what can be seen, once everything is stored and no note covers anything.
fn save(browser: &Browser, into: &Path, ending: &str) -> std::io::Result<()> {
    settle(browser);
    std::fs::write(into.join(format!("review{ending}.png")), browser.picture())
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

fn settle(browser: &Browser) {
    browser.wait("document.querySelector('header .status').innerText === 'alles gesichert'");
    browser.wait("!document.querySelector('.toast p')");
}

/// Two people decide.
fn decide(browser: &Browser) {
    for (who, keys) in [("Bea", ["4", "4", "1", "3", "5", "2"]), ("Anna", ["4", "3", "1", "3", "5", "2"])] {
        if who != "Bea" {
            browser.click(".who");
        }
        name(browser, who);
        for key in keys {
            // Nothing, then the ring: what the other one set goes.
            browser.press(&format!("0{key}"));
            browser.key(Key::Down);
        }
        settle(browser);
        (0..keys.len()).for_each(|_| browser.key(Key::Up));
    }
}

/// Chooses a statement for which something is suggested.
fn choose(browser: &Browser) {
    browser.press("n");
    browser.key(Key::Down);
}

/// Draws each view.
fn draw(browser: &Browser, into: &Path) -> Result<(), Box<dyn Error>> {
    choose(browser);
    save(browser, into, "")?;
    browser.click_button("Jobs");
    browser.wait("document.querySelector('.card')");
    save(browser, into, "-jobs")?;
    browser.click(".board > details > summary");
    browser.wait("document.querySelector('.map circle')");
    save(browser, into, "-map")?;
    browser.click_button("Vergleich");
    browser.wait("document.querySelector('.difference')");
    save(browser, into, "-comparison")?;
    Ok(())
}
