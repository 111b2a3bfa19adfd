//! `ringwerk train`: gold interviews to a model folder that suggests.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use indicatif::ProgressBar;

use super::args::{Common, Part, Train};
use super::exit::Exit;
use super::printer::Printer;
use super::{model, progress};
use crate::classify::{Decisions, Examples, FEATURES, Titles};
use crate::encode::{
    Beginning, Course, ModelFolder, NameLesson, NumberType, Progress, Transformer, TuneParams, remove_checkpoints,
    tune_boundaries, tune_jobs, tune_names, tune_story,
};
use crate::error::{Explain, IoError};
use crate::files::{write_text, write_whole};
use crate::gold::{self, GoldProject, NameLists, Split};
use crate::hash::sha256;
use crate::train::{
    FitParams, baseline_projects, cut_lessons, decisions, example_sources, examples, frozen_heads, job_lessons,
    lessons, name_lessons, task, titles,
};

/// How often the interviews whose names are listed are read where nothing else is asked for: they are few.
const EPOCHS_FOR_NAMES: usize = 4;

pub(super) fn run(command: &Train, common: &Common, printer: &mut Printer) -> Result<Exit> {
    let (train, development) = parts(&command.corpus, printer)?;
    let folder = model::folder(common)?;
    folder.check_trainable()?;
    let names = names(&train, command, printer)?;
    prepare(&folder, command, printer)?;
    if command.only == Some(Part::Baseline) {
        return fit_baseline(&baseline_projects(train), command, common, printer);
    }
    let learned = learn(&folder, &train, names, command, printer)?;
    if command.only != Some(Part::Names) {
        fit(&train, &development, command, common, printer)?;
    }
    for file in learned {
        remove_checkpoints(&command.out, file)?;
    }
    Ok(Exit::Done)
}

/// How training goes about, as the person asked.
fn params(command: &Train) -> TuneParams {
    let defaults = TuneParams::default();
    TuneParams {
        epochs: command.epochs.map_or(defaults.epochs, usize::from),
        seed: command.seed.unwrap_or(defaults.seed),
        rate: if command.go_on { defaults.rate / 2.0 } else { defaults.rate },
        beginning: match (command.go_on, command.mean) {
            (false, _) => Beginning::Anew,
            (true, false) => Beginning::Learned,
            (true, true) => Beginning::LearnedAndMean,
        },
        ..defaults
    }
}

/// Fits all that stands on what was learned: decisions, titles and examples.
fn fit(
    train: &[GoldProject],
    development: &[GoldProject],
    command: &Train,
    common: &Common,
    printer: &Printer,
) -> Result<()> {
    let folder = ModelFolder::open(&command.out)?;
    let hash = folder.trained_hash()?;
    let encoder = Transformer::open_trained(&folder, FEATURES, exact(common))?;
    let bar = progress::statements(development, printer);
    let fitted = decisions(&encoder, &hash, development, &FitParams::default(), &mut |done| bar.inc(done as u64))?;
    bar.finish_and_clear();
    write_text(&command.out.join(Decisions::FILE), &(serde_json::to_string(&fitted)? + "\n"))?;
    write_text(&command.out.join(Titles::FILE), &titles(&encoder, train)?.to_json(&hash)?)?;
    let total = example_sources(train).map(|gold| gold.statements.len()).sum();
    let bar = progress::bar(printer, "Beispiele: Aussagen gelesen", "examples: statements read", total);
    let examples = examples(&encoder, &fitted, train, &mut |done| bar.inc(done as u64))?;
    bar.finish_and_clear();
    write_text(&command.out.join(Examples::FILE), &examples.to_json(&hash)?)?;
    let fitted_on = fitted.fitted_on.explain(printer.tongue);
    printer.note(&printer.tongue.pick(
        format!("Geeicht an {fitted_on}; geschrieben: {}", command.out.display()),
        format!("Fitted on {fitted_on}; written: {}", command.out.display()),
    ));
    Ok(())
}

/// 32 bits where nothing else is asked for, so that what is fitted suits every processor.
fn exact(common: &Common) -> NumberType {
    common.number_type.map_or(NumberType::F32, |_| model::number_type(common))
}

/// Fits the heads that figures are compared with.
fn fit_baseline(train: &[GoldProject], command: &Train, common: &Common, printer: &Printer) -> Result<Exit> {
    let encoder = Transformer::open(&ModelFolder::open(&command.out)?, exact(common))?;
    let interviews = train.iter().map(|project| project.interviews.len()).sum();
    let bar = progress::bar(printer, "Interviews gelesen", "interviews read", interviews);
    let heads = frozen_heads(&encoder, train, &mut || bar.inc(1))?;
    bar.finish_and_clear();
    let path = command.out.join(model::FROZEN);
    write_text(&path, &(serde_json::to_string(&heads)? + "\n"))?;
    printer
        .note(&printer.tongue.pick(format!("Geschrieben: {}", path.display()), format!("Written: {}", path.display())));
    Ok(Exit::Done)
}

