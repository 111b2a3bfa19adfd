//! Why a file could not be read as a transcript.

use std::error::Error;

use super::foreign::Foreign;
use crate::error::{Explain, IoError, Location, Tongue};
use crate::transcript::Container;

/// What a program beneath said; kept as a source, never shown to an analyst.
pub type Cause = Box<dyn Error + Send + Sync>;
use crate::gold::GoldFault;

/// Why a file could not be read as a transcript.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IngestError {
    /// The operating system refused.
    #[error(transparent)]
    Io(#[from] IoError),
    /// Nothing is in the file, or nothing but white space.
    #[error("{location}: empty")]
    Empty {
        /// The file.
        location: Location,
    },
    /// A kind of file that holds no transcript, or none that can be read.
    #[error("{location}: {}, not a transcript", found.name(Tongue::English))]
    Foreign {
        /// The file.
        location: Location,
        /// What it is.
        found: Foreign,
    },
    /// Not text, and no known kind of file either.
    #[error("{location}: unknown binary data")]
    Binary {
        /// The file.
        location: Location,
    },
    /// Protected by a password.
    #[error("{location}: {} protected by a password", container.name())]
    Encrypted {
        /// The file.
        location: Location,
        /// The kind of file.
        container: Container,
    },
    /// The file breaks off, or contradicts the rules of its kind.
    #[error("{location}: damaged {}", container.name())]
    Damaged {
        /// The file, and the line up to which it could be read, where it is known.
        location: Location,
        /// The kind of file.
        container: Container,
        /// What was wrong.
        source: Cause,
    },
    /// More than is read at once: a whole file, or what it unpacks to.
    #[error("{location}: larger than {} MiB", limit >> 20)]
    TooLarge {
        /// The file.
        location: Location,
        /// The most that is read, in bytes.
        limit: u64,
    },
    /// A PDF made of pictures: pages, but no text in them.
    #[error("{location}: {pages} pages without text")]
    Scanned {
        /// The file.
        location: Location,
        /// How many pages.
        pages: usize,
    },
    /// A text in which nobody is labelled as speaker.
    #[error("{location}: no speaker label; begins with \"{found}\"")]
    NoSpeaker {
        /// The first line with text.
        location: Location,
        /// Its first words.
        found: String,
    },
    /// A file of a known kind in which nothing is said: subtitles without a cue, a header without turns.
    #[error("{location}: nothing is said")]
    NothingSaid {
        /// The file.
        location: Location,
    },
    /// None of the interviewers that a person named speaks in the file.
    #[error("{location}: no speaker called {}; there are {}", wanted.join(", "), speakers.join(", "))]
    UnknownInterviewer {
        /// The file.
        location: Location,
        /// The names given.
        wanted: Vec<String>,
        /// The speakers of the file.
        speakers: Vec<String>,
    },
    /// A transcript in another language.
    #[error("{location}: not German but {language}")]
    NotGerman {
        /// The file.
        location: Location,
        /// Which (ISO 639-3).
        language: String,
    },
    /// No JSON at all.
    #[error("{location}: no valid JSON")]
    BadJson {
        /// The place where reading stopped.
        location: Location,
        /// What the parser said.
        source: serde_json::Error,
    },
    /// JSON, but not of a transcript.
    #[error("{location}: JSON without segments; fields: {}", found.join(", "))]
    UnknownJson {
        /// The file.
        location: Location,
        /// The names of its fields.
        found: Vec<String>,
    },
    /// A gold file that breaks the manual's rules.
    #[error("{}", fault.explain(Tongue::English))]
    BadGold {
        /// Which rule, and where.
        fault: GoldFault,
    },
    /// A table whose first row names no text column.
    #[error("{location}: no text column; columns: {}", found.join(", "))]
    NoTextColumn {
        /// The first row.
        location: Location,
        /// Its cells.
        found: Vec<String>,
    },
    /// A text of a QDA project that does not lie in the project file.
    #[error("{location}: not in the project file: {reference}")]
    NotInProject {
        /// The project and the text's name.
        location: Location,
        /// Where the project says it is; empty where it does not say.
        reference: String,
    },
    /// A table that breaks the rules of its format.
    #[error("{location}: damaged table")]
    BadTable {
        /// The file.
        location: Location,
        /// What the parser said.
        source: csv::Error,
    },
    /// A questionnaire that is no table.
    #[error("{location}: no table")]
    NoTable {
        /// The file.
        location: Location,
    },
    /// A row of a questionnaire with more or fewer cells than headings.
    #[error("{location}: {expected} cells expected, {found} found; see {column}")]
    UnevenRow {
        /// The row, the headings being row 1.
        location: Location,
        /// The heading of the first cell that is missing, or of the last one before what is too much.
        column: String,
        /// How many headings there are.
        expected: usize,
        /// How many cells the row has.
        found: usize,
    },
    /// No column of a questionnaire is called so.
    #[error("{location}: no column `{wanted}`")]
    NoSuchColumn {
        /// The row with the headings.
        location: Location,
        /// What was asked for.
        wanted: String,
        /// The headings.
        known: Vec<String>,
    },
    /// No column of a questionnaire holds mostly longer texts.
    #[error("{location}: no open answers")]
    NoOpenAnswers {
        /// The file.
        location: Location,
        /// The headings.
        found: Vec<String>,
    },
}

