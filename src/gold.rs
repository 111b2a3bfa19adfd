//! Interviews coded by people, to learn from and to measure against (coding manual, section 5).

mod names;
mod split;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub use names::{NameLists, Names};
pub use split::Split;

use crate::codebook::{Job, Ring, Rings};
use crate::error::{Explain, IoError, Location, Tongue};
use crate::hash::sha256;
use crate::text::ByteSpan;
use crate::transcript::{Container, Convention, Format, NewTurn, Role, Speaker, Statement, Timestamp, Transcript};

/// A coded interview: its transcript, its statements, and one code for each statement.
#[derive(Debug, Clone)]
pub struct Gold {
    /// The project it belongs to: the folder's name, where it was read from one; splits go by project.
    pub project: String,
    /// The interview without its codes.
    pub transcript: Transcript,
    /// Its statements as the coder cut them, in order.
    pub statements: Vec<Statement>,
    /// One code per statement, in the same order.
    pub codes: Vec<Code>,
}

impl Gold {
    /// The names of project and interview.
    pub fn name(&self) -> (&str, &str) {
        (&self.project, &self.transcript.id)
    }
}

/// What a coder gave to one statement.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Code {
    /// At most two rings, the more central one first.
    pub rings: Rings,
    /// Whether the statement says why.
    pub reason: bool,
    /// The job it speaks to.
    pub job: Option<String>,
}

/// All coded interviews of one project and its jobs.
#[derive(Debug, Clone)]
pub struct GoldProject {
    /// The folder's name.
    pub id: String,
    /// The jobs of `jobs.json`.
    pub jobs: Vec<Job>,
    /// Other ways to say a job, by its id, where the project has a `wordings.toml`. Only training uses them.
    pub wordings: BTreeMap<String, Vec<String>>,
    /// What is wanted in each statement that speaks to a job, in a few other words, in their order, by the interview's id; where the
    /// project has a `needs.toml`. Only training uses them.
    pub needs: BTreeMap<String, Vec<String>>,
    /// The interviews in order of their file names.
    pub interviews: Vec<Gold>,
}

/// Why gold could not be read. All faults of all files come at once.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    /// A file or folder could not be read.
    #[error(transparent)]
    Io(#[from] IoError),
    /// There is no gold file in the folder.
    #[error("{}: no gold interviews in it", path.display())]
    NothingThere {
        /// The folder.
        path: PathBuf,
    },
    /// Files that break the manual's rules.
    #[error("{} faults in gold files, the first: {}", .0.len(), .0[0].explain(Tongue::English))]
    Faults(Vec<GoldFault>),
}

/// One place in a gold file that breaks the manual's rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldFault {
    /// The file, with the line where it is no valid JSON.
    pub location: Location,
    /// Turn and statement, counted from 1, where the fault belongs to one.
    pub statement: Option<(usize, usize)>,
    /// What is wrong, in German and in English.
    pub found: (String, String),
}

impl Explain for GoldFault {
    fn explain(&self, tongue: Tongue) -> String {
        let place = match self.statement {
            Some((turn, statement)) => tongue.pick(
                format!(", Redebeitrag {turn}, Aussage {statement}"),
                format!(", turn {turn}, statement {statement}"),
            ),
            None => String::new(),
        };
        format!("{}{place}: {}", self.location, tongue.pick(&self.found.0, &self.found.1))
    }
}

impl Explain for GoldError {
    fn explain(&self, tongue: Tongue) -> String {
        match self {
            Self::Io(error) => error.explain(tongue),
            Self::NothingThere { path } => format!(
                "{}: {}",
                path.display(),
                tongue.pick(
                    "keine von Hand kodierten Interviews gefunden; erwartet wird ein Ordner mit JSON-Dateien nach Kodierleitfaden, Abschnitt 5",
                    "no gold interviews found; expected a folder with JSON files after section 5 of the coding manual",
                )
            ),
            Self::Faults(faults) => {
                faults.iter().map(|fault| fault.explain(tongue)).collect::<Vec<_>>().join("\n")
            }
        }
    }
}

/// Reads every project below `folder`: a folder that holds `jobs.json` is a project.
///
/// # Errors
/// Lists all faults of all files at once; nothing is returned then.
pub fn read_projects(folder: &Path) -> Result<Vec<GoldProject>, GoldError> {
    let mut projects = Vec::new();
    let mut faults = Vec::new();
    for project in project_folders(folder)? {
        match read_project(&project) {
            Ok(project) => projects.push(project),
            Err(GoldError::Faults(mut more)) => faults.append(&mut more),
            Err(other) => return Err(other),
        }
    }
    if !faults.is_empty() {
        return Err(GoldError::Faults(faults));
    }
    if projects.is_empty() {
        return Err(GoldError::NothingThere { path: folder.to_owned() });
    }
    Ok(projects)
}

