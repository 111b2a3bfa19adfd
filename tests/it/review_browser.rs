//! The review page in a real browser: an analyst's day by keyboard, by mouse, with others, through a restart. Where no browser
//! is installed, each test says so and passes.

use std::path::Path;
use std::thread::JoinHandle;

use fantoccini::key::Key;
use ringwerk::codebook::{Ring, Rings};
use ringwerk::coding::{Action, Current, Decided, Decision, StatementKey, TranscriptKey, Verdict};
use ringwerk::error::Tongue;
use ringwerk::gold::{Gold, read_projects};
use ringwerk::review::{Server, SharedModel, Sight};
use ringwerk::store::{Project, check};
use serde_json::json;
use tokio::sync::oneshot;

use crate::browser::{Browser, Screen, axe};
use crate::fake_model::FakeModel;
use crate::gold_as_project::{store, until};

/// Settings with two jobs; the first one is suggested for some statements.
const LISTED: &str = r#"
[[jobs]]
id = "auffindbar"
title = "Unterlagen wiederfinden"
description = ""
[[jobs]]
id = "anders"
title = "Anderes"
description = ""
"#;

/// A page that is being served.
struct Running {
    address: String,
    stop: oneshot::Sender<()>,
    thread: JoinHandle<()>,
}

impl Running {
    fn start(folder: &Path, sight: Sight, tongue: Tongue) -> Self {
        Self::start_with(folder, sight, tongue, FakeModel::shared())
    }

    fn start_with(folder: &Path, sight: Sight, tongue: Tongue, model: SharedModel) -> Self {
        let server = Server::open(folder, None, sight, tongue, Some(model)).unwrap();
        let address = server.address();
        let (stop, stopped) = oneshot::channel::<()>();
        let until = async {
            let _ = stopped.await;
        };
        Self { address, stop, thread: std::thread::spawn(move || server.run_until(until).unwrap()) }
    }

    fn stop(self) {
        self.stop.send(()).unwrap();
        self.thread.join().unwrap();
    }
}

/// A project, its page, and a browser that shows it.
struct Desk {
    // Fields end in this order: the browser before what it shows.
    browser: Browser,
    running: Option<Running>,
    folder: tempfile::TempDir,
    gold: Vec<Gold>,
    tongue: Tongue,
}

impl Desk {
    /// Serves a project of the interviews; `None` where there is no browser.
    fn open(gold: Vec<Gold>, tongue: Tongue) -> Option<Self> {
        Self::open_with(gold, Sight::Everything, tongue, "")
    }

    /// The same, with settings of the project.
    fn open_with(gold: Vec<Gold>, sight: Sight, tongue: Tongue, settings: &str) -> Option<Self> {
        Self::open_on(Screen::Laptop, gold, sight, tongue, settings)
    }

    fn open_on(screen: Screen, gold: Vec<Gold>, sight: Sight, tongue: Tongue, settings: &str) -> Option<Self> {
        let browser = Browser::start(screen)?;
        let folder = tempfile::tempdir().unwrap();
        store(folder.path(), &gold).unwrap();
        std::fs::write(folder.path().join(ringwerk::settings::FILE), settings).unwrap();
        let running = Some(Running::start(folder.path(), sight, tongue));
        Some(Self { browser, running, folder, gold, tongue })
    }

    /// Stops the program and starts it again.
    fn serve_again(&mut self, sight: Sight) {
        self.stop();
        self.running = Some(Running::start(self.folder.path(), sight, self.tongue));
    }

    /// The same, with a model of its own.
    fn serve_again_with(&mut self, model: SharedModel) {
        self.stop();
        self.running = Some(Running::start_with(self.folder.path(), Sight::Everything, self.tongue, model));
    }

    fn stop(&mut self) {
        self.running.take().unwrap().stop();
    }

    /// Opens it and says who decides.
    fn open_as(gold: Vec<Gold>, who: &str) -> Option<Self> {
        let desk = Self::open(gold, Tongue::German)?;
        desk.browser.go_to(&desk.address());
        desk.say_who(who);
        Some(desk)
    }

    fn address(&self) -> String {
        self.running.as_ref().unwrap().address.clone()
    }

    fn say_who(&self, who: &str) {
        self.browser.wait("document.activeElement.id === 'who'");
        self.browser.press(who);
        self.browser.key(Key::Enter);
        self.browser.wait("document.activeElement.className === 'list' && !document.querySelector('dialog')");
    }

    /// Waits until everything that was done is stored.
    #[track_caller]
    fn settle(&self) {
        // What a click has begun may go on a turn of the page's later: a dialog tells of its end after it is gone.
        self.browser.run_script("const done = arguments[arguments.length - 1]; setTimeout(() => setTimeout(done));");
        let saved = self.tongue.pick("alles gesichert", "everything saved");
        self.browser.wait(&format!("document.querySelector('header .status')?.innerText === {}", json!(saved)));
    }