impl Explain for IngestError {
    fn explain(&self, tongue: Tongue) -> String {
        match self {
            Self::Io(error) => error.explain(tongue),
            Self::Empty { location } => format!(
                "{location}: {}",
                tongue.pick(
                    "leer; erwartet wird ein Transkript mit Text. Bitte die Datei prüfen oder neu exportieren",
                    "empty; expected a transcript with text. Please check the file or export it again",
                )
            ),
            Self::Foreign { location, found } => found.explain_at(location, tongue),
            Self::Binary { location } => format!(
                "{location}: {}",
                tongue.pick(
                    "enthält keinen lesbaren Text; erwartet wird ein Transkript (Word, LibreOffice, RTF, PDF, Text, \
                     Untertitel). Bitte das Transkript als Word-Datei (.docx) oder als Text (.txt) speichern",
                    "holds no readable text; expected a transcript (Word, LibreOffice, RTF, PDF, text, subtitles). \
                     Please save the transcript as a Word file (.docx) or as text (.txt)",
                )
            ),
            Self::Encrypted { location, container } => explain_encrypted(location, *container, tongue),
            Self::Damaged { location, container, .. } => explain_damaged(location, *container, tongue),
            Self::TooLarge { location, limit } => explain_too_large(location, limit >> 20, tongue),
            Self::Scanned { location, pages } => tongue.pick(
                format!(
                    "{location}: {pages} Seiten, aber kein lesbarer Text: die PDF besteht aus Bildern (Scan), oder \
                     ihre Zeichen sagen nicht, welche Buchstaben sie sind. Erwartet wird eine PDF, aus der sich Text \
                     kopieren lässt. Bitte zuerst eine Texterkennung (OCR) darüber laufen lassen \
                     oder das Transkript als Word-Datei (.docx) speichern"
                ),
                format!(
                    "{location}: {pages} pages, but no readable text: the PDF is made of pictures (a scan), or its signs do \
                     not say which letters they are. Expected a PDF from which text can be copied. Please run text recognition (OCR) first, or save the transcript as a Word file \
                     (.docx)"
                ),
            ),
            Self::NoSpeaker { location, found } => no_speaker(location, found, tongue),
            Self::NothingSaid { location } => format!(
                "{location}: {}",
                tongue.pick(
                    "kein Redebeitrag gefunden; erwartet wird gesprochener Text unter den Zeiten oder hinter den Namen. Bitte die Datei öffnen und prüfen, sonst neu exportieren",
                    "nobody says anything in it; expected spoken text below the times or after the names. Please open and check the file, or export it again",
                )
            ),
            Self::UnknownInterviewer { location, wanted, speakers } => {
                let (wanted, speakers) = (wanted.join(", "), speakers.join(", "));
                tongue.pick(
                    format!("{location}: niemand heißt {wanted}; in der Datei sprechen: {speakers}. Bitte einen dieser Namen bei --interviewer angeben"),
                    format!("{location}: nobody is called {wanted}; speakers in the file: {speakers}. Please give one of these names to --interviewer"),
                )
            }
            Self::NotGerman { location, language } => {
                let language = language_name(language, tongue);
                tongue.pick(
                    format!("{location}: nicht deutsch, sondern {language}; erwartet wird ein deutsches Transkript (auch Dialekt). Wer es trotzdem lesen lassen will, gibt --any-language an; die Vorschläge sind dann unsicher"),
                    format!("{location}: not German but {language}; expected a German transcript (dialect is fine). To have it read anyway, give --any-language; suggestions will be uncertain"),
                )
            }
            Self::BadJson { location, source } => bad_json(location, source, tongue),
            Self::UnknownJson { location, found } => {
                let found = found.join(", ");
                tongue.pick(
                    format!("{location}: JSON ohne Redebeiträge (Felder: {found}); erwartet wird ein Feld „segments“ oder „transcription“ mit „text“, wie Whisper es schreibt. Bitte das Transkript als VTT, SRT oder TXT exportieren"),
                    format!("{location}: JSON without turns (fields: {found}); expected a field \"segments\" or \"transcription\" with \"text\", as Whisper writes it. Please export the transcript as VTT, SRT or TXT"),
                )
            }
            Self::BadGold { fault } => fault.explain(tongue),
            Self::NoTextColumn { location, found } => {
                let found = found.join(", ");
                tongue.pick(
                    format!("{location}: keine Spalte mit dem Text gefunden (erste Zeile: {found}); erwartet wird in der ersten Zeile eine Spalte „Text“, dazu gern „Sprecher“, „Start“ und „Ende“. Bitte die Spalte mit dem Gesprochenen „Text“ nennen"),
                    format!("{location}: no column with the text (first row: {found}); expected a column \"text\" in the first row, and \"speaker\", \"start\", \"end\" if there are any. Please name the column with the words \"text\""),
                )
            }
            Self::NotInProject { location, reference } => tongue.pick(
                format!("{location}: der Text liegt nicht in der Projektdatei (Verweis: „{reference}“). Bitte das Projekt mit allen Dokumenten exportieren"),
                format!("{location}: the text is not in the project file (reference: \"{reference}\"). Please export the project with all documents"),
            ),
            Self::BadTable { location, source } => tongue.pick(
                format!("{location}: die Tabelle ist beschädigt ({source}); erwartet wird eine CSV-Datei in UTF-8. Bitte in Excel öffnen und als „CSV UTF-8“ speichern"),
                format!("{location}: the table is damaged ({source}); expected a CSV file in UTF-8. Please open it in Excel and save it as \"CSV UTF-8\""),
            ),
            Self::NoTable { location } => tongue.pick(
                format!("{location}: keine Tabelle. Erwartet wird eine CSV-Datei mit einer Zeile je Person und Überschriften in der ersten Zeile; Excel speichert sie als „CSV UTF-8“"),
                format!("{location}: no table. Expected is a CSV file with a row for each person and headings in the first row; Excel saves it as \"CSV UTF-8\""),
            ),
            Self::UnevenRow { location, column, expected, found } => tongue.pick(
                format!("{location}: {expected} Zellen erwartet, {found} gefunden (bei der Spalte „{column}“). Meist fehlen Anführungszeichen um einen Text, in dem das Trennzeichen steht; bitte in Excel öffnen und als „CSV UTF-8“ speichern"),
                format!("{location}: {expected} expected, {found} found cells (at the column \"{column}\"). Mostly quotation marks are missing around a text that holds the delimiter; please open it in Excel and save it as \"CSV UTF-8\""),
            ),
            Self::NoSuchColumn { location, wanted, known } => {
                let known = known.join(", ");
                tongue.pick(
                    format!("{location}: keine Spalte heißt „{wanted}“. Es gibt: {known}"),
                    format!("{location}: no column is called \"{wanted}\". There are: {known}"),
                )
            }
            Self::NoOpenAnswers { location, found } => {
                let found = found.join(", ");
                tongue.pick(
                    format!("{location}: in keiner Spalte stehen überwiegend längere Texte (Spalten: {found}). Bitte die Spalte mit den offenen Antworten nennen: --survey-column ÜBERSCHRIFT"),
                    format!("{location}: no column holds mostly longer texts (columns: {found}). Please name the column with open answers: --survey-column HEADING"),
                )
            }
        }
    }
}