/// The projects to learn from and those to fit decisions on: the parts of split.toml, else a sixth, at
/// least five, is held back.
fn parts(corpus: &Path, printer: &Printer) -> Result<(Vec<GoldProject>, Vec<GoldProject>)> {
    let projects = gold::read_projects(corpus)?;
    let needed = FitParams::default().folds;
    let (train, development): (Vec<GoldProject>, Vec<GoldProject>) = match Split::read(corpus, &projects)? {
        Some(split) => {
            let used = |part: &[String]| projects.iter().filter(|one| part.contains(&one.id)).cloned().collect();
            (used(&split.train), used(&split.development))
        }
        None => {
            let all = projects.len().max(1);
            let held = needed.max(all / 6);
            // Evenly spread over the list.
            let held_back = |place: usize| place * held / all != (place + 1) * held / all;
            let (held, rest): (Vec<_>, Vec<_>) =
                projects.into_iter().enumerate().partition(|(place, _)| held_back(*place));
            let plain = |part: Vec<(usize, GoldProject)>| part.into_iter().map(|(_, project)| project).collect();
            (plain(rest), plain(held))
        }
    };
    if train.len() < needed || development.len() < needed {
        bail!(printer.tongue.pick(
            format!(
                "zu wenige Projekte: {} zum Lernen, {} zum Eichen; nötig sind je {needed}",
                train.len(),
                development.len()
            ),
            format!(
                "too few projects: {} to learn from, {} to fit on; needed are {needed} of each",
                train.len(),
                development.len()
            ),
        ));
    }
    Ok((train, development))
}

/// Trains each part that is wanted, with progress and checkpoints, and returns the files that were written.
fn learn(
    folder: &ModelFolder,
    projects: &[GoldProject],
    names: Option<Names>,
    command: &Train,
    printer: &Printer,
) -> Result<Vec<&'static str>> {
    let mut learned = Vec::new();
    if command.only == Some(Part::Decisions) {
        return Ok(learned);
    }
    let params = params(command);
    let begun = if command.go_on { folder.trained_hash()? } else { folder.checked_hash()? };
    let task = task(&begun, projects, &params);
    let course = Course { folder, task: &task, out: &command.out, params: &params };
    let wanted = |part| command.only.is_none_or(|only| only == part);
    let epochs = params.epochs;
    let bar = |german: &'static str, english: &'static str, lessons: usize| {
        progress::bar(printer, german, english, epochs * lessons)
    };
    if wanted(Part::Rings) {
        let lessons = lessons(projects);
        let bar = bar("Ringe: Interviews gelesen", "rings: interviews read", lessons.len());
        tune_story(&course, &lessons, &mut |progress| show(progress, epochs, &bar, printer))?;
        bar.finish_and_clear();
        learned.push(ModelFolder::STORY);
    }
    if wanted(Part::Boundaries) {
        let lessons = cut_lessons(projects);
        let bar = bar("Grenzen: Interviews gelesen", "boundaries: interviews read", lessons.len());
        tune_boundaries(&course, &lessons, &mut |progress| show(progress, epochs, &bar, printer))?;
        bar.finish_and_clear();
        learned.push(ModelFolder::BOUNDARIES);
    }
    if wanted(Part::Jobs) {
        let lessons = job_lessons(projects);
        let bar = bar("Jobs: Projekte gelesen", "jobs: projects read", lessons.len());
        tune_jobs(&course, &lessons, &mut |progress| show(progress, epochs, &bar, printer))?;
        bar.finish_and_clear();
        learned.push(ModelFolder::JOBS);
    }
    if let Some(names) = names {
        learn_names(&course, &names, command, printer)?;
        learned.push(ModelFolder::NAMES);
    }
    Ok(learned)
}

/// What is to be learned of names.
struct Names<'a> {
    lists: NameLists,
    lessons: Vec<NameLesson<'a>>,
}

/// The file with lists of names: the one that was named, else the one beside the corpus where there is one or where nothing
/// but names is learned.
fn names_file(command: &Train) -> Result<Option<PathBuf>> {
    if let Some(path) = &command.names {
        return Ok(Some(path.clone()));
    }
    let corpus = fs::canonicalize(&command.corpus).map_err(IoError::at(&command.corpus))?;
    let beside = corpus.parent().unwrap_or(&corpus).join(NameLists::BESIDE);
    Ok(Some(beside).filter(|path| path.is_file() || command.only == Some(Part::Names)))
}