    /// What stands in the project's file.
    fn current(&self) -> Current {
        let project = Project::open(self.folder.path()).unwrap();
        project.state().unwrap().current().clone()
    }

    /// What is decided about a statement, after everything is stored.
    #[track_caller]
    fn decided(&self, statement: &StatementKey) -> Decided {
        self.settle();
        self.current().statement(statement).cloned().unwrap_or_default()
    }

    /// The answers of all interviews, in order.
    fn answers(&self) -> Vec<StatementKey> {
        let answers = self.gold.iter().flat_map(|gold| {
            let key = TranscriptKey::of(gold.transcript.text());
            let statements = gold.statements.iter().filter(|statement| gold.transcript.is_respondent(statement));
            statements.map(move |statement| StatementKey::new(&key, statement.span))
        });
        answers.collect()
    }

    /// The first answer, from `from` on, after which the same speaker goes on.
    fn with_next(&self, from: usize) -> usize {
        let statements = &self.gold[0].statements;
        let answers = self.answers();
        let turn = |key: &StatementKey| statements.iter().find(|one| one.span == key.span).unwrap().turn;
        (from..).find(|index| turn(&answers[*index]) == turn(&answers[index + 1])).unwrap()
    }

    fn words(&self, statement: &StatementKey) -> String {
        let of = |gold: &&Gold| TranscriptKey::of(gold.transcript.text()) == statement.transcript;
        statement.span.of(self.gold.iter().find(of).unwrap().transcript.text()).to_owned()
    }

    /// Waits until this statement is the chosen one.
    #[track_caller]
    fn chosen(&self, statement: &StatementKey) {
        let words = json!(self.words(statement));
        self.browser.wait(&format!("document.querySelector('.detail blockquote')?.textContent.startsWith({words})"));
    }

    /// Waits until the header says how many statements are decided.
    #[track_caller]
    fn done(&self, count: usize) {
        let words = self.tongue.pick("von", "of");
        let begin = json!(format!("{count} {words} "));
        self.browser.wait(&format!("document.querySelector('header .progress b')?.innerText.startsWith({begin})"));
    }

    fn fault_free(&self) {
        assert_eq!(check(self.folder.path()).unwrap().faults, []);
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            let _ = running.stop.send(());
        }
    }
}

fn gold(project: &str) -> Vec<Gold> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/gold").join(project);
    read_projects(&folder).unwrap().remove(0).interviews
}

fn rings(decided: &Decided) -> Vec<Ring> {
    decided.rings.iter().flat_map(|made| made.value.iter()).collect()
}

#[test]
fn a_day_by_keyboard_alone() {
    let Some(desk) = Desk::open_as(gold("dms"), "Anna") else { return };
    let (browser, answers) = (&desk.browser, desk.answers());

    desk.chosen(&answers[0]);
    browser.key(Key::Enter);
    desk.chosen(&answers[1]);
    let first = desk.decided(&answers[0]);
    assert_eq!(first.rings.as_ref().unwrap().by.who, "Anna");
    assert!(first.reason.is_some(), "the reason is accepted as it was shown");

    browser.press("34");
    browser.key(Key::Enter);
    desk.chosen(&answers[2]);
    assert_eq!(rings(&desk.decided(&answers[1])), [Ring::Huerde, Ring::Einfluss]);

    browser.press("0bm");
    assert!(rings(&desk.decided(&answers[2])).is_empty());
    assert!(desk.decided(&answers[2]).reason.is_some() && desk.decided(&answers[2]).flagged.is_some());
    browser.press("k");
    browser.wait("document.activeElement.id === 'comment'");
    browser.press("Noch einmal 1, 2 und u fragen");
    browser.chord(Key::Control, Key::Enter);
    browser.wait("!document.querySelector('dialog')");
    assert_eq!(desk.decided(&answers[2]).comment.unwrap().value, "Noch einmal 1, 2 und u fragen");
    browser.key(Key::Enter);
    desk.chosen(&answers[3]);
    browser.press("z");
    desk.chosen(&answers[4]);
    assert!(desk.decided(&answers[3]).skipped.is_some());
    browser.key(Key::Up);
    desk.chosen(&answers[3]);
    browser.press("o");
    assert_eq!(desk.decided(&answers[3]), Decided::default());
    browser.press("n");
    desk.chosen(&answers[4]);

    browser.press("?");
    browser.wait("document.querySelector('dialog table.keys')");
    browser.press("1u");
    browser.key(Key::Escape);
    browser.wait("!document.querySelector('dialog')");
    assert_eq!(desk.decided(&answers[4]), Decided::default(), "keys do nothing behind an open dialog");
    desk.done(3);
    desk.fault_free();
}

