//! Killed at any moment, a project opens and holds every decision that was acknowledged.
//!
//! The test starts this test program anew with `--ignored`, so that it runs [`decides_without_end`] alone, and kills it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use rand::{RngExt, SeedableRng};
use ringwerk::coding::*;
use ringwerk::error::{Explain, Tongue};
use ringwerk::store::{Project, check};

use crate::store::stored;

/// Tells the started program where the project is.
const FOLDER: &str = "RINGWERK_TEST_PROJECT";
/// So many projects side by side, each killed so often: a hundred times in all.
const PROJECTS: u64 = 4;
const KILLS: usize = 25;

/// This test program, about to run one of its helpers.
fn helper(program: &Path, name: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    let name = format!("store_crash::{name}");
    command.args([&name, "--exact", "--ignored", "--nocapture"]).env(FOLDER, folder).stdout(Stdio::piped());
    command
}

fn project_folder() -> PathBuf {
    std::env::var_os(FOLDER).expect("started by another test").into()
}

/// Names what is stored, one line a step: its number and the comment in it.
#[test]
#[ignore = "started by another test, which kills it"]
fn decides_without_end() {
    let project = Project::open(&project_folder()).unwrap();
    let mut state = project.state().unwrap();
    let stored = stored();
    let key = TranscriptKey::of(stored.interview.transcript.text());
    let statement = StatementKey::new(&key, stored.interview.statements[0].span);
    let mut output = std::io::stdout().lock();
    loop {
        let comment = format!("{} {}", std::process::id(), state.next_id());
        let verdict = Verdict::Comment(comment.clone());
        let decision = Decision::Statement { statement: statement.clone(), verdict, shown: None };
        let id = project.append(&mut state, "Anna", Action::Decide(vec![decision; 3])).unwrap();
        writeln!(output, "\nstored {id} {comment}").unwrap();
        output.flush().unwrap();
    }
}

#[test]
fn no_acknowledged_decision_is_lost_when_the_program_is_killed() {
    std::thread::scope(|threads| {
        (0..PROJECTS).for_each(|seed| drop(threads.spawn(move || kill_again_and_again(seed))));
    });
}

fn kill_again_and_again(seed: u64) {
    let folder = tempfile::tempdir().unwrap();
    let project = Project::open(folder.path()).unwrap();
    project.keep("content", "run", Path::new("b1.txt"), &stored()).unwrap();
    drop(project);
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(seed);
    let mut acknowledged = BTreeMap::new();
    for round in 0..KILLS {
        // Every fourth is killed at any moment of its start, the others after a few decisions.
        let wanted = if round % 4 == 0 { 0 } else { random.random_range(1..12) };
        acknowledged.extend(killed(folder.path(), wanted, Duration::from_micros(random.random_range(0..3000))));
        let state = Project::open(folder.path()).unwrap().state().unwrap();
        for (id, comment) in &acknowledged {
            assert_eq!(comments(&state, *id), [comment; 3], "project {seed}, round {round}");
        }
    }
    assert!(acknowledged.len() > KILLS);
    assert_eq!(check(folder.path()).unwrap().faults, []);
}

/// Kills the program a moment after it has told of `wanted` steps, and returns all that it told of.
fn killed(folder: &Path, wanted: usize, moment: Duration) -> Vec<(EntryId, String)> {
    let program = std::env::current_exe().unwrap();
    let mut running = helper(&program, "decides_without_end", folder).spawn().unwrap();
    let mut lines = BufReader::new(running.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut told: Vec<String> = lines.by_ref().filter(|line| line.starts_with("stored ")).take(wanted).collect();
    std::thread::sleep(if wanted == 0 { 8 * moment } else { moment });
    running.kill().unwrap();
    running.wait().unwrap();
    told.extend(lines.filter(|line| line.starts_with("stored ")));
    told.iter().filter_map(|line| acknowledgement(line)).collect()
}

/// The step and its comment; `None` where the line was cut off.
fn acknowledgement(line: &str) -> Option<(EntryId, String)> {
    let (id, comment) = line.strip_prefix("stored ")?.split_once(' ')?;
    comment.ends_with(&format!(" {id}")).then(|| (EntryId(id.parse().unwrap()), comment.to_owned()))
}

fn comments(state: &State, id: EntryId) -> Vec<&String> {
    let Some(Action::Decide(decisions)) = state.entry(id).map(|entry| &entry.action) else { return Vec::new() };
    let comment = |decision| match decision {
        &Decision::Statement { verdict: Verdict::Comment(ref comment), .. } => Some(comment),
        _ => None,
    };
    decisions.iter().filter_map(comment).collect()
}

#[test]
#[ignore = "started by another test, as a user who may not write"]
fn opens_without_being_allowed_to_write() {
    let folder = project_folder();
    for message in [Project::open(&folder).err().unwrap(), Project::open(&folder.join("new")).err().unwrap()] {
        writeln!(std::io::stdout(), "\nsaid {}", message.explain(Tongue::German)).unwrap();
    }
}

/// The administrator may write anywhere, so the program is started as nobody then.
#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_named_and_left_as_it_is() {
    use std::fs::{Permissions, read_dir, set_permissions};
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;

    let folder = tempfile::tempdir().unwrap();
    let project = folder.path().join("study");
    drop(Project::open(&project).unwrap());
    set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
    set_permissions(&project, Permissions::from_mode(0o555)).unwrap();
    set_permissions(project.join("project.db"), Permissions::from_mode(0o444)).unwrap();
    let program = std::env::current_exe().unwrap();
    let mut command = helper(&program, "opens_without_being_allowed_to_write", &project);
    if folder.path().metadata().unwrap().uid() == 0 {
        command.uid(65534).gid(65534);
    }
    let output = command.output().unwrap();
    set_permissions(&project, Permissions::from_mode(0o755)).unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let said: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("said ")).collect();
    assert_eq!(said.len(), 2, "{output:?}", output = output.status);
    assert!(said[0].contains("project.db: darf hier nicht geschrieben werden"), "{}", said[0]);
    assert!(said[1].contains("new: darf nicht gelesen oder geschrieben werden"), "{}", said[1]);
    assert_eq!(read_dir(&project).unwrap().count(), 1);
}
