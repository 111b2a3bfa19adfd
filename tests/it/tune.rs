//! Training of the story model on a few statements.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use ringwerk::classify::{FEATURES, features};
use ringwerk::encode::{
    Beginning, Course, Encoder, ModelFolder, NameReader, NumberType, Transformer, TuneParams, remove_checkpoints,
    tune_boundaries, tune_jobs, tune_names, tune_story,
};
use ringwerk::gold::{GoldProject, NameLists, Names, read_projects};
use ringwerk::scores::WordKind;
use ringwerk::text::bare_words;
use ringwerk::train::{cut_lessons, job_lessons, lessons, name_lessons, task};

/// libtorch has one generator of random numbers for the whole process: one training at a time.
static TRAINING: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    TRAINING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Two short interviews of the gold.
fn project() -> GoldProject {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/gold/agentur");
    let mut project = read_projects(&folder).unwrap().remove(0);
    project.interviews.truncate(2);
    for gold in &mut project.interviews {
        gold.statements.truncate(14);
        gold.codes.truncate(14);
    }
    project
}

fn shipped() -> ModelFolder {
    ModelFolder::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("models/e5-small-de")).unwrap()
}

#[test]
fn an_interrupted_training_goes_on_and_ends_with_the_same_numbers() {
    let _alone = alone();
    let (folder, project) = (shipped(), [project()]);
    let params = TuneParams { epochs: 2, keep_every: 1, ..TuneParams::default() };
    let task = task("encoder", &project, &params);
    let train = |out: &Path, stop_at: usize| {
        let course = Course { folder: &folder, task: &task, out, params: &params };
        tune_story(&course, &lessons(&project), &mut |progress| {
            assert!(progress.done < stop_at, "stopped");
        })
    };
    let (whole, broken) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    train(whole.path(), usize::MAX).unwrap();
    // In the middle of the second epoch.
    catch_unwind(AssertUnwindSafe(|| train(broken.path(), 3))).unwrap_err();
    let checkpoint = broken.path().join("training/story.safetensors.json");
    assert!(checkpoint.is_file() && !broken.path().join("story.safetensors").exists());
    train(broken.path(), usize::MAX).unwrap();
    let numbers = |folder: &Path| fs::read(folder.join("story.safetensors")).unwrap();
    assert!(numbers(whole.path()) == numbers(broken.path()));
    // A finished one is not learned again, as where a later step of the training was interrupted.
    fs::remove_file(broken.path().join("story.safetensors")).unwrap();
    train(broken.path(), 0).unwrap();
    assert!(numbers(whole.path()) == numbers(broken.path()));
    remove_checkpoints(broken.path(), ModelFolder::STORY).unwrap();
    assert!(!checkpoint.exists());
}

/// A folder with the encoder as it came.
fn folder_as_it_came(folder: &ModelFolder) -> tempfile::TempDir {
    let out = tempfile::tempdir().unwrap();
    for file in ["config.json", "tokenizer.json", "model.safetensors", "manifest.toml"] {
        std::os::unix::fs::symlink(folder.path.join(file), out.path().join(file)).unwrap();
    }
    out
}

#[test]
fn a_model_learns_which_words_are_names() {
    let _alone = alone();
    let (folder, project) = (shipped(), [project()]);
    let gold = &project[0].interviews[0];
    // Words that it does not take for names by itself.
    let chosen = ["Agentur", "Angebot", "Kunden"];
    let list = |persons: &[&str]| Names {
        persons: persons.iter().map(|&word| word.to_owned()).collect(),
        companies: [].into(),
        places: [].into(),
        other: [].into(),
    };
    let learn = [(gold.transcript.id.clone(), list(&chosen))].into();
    let lists = NameLists { learn, choose: [].into(), report: [].into() };
    let out = folder_as_it_came(&folder);
    let params = TuneParams { epochs: 12, ..TuneParams::default() };
    let course = Course { folder: &folder, task: "names", out: out.path(), params: &params };
    let mut losses = Vec::new();
    tune_names(&course, &name_lessons(&project, &lists), &mut |progress| losses.push(progress.loss)).unwrap();
    assert!(losses.len() == 12 && losses[11] < 0.5 * losses[0], "{losses:?}");
    let reader = NameReader::open(&ModelFolder::open(out.path()).unwrap(), NumberType::F32).unwrap().unwrap();
    let turns: Vec<&str> = gold.transcript.turns().iter().map(|turn| gold.transcript.turn_text(turn)).collect();
    let read = reader.read(&turns).unwrap();
    let (mut of_chosen, mut of_others) = (Vec::new(), Vec::new());
    for (turn, words) in turns.iter().zip(&read) {
        assert_eq!(words.len(), bare_words(turn).count(), "every word of {turn}");
        for word in words {
            let p = word.p[WordKind::Person as usize];
            if chosen.contains(&word.span.of(turn)) { of_chosen.push(p) } else { of_others.push(p) }
        }
    }
    let mean = |values: &[f32]| values.iter().sum::<f32>() / values.len() as f32;
    assert!(!of_chosen.is_empty() && mean(&of_chosen) > 4.0 * mean(&of_others), "{of_chosen:?}");
}