#[test]
fn searching_filtering_and_accepting_many_by_keyboard_alone() {
    let Some(desk) = Desk::open_as(gold("dms"), "Anna") else { return };
    let (browser, answers) = (&desk.browser, desk.answers());
    browser.press("/");
    browser.wait("document.activeElement.id === 'search'");
    browser.press("Vertrag");
    browser.wait(
        "document.querySelectorAll('.row.statement').length > 0 && document.querySelectorAll('.row.turn').length === 0",
    );
    let found = answers.iter().filter(|key| desk.words(key).to_lowercase().contains("vertrag")).count();
    assert!(found > 3, "a word that some interviews use");
    assert_eq!(browser.text(".found").split(' ').next().unwrap(), found.to_string());

    let tab_to = |condition: &str| {
        for _ in 0..20 {
            if browser.value(condition) {
                return;
            }
            browser.key(Key::Tab);
        }
        panic!("the Tab key does not lead to {condition}");
    };
    tab_to("document.activeElement.id === 'accept-many'");
    browser.key(Key::Enter);
    browser.wait("document.querySelector('dialog')");
    assert!(browser.value::<bool>("document.activeElement.innerText === 'Abbrechen'"), "the safe answer comes first");
    browser.key(Key::Escape);
    browser.wait("!document.querySelector('dialog')");
    assert_eq!(desk.current().statements().count(), 0);

    browser.key(Key::Enter);
    browser.wait("document.querySelector('dialog')");
    tab_to("document.activeElement.innerText.startsWith('Alle (')");
    browser.key(Key::Enter);
    desk.done(found);
    desk.settle();
    assert_eq!(desk.current().statements().count(), found);
    tab_to("document.activeElement.className === 'list'");
    browser.press("u");
    desk.done(0);
    desk.settle();
    assert_eq!(desk.current().statements().count(), 0, "one step takes all of it back");
    desk.fault_free();
}

#[test]
fn a_day_by_mouse_alone() {
    let Some(desk) = Desk::open_as(gold("dms"), "Ben") else { return };
    let (browser, answers) = (&desk.browser, desk.answers());
    desk.chosen(&answers[0]);
    browser.click_button("Übernehmen und weiter");
    desk.chosen(&answers[1]);
    browser.click(".ring-kriterium.ring");
    browser.click(".ring-huerde.ring");
    assert_eq!(rings(&desk.decided(&answers[1])), [Ring::Kriterium, Ring::Huerde]);
    browser.click(".ring-kriterium.ring");
    assert_eq!(rings(&desk.decided(&answers[1])), [Ring::Huerde], "the same again takes it away");
    browser.click_button("Begründung:");
    assert!(desk.decided(&answers[1]).reason.is_some());
    browser.click_button("Kommentar");
    browser.wait("document.activeElement.id === 'comment'");
    browser.press("mit dem Chef klären");
    browser.click_button("Sichern");
    browser.wait_for_text("mit dem Chef klären");
    assert_eq!(desk.decided(&answers[1]).comment.unwrap().value, "mit dem Chef klären");
    browser.click(".detail > .primary");
    browser.click_button("Merken");
    assert!(desk.decided(&answers[2]).flagged.is_some());
    browser.click_button("Zurückstellen");
    assert!(desk.decided(&answers[2]).skipped.is_some());

    browser.choose("#choose-show", "gemerkte");
    browser.wait("document.querySelectorAll('.row.statement').length === 1");
    desk.chosen(&answers[2]);
    browser.choose("#choose-show", "alles, als Gespräch");
    browser.wait("document.querySelectorAll('.row.turn').length > 1");
    browser.click("#interview-1");
    let second = TranscriptKey::of(desk.gold[1].transcript.text());
    let first_of_second = answers.iter().find(|key| key.transcript == second).unwrap();
    browser.wait(&format!(
        "document.querySelector('.row.interview h2').innerText === {}",
        json!(desk.gold[1].transcript.id)
    ));
    browser.click(".row.statement.respondent");
    desk.chosen(first_of_second);
    browser.click_button("kein Ring");
    assert!(desk.decided(first_of_second).rings.is_some());
    browser.click_button("Rückgängig");
    assert_eq!(desk.decided(first_of_second), Decided::default());
    browser.click_button("Wiederherstellen");
    assert!(desk.decided(first_of_second).rings.is_some());
    desk.fault_free();
}

