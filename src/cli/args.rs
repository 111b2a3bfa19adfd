//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::evaluate::Floor;
use crate::error::Tongue;
use crate::export::{Dialect, LineEnds, Variables};
use crate::report::Paper;
use crate::segment::Units;

/// Pre-codes German customer interviews on your own machine: statements, rings of buying insight, reasons, jobs.
///
/// Nothing leaves this machine. Suggestions are never codings: a person decides.
#[derive(Debug, Parser)]
#[command(name = "ringwerk", version, after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub common: Common,
}

const EXAMPLES: &str = "Examples:
  ringwerk code interviews/                     code all transcripts of a folder, print a summary
  ringwerk code interviews/ --project study/    the same, and keep the result in study/
  ringwerk review study/                        decide on the suggestions, on a page in the browser
  ringwerk learn study/                         better suggestions for the rest, from what was decided
  ringwerk code interview.docx --json           one JSON object a line, for other programs
  ringwerk evaluate fixtures/gold --split test  how good the suggestions are on interviews coded by hand

Exit codes: 0 done; 1 done, but the answer is no; 2 something failed.";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Code transcripts: the main job
    Code(Code),
    /// Make a new project folder
    Init(Init),
    /// Open the page on which a person confirms, corrects and rejects suggestions
    Review(Review),
    /// Learn from the decisions made in a project: better suggestions for the rest of it
    Learn(Learn),
    /// Look a project through: the file, the decisions, and the statements they are about
    Check(Check),
    /// Write a project to a file for other programs: .qdpx .qdc .xlsx .docx .csv .jsonl .md
    Export(Export),
    /// Write a page for a workshop: Customer Experience Map, rings, jobs, personas, and how far they hold
    Report(Report),
    /// Measure the suggestions on interviews that a person coded
    Evaluate(Evaluate),
    /// Measure what learning from decisions brings, with interviews that a person coded in place of the person
    Simulate(Simulate),
    /// Train a model on interviews that a person coded
    Train(Train),
    /// Show what works on this machine: libtorch, model, number type, speed
    Doctor(Doctor),
}

/// What every command understands.
#[derive(Debug, Clone, Args)]
pub(super) struct Common {
    /// Language of everything that a person reads
    #[arg(long, global = true, value_enum, default_value_t = Language::De)]
    lang: Language,
    /// No colours
    #[arg(long, global = true)]
    pub no_color: bool,
    /// Only data and errors: no progress, no notes
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Folder with a model (config.json, tokenizer.json, model.safetensors and what `train` writes) [default: the one that ships]
    #[arg(long, global = true, value_name = "DIR")]
    pub model: Option<PathBuf>,
    /// Threads of the model [default: one per core]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
    /// Numbers the model computes in [default: the fastest that this processor has]
    #[arg(long, global = true, value_enum, value_name = "TYPE")]
    pub number_type: Option<Numbers>,
}