/// A hash over texts, roles, codes and jobs of projects: the same hash, the same gold, wherever it lies and however it is indented.
pub fn hash(projects: &[GoldProject]) -> String {
    let mut all = String::new();
    for job in projects.iter().flat_map(|project| &project.jobs) {
        all += &format!("{}\t{}\t{}\n", job.id, job.title, job.description);
    }
    for (id, wordings) in projects.iter().flat_map(|project| &project.wordings) {
        all += &format!("{id}\t{}\n", wordings.join("\t"));
    }
    for (interview, needs) in projects.iter().flat_map(|project| &project.needs) {
        all += &format!("{interview}\t{}\n", needs.join("\t"));
    }
    for interview in projects.iter().flat_map(|project| &project.interviews) {
        all += &format!("{}\t{}\n", interview.project, interview.transcript.id);
        let roles =
            interview.transcript.speakers().iter().map(|speaker| format!("{}\t{:?}\n", speaker.name, speaker.role));
        all.extend(roles);
        for (statement, code) in interview.statements.iter().zip(&interview.codes) {
            let rings: Vec<&str> = code.rings.iter().map(Ring::id).collect();
            let text = statement.span.of(interview.transcript.text());
            let job = code.job.as_deref().unwrap_or_default();
            all += &format!("{}\t{text}\t{}\t{}\t{job}\n", statement.turn, rings.join(","), code.reason);
        }
    }
    sha256(all.as_bytes())
}

/// The folders at or below `folder` that hold a `jobs.json`, sorted.
fn project_folders(folder: &Path) -> Result<Vec<PathBuf>, GoldError> {
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| IoError { path: folder.to_owned(), source: error.into() })?;
        if entry.file_name() == "jobs.json"
            && let Some(parent) = entry.path().parent()
        {
            found.push(parent.to_owned());
        }
    }
    Ok(found)
}

/// Reads one project: `jobs.json`, `wordings.toml` and `needs.toml` where they are there, and one JSON file an interview.
fn read_project(folder: &Path) -> Result<GoldProject, GoldError> {
    let id = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut faults = Vec::new();
    let jobs = read_jobs(&folder.join("jobs.json"), &mut faults)?;
    let wordings = read_wordings(&folder.join("wordings.toml"), &jobs, &mut faults)?;
    let needs_file = folder.join("needs.toml");
    let needs = read_texts(
        &needs_file,
        ["je Interview eine Liste von Texten", "a list of texts for each interview"],
        &mut faults,
    )?;
    let mut interviews = Vec::new();
    for path in interview_files(folder)? {
        let source = std::fs::read_to_string(&path).map_err(IoError::at(&path))?;
        match parse(&source, &path, &jobs) {
            Ok(interview) => interviews.push(Gold { project: id.clone(), ..interview }),
            Err(mut more) => faults.append(&mut more),
        }
    }
    faults.extend(needs.iter().filter_map(|(id, needs)| wrong_needs(&needs_file, id, needs.len(), &interviews)));
    if faults.is_empty() {
        Ok(GoldProject { id, jobs, wordings, needs, interviews })
    } else {
        Err(GoldError::Faults(faults))
    }
}