#[test]
fn every_step_is_undone_and_redone_in_a_chain() {
    let Some(desk) = Desk::open_as(gold("dms"), "Anna") else { return };
    let (browser, answers) = (&desk.browser, desk.answers());
    let mut states = vec![desk.current()];
    for keys in ["1", "2", "b", "m", "0", "z", "3", "o"] {
        browser.press(keys);
        desk.settle();
        states.push(desk.current());
    }
    let steps = states.len() - 1;
    for state in states.iter().rev().skip(1) {
        browser.press("u");
        desk.settle();
        assert_eq!(desk.current(), *state);
    }
    browser.press("u");
    browser.wait_for_text("Es gibt nichts rückgängig zu machen");
    browser.press(&"w".repeat(steps));
    desk.settle();
    browser.press("w");
    browser.wait_for_text("Es gibt nichts wiederherzustellen");
    assert_eq!(desk.current(), *states.last().unwrap(), "keys pressed faster than they are stored lose nothing");
    browser.chord(Key::Control, 'z');
    desk.settle();
    assert_eq!(desk.current(), states[steps - 1]);
    desk.chosen(&answers[1]);
    desk.fault_free();
}

#[test]
fn statements_are_merged_and_split_and_decided() {
    let Some(desk) = Desk::open_as(gold("dms"), "Anna") else { return };
    let (browser, answers) = (&desk.browser, desk.answers());
    let (all, at) = (answers.len(), desk.with_next(0));
    let reads = |count: usize| {
        browser.wait(&format!("document.querySelector('header .progress b').innerText.includes(' von {count} ')"));
    };
    (0..at).for_each(|_| browser.key(Key::Down));
    desk.chosen(&answers[at]);
    browser.press("v");
    reads(all - 1);
    browser.wait_for_text("Für diese Aussage gibt es keinen Vorschlag");
    browser.press("6");
    desk.settle();
    let (first, second) = (&answers[at].span, &answers[at + 1].span);
    let merged = StatementKey::new(&answers[at].transcript, ringwerk::text::ByteSpan::new(first.start, second.end));
    assert_eq!(rings(&desk.decided(&merged)), [Ring::Mindset]);
    browser.press("uu");
    reads(all);

    browser.press("t");
    browser.wait("document.querySelector('dialog .word') === document.activeElement");
    browser.key(Key::Right);
    browser.key(Key::Enter);
    reads(all + 1);
    desk.settle();
    let transcript = TranscriptKey::of(desk.gold[0].transcript.text());
    assert_eq!(desk.current().boundaries(&transcript).count(), 1);
    browser.press("u");
    reads(all);
    desk.settle();
    assert_eq!(desk.current(), Current::default());
    desk.fault_free();
}

#[test]
fn nothing_that_was_typed_is_lost_when_the_program_restarts() {
    let Some(mut desk) = Desk::open_as(gold("dms"), "Anna") else { return };
    let answers = desk.answers();
    desk.browser.key(Key::Enter);
    desk.settle();
    desk.stop();
    desk.chosen(&answers[1]);
    desk.browser.press("1");
    desk.browser.key(Key::Enter);
    desk.browser.press("k");
    desk.browser.wait("document.activeElement.id === 'comment'");
    desk.browser.press("ohne Verbindung");
    desk.browser.chord(Key::Control, Key::Enter);
    desk.browser.wait_for_text("keine Verbindung zu ringwerk; 3 Eingaben warten");
    desk.done(2);
    desk.running = Some(Running::start(desk.folder.path(), Sight::Everything, desk.tongue));
    assert_eq!(rings(&desk.decided(&answers[1])), [Ring::Ausloeser]);
    assert_eq!(desk.decided(&answers[2]).comment.unwrap().value, "ohne Verbindung");

    desk.stop();
    desk.browser.press("2");
    desk.browser.wait_for_text("eine Eingabe wartet");
    desk.running = Some(Running::start(desk.folder.path(), Sight::Everything, desk.tongue));
    desk.browser.go_to(&desk.address());
    desk.browser.wait("document.querySelector('.row.statement')");
    assert_eq!(rings(&desk.decided(&answers[2])), [Ring::Erfolg], "also when the page was opened anew");
    desk.fault_free();
}