fn explain_encrypted(location: &Location, container: Container, tongue: Tongue) -> String {
    let kind = product(container);
    tongue.pick(
        format!(
            "{location}: mit einem Kennwort geschützt ({kind}). Bitte die Datei öffnen, ohne Kennwort speichern und noch \
             einmal einlesen"
        ),
        format!(
            "{location}: protected by a password ({kind}). Please open the file, save it without a password and read it again"
        ),
    )
}

fn no_speaker(location: &Location, found: &str, tongue: Tongue) -> String {
    tongue.pick(
        format!(
            "{location}: nirgends steht, wer spricht (die Datei beginnt mit „{found}“); erwartet wird am Anfang jedes Redebeitrags ein Kürzel oder Name mit Doppelpunkt, zum Beispiel „I: Wie kam es dazu?“ und in der nächsten Zeile „B: Das fing im Mai an.“. Bitte die Sprecher ergänzen; ist alles von einer befragten Person, genügt --without-speakers"
        ),
        format!(
            "{location}: it says nowhere who speaks (the file begins with \"{found}\"); expected a label or name and a colon at the start of each turn, for example \"I: Wie kam es dazu?\" and on the next line \"B: Das fing im Mai an.\". Please add the speakers; if one respondent says everything, --without-speakers is enough"
        ),
    )
}