#[test]
fn a_trained_model_reads_every_statement_and_learns_what_it_is_told() {
    let _alone = alone();
    let (folder, project) = (shipped(), [project()]);
    let out = folder_as_it_came(&folder);
    let params = TuneParams { epochs: 6, ..TuneParams::default() };
    let mut losses = Vec::new();
    let course = Course { folder: &folder, task: "task", out: out.path(), params: &params };
    tune_story(&course, &lessons(&project), &mut |progress| losses.push(progress.loss)).unwrap();
    assert_eq!(losses.len(), 12);
    assert!(losses[11] < 0.8 * losses[1], "{losses:?}");
    let mut losses = Vec::new();
    let cut_lessons = cut_lessons(&project);
    tune_boundaries(&course, &cut_lessons, &mut |progress| losses.push(progress.loss)).unwrap();
    assert!(losses[11] < 0.8 * losses[1], "{losses:?}");
    let mut losses_of_jobs = Vec::new();
    tune_jobs(&course, &job_lessons(&project), &mut |progress| losses_of_jobs.push(progress.loss)).unwrap();
    assert!(losses_of_jobs.len() == 6 && losses_of_jobs[5] < 0.9 * losses_of_jobs[0], "{losses_of_jobs:?}");
    let trained = ModelFolder::open(out.path()).unwrap();
    let (more, params) =
        (tempfile::tempdir().unwrap(), TuneParams { epochs: 1, beginning: Beginning::Learned, ..params });
    let course = Course { folder: &trained, task: "more", out: more.path(), params: &params };
    let mut going_on = Vec::new();
    tune_boundaries(&course, &cut_lessons, &mut |progress| going_on.push(progress.loss)).unwrap();
    assert!(going_on[0] < 0.8 * losses[0], "what was learned is the beginning: {going_on:?}, before {losses:?}");
    let model = Transformer::open_trained(&trained, FEATURES, NumberType::F32).unwrap();
    let gold = &project[0].interviews[0];
    let texts: Vec<&str> = gold.statements.iter().map(|one| one.span.of(gold.transcript.text())).collect();
    let features = features(&gold.transcript, &gold.statements);
    let turns: Vec<&str> = gold.transcript.turns().iter().map(|turn| gold.transcript.turn_text(turn)).collect();
    for (turn, ends) in turns.iter().zip(model.ends(&turns).unwrap()) {
        let places: Vec<usize> = ends.iter().map(|end| end.at).collect();
        let blanks = turn.char_indices().filter(|(_, sign)| *sign == ' ').map(|(at, _)| at);
        assert_eq!(places, blanks.collect::<Vec<_>>(), "one place between every two words of {turn}");
        assert_eq!(model.ends(&[turn]).unwrap()[0].len(), ends.len());
    }
    let reading = model.read(&texts, &features, &mut |_| ()).unwrap();
    let scores = &reading.scores;
    let as_it_came = Transformer::open(&trained, NumberType::F32).unwrap();
    let vectors = |model: &Transformer| model.encode(&texts, &mut |_| ()).unwrap().vectors;
    assert_eq!(vectors(&model), vectors(&as_it_came), "training leaves vectors alone");
    let for_jobs = model.encode_for_jobs(&texts, &mut |_| ()).unwrap().vectors;
    assert_ne!(for_jobs, vectors(&model));
    let among_neighbours = model.read_for_jobs(&texts, &mut |_| ()).unwrap().vectors;
    assert_eq!((among_neighbours.len(), among_neighbours.dimensions()), (texts.len(), for_jobs.dimensions()));
    assert_ne!(among_neighbours, for_jobs, "neighbours are seen");
    assert!(as_it_came.encode_for_jobs(&texts, &mut |_| ()).is_err(), "not trained");
    for (text, words) in texts.iter().zip(&reading.words) {
        assert!(words.iter().all(|word| word.span.of(text).starts_with(char::is_alphanumeric)), "{text}");
        assert!(words.iter().any(|word| word.rings.iter().any(|weight| *weight != 0.0)), "{text}");
    }
    assert_eq!((scores.len(), scores.dimensions()), (texts.len(), ringwerk::scores::COUNT));
    assert!(Transformer::open_trained(&trained, FEATURES + 1, NumberType::F32).is_err(), "made for other features");
    assert!(as_it_came.read(&texts, &features, &mut |_| ()).is_err(), "not trained");
}