#[test]
fn two_tabs_see_each_other() {
    let Some(desk) = Desk::open_as(gold("dms"), "Anna") else { return };
    let (browser, answers) = (&desk.browser, desk.answers());
    let first = browser.open_tab();
    browser.go_to(&desk.address());
    browser.wait("document.querySelector('.row.statement') && document.activeElement.className === 'list'");
    browser.press("2");
    desk.settle();
    let second = browser.switch_to(&first);
    desk.done(1);
    browser.press("m");
    assert!(desk.decided(&answers[0]).flagged.is_some());
    browser.switch_to(&second);
    browser.wait("document.querySelector('.row.selected .marks').innerText.includes('⚑')");
    browser.press("u");
    desk.settle();
    assert!(desk.decided(&answers[0]).flagged.is_none(), "one person in two tabs undoes what was done last");
    browser.switch_to(&first);
    browser.wait("!document.querySelector('.row.selected .marks').innerText.includes('⚑')");
    assert_eq!(rings(&desk.decided(&answers[0])), [Ring::Erfolg]);
    desk.fault_free();
}

#[test]
fn suggestions_of_a_whole_selection_are_rejected_and_taken_back() {
    let Some(desk) = Desk::open_as(gold("dms"), "Anna") else { return };
    let browser = &desk.browser;
    browser.choose("#choose-ring", "■ Hürde");
    browser.wait("document.querySelectorAll('.row.turn').length === 0");
    let count: usize = browser.value("Number(document.querySelector('#reject-many').innerText.match(/\\d+/)[0])");
    assert!(count > 3);
    browser.click("#reject-many");
    browser.wait("document.querySelector('dialog')");
    assert!(browser.text("dialog p").starts_with(&format!("Bei {count} offenen Aussagen")));
    browser.click_button(&format!("Alle ({count})"));
    desk.done(count);
    desk.settle();
    let current = desk.current();
    assert_eq!(current.statements().filter(|(_, decided)| rings(decided).is_empty()).count(), count);
    browser.click_button("Rückgängig");
    desk.done(0);
    desk.settle();
    assert_eq!(desk.current(), Current::default());
    desk.fault_free();
}

#[test]
fn a_turn_is_given_to_somebody_else_and_its_statements_are_not_coded_any_more() {
    let Some(desk) = Desk::open_as(gold("dms"), "Anna") else { return };
    let (browser, answers) = (&desk.browser, desk.answers());
    let interview = &desk.gold[0];
    let turn = interview.statements.iter().find(|one| one.span == answers[0].span).unwrap().turn;
    let left = answers.len() - interview.statements.iter().filter(|one| one.turn == turn).count();
    browser.click(".detail .speaker");
    browser.wait("document.querySelector('dialog')");
    browser.click_button("I fragt");
    browser.wait(&format!("document.querySelector('header .progress b').innerText.includes(' von {left} ')"));
    browser.press("u");
    browser
        .wait(&format!("document.querySelector('header .progress b').innerText.includes(' von {} ')", answers.len()));
    desk.fault_free();
}

#[test]
fn keys_are_changed_kept_and_refused_where_another_has_them() {
    let Some(desk) = Desk::open_as(gold("dms"), "Anna") else { return };
    let (browser, answers) = (&desk.browser, desk.answers());
    browser.press("?");
    browser.click("[data-key=flag]");
    browser.press("b");
    browser.wait_for_text("Die Taste B ist schon „Begründung“.");
    browser.click("[data-key=flag]");
    browser.press("x");
    browser.wait("document.querySelector('[data-key=flag]').innerText === 'X'");
    browser.key(Key::Escape);
    browser.wait("!document.querySelector('dialog')");
    browser.press("m");
    assert_eq!(desk.decided(&answers[0]), Decided::default(), "the old key does nothing any more");
    browser.press("x");
    assert!(desk.decided(&answers[0]).flagged.is_some());
    browser.reload();
    browser.wait("document.activeElement.className === 'list'");
    browser.press("x");
    assert!(desk.decided(&answers[0]).flagged.is_none(), "kept in the browser");
    browser.press("?");
    browser.click_button("Alle Tasten wie am Anfang");
    browser.wait("document.querySelector('[data-key=flag]').innerText === 'M'");
}