/// The JSON files of a project's folder but `jobs.json`, sorted.
fn interview_files(folder: &Path) -> Result<Vec<PathBuf>, IoError> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(IoError::at(folder))? {
        let path = entry.map_err(IoError::at(folder))?.path();
        let json = path.extension().is_some_and(|ending| ending == "json");
        if json && path.file_name().is_some_and(|name| name != "jobs.json") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Reads a list of jobs; faults are added to `faults`.
///
/// # Errors
/// Only where the file itself cannot be read.
pub fn read_jobs(path: &Path, faults: &mut Vec<GoldFault>) -> Result<Vec<Job>, IoError> {
    let source = std::fs::read_to_string(path).map_err(IoError::at(path))?;
    Ok(serde_json::from_str(&source).unwrap_or_else(|error| {
        faults.push(json_fault(path, &error));
        Vec::new()
    }))
}

/// Reads other ways to say jobs; empty where there is no such file. Faults are added to `faults`.
fn read_wordings(
    path: &Path,
    jobs: &[Job],
    faults: &mut Vec<GoldFault>,
) -> Result<BTreeMap<String, Vec<String>>, GoldError> {
    let expected = ["je Job eine Liste von Texten", "a list of texts for each job"];
    let wordings = read_texts(path, expected, faults)?;
    faults.extend(wordings.keys().filter(|id| !jobs.iter().any(|job| &job.id == *id)).map(|id| GoldFault {
        location: Location::file(path),
        statement: None,
        found: unknown_job(id),
    }));
    Ok(wordings)
}

/// Reads lists of texts by name; empty where there is no such file. Faults are added to `faults`; `expected` says in German and in
/// English what should be there.
fn read_texts(
    path: &Path,
    expected: [&str; 2],
    faults: &mut Vec<GoldFault>,
) -> Result<BTreeMap<String, Vec<String>>, GoldError> {
    if !path.is_file() {
        return Ok(BTreeMap::new());
    }
    let german = format!("so nicht lesbar ({{}}); erwartet: {}", expected[0]);
    let english = format!("cannot be read ({{}}); expected: {}", expected[1]);
    match read_toml(path, &german, &english) {
        Err(GoldError::Faults(more)) => {
            faults.extend(more);
            Ok(BTreeMap::new())
        }
        read => read,
    }
}

/// What is wrong with the needs listed for an interview, if anything: there is one for each statement that speaks to a job.
fn wrong_needs(path: &Path, id: &str, listed: usize, interviews: &[Gold]) -> Option<GoldFault> {
    let gold = interviews.iter().find(|gold| gold.transcript.id == id);
    let speaking = gold.map_or(0, |gold| gold.codes.iter().filter(|code| code.job.is_some()).count());
    (listed != speaking).then(|| GoldFault {
        location: Location::file(path),
        statement: None,
        found: (
            format!("{listed} Texte für „{id}“; erwartet: {speaking}, einer je Aussage mit Job"),
            format!("{listed} texts for \"{id}\"; expected: {speaking}, one for each statement with a job"),
        ),
    })
}

/// What is said of a job that is not in the list, in German and in English.
fn unknown_job(id: &str) -> (String, String) {
    (
        format!("unbekannter Job „{id}“; erwartet: einer aus jobs.json"),
        format!("unknown job \"{id}\"; expected: one of jobs.json"),
    )
}

fn json_fault(path: &Path, error: &serde_json::Error) -> GoldFault {
    GoldFault {
        location: Location::line(path, error.line()),
        statement: None,
        found: (
            format!("kein gültiges JSON in der erwarteten Form ({error}); erwartet: Kodierleitfaden, Abschnitt 5"),
            format!("no valid JSON of the expected shape ({error}); expected: section 5 of the coding manual"),
        ),
    }
}

#[derive(Deserialize)]
struct RawInterview {
    id: String,
    project: String,
    #[serde(default)]
    meta: BTreeMap<String, serde_json::Value>,
    turns: Vec<RawTurn>,
}

#[derive(Deserialize)]
struct RawTurn {
    speaker: String,
    role: Role,
    time: Option<String>,
    statements: Vec<RawStatement>,
}

#[derive(Deserialize)]
struct RawStatement {
    text: String,
    rings: Vec<String>,
    reason: bool,
    job: Option<String>,
}

/// Parses one gold interview and checks it against the manual's rules.
///
/// # Errors
/// All faults of the file at once, each with turn and statement.
pub fn parse(source: &str, path: &Path, jobs: &[Job]) -> Result<Gold, Vec<GoldFault>> {
    let raw: RawInterview = serde_json::from_str(source).map_err(|error| vec![json_fault(path, &error)])?;
    let mut faults = Vec::new();
    let mut codes = Vec::new();
    for (turn_index, turn) in raw.turns.iter().enumerate() {
        for (index, statement) in turn.statements.iter().enumerate() {
            let mut fault = |german: String, english: String| {
                faults.push(GoldFault {
                    location: Location::file(path),
                    statement: Some((turn_index + 1, index + 1)),
                    found: (german, english),
                });
            };
            codes.push(check(statement, turn.role, jobs, &mut fault));
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let (transcript, statements) = assemble(&raw);
    Ok(Gold { project: raw.project, transcript, statements, codes })
}

/// Reads only the interview of a gold file; its codes are neither checked nor kept.
///
/// # Errors
/// If it is no JSON of the expected shape.
pub fn transcript(source: &str, path: &Path) -> Result<Transcript, GoldFault> {
    let raw: RawInterview = serde_json::from_str(source).map_err(|error| json_fault(path, &error))?;
    Ok(assemble(&raw).0)
}

/// Checks one statement's codes; each broken rule is told to `fault` in German and in English.
fn check(statement: &RawStatement, role: Role, jobs: &[Job], fault: &mut dyn FnMut(String, String)) -> Code {
    let mut rings = Vec::new();
    for id in &statement.rings {
        match Ring::ALL.into_iter().find(|ring| ring.id() == id) {
            Some(ring) => rings.push(ring),
            None => fault(
                format!("unbekannter Ring „{id}“; erwartet: {}", ring_ids()),
                format!("unknown ring \"{id}\"; expected: {}", ring_ids()),
            ),
        }
    }
    let rings = Rings::new(rings).unwrap_or_else(|| {
        fault(
            format!("{} Ringe; erwartet: höchstens zwei verschiedene", statement.rings.len()),
            format!("{} rings; expected: at most two different ones", statement.rings.len()),
        );
        Rings::default()
    });
    if let Some(job) = &statement.job
        && !jobs.iter().any(|known| &known.id == job)
    {
        let (german, english) = unknown_job(job);
        fault(german, english);
    }
    let coded = !rings.is_empty() || statement.reason || statement.job.is_some();
    if role == Role::Interviewer && coded {
        fault(
            "Aussage der Interviewerin kodiert; erwartet: keine Codes".into(),
            "interviewer's statement coded; expected: no codes".into(),
        );
    }
    if statement.text.trim().is_empty() {
        fault("leere Aussage; erwartet: Text".into(), "empty statement; expected: text".into());
    }
    Code { rings, reason: statement.reason, job: statement.job.clone() }
}

fn ring_ids() -> String {
    Ring::ALL.map(Ring::id).join(", ")
}

/// Builds transcript and statements; the text of a turn is its statements joined by one space.
fn assemble(raw: &RawInterview) -> (Transcript, Vec<Statement>) {
    let mut speakers: Vec<Speaker> = Vec::new();
    let mut turns = Vec::new();
    for turn in &raw.turns {
        let known = speakers.iter().position(|speaker| speaker.name == turn.speaker);
        let speaker = known.unwrap_or_else(|| {
            speakers.push(Speaker { name: turn.speaker.clone(), role: turn.role });
            speakers.len() - 1
        });
        let texts: Vec<&str> = turn.statements.iter().map(|statement| statement.text.trim()).collect();
        turns.push(NewTurn {
            speaker,
            start: turn.time.as_deref().and_then(clock),
            end: None,
            text: texts.join(" "),
            foreign: None,
        });
    }
    let format = Format { container: Container::Json, convention: Convention::Gold };
    let mut transcript = Transcript::new(raw.id.clone(), format, speakers, turns);
    transcript.language = Some("deu".to_owned());
    transcript.meta = raw.meta.iter().map(|(key, value)| (key.clone(), plain(value))).collect();
    let mut statements = Vec::new();
    for (index, (turn, placed)) in raw.turns.iter().zip(transcript.turns()).enumerate() {
        let mut start = placed.span.start;
        for statement in &turn.statements {
            let span = ByteSpan::new(start, start + statement.text.trim().len());
            statements.push(Statement { turn: index, span });
            start = span.end + 1;
        }
    }
    (transcript, statements)
}

fn plain(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Reads `HH:MM:SS`.
fn clock(time: &str) -> Option<Timestamp> {
    let parts: Vec<u64> = time.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    match parts[..] {
        [hours, minutes, seconds] => Some(Timestamp::from_millis(1000 * (3600 * hours + 60 * minutes + seconds))),
        _ => None,
    }
}

/// Reads a file of settings beside gold; what is wrong with it stands at `{}` of both messages.
fn read_toml<T: DeserializeOwned>(path: &Path, german: &str, english: &str) -> Result<T, GoldError> {
    let source = std::fs::read_to_string(path).map_err(IoError::at(path))?;
    toml::from_str(&source).map_err(|error| {
        let line = error.span().map(|span| 1 + source[..span.start].matches('\n').count());
        let found = (german.replace("{}", error.message()), english.replace("{}", error.message()));
        GoldError::Faults(vec![GoldFault {
            location: Location { path: path.to_owned(), line },
            statement: None,
            found,
        }])
    })
}
