//! The program as a person or another program meets it.

use std::fs;
use std::path::Path;
use std::process::Output;

use ringwerk::codebook::{Job, Ring, Rings};
use ringwerk::coding::{Action, CodedInterview, Decision, StatementKey, Suggestion, TranscriptKey, Verdict};
use ringwerk::store::Project;
use serde_json::Value;

fn ringwerk(arguments: &[&str]) -> Output {
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("ringwerk");
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

const INTERVIEW: &str = "I: Wie kam es dazu? #00:00:04-0#\n\
    B1: Also, die Anlage stand zweimal still, und da war klar, so geht es nicht weiter. #00:00:20-5#\n\
    I: Und dann? #00:00:22-0#\n\
    B1: Dann hat der Einkauf drei Angebote geholt, weil die Revision das verlangt. #00:00:31-0#\n";

fn folder_with(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

fn lines(output: &Output) -> Vec<Value> {
    text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// The fields of contract 3.2, in their order; nothing more, nothing less.
#[test]
fn json_lines_keep_their_shape() {
    let folder = folder_with(&[("b1.txt", INTERVIEW.as_bytes())]);
    let output = ringwerk(&["code", folder.path().to_str().unwrap(), "--json", "--quiet"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let lines = lines(&output);
    let kinds: Vec<&str> = lines.iter().map(|line| line["type"].as_str().unwrap()).collect();
    assert_eq!(kinds.first(), Some(&"transcript"));
    assert_eq!(kinds.last(), Some(&"run"));
    assert_eq!(
        keys(&lines[0]),
        ["type", "id", "path", "format", "language", "meta", "turns", "statements", "warnings"]
    );
    let statement = lines.iter().find(|line| line["role"] == "respondent").unwrap();
    assert_eq!(
        keys(statement),
        [
            "type",
            "transcript",
            "n",
            "turn",
            "speaker",
            "role",
            "time",
            "start",
            "end",
            "text",
            "rings",
            "reason",
            "job",
            "cluster",
            "route",
            "why"
        ]
    );
    assert_eq!(statement["rings"].as_array().unwrap().len(), 6);
    assert_eq!(keys(&statement["rings"][0]), ["id", "p", "suggested"]);
    assert_eq!(keys(&statement["reason"]), ["p", "suggested", "span"]);
    assert_eq!(keys(&statement["why"]), ["words", "similar"]);
    assert_eq!(keys(&statement["why"]["similar"][0]), ["text", "rings", "transcript", "similarity"]);
    let run = lines.last().unwrap();
    assert_eq!(keys(run), ["type", "version", "model", "settings", "seed", "counts", "seconds", "tokens"]);
    assert_eq!(keys(&run["model"]), ["id", "hash"]);
}

/// Positions are code points in the turns' texts joined by a line feed.
#[test]
fn positions_lead_to_the_quote() {
    let folder = folder_with(&[("b1.txt", INTERVIEW.as_bytes())]);
    let output = ringwerk(&["code", folder.path().to_str().unwrap(), "--json", "--quiet"]);
    let plain: Vec<char> = "Wie kam es dazu?\n\
        Also, die Anlage stand zweimal still, und da war klar, so geht es nicht weiter.\nUnd dann?\n\
        Dann hat der Einkauf drei Angebote geholt, weil die Revision das verlangt."
        .chars()
        .collect();
    let statements: Vec<Value> = lines(&output).into_iter().filter(|line| line["type"] == "statement").collect();
    assert!(statements.len() >= 4);
    for statement in statements {
        let (start, end) = (statement["start"].as_u64().unwrap(), statement["end"].as_u64().unwrap());
        let quote: String = plain[start as usize..end as usize].iter().collect();
        assert_eq!(statement["text"], Value::String(quote.clone()));
        for word in statement["why"]["words"].as_array().into_iter().flatten() {
            let (start, end) = (word[0].as_u64().unwrap() as usize, word[1].as_u64().unwrap() as usize);
            let word: String = quote.chars().skip(start).take(end - start).collect();
            assert!(!word.is_empty() && word.chars().all(|sign| !sign.is_whitespace()), "{word}");
        }
    }
}

/// One bad file is reported with its reason and remembered; the others are coded.
#[test]
fn bad_files_do_not_stop_the_others() {
    let folder = folder_with(&[
        ("gut.txt", INTERVIEW.as_bytes()),
        ("leer.txt", b""),
        ("bild.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0"),
        ("kaputt.docx", b"PK\x03\x04 nothing more"),
        ("fremd.txt", "I: What happened then?\nB: We called three vendors and compared what they had to offer, and then the board decided that we would wait for another year because there was no money left.\n".as_bytes()),
    ]);
    let output = ringwerk(&["code", folder.path().to_str().unwrap(), "--json"]);
    assert_eq!(output.status.code(), Some(2));
    let errors = text(&output.stderr);
    for name in ["leer.txt", "bild.png", "kaputt.docx", "fremd.txt"] {
        assert!(errors.contains(name), "{name} is not named in:\n{errors}");
    }
    assert!(!errors.contains("panicked"), "{errors}");
    let lines = lines(&output);
    assert_eq!(lines.iter().filter(|line| line["type"] == "transcript").count(), 1);
    assert_eq!(lines.last().unwrap()["counts"]["failed"], 4);
}

#[test]
fn nothing_readable_is_a_failure_with_a_reason() {
    let output = ringwerk(&["code", "does-not-exist.docx"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("does-not-exist.docx: gibt es nicht"), "{}", text(&output.stderr));
    assert!(output.stdout.is_empty());
}

#[test]
fn the_summary_is_german_and_english_by_switch() {
    let folder = folder_with(&[("b1.txt", INTERVIEW.as_bytes()), ("b2.txt", INTERVIEW.as_bytes())]);
    let path = folder.path().to_str().unwrap();
    let german = text(&ringwerk(&["code", path]).stdout);
    assert!(german.contains("Entscheidungseinfluss") && german.contains("zusammen"), "{german}");
    assert!(!german.contains('\u{1b}'), "no colours in a pipe");
    let english = text(&ringwerk(&["code", path, "--lang", "en"]).stdout);
    assert!(english.contains("Perceived barrier") && english.contains("together"), "{english}");
}

/// Run twice: the second run takes everything from the project and says the same.
/// Codes what stands in `input`, line by line.
fn streamed(input: &[String]) -> Output {
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("ringwerk");
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["code", "--stdin", "--quiet"]);
    command.write_stdin(input.join("\n")).output().unwrap()
}

#[test]
fn a_stream_says_of_each_interview_what_a_single_run_says() {
    let folder = folder_with(&[("b1.txt", INTERVIEW.as_bytes())]);
    let path = folder.path().join("b1.txt");
    let by_path = serde_json::json!({"id": "b1", "path": path}).to_string();
    let by_text = serde_json::json!({"id": "b2", "text": INTERVIEW, "meta": {"segment": "Handel"}}).to_string();
    let of = |output: &Output, id: &str| {
        let mut own = lines(output);
        own.retain(|line| line["transcript"] == id);
        own.iter_mut().for_each(|line| line["cluster"] = Value::Null);
        own
    };
    let alone = of(&ringwerk(&["code", path.to_str().unwrap(), "--json", "--quiet"]), "b1");
    let mixed = streamed(&[by_text, "{\"id\": 3}".to_owned(), String::new(), by_path]);
    assert_eq!(mixed.status.code(), Some(2), "one line could not be read");
    assert!(!alone.is_empty());
    assert_eq!(of(&mixed, "b1"), alone);
    assert_eq!(of(&mixed, "b2").len(), alone.len());
    let lines = lines(&mixed);
    assert_eq!(lines[0]["meta"]["segment"], "Handel");
    let failed = lines.iter().find(|line| line["type"] == "failed").unwrap();
    assert_eq!(failed["line"], 2);
    assert!(text(&mixed.stderr).contains("Zeile 2"), "{}", text(&mixed.stderr));
    let run = lines.last().unwrap();
    assert_eq!((&run["type"], &run["counts"]["transcripts"]), (&Value::from("run"), &Value::from(2)));
}

#[test]
fn a_project_goes_on_where_it_stopped() {
    let folder = folder_with(&[("b1.txt", INTERVIEW.as_bytes())]);
    let project = tempfile::tempdir().unwrap();
    let (path, project) = (folder.path().to_str().unwrap(), project.path().join("study"));
    let arguments = ["code", path, "--json", "--quiet", "--project", project.to_str().unwrap()];
    let without_run = |output: &Output| {
        let mut lines = lines(output);
        lines.pop();
        lines
    };
    let first = ringwerk(&arguments);
    fs::write(folder.path().join("b2.txt"), INTERVIEW.replace("zweimal", "dreimal")).unwrap();
    let second = ringwerk(&arguments);
    let third = ringwerk(&arguments);
    assert_eq!(without_run(&second), without_run(&third));
    let statements = |lines: &[Value]| -> Vec<Value> {
        let of_first = lines.iter().filter(|line| line["type"] == "statement" && line["transcript"] == "b1");
        of_first.map(|line| serde_json::json!([line["text"], line["rings"], line["route"]])).collect()
    };
    assert_eq!(statements(&without_run(&first)), statements(&without_run(&second)));
    assert!(project.join("project.db").is_file());
}

/// Killed in the middle, a run leaves whole interviews only, and the next one goes on and says what an undisturbed one says.
#[test]
fn a_killed_run_leaves_nothing_half() {
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path().join("study");
    let arguments = ["code", "fixtures/transcripts", "--json", "--quiet", "--project", project.to_str().unwrap()];
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("ringwerk"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).stdout(std::process::Stdio::null());
    let mut running = command.spawn().unwrap();
    while stored(&project) == 0 && running.try_wait().unwrap().is_none() {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    running.kill().unwrap();
    running.wait().unwrap();
    let before = stored(&project);
    assert!(before > 0);
    let suggestions = |output: &Output| {
        let mut lines = lines(output);
        lines.retain(|line| line["type"] != "run");
        lines
    };
    let resumed = ringwerk(&arguments);
    assert_eq!(stored(&project), 4, "{before} interviews were stored when the run was killed");
    let undisturbed = ringwerk(&["code", "fixtures/transcripts", "--json", "--quiet"]);
    assert_eq!(suggestions(&resumed), suggestions(&undisturbed));
}

/// How many interviews a project holds.
fn stored(project: &Path) -> i64 {
    let count = |path: &Path| {
        let connection = rusqlite::Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection.query_row("SELECT count(*) FROM interview", [], |row| row.get(0))
    };
    count(&project.join("project.db")).unwrap_or(0)
}

#[test]
fn jobs_are_suggested_where_a_list_is_given() {
    let folder = folder_with(&[("b1.txt", INTERVIEW.as_bytes())]);
    let path = folder.path().to_str().unwrap();
    let output = ringwerk(&["code", path, "--json", "--quiet", "--jobs", "fixtures/gold/bau/jobs.json"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let broken = folder.path().join("jobs.json");
    fs::write(&broken, "[{\"id\": 1}]").unwrap();
    let output = ringwerk(&["code", path, "--jobs", broken.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("jobs.json:1"), "{}", text(&output.stderr));
    let job = r#"{"id": "ruhe", "title": "Ruhe haben", "description": ""}"#;
    fs::write(&broken, format!("[{job}, {job}]")).unwrap();
    let output = ringwerk(&["code", path, "--jobs", broken.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("zwei Jobs haben die Kennung „ruhe“"), "{}", text(&output.stderr));
}

/// What cannot end well is refused before anything is learned.
#[test]
fn training_refuses_what_would_mix_models_or_cannot_go_on() {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/e5-small-de");
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/gold");
    let model = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(&shipped).unwrap() {
        let path = entry.unwrap().path();
        std::os::unix::fs::symlink(&path, model.path().join(path.file_name().unwrap())).unwrap();
    }
    let out = tempfile::tempdir().unwrap();
    let train = |model: &Path, out: &Path, more: &[&str]| {
        let folders = [("--model", model), ("--out", out)];
        let mut args = vec!["train", corpus.to_str().unwrap()];
        args.extend(folders.iter().flat_map(|(name, path)| [*name, path.to_str().unwrap()]));
        args.extend(more);
        let output = ringwerk(&args);
        assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
        text(&output.stderr)
    };
    let said = train(model.path(), model.path(), &["--go-on", "--only", "boundaries"]);
    assert!(said.contains("--out ein anderer Ordner"), "{said}");
    let said = train(model.path(), out.path(), &["--only", "rings", "--names", "names.toml"]);
    assert!(said.contains("--only names"), "{said}");
    // What lies in the target already stays; only what it lacks is copied.
    let manifest = "name = \"other\"\nprefix = \"passage: \"\n";
    fs::write(out.path().join("manifest.toml"), manifest).unwrap();
    let said = train(model.path(), out.path(), &["--only", "decisions"]);
    assert!(said.contains("ein anderes Modell"), "{said}");
    assert_eq!(fs::read_to_string(out.path().join("manifest.toml")).unwrap(), manifest);
}

#[test]
fn a_model_that_is_not_trained_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["config.json", "tokenizer.json", "model.safetensors"] {
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/e5-small-de").join(name);
        std::os::unix::fs::symlink(shipped, folder.path().join(name)).unwrap();
    }
    let model = folder.path().to_str().unwrap();
    let output = ringwerk(&["code", "fixtures/transcripts", "--model", model]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("ringwerk train"), "{}", text(&output.stderr));
}

#[test]
fn init_makes_a_project_and_leaves_an_existing_one_alone() {
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path().join("Studie Süd");
    let name = project.to_str().unwrap();
    assert_eq!(ringwerk(&["init", name]).status.code(), Some(0));
    let settings = project.join("ringwerk.toml");
    assert!(settings.is_file() && project.join("project.db").is_file());
    fs::write(&settings, "interviewers = [\"Frau Sommer\"]\n").unwrap();
    assert_eq!(ringwerk(&["init", name]).status.code(), Some(0));
    assert_eq!(fs::read_to_string(&settings).unwrap(), "interviewers = [\"Frau Sommer\"]\n");
}

#[test]
fn unknown_settings_are_named() {
    let folder = folder_with(&[("ringwerk.toml", b"units = \"statement\"\nintervewers = []\n")]);
    let output = ringwerk(&["code", "fixtures/transcripts", "--project", folder.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    let message = text(&output.stderr);
    assert!(message.contains("ringwerk.toml:2") && message.contains("intervewers"), "{message}");
}

#[test]
fn doctor_says_what_works() {
    let output = ringwerk(&["doctor"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("e5-small-de"));
}

#[test]
fn every_help_page_is_as_it_was() {
    for command in
        ["", "code", "init", "review", "learn", "check", "export", "report", "evaluate", "simulate", "train", "doctor"]
    {
        let arguments: Vec<&str> = [command, "--help"].into_iter().filter(|word| !word.is_empty()).collect();
        let name = if command.is_empty() { "ringwerk" } else { command };
        insta::assert_snapshot!(format!("help_{name}"), text(&ringwerk(&arguments).stdout));
    }
}

#[test]
fn review_says_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let output = ringwerk(&["review", path, "--no-open"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("ringwerk init"), "{}", text(&output.stderr));
    ringwerk(&["init", path]);
    let output = ringwerk(&["review", path, "--no-open", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("no interview of this project is coded yet"), "{}", text(&output.stderr));
}

/// Ctrl-C ends the page as if nothing had happened, though a browser is still connected.
#[cfg(unix)]
#[test]
fn review_names_its_address_serves_it_and_stops_when_interrupted() {
    use std::io::{BufRead, BufReader, Read, Write};
    let folder = tempfile::tempdir().unwrap();
    let gold = ringwerk::gold::read_projects(&Path::new(env!("CARGO_MANIFEST_DIR")).join(MEASURED)).unwrap();
    crate::gold_as_project::store(folder.path(), &gold[0].interviews[..1]).unwrap();
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_ringwerk"))
        .args(["review", folder.path().to_str().unwrap(), "--no-open", "--quiet"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut address = String::new();
    BufReader::new(program.stdout.take().unwrap()).read_line(&mut address).unwrap();
    let (host, path) = address.trim().strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut browser = std::net::TcpStream::connect(host).unwrap();
    write!(browser, "GET /{path} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
    let mut answer = [0; 12];
    browser.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 303");
    let interrupt = std::process::Command::new("kill").args(["-INT", &program.id().to_string()]).status();
    assert!(interrupt.unwrap().success());
    assert_eq!(program.wait().unwrap().code(), Some(0));
}

/// A project that the model did not learn from: what CI measures in every run.
const MEASURED: &str = "fixtures/gold/dms";

/// What the shipped model must reach there; a change that lowers it is to be seen.
const FLOORS: &str =
    "macro_f1=0.70,kappa=0.64,top_2=0.90,reasons.f1=0.73,units.boundaries.f1=0.92,end_to_end.macro_f1=0.69";

#[test]
fn the_shipped_model_stays_above_its_floors_and_reports_what_it_did() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (page, predictions, earlier) = (file("page.html"), file("predictions.jsonl"), file("earlier.json"));
    let output = ringwerk(&[
        "evaluate",
        MEASURED,
        "--json",
        "--fail-under",
        FLOORS,
        "--html",
        &page,
        "--predictions",
        &predictions,
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["figures"]["interviewer_coded"], 0);
    assert!(report["figures"]["baselines"]["keywords"]["macro_f1"]["value"].is_f64());
    for field in ["version", "model", "settings", "codebook", "gold", "seed", "samples"] {
        assert!(!report[field].is_null(), "{field}");
    }
    let page = fs::read_to_string(page).unwrap();
    assert!(page.contains("<svg") && page.contains("Entscheidungskriterium"));
    let outside = page.replace("http://www.w3.org/2000/svg", "");
    assert!(["http://", "https://", "href=", "src="].iter().all(|link| !outside.contains(link)));
    let lines = fs::read_to_string(predictions).unwrap().lines().count();
    assert!(lines > report["figures"]["statements"].as_u64().unwrap() as usize);

    fs::write(&earlier, &output.stdout).unwrap();
    let again = ringwerk(&["evaluate", MEASURED, "--compare", &earlier, "--fail-under", "macro_f1=0.99"]);
    assert_eq!(again.status.code(), Some(1), "{}", text(&again.stderr));
    assert!(text(&again.stderr).contains("macro_f1"));
    let table = text(&again.stdout);
    assert!(table.contains("im Rahmen des Zufalls") && !table.contains("besser\n"), "{table}");
}

#[test]
fn two_codings_are_compared_without_a_model() {
    let output = ringwerk(&["evaluate", "fixtures/gold", "--against", "fixtures/second-coding", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let disagreements = report["figures"]["disagreements"].as_array().unwrap();
    assert!(!disagreements.is_empty() && disagreements[0]["first"]["rings"].is_array());
    let none = ringwerk(&["evaluate", "fixtures/gold/erp", "--against", "fixtures/gold/holz"]);
    assert_eq!(none.status.code(), Some(2));
    assert!(text(&none.stderr).contains("in beiden Ordnern"), "{}", text(&none.stderr));
}

#[test]
fn what_evaluate_cannot_use_is_named() {
    let unknown =
        ringwerk(&["evaluate", "fixtures/gold/erp", "--against", "fixtures/second-coding", "--fail-under", "kapa=1"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains("kapa") && text(&unknown.stderr).contains("kappa"));
    let folder = folder_with(&[("earlier.json", b"{\"figures\": 3}")]);
    let earlier = folder.path().join("earlier.json");
    let output = ringwerk(&["evaluate", MEASURED, "--compare", earlier.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("earlier.json"), "{}", text(&output.stderr));
}

#[test]
fn check_looks_a_project_through() {
    let folder = folder_with(&[("b1.txt", INTERVIEW.as_bytes())]);
    let project = folder.path().join("study");
    let name = project.to_str().unwrap();
    assert_eq!(ringwerk(&["check", name]).status.code(), Some(2), "no project yet");
    assert_eq!(ringwerk(&["init", name]).status.code(), Some(0));
    let whole = ringwerk(&["check", name]);
    assert_eq!(whole.status.code(), Some(0), "{}", text(&whole.stderr));
    assert!(text(&whole.stdout).contains("alles in Ordnung"));
    let connection = rusqlite::Connection::open(project.join("project.db")).unwrap();
    let orphan = "INSERT INTO step VALUES (1, 'Anna', '2026-03-12T10:00:00Z', 'undo', NULL)";
    connection.execute_batch(orphan).unwrap();
    let broken = ringwerk(&["check", name, "--lang", "en"]);
    assert_eq!(broken.status.code(), Some(1));
    assert!(text(&broken.stdout).contains("step 1"), "{}", text(&broken.stdout));
}

/// A person decided; the transcript is corrected and coded again: the decision moves along, what is lost is told of.
#[test]
fn decisions_survive_a_corrected_transcript() {
    use ringwerk::coding::{Action, Decision, StatementKey, TranscriptKey, Verdict};
    let folder = folder_with(&[("b1.txt", INTERVIEW.as_bytes())]);
    let study = folder.path().join("study");
    let file = folder.path().join("b1.txt");
    let arguments = ["code", file.to_str().unwrap(), "--project", study.to_str().unwrap()];
    assert_eq!(ringwerk(&arguments).status.code(), Some(0));
    let project = ringwerk::store::Project::open_existing(&study).unwrap();
    let interview = &project.last_run().unwrap().unwrap().interviews[0].stored.interview;
    let key = TranscriptKey::of(interview.transcript.text());
    let skip = |statement: &ringwerk::transcript::Statement| Decision::Statement {
        statement: StatementKey::new(&key, statement.span),
        verdict: Verdict::Skip,
        shown: None,
    };
    let decisions = interview.suggested().map(|(index, _)| skip(&interview.statements[index])).collect();
    let mut state = project.state().unwrap();
    project.append(&mut state, "Anna", Action::Decide(decisions)).unwrap();

    let corrected =
        INTERVIEW.replace("Wie kam es dazu?", "Wie kam es denn dazu?").replace("drei Angebote", "vier Angebote");
    fs::write(&file, corrected).unwrap();
    let output = ringwerk(&arguments);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let said = text(&output.stderr);
    assert!(said.contains("1 nicht wiedergefunden") && said.contains("drei Angebote geholt"), "{said}");
    let state = project.state().unwrap();
    let new = &project.last_run().unwrap().unwrap().interviews[0].stored.interview;
    let new_key = TranscriptKey::of(new.transcript.text());
    let decided = state.current().statements().filter(|(statement, _)| statement.transcript == new_key);
    assert_eq!(decided.count() + 1, state.current().statements().count());
    assert!(!text(&ringwerk(&arguments).stderr).contains("nicht wiedergefunden"), "told of once");
    assert_eq!(text(&ringwerk(&["check", study.to_str().unwrap()]).stdout).lines().last(), Some("alles in Ordnung"));
}

/// Files change their names, and another text comes under the old one: what was decided stays with its own text.
#[test]
fn decisions_stay_with_a_transcript_that_was_renamed() {
    let folder = folder_with(&[("b1.txt", INTERVIEW.as_bytes())]);
    let study = tempfile::tempdir().unwrap();
    let (path, project) = (folder.path().to_str().unwrap(), study.path());
    let arguments = ["code", path, "--project", project.to_str().unwrap()];
    assert_eq!(ringwerk(&arguments).status.code(), Some(0));
    decide(project, &newest(project)[0], 2);
    let decided = || -> Vec<StatementKey> {
        let state = Project::open(project).unwrap().state().unwrap();
        state.current().statements().map(|(statement, _)| statement.clone()).collect()
    };
    let before = decided();
    fs::rename(folder.path().join("b1.txt"), folder.path().join("b2.txt")).unwrap();
    fs::write(folder.path().join("b1.txt"), INTERVIEW.replace("zweimal", "dreimal")).unwrap();
    let output = ringwerk(&arguments);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(!text(&output.stderr).contains("nicht wiedergefunden"), "{}", text(&output.stderr));
    assert_eq!(decided(), before);
}

/// Which job is suggested depends on the other interviews of a run, so a run of fewer is kept beside an earlier one.
#[test]
fn a_later_run_leaves_an_earlier_one_as_it_was() {
    let other = INTERVIEW.replace("zweimal", "dreimal");
    let folder = folder_with(&[("b1.txt", INTERVIEW.as_bytes()), ("b2.txt", other.as_bytes())]);
    let (path, study) = (folder.path().to_str().unwrap(), tempfile::tempdir().unwrap());
    let project = study.path().to_str().unwrap();
    let code = |what: &str| {
        let jobs = "fixtures/gold/bau/jobs.json";
        let output = ringwerk(&["code", what, "--project", project, "--jobs", jobs, "--quiet"]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        Project::open(study.path()).unwrap().last_run().unwrap().unwrap()
    };
    let both = code(path);
    let one = code(folder.path().join("b1.txt").to_str().unwrap());
    assert_ne!(one.key, both.key);
    let kept = Project::open(study.path()).unwrap().run(both.id).unwrap();
    let interviews = |run: &ringwerk::store::StoredRun| -> Vec<CodedInterview> {
        run.interviews.iter().map(|one| one.stored.interview.clone()).collect()
    };
    assert_eq!(interviews(&kept), interviews(&both));
}

#[test]
fn a_file_counts_once_however_it_is_named() {
    let folder = folder_with(&[("b1.txt", INTERVIEW.as_bytes())]);
    let path = folder.path().to_str().unwrap();
    let dotted = format!("{path}/./b1.txt");
    let found = lines(&ringwerk(&["code", path, &dotted, "--json", "--quiet"]));
    assert_eq!(found.last().unwrap()["counts"]["transcripts"], 1, "{:?}", found.last());
}

/// Suggestions go out, a person signs them in another program, and they come back as decisions.
#[test]
fn codings_go_out_and_come_back_as_decisions() {
    let folder = folder_with(&[("b1.txt", INTERVIEW.as_bytes())]);
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (study, out, signed, back) = (file("study"), file("out.qdpx"), file("signed.qdpx"), file("back"));
    assert_eq!(ringwerk(&["init", &study]).status.code(), Some(0));
    let nothing = ringwerk(&["export", &study, "--to", &out]);
    assert_eq!(nothing.status.code(), Some(2));
    assert!(text(&nothing.stderr).contains("noch nichts kodiert"), "{}", text(&nothing.stderr));

    assert_eq!(ringwerk(&["code", &file("b1.txt"), "--project", &study, "--quiet"]).status.code(), Some(0));
    let undecided = ringwerk(&["export", &study, "--to", &out, "--lang", "en"]);
    assert_eq!(undecided.status.code(), Some(0));
    assert!(text(&undecided.stderr).contains("no statement is confirmed yet"), "{}", text(&undecided.stderr));
    let refused = ringwerk(&["export", &study, "--to", &out, "--with-suggestions"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("--force"));
    assert_eq!(ringwerk(&["export", &study, "--to", &out, "--with-suggestions", "--force"]).status.code(), Some(0));

    sign(&out, &signed);
    let arguments = ["code", &signed, "--project", &back, "--as-decisions"];
    let adopted = ringwerk(&arguments);
    assert_eq!(adopted.status.code(), Some(0), "{}", text(&adopted.stderr));
    assert!(text(&adopted.stderr).contains("Entscheidungen von Anna übernommen"), "{}", text(&adopted.stderr));
    let state = ringwerk::store::Project::open_existing(Path::new(&back)).unwrap().state().unwrap();
    assert!(
        state
            .current()
            .statements()
            .all(|(_, decided)| decided.rings.as_ref().is_none_or(|rings| rings.by.who == "Anna"))
    );
    assert!(state.current().statements().count() > 0);
    assert_eq!(state.restore_points().count(), 1);
    let before = state.entries().len();
    ringwerk(&arguments);
    let again = ringwerk::store::Project::open_existing(Path::new(&back)).unwrap().state().unwrap();
    assert_eq!(again.entries().len(), before, "nothing is decided twice");
    assert_eq!(text(&ringwerk(&["check", &back]).stdout).lines().last(), Some("alles in Ordnung"));
}

/// Lets Anna sign what the engine signed.
fn sign(from: &str, to: &str) {
    let mut package = zip::ZipArchive::new(fs::File::open(from).unwrap()).unwrap();
    let mut entries = Vec::new();
    for index in 0..package.len() {
        let mut entry = package.by_index(index).unwrap();
        let mut content = String::new();
        std::io::Read::read_to_string(&mut entry, &mut content).unwrap();
        entries.push((entry.name().unwrap().to_string(), content.replace("name=\"ringwerk\"", "name=\"Anna\"")));
    }
    let entries: Vec<(&str, &[u8])> =
        entries.iter().map(|(name, content)| (name.as_str(), content.as_bytes())).collect();
    fs::write(to, crate::render_documents::zip(&entries)).unwrap();
}

/// The interviews of the newest run of a project.
fn newest(folder: &Path) -> Vec<CodedInterview> {
    let run = Project::open(folder).unwrap().last_run().unwrap().unwrap();
    run.interviews.into_iter().map(|one| one.stored.interview).collect()
}

/// Decides that every second statement of an interview, so many of them, is a side remark, whatever it says.
fn decide(folder: &Path, interview: &CodedInterview, statements: usize) {
    let key = TranscriptKey::of(interview.transcript.text());
    let remark = |(statement, _): (usize, &Suggestion)| Decision::Statement {
        statement: StatementKey::new(&key, interview.statements[statement].span),
        verdict: Verdict::Rings(Rings::new(vec![Ring::Mindset]).unwrap()),
        shown: None,
    };
    let decisions = interview.suggested().step_by(2).take(statements).map(remark).collect();
    let project = Project::open(folder).unwrap();
    let mut state = project.state().unwrap();
    project.append(&mut state, "Anna", Action::Decide(decisions)).unwrap();
}

#[test]
fn what_was_learned_stays_until_it_is_undone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let code = ["code", "fixtures/transcripts/kaelte-01.docx", "--project", path];
    assert_eq!(ringwerk(&["learn", path]).status.code(), Some(2));
    assert_eq!(ringwerk(&code).status.code(), Some(0));
    let before = newest(folder.path());
    assert!(text(&ringwerk(&["learn", path]).stdout).contains("Noch ist nichts entschieden"));

    decide(folder.path(), &before[0], 30);
    let learned = ringwerk(&["learn", path, "--json"]);
    assert_eq!(learned.status.code(), Some(0), "{}", text(&learned.stderr));
    assert_eq!(lines(&learned)[0]["rings"]["used"], true);
    let after = newest(folder.path());
    assert_ne!(after, before);

    let again = ringwerk(&[&code[..], &["--json"]].concat());
    assert!(text(&again.stderr).contains("gelernt"), "{}", text(&again.stderr));
    assert_eq!(newest(folder.path()), after);
    // What is printed is what the project holds.
    let printed: Vec<f64> = lines(&again).iter().filter_map(|line| line["rings"][0]["p"].as_f64()).collect();
    let held: Vec<f64> = after[0].suggested().map(|(_, one)| f64::from(one.rings[0].p)).collect();
    assert_eq!(printed.len(), held.len());
    assert!(printed.iter().zip(&held).all(|(printed, held)| (printed - held).abs() < 1e-3));
    assert_eq!(ringwerk(&["learn", path, "--undo"]).status.code(), Some(0));
    assert_eq!(newest(folder.path()), before);
    assert!(!text(&ringwerk(&code).stderr).contains("gelernt"));
    assert_eq!(newest(folder.path()), before);
}

#[test]
fn a_report_takes_a_questionnaire_in_and_leaves_names_out() {
    let answers = "Nr;Was hat Sie überzeugt?\n\
        1;Die Anlage stand zweimal still, und Herr Noack hatte genug davon.\n\
        2;\n3;Der Preis war es nicht, wir wollten Ruhe im Betrieb haben.\n";
    let folder = folder_with(&[("b1.txt", INTERVIEW.as_bytes()), ("antworten.csv", answers.as_bytes())]);
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (study, page, survey) = (file("study"), file("report.html"), file("antworten.csv"));
    assert_eq!(ringwerk(&["code", &file("b1.txt"), "--project", &study, "--quiet"]).status.code(), Some(0));
    let project = Project::open(Path::new(&study)).unwrap();
    let job = Job { id: "ruhe".into(), title: "Ruhe im Betrieb haben".into(), description: String::new() };
    let decisions = vec![Decision::ConfirmJob { job }];
    project.append(&mut project.state().unwrap(), "Anna", Action::Decide(decisions)).unwrap();

    let written = ringwerk(&["report", &study, "--to", &page, "--survey", &survey, "--pseudonymise"]);
    assert_eq!(written.status.code(), Some(0), "{}", text(&written.stderr));
    assert!(text(&written.stderr).contains("von 2 Befragten; 1 ohne Antwort"), "{}", text(&written.stderr));
    let html = fs::read_to_string(&page).unwrap();
    assert!(html.contains("id=\"survey\"") && html.contains("Ruhe im Betrieb haben"));
    assert!(!html.contains("Noack"));
    assert!(fs::read_to_string(file("report.schluessel.csv")).unwrap().contains("Noack"));
    let key_there = ["export", &study, "--to", &file("out.csv"), "--pseudonymise", "--key", &file("out.csv")];
    let refused = ringwerk(&key_there);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("--key"), "{}", text(&refused.stderr));
    assert!(!Path::new(&file("out.csv")).exists());
    let dotted = folder.path().join("./out.csv").to_str().unwrap().to_owned();
    let same = ringwerk(&["export", &study, "--to", &file("out.csv"), "--pseudonymise", "--key", &dotted]);
    assert!(text(&same.stderr).contains("der Schlüssel würde die Datei ersetzen"), "{}", text(&same.stderr));
    // A picture does not show the answers, so they are not read: not even a model is needed.
    let drawing = file("map.svg");
    let drawn = ringwerk(&["report", &study, "--to", &drawing, "--survey", &survey, "--model", &file("none")]);
    assert_eq!(drawn.status.code(), Some(0), "{}", text(&drawn.stderr));
    assert!(text(&drawn.stderr).contains("ein Bild zeigt nur die Karte"), "{}", text(&drawn.stderr));
    let again =
        ringwerk(&["report", &study, "--to", &file("other.html"), "--survey", &survey, "--survey-column", "Ort"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(text(&again.stderr).contains("keine Spalte heißt „Ort“"), "{}", text(&again.stderr));
}