#[test]
fn a_suggested_job_is_given_by_one_key_and_statements_are_dragged_between_jobs() {
    let Some(desk) = Desk::open_with(gold("dms"), Sight::Everything, Tongue::German, LISTED) else { return };
    let browser = &desk.browser;
    browser.go_to(&desk.address());
    desk.say_who("Anna");
    let suggested = |one: &Gold| one.codes.iter().position(|code| code.job.as_deref() == Some("auffindbar"));
    let place = suggested(&desk.gold[0]).unwrap();
    let transcript = TranscriptKey::of(desk.gold[0].transcript.text());
    let statement = StatementKey::new(&transcript, desk.gold[0].statements[place].span);
    let before = desk.answers().iter().position(|key| *key == statement).unwrap();
    (0..before).for_each(|_| browser.key(Key::Down));
    desk.chosen(&statement);
    browser.press("j");
    let job = |desk: &Desk| desk.decided(&statement).job.map(|made| made.value);
    assert_eq!(job(&desk), Some(Some("auffindbar".to_owned())));
    assert_eq!(desk.current().jobs().len(), 1, "giving it has confirmed it");
    browser.choose("#choose-job", "Unterlagen wiederfinden");
    let speaking =
        desk.gold.iter().flat_map(|gold| &gold.codes).filter(|code| code.job.as_deref() == Some("auffindbar"));
    browser.wait(&format!("document.querySelector('.found').innerText.startsWith('{} ')", speaking.count()));
    browser.choose("#choose-job", "alle Jobs");

    browser.click_button("Jobs");
    browser.resize(1366, 2600);
    browser.drag(".card.confirmed .handle", "[data-job=anders] h3");
    browser.wait("document.querySelector('.card.confirmed[data-job=anders]')");
    assert_eq!(job(&desk), Some(Some("anders".to_owned())));
    browser.drag("[data-job=anders] .handle", "[data-job=none] h3");
    browser.wait("document.querySelector('[data-job=none] .handle')");
    assert_eq!(job(&desk), Some(None));
    browser.drag("[data-job=none] .handle", ".open-jobs h2");
    browser.wait("!document.querySelector('[data-job=none] .handle')");
    assert_eq!(job(&desk), None, "put back");
    browser.choose(".open-jobs select", "Anderes");
    browser.wait("document.querySelector('[data-job=anders] .handle')");
    (0..5).for_each(|_| {
        browser.click_button("Rückgängig");
        desk.settle();
    });
    assert_eq!(desk.current(), Current::default());
    desk.fault_free();
}

#[test]
fn what_was_decided_is_learned_while_deciding_goes_on_and_taken_back() {
    let Some(mut desk) = Desk::open(gold("dms"), Tongue::German) else { return };
    let (model, gate) = FakeModel::behind_gate();
    desk.serve_again_with(model);
    let (browser, answers) = (&desk.browser, desk.answers());
    browser.go_to(&desk.address());
    desk.say_who("Anna");
    browser.press("5");
    browser.key(Key::Down);
    desk.settle();
    browser.press("l");
    browser.wait("document.querySelector('#learn').disabled");
    assert_eq!(browser.text("#learn"), "Lernt aus Entscheidungen …");
    browser.press("4");
    assert_eq!(rings(&desk.decided(&answers[1])), [Ring::Einfluss], "decisions are stored meanwhile");
    gate.send(()).unwrap();
    browser.wait_for_text("Aus 2 entschiedenen Aussagen gelernt");
    browser.wait("!document.querySelector('#learn').disabled");
    let changed: usize = browser.value("parseInt(document.querySelector('#show-learned').innerText)");
    assert!(changed > 3);
    desk.done(2);

    browser.click("#show-learned");
    browser.wait(&format!("document.querySelector('.found').innerText.startsWith('{changed} ')"));
    assert_eq!(browser.value::<String>("document.querySelector('#choose-show').value"), "learned");
    assert_eq!(browser.text(".detail .learned .ring-huerde"), "■\nHürde", "what was suggested before");
    browser.key(Key::Enter);
    desk.done(3);
    desk.settle();
    let accepted = desk.current();
    let accepted = accepted.statements().find(|(key, _)| !answers[..2].contains(key)).unwrap();
    assert_eq!(rings(accepted.1), [Ring::Kriterium], "what is accepted is what was learned");

    browser.click("#forget");
    browser.wait_for_text("Die Vorschläge von vorher gelten wieder");
    browser.wait("!document.querySelector('#show-learned')");
    desk.done(3);
    browser.choose("#choose-show", "alles, als Gespräch");
    browser.wait("document.querySelectorAll('.row.turn').length > 1");
    assert_eq!(browser.count(".learned"), 0);
    desk.fault_free();
}

#[test]
fn statements_are_found_by_meaning_too() {
    let Some(desk) = Desk::open_as(gold("dms"), "Anna") else { return };
    let (browser, answers) = (&desk.browser, desk.answers());
    browser.press("a");
    browser.wait("document.querySelector('#clear-near') && document.querySelectorAll('.row.turn').length === 0");
    desk.chosen(&answers[0]);
    assert!(browser.count(".row.statement") > 3);
    browser.click("#clear-near");
    browser.wait("document.querySelectorAll('.row.turn').length > 1 && !document.querySelector('#clear-near')");
    desk.chosen(&answers[0]);

    browser.press("/");
    browser.wait("document.activeElement.id === 'search'");
    browser.press("Vertrag suchen");
    browser.click("#by-meaning");
    browser.wait("document.querySelector('#clear-near')?.innerText.includes('Vertrag suchen')");
    assert_eq!(browser.value::<String>("document.querySelector('#search').value"), "");
    assert!(browser.count(".row.statement") > 3);
    browser.press("1");
    desk.done(1);
    desk.fault_free();
}