/// What is to be learned of names, where that is wanted. Read before anything is copied or learned, so that what is wrong with it is said then.
fn names<'a>(projects: &'a [GoldProject], command: &Train, printer: &Printer) -> Result<Option<Names<'a>>> {
    if command.only.is_some_and(|only| only != Part::Names) {
        if command.names.is_some() {
            bail!(printer.tongue.pick(
                "--names nützt nur, wo Namen angelernt werden: bitte mit --only names oder ohne --only",
                "--names is of use only where names are learned: please with --only names or without --only",
            ));
        }
        return Ok(None);
    }
    let Some(path) = names_file(command)? else { return Ok(None) };
    let lists = NameLists::read(&path)?;
    let lessons = name_lessons(projects, &lists);
    if lessons.is_empty() {
        bail!(printer.tongue.pick(
            format!("{}: unter learn steht kein Interview der Projekte, von denen gelernt wird", path.display()),
            format!("{}: below learn there is no interview of the projects to learn from", path.display()),
        ));
    }
    Ok(Some(Names { lists, lessons }))
}

/// Trains which words are names; anew where the model has not learned that yet.
fn learn_names(course: &Course, names: &Names, command: &Train, printer: &Printer) -> Result<()> {
    let epochs = command.epochs.map_or(EPOCHS_FOR_NAMES, usize::from);
    let (german, english) = ("Namen: Interviews gelesen", "names: interviews read");
    let bar = progress::bar(printer, german, english, epochs * names.lessons.len());
    let task = sha256(format!("{}{:?}", course.task, names.lists.learn).as_bytes());
    let known = course.folder.names().is_file();
    let beginning = if known { course.params.beginning } else { Beginning::Anew };
    let params = TuneParams { epochs, beginning, ..course.params.clone() };
    let course = Course { task: &task, params: &params, ..*course };
    tune_names(&course, &names.lessons, &mut |progress| show(progress, epochs, &bar, printer))?;
    bar.finish_and_clear();
    Ok(())
}

/// Moves the bar on; after each epoch, says how large the loss is.
fn show(progress: Progress, epochs: usize, bar: &ProgressBar, printer: &Printer) {
    bar.set_position(progress.done as u64);
    let epoch_length = progress.total / epochs;
    if progress.done.is_multiple_of(epoch_length) {
        let epoch = progress.done / epoch_length;
        bar.suspend(|| {
            printer.note(&printer.tongue.pick(
                format!("Durchgang {epoch} von {epochs}: Verlust {:.4}", progress.loss),
                format!("epoch {epoch} of {epochs}: loss {:.4}", progress.loss),
            ));
        });
    }
}

/// Makes the target a folder of the same model: copies the files that it lacks. What was trained into it before stays until it is
/// trained anew, so that a training that was cut off, or part after part, ends in one model.
fn prepare(model: &ModelFolder, command: &Train, printer: &Printer) -> Result<()> {
    let target = &command.out;
    fs::create_dir_all(target).map_err(IoError::at(target))?;
    if fs::canonicalize(&model.path).ok() == fs::canonicalize(target).ok() {
        if command.go_on {
            bail!(printer.tongue.pick(
                format!("{}: mit --go-on muss --out ein anderer Ordner sein als der des Modells, damit Abgebrochenes weitergehen kann", target.display()),
                format!("{}: with --go-on, --out must be another folder than the model's, so that what is cut off can go on", target.display()),
            ));
        }
        return Ok(());
    }
    for entry in fs::read_dir(&model.path).map_err(IoError::at(&model.path))? {
        let path = entry.map_err(IoError::at(&model.path))?.path();
        let copy = target.join(path.file_name().unwrap_or_default());
        if path.is_file() && !copy.exists() {
            write_whole(&copy, |beside| fs::copy(&path, beside).map(drop).map_err(IoError::at(beside)))?;
        }
    }
    if ModelFolder::open(target)?.checked_hash()? != model.checked_hash()? {
        bail!(printer.tongue.pick(
            format!("{}: dort liegt ein anderes Modell als in {}. Bitte einen anderen Ordner angeben (--out) oder dieses Modell (--model)", target.display(), model.path.display()),
            format!("{}: holds another model than {}. Please name another folder (--out) or that model (--model)", target.display(), model.path.display()),
        ));
    }
    Ok(())
}
