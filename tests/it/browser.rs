//! A real browser, used as a person does: by keys, by mouse, by what can be seen. It waits for conditions, never for a time.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource, KeyAction, KeyActions, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::wd::WindowHandle;
use fantoccini::{Client, ClientBuilder, Locator};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

/// How long a condition may take before a test has failed; much longer than any takes.
const PATIENCE: Duration = Duration::from_secs(120);
const BETWEEN_LOOKS: Duration = Duration::from_millis(15);

/// What a person looks at.
#[derive(Debug, Clone, Copy)]
pub enum Screen {
    /// A laptop's, of 1280 by 800.
    Laptop,
    /// A phone's, of 390 by 844, which is touched.
    Phone,
}

/// An open browser. It ends with the value.
pub struct Browser {
    runtime: Runtime,
    client: Client,
    driver: Child,
}

/// Set where all programs that tests ask for have to be there.
const LEAVE_OUT_NOTHING: &str = "RINGWERK_LEAVE_OUT_NOTHING";

/// Says on stderr what a test leaves out; fails where nothing may be left out.
pub fn left_out(what: &str) {
    assert!(std::env::var_os(LEAVE_OUT_NOTHING).is_none(), "{LEAVE_OUT_NOTHING} is set, but this is left out: {what}");
    let note = format!("left out: {what}\n");
    std::io::stderr().write_all(note.as_bytes()).unwrap();
}