#[test]
fn two_people_code_blind_and_their_differences_are_settled_by_one_key() {
    let blind = |who: &str| Sight::Blind(who.to_owned());
    let Some(mut desk) = Desk::open_with(gold("dms"), blind("Anna"), Tongue::German, "") else { return };
    let answers = desk.answers();
    for (who, keys) in [("Anna", ["1", "2", "3"]), ("Bea", ["1", "4", "3"])] {
        if who == "Bea" {
            desk.serve_again(blind("Bea"));
        }
        desk.browser.go_to(&desk.address());
        desk.browser.wait("document.querySelector('.row.statement')");
        desk.browser.wait_for_text("Hier wird ohne Vorschläge kodiert");
        assert_eq!(desk.browser.count("#learn"), 0, "nothing is learned here");
        assert_eq!(desk.browser.count(".chip"), 0, "{who} sees neither suggestions nor what the other decided");
        for (answer, key) in answers.iter().zip(keys) {
            desk.chosen(answer);
            desk.browser.press(key);
            desk.browser.key(Key::Down);
        }
        desk.settle();
    }
    desk.serve_again(Sight::Everything);
    let browser = &desk.browser;
    browser.go_to(&desk.address());
    desk.say_who("Cem");
    browser.click_button("Vergleich");
    browser.wait_for_text("2 von 3 Aussagen gleich kodiert");
    browser.wait_for_text("Unterschied 1 von 1");
    browser.key(Key::Right);
    browser.wait_for_text("Kein Unterschied ist mehr offen");
    assert_eq!(rings(&desk.decided(&answers[1])), [Ring::Einfluss]);
    assert_eq!(desk.decided(&answers[1]).rings.unwrap().by.who, "Cem");
    browser.wait_for_text("2 von 3 Aussagen gleich kodiert");
    desk.fault_free();
}

#[test]
fn all_of_it_can_be_read_in_english_too() {
    let Some(desk) = Desk::open(gold("dms"), Tongue::English) else { return };
    let browser = &desk.browser;
    browser.go_to(&desk.address());
    desk.say_who("Ann");
    browser.wait_for_text("Accept and go on");
    for key in ["?", "c", "t"] {
        browser.press(key);
        browser.wait("document.querySelector('dialog')");
        assert_english(&browser.seen());
        browser.key(Key::Escape);
        browser.wait("!document.querySelector('dialog')");
    }
    browser.press("r");
    assert!(desk.decided(&desk.answers()[0]).reason.is_some(), "keys follow the language");
    browser.click_button("Jobs");
    browser.wait_for_text("Candidate jobs");
    assert_english(&browser.seen());
}

fn assert_english(seen: &str) {
    for german in
        ["Rückgängig", "Schließen", "Abbrechen", "Begründung:", "Zurückstellen", "Mögliche Jobs", "Aussagen aus"]
    {
        assert!(!seen.contains(german), "{german}: {seen}");
    }
}

/// How long each takes: `--example review-speed`.
#[test]
fn three_hundred_pages_open_scroll_and_are_searched() {
    let Some(desk) = Desk::open_as(many(5_000), "Anna") else { return };
    let (browser, answers) = (&desk.browser, desk.answers());
    desk.chosen(&answers[0]);
    browser.key(Key::Enter);
    desk.chosen(&answers[1]);
    assert!(desk.decided(&answers[0]).rings.is_some());
    let rows = "document.querySelectorAll('.list .row').length";
    for _ in 0..40 {
        browser.value::<f64>("document.querySelector('.list').scrollTop += 900");
        let few: usize = browser.value(rows);
        assert!((1..200).contains(&few), "only what can be seen is there: {few}");
    }
    assert!(browser.value::<f64>("document.querySelector('.list').scrollTop") > 30_000.0);
    browser.press("/");
    browser.wait("document.activeElement.id === 'search'");
    browser.press("ein");
    browser.wait("document.querySelectorAll('.row.turn').length === 0");
    let found = answers.iter().filter(|key| desk.words(key).to_lowercase().contains("ein")).count();
    browser.wait(&format!("document.querySelector('.found').innerText.startsWith('{found} ')"));
    desk.fault_free();
}

/// Gold interviews until there are this many statements.
fn many(most: usize) -> Vec<Gold> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/gold");
    until(read_projects(&folder).unwrap(), most)
}