impl Common {
    pub fn tongue(&self) -> Tongue {
        match self.lang {
            Language::De => Tongue::German,
            Language::En => Tongue::English,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Language {
    De,
    En,
}

/// Names of number types on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Numbers {
    /// 32 bits, everywhere
    F32,
    /// 16 bits, three times faster where the processor has them
    Bf16,
}

#[derive(Debug, Args)]
pub(super) struct Code {
    /// Transcripts, QDA projects (.qdpx), or folders with such
    #[arg(required_unless_present = "stdin", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Read JSON Lines ({"id", "path" or "text", "meta"}) from stdin and print each interview as JSON Lines when it is done,
    /// without candidate jobs and without keeping any
    #[arg(long, conflicts_with_all = ["paths", "project"])]
    pub stdin: bool,
    /// Print JSON Lines instead of a summary: transcript, statement, candidate_job and run objects
    #[arg(long)]
    pub json: bool,
    /// Keep the result in this folder; an interrupted run goes on where it stopped
    #[arg(long, value_name = "DIR")]
    pub project: Option<PathBuf>,
    /// Label of the person who asks, where it cannot be told from the transcript; may be repeated
    #[arg(long, value_name = "NAME")]
    pub interviewer: Vec<String>,
    /// How finely turns are cut [default: statement]
    #[arg(long, value_enum)]
    pub units: Option<UnitNames>,
    /// Read transcripts in other languages than German, too; suggestions are unreliable then
    #[arg(long, visible_alias = "any-language")]
    pub allow_language: bool,
    /// Read texts in which nobody is labelled as speaker; everything counts as answer
    #[arg(long)]
    pub without_speakers: bool,
    /// Take codings of a QDA project (.qdpx) as decisions, where their codes are called like rings or jobs
    #[arg(long, requires = "project")]
    pub as_decisions: bool,
    /// JSON file with jobs (id, title, description) to which statements are assigned
    #[arg(long, value_name = "FILE")]
    pub jobs: Option<PathBuf>,
}

/// Names of units on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum UnitNames {
    Sentence,
    Statement,
    Turn,
}

impl From<UnitNames> for Units {
    fn from(name: UnitNames) -> Self {
        match name {
            UnitNames::Sentence => Units::Sentence,
            UnitNames::Statement => Units::Statement,
            UnitNames::Turn => Units::Turn,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder; made where it is not there
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Review {
    /// The project folder, with interviews that `code --project` coded
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Port of the page on this machine [default: that of the last time, else any that is free]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub port: Option<u16>,
    /// Code as NAME, seeing neither suggestions nor what others decided, to compare codings
    #[arg(long, value_name = "NAME")]
    pub blind: Option<String>,
    /// Only print the address of the page, do not open a browser
    #[arg(long)]
    pub no_open: bool,
}

#[derive(Debug, Args)]
pub(super) struct Learn {
    /// The project folder. What was learned is kept in coding it again, until it is undone
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Back to the suggestions before; decisions are not touched
    #[arg(long)]
    pub undo: bool,
    /// Print what was learned and which suggestions changed as one JSON object
    #[arg(long, conflicts_with = "undo")]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// The project folder; nothing in it is changed. Exit code 1 where something is wrong
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Export {
    /// The project folder
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The file to write; its ending says how: .qdpx (project for MAXQDA, ATLAS.ti, NVivo, QualCoder), .qdc (codebook),
    /// .xlsx, .docx (quotes for Word), .csv, .jsonl, .md (quotes)
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
    /// Also write what the engine suggests where nobody has decided yet, marked as such
    #[arg(long)]
    pub with_suggestions: bool,
    /// Replace a file that is there
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub pseudonyms: Pseudonyms,
    /// Where metadata of interviews stand in a .qdpx file
    #[arg(long, value_enum, default_value_t = VariableNames::Case)]
    pub variables: VariableNames,
    /// How lines end in the texts of a .qdpx file; crlf for MAXQDA
    #[arg(long, value_enum, default_value_t = LineEndNames::Lf)]
    pub line_ends: LineEndNames,
    /// How a .csv file is written
    #[arg(long, value_enum, default_value_t = DialectNames::Excel)]
    pub dialect: DialectNames,
}

#[derive(Debug, Args)]
pub(super) struct Report {
    /// The project folder
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The file to write; its ending says what: .html (everything, to read and to print on A3 or A4), .svg or .png (the map alone)
    #[arg(long, value_name = "FILE", default_value = "report.html")]
    pub to: PathBuf,
    /// The metadata field whose values make segments
    #[arg(long, value_name = "FIELD", default_value = "segment")]
    pub segment_by: String,
    /// The segment of a .svg or .png map, by its value [default: all interviews]
    #[arg(long, value_name = "VALUE")]
    pub segment: Option<String>,
    /// On what the page is printed, landscape
    #[arg(long, value_enum, default_value_t = PaperNames::A3)]
    pub paper: PaperNames,
    /// Also show what the engine suggests where nobody has decided yet, marked as such
    #[arg(long)]
    pub with_suggestions: bool,
    /// Replace a file that is there
    #[arg(long)]
    pub force: bool,
    /// Open answers of a questionnaire, counted apart: a .csv file with a row for each person and headings in the first row
    #[arg(long, value_name = "FILE")]
    pub survey: Option<PathBuf>,
    /// Heading of a column with open answers, may be repeated [default: the columns that hold mostly longer texts]
    #[arg(long, value_name = "HEADING", requires = "survey")]
    pub survey_column: Vec<String>,
    #[command(flatten)]
    pub pseudonyms: Pseudonyms,
}

/// Names of paper on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum PaperNames {
    A3,
    A4,
}

impl From<PaperNames> for Paper {
    fn from(name: PaperNames) -> Self {
        match name {
            PaperNames::A3 => Paper::A3,
            PaperNames::A4 => Paper::A4,
        }
    }
}

/// How names leave what is written.
#[derive(Debug, Args)]
pub(super) struct Pseudonyms {
    /// Put [Person A], [Firma B], [Ort C] for names; not every name is found, please read the file before you pass it on
    #[arg(long)]
    pub pseudonymise: bool,
    /// Names to replace besides those that are found, one a line; "Name;Ersatz" says what shall stand there, "Name;Name" that
    /// it shall stay
    #[arg(long, value_name = "FILE", requires = "pseudonymise")]
    pub names: Option<PathBuf>,
    /// Where to write what stands for what [default: beside the file, with the ending .schluessel.csv]
    #[arg(long, value_name = "FILE", requires = "pseudonymise")]
    pub key: Option<PathBuf>,
}

/// Names of places for metadata on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum VariableNames {
    /// At the texts
    Source,
    /// At cases, one an interview
    Case,
    /// At both
    Both,
}

impl From<VariableNames> for Variables {
    fn from(name: VariableNames) -> Self {
        match name {
            VariableNames::Source => Variables::Source,
            VariableNames::Case => Variables::Case,
            VariableNames::Both => Variables::Both,
        }
    }
}

/// Names of line ends on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum LineEndNames {
    Lf,
    Crlf,
}

impl From<LineEndNames> for LineEnds {
    fn from(name: LineEndNames) -> Self {
        match name {
            LineEndNames::Lf => LineEnds::Lf,
            LineEndNames::Crlf => LineEnds::Crlf,
        }
    }
}

/// Names of dialects on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum DialectNames {
    /// Semicolons and byte order mark, as a German Excel opens it
    Excel,
    /// Commas, no byte order mark
    Rfc4180,
}

impl From<DialectNames> for Dialect {
    fn from(name: DialectNames) -> Self {
        match name {
            DialectNames::Excel => Dialect::Excel,
            DialectNames::Rfc4180 => Dialect::Rfc4180,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Evaluate {
    /// Folder with gold projects (coding manual, section 5)
    #[arg(value_name = "GOLD")]
    pub gold: PathBuf,
    /// Only the projects of this part of split.toml
    #[arg(long, value_name = "PART")]
    pub split: Option<String>,
    /// Print one JSON object instead of a table
    #[arg(long)]
    pub json: bool,
    /// Write one JSON line per gold statement
    #[arg(long, value_name = "FILE")]
    pub predictions: Option<PathBuf>,
    /// Write one page with plots, for people who decide; it needs no network
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Compare with a second coding of the same interviews (another gold folder) instead of the engine
    #[arg(long, value_name = "OTHER_GOLD", conflicts_with_all = ["predictions", "html", "compare"])]
    pub against: Option<PathBuf>,
    /// Also show the differences to an earlier --json report, and whether they exceed the noise
    #[arg(long, value_name = "EARLIER_JSON")]
    pub compare: Option<PathBuf>,
    /// End with exit code 1 where a figure is lower: names as in --json, e.g. macro_f1=0.7,reasons.f1=0.6
    #[arg(long, value_name = "NAME=NUMBER", value_delimiter = ',')]
    pub fail_under: Vec<Floor>,
}

#[derive(Debug, Args)]
pub(super) struct Simulate {
    /// Folder with gold projects that the model has not learned from (coding manual, section 5)
    #[arg(value_name = "GOLD")]
    pub gold: PathBuf,
    /// Only the projects of this part of split.toml
    #[arg(long, value_name = "PART")]
    pub split: Option<String>,
    /// Print one JSON object instead of a table
    #[arg(long)]
    pub json: bool,
    /// Write the curve as a picture
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Train {
    /// Folder with gold projects; its split.toml says which to learn from (train) and which to fit
    /// decisions on (development); without one a sixth, at least five, is held back
    #[arg(value_name = "CORPUS")]
    pub corpus: PathBuf,
    /// Model folder to write; what it lacks is copied there from the model, what was learned into it before stays until it is
    /// learned anew. It will hold some statements of the corpus, word for word, to show why something is suggested
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// How often every interview is read [default: 1; for names 4]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub epochs: Option<u16>,
    /// Where random numbers begin: same seed, same result on one machine [default: 1]
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Begin with what the model has learned already, with half the step width: to learn from more interviews, or from one's
    /// own; one epoch may do. Needs another --out than the model's own folder
    #[arg(long)]
    pub go_on: bool,
    /// End with the mean of what was known before and what is known then, where the model goes on learning
    #[arg(long, requires = "go_on")]
    pub mean: bool,
    /// Names in the interviews, as a reader listed them, to learn which words are names [default: pseudonyms/names.toml beside
    /// the corpus; without it that is not learned]
    #[arg(long, value_name = "FILE")]
    pub names: Option<PathBuf>,
    /// Learn only this part and keep the others as they are; what stands on them (decisions, titles, examples) is always fitted
    /// anew; nothing stands on names and on the baseline, which is learned where it is asked for
    #[arg(long, value_enum, value_name = "PART")]
    pub only: Option<Part>,
}

/// What is learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Part {
    /// Rings and reasons
    Rings,
    /// Where statements end
    Boundaries,
    /// Which statements speak to one job
    Jobs,
    /// Which words are names
    Names,
    /// Nothing that is learned
    Decisions,
    /// The baseline that figures are compared with: simple heads on the encoder as it came
    Baseline,
}

#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// Also measure the speed of the model on this machine
    #[arg(long)]
    pub speed: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_hold_together() {
        Arguments::command().debug_assert();
    }
}