impl Browser {
    /// Opens a browser with an empty profile; `None`, and says so, where Debian's chromium or chromium-driver is missing
    /// or does not start.
    pub fn start(screen: Screen) -> Option<Self> {
        let chromium = program(&["chromium", "chromium-browser", "google-chrome"]);
        let Some((chromium, chromedriver)) = chromium.zip(program(&["chromedriver"])) else {
            left_out(
                "the page in a real browser; chromium or chromedriver is missing (Debian: chromium chromium-driver)",
            );
            return None;
        };
        let mut driver = Command::new(chromedriver)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let port = port_of(&mut driver);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let options = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--no-first-run",
            "--hide-scrollbars",
            "--force-device-scale-factor=1",
        ];
        let mut chrome = json!({ "binary": chromium, "args": options });
        if matches!(screen, Screen::Phone) {
            let metrics = json!({ "width": 390, "height": 844, "pixelRatio": 1, "touch": true, "mobile": true });
            chrome["mobileEmulation"] = json!({ "deviceMetrics": metrics });
        }
        let wanted = json!({
            "goog:chromeOptions": chrome,
            "timeouts": { "script": PATIENCE.as_millis() as u64 },
        });
        let Value::Object(capabilities) = wanted else { unreachable!("braces make an object") };
        let mut builder = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new());
        let address = format!("http://127.0.0.1:{port}");
        let session = builder.capabilities(capabilities).connect(&address);
        let client = match runtime.block_on(session) {
            Ok(client) => client,
            Err(error) => {
                let _ = driver.kill();
                left_out(&format!("the page in a real browser, which does not start: {error}"));
                return None;
            }
        };
        let browser = Self { runtime, client, driver };
        if matches!(screen, Screen::Laptop) {
            browser.resize(1280, 800);
        }
        Some(browser)
    }

    pub fn go_to(&self, address: &str) {
        self.runtime.block_on(self.client.goto(address)).unwrap();
    }

    pub fn reload(&self) {
        self.runtime.block_on(self.client.refresh()).unwrap();
    }

    /// What an expression in the page is worth.
    pub fn value<T: DeserializeOwned>(&self, expression: &str) -> T {
        let value = self.runtime.block_on(self.client.execute(&format!("return ({expression});"), Vec::new())).unwrap();
        serde_json::from_value(value).unwrap()
    }

    /// Runs a script that calls its last argument with the result.
    pub fn run_script(&self, script: &str) -> Value {
        self.runtime.block_on(self.client.execute_async(script, Vec::new())).unwrap()
    }

    /// Waits until an expression in the page is true.
    #[track_caller]
    pub fn wait(&self, expression: &str) {
        let begun = Instant::now();
        while !self.value::<bool>(&format!("Boolean({expression})")) {
            assert!(begun.elapsed() < PATIENCE, "not within {PATIENCE:?}: {expression}");
            std::thread::sleep(BETWEEN_LOOKS);
        }
    }

    /// What can be read on the page, for messages.
    pub fn seen(&self) -> String {
        self.value("document.body.innerText")
    }

    #[track_caller]
    pub fn wait_for_text(&self, text: &str) {
        self.wait(&format!("document.body.innerText.includes({})", json!(text)));
    }

    /// The text of the first element that a selector names; nothing where there is none.
    pub fn text(&self, selector: &str) -> String {
        self.value(&format!("document.querySelector({})?.innerText ?? ''", json!(selector)))
    }

    pub fn count(&self, selector: &str) -> usize {
        self.value(&format!("document.querySelectorAll({}).length", json!(selector)))
    }

    /// Presses keys one after the other, each a sign.
    pub fn press(&self, signs: &str) {
        let keys = signs.chars().fold(KeyActions::new("keys".into()), |keys, value| {
            keys.then(KeyAction::Down { value }).then(KeyAction::Up { value })
        });
        self.runtime.block_on(self.client.perform_actions(keys)).unwrap();
    }

    pub fn key(&self, key: Key) {
        self.press(&char::from(key).to_string());
    }

    /// Presses a key while another is held.
    pub fn chord(&self, held: Key, value: impl Into<char>) {
        let (held, value) = (char::from(held), value.into());
        let keys = KeyActions::new("keys".into()).then(KeyAction::Down { value: held });
        let keys = keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        self.runtime.block_on(self.client.perform_actions(keys.then(KeyAction::Up { value: held }))).unwrap();
    }

    /// Clicks on what a selector names, as soon as it can be clicked.
    #[track_caller]
    pub fn click(&self, selector: &str) {
        self.on_element(Locator::Css(selector), async |element| element.click().await);
    }

    /// Clicks on the button with these words, as soon as it can be clicked.
    #[track_caller]
    pub fn click_button(&self, words: &str) {
        self.on_element(Locator::XPath(&button(words)), async |element| element.click().await);
    }

    /// Chooses an entry of a list by its words.
    #[track_caller]
    pub fn choose(&self, selector: &str, words: &str) {
        self.on_element(Locator::Css(selector), async |element| element.select_by_label(words).await);
    }

    /// Drags what one selector names onto what another names, by mouse.
    #[track_caller]
    pub fn drag(&self, from: &str, to: &str) {
        self.wait(&format!("document.querySelector({}) && document.querySelector({})", json!(from), json!(to)));
        let element = |selector| self.runtime.block_on(self.client.find(Locator::Css(selector))).unwrap();
        let (from, to) = (element(from), element(to));
        let to_element = |element: Element| PointerAction::MoveToElement {
            element,
            duration: Some(Duration::from_millis(120)),
            x: 0.0,
            y: 0.0,
        };
        let mouse = MouseActions::new("mouse".into()).then(to_element(from)).then(PointerAction::Down { button: 0 });
        let mouse = mouse.then(PointerAction::MoveBy { duration: None, x: 12.0, y: 12.0 });
        let mouse = mouse.then(to_element(to)).then(PointerAction::Up { button: 0 });
        self.runtime.block_on(self.client.perform_actions(mouse)).unwrap();
    }

    /// Does something with an element; tries again where the page has just drawn it anew.
    #[track_caller]
    fn on_element(&self, locator: Locator<'_>, act: impl AsyncFn(Element) -> Result<(), CmdError>) {
        let begun = Instant::now();
        loop {
            let done = self.runtime.block_on(async { act(self.client.find(locator).await?).await });
            let Err(error) = done else { return };
            assert!(begun.elapsed() < PATIENCE, "{locator:?}: {error}");
            std::thread::sleep(BETWEEN_LOOKS);
        }
    }

    /// Makes the window as large as the page is to be, and the frame around it.
    pub fn resize(&self, width: u32, height: u32) {
        let (across, down): (u32, u32) = self.value("[outerWidth - innerWidth, outerHeight - innerHeight]");
        let (width, height) = (width + across, height + down);
        self.runtime.block_on(self.client.set_window_rect(0, 0, width, height)).unwrap();
    }

    /// Opens another tab and goes there; the result leads back to the tab before.
    pub fn open_tab(&self) -> WindowHandle {
        let before = self.runtime.block_on(self.client.window()).unwrap();
        let fresh = self.runtime.block_on(self.client.new_window(true)).unwrap();
        self.runtime.block_on(self.client.switch_to_window(fresh.handle)).unwrap();
        before
    }

    pub fn switch_to(&self, tab: &WindowHandle) -> WindowHandle {
        let before = self.runtime.block_on(self.client.window()).unwrap();
        self.runtime.block_on(self.client.switch_to_window(tab.clone())).unwrap();
        before
    }

    #[allow(dead_code, reason = "the tests look at no pictures; examples/review-pictures.rs draws them")]
    pub fn picture(&self) -> Vec<u8> {
        self.runtime.block_on(self.client.screenshot()).unwrap()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The driver closes its browser with the session; without one it is only a process.
        let _ = self.runtime.block_on(self.client.clone().close());
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// Where a button with these words stands that can be reached: in the open dialog, where there is one.
fn button(words: &str) -> String {
    let reached = "(ancestor::dialog[@open] or not(//dialog[@open])) and not(ancestor::*[@hidden])";
    format!("//button[contains(normalize-space(.), '{words}') and {reached}]")
}

fn program(names: &[&str]) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&folders).collect();
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|path| path.is_file())
}

/// The port that the driver says it listens on.
fn port_of(driver: &mut Child) -> u16 {
    let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
    let line = lines.find_map(|line| line.ok().filter(|line| line.contains("successfully on port")));
    let port = line.and_then(|line| line.rsplit(' ').next().and_then(|port| port.trim_end_matches('.').parse().ok()));
    // What it goes on to say is read, so that it never waits for a reader.
    std::thread::spawn(move || lines.for_each(drop));
    port.expect("the driver names its port")
}

/// The rules of accessibility that `scripts/fetch-axe` has fetched.
pub fn axe() -> Option<String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("out/axe/axe.min.js");
    let read = std::fs::read_to_string(&script).ok();
    if read.is_none() {
        left_out("accessibility; out/axe/axe.min.js is missing (scripts/fetch-axe)");
    }
    read
}