/// Faults of accessibility on what is shown, serious and critical ones.
fn accessibility_faults(browser: &Browser, axe: &str) -> Vec<String> {
    let script = format!(
        "{axe};const done = arguments[arguments.length - 1];
         axe.run(document).then(({{ violations }}) => done(violations
           .filter((one) => one.impact === 'serious' || one.impact === 'critical')
           .flatMap((one) => one.nodes.map((node) => `${{one.id}}: ${{node.target}} ${{node.failureSummary}}`))));"
    );
    serde_json::from_value(browser.run_script(&script)).unwrap()
}

/// Two more people decide otherwise about a statement, in another program; the page hears of it.
fn code_as_two(desk: &Desk) {
    let project = Project::open(desk.folder.path()).unwrap();
    let mut state = project.state().unwrap();
    for (who, ring) in [("Bea", Ring::Huerde), ("Cem", Ring::Einfluss)] {
        let verdict = Verdict::Rings(Rings::new(vec![ring]).unwrap());
        let decision = Decision::Statement { statement: desk.answers()[0].clone(), verdict, shown: None };
        project.append(&mut state, who, Action::Decide(vec![decision])).unwrap();
    }
    desk.browser.reload();
    desk.browser.wait("document.querySelector('.row.statement')");
    desk.browser.click_button("Vergleich");
}

#[test]
fn no_view_has_a_serious_fault_of_accessibility() {
    let Some(axe) = axe() else { return };
    let Some(mut desk) = Desk::open_as(gold("dms"), "Anna") else { return };
    let browser = &desk.browser;
    let mut faults = Vec::new();
    let mut look = |view: &str| {
        faults.extend(accessibility_faults(browser, &axe).into_iter().map(|fault| format!("{view}: {fault}")));
    };
    look("statements");
    browser.press("34mk");
    browser.wait("document.querySelector('dialog')");
    look("comment");
    browser.key(Key::Escape);
    for (key, view) in [("?", "keys"), ("t", "split")] {
        browser.wait("!document.querySelector('dialog')");
        browser.press(key);
        browser.wait("document.querySelector('dialog')");
        look(view);
        browser.key(Key::Escape);
    }
    browser.wait("!document.querySelector('dialog')");
    browser.click("#accept-many");
    browser.wait("document.querySelector('dialog')");
    look("accept many");
    browser.key(Key::Escape);
    browser.choose("#choose-show", "nur offene");
    look("open statements");
    browser.click("#learn");
    browser.click("#show-learned");
    browser.wait("document.querySelector('.detail .learned')");
    look("what was learned");
    browser.click_button("Jobs");
    browser.click(".board > details > summary");
    browser.wait("document.querySelector('.map circle')");
    look("jobs with map");
    browser.click_button("Vergleich");
    browser.wait_for_text("Noch haben nicht zwei Personen kodiert");
    look("comparison without two people");
    code_as_two(&desk);
    browser.wait("document.querySelector('.figures')");
    look("comparison");
    desk.serve_again(Sight::Blind("Dora".to_owned()));
    desk.browser.go_to(&desk.address());
    desk.browser.wait_for_text("Hier wird ohne Vorschläge kodiert");
    faults.extend(accessibility_faults(&desk.browser, &axe));
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn a_phone_is_enough() {
    let desk = Desk::open_on(Screen::Phone, gold("dms"), Sight::Everything, Tongue::German, "");
    let Some(desk) = desk else { return };
    let (browser, answers) = (&desk.browser, desk.answers());
    browser.go_to(&desk.address());
    browser.wait("document.activeElement.id === 'who'");
    browser.press("Anna");
    browser.click_button("Los geht’s");
    desk.chosen(&answers[0]);
    assert!(browser.value::<f64>("document.querySelector('.list').clientHeight") > 150.0);
    browser.click_button("Übernehmen und weiter");
    desk.chosen(&answers[1]);
    browser.click(".ring-huerde.ring");
    assert_eq!(rings(&desk.decided(&answers[1])), [Ring::Huerde]);
    browser.click(".toggle");
    browser.choose("#choose-show", "nur entschiedene");
    let axe = axe();
    let look = |view: &str| {
        let wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
        assert_eq!(browser.value::<f64>(wide), 0.0, "{view} is as wide as the screen");
        let faults = axe.as_ref().map_or_else(Vec::new, |axe| accessibility_faults(browser, axe));
        assert_eq!(faults, Vec::<String>::new(), "{view}");
    };
    look("selection");
    browser.click(".toggle");
    browser.wait("document.querySelectorAll('.row.statement').length === 2");
    look("statements");
    browser.click_button("Jobs");
    browser.click(".board > details > summary");
    browser.wait("document.querySelector('.map circle')");
    look("jobs with map");
    code_as_two(&desk);
    browser.wait("document.querySelector('.figures')");
    look("comparison");
    desk.fault_free();
}