fn explain_damaged(location: &Location, container: Container, tongue: Tongue) -> String {
    let kind = product(container);
    tongue.pick(
        format!(
            "{location}: die Datei ist beschädigt oder unvollständig ({kind}); damit nichts verloren geht, wird sie nicht \
             teilweise gelesen. Bitte in dem Programm öffnen, mit dem sie geschrieben wurde, und neu speichern"
        ),
        format!(
            "{location}: the file is damaged or incomplete ({kind}); it is not read in part, so that nothing gets lost. \
             Please open it in the program that wrote it and save it again"
        ),
    )
}

fn explain_too_large(location: &Location, mebibytes: u64, tongue: Tongue) -> String {
    tongue.pick(
        format!(
            "{location}: zu groß (mehr als {mebibytes} MB Inhalt); ein Transkript hat meist weniger als 1 MB. Bitte prüfen, \
             ob es die richtige Datei ist, oder sie teilen"
        ),
        format!(
            "{location}: too large (more than {mebibytes} MB of content); a transcript mostly has less than 1 MB. Please \
             check whether it is the right file, or split it"
        ),
    )
}

/// The kind of file by the name that people know.
fn product(container: Container) -> &'static str {
    match container {
        Container::Docx => "Word",
        Container::Odt => "LibreOffice",
        Container::Rtf => "RTF",
        Container::Pdf => "PDF",
        Container::Html => "HTML",
        Container::Vtt | Container::Srt => "VTT/SRT",
        Container::Json => "JSON",
        Container::Csv => "CSV",
        Container::Qdpx => "QDA",
        Container::Text => "Text",
    }
}

fn bad_json(location: &Location, source: &serde_json::Error, tongue: Tongue) -> String {
    let found = match (source.is_eof(), source.column()) {
        (true, _) => {
            tongue.pick("die Datei bricht mitten im JSON ab".to_owned(), "the file ends within the JSON".to_owned())
        }
        (false, column) => tongue
            .pick(format!("kein gültiges JSON ab Zeichen {column}"), format!("no valid JSON from character {column}")),
    };
    tongue.pick(
        format!("{location}: {found}; erwartet wird die JSON-Ausgabe von Whisper, WhisperX, whisper.cpp oder aTrain. Bitte neu exportieren, am einfachsten als VTT, SRT oder TXT"),
        format!("{location}: {found}; expected the JSON output of Whisper, WhisperX, whisper.cpp or aTrain. Please export again, most simply as VTT, SRT or TXT"),
    )
}

/// What a language is called; its code where nobody here knows a name.
fn language_name(code: &str, tongue: Tongue) -> String {
    const GERMAN: [(&str, &str); 14] = [
        ("eng", "englisch"),
        ("nld", "niederländisch"),
        ("fra", "französisch"),
        ("ita", "italienisch"),
        ("spa", "spanisch"),
        ("por", "portugiesisch"),
        ("dan", "dänisch"),
        ("swe", "schwedisch"),
        ("pol", "polnisch"),
        ("ces", "tschechisch"),
        ("hun", "ungarisch"),
        ("tur", "türkisch"),
        ("rus", "russisch"),
        ("ukr", "ukrainisch"),
    ];
    let german = GERMAN.iter().find(|(known, _)| *known == code).map_or(code, |(_, name)| name);
    let english = whatlang::Lang::from_code(code).map_or(code, |language| language.eng_name());
    tongue.pick(german, english).to_owned()
}
