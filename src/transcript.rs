//! An interview as the engine sees it: a plain text, who speaks where in it, and the statements it is cut into.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Explain, Tongue};
use crate::text::ByteSpan;

/// One interview: its plain text, its speakers and its turns.
///
/// The plain text is the turns' texts joined by a line feed, without speaker labels and time stamps (these are kept as
/// data). Every turn's span lies in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transcript {
    /// Name of the interview, unique within a run: the file name without its ending.
    pub id: String,
    /// What kind of file it was and in which style it was transcribed.
    pub format: Format,
    /// Language of the whole, as ISO 639-3 code (`deu`), where it could be told.
    pub language: Option<String>,
    /// What the header said (`interview_date`, `interviewee`, …).
    pub meta: BTreeMap<String, String>,
    /// What a person should know about how it was read.
    pub warnings: Vec<Warning>,
    text: String,
    speakers: Vec<Speaker>,
    turns: Vec<Turn>,
}

/// What one speaker says until the other speaks, before it becomes part of a [`Transcript`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTurn {
    /// Index into the speakers given to [`Transcript::new`].
    pub speaker: usize,
    /// When it begins.
    pub start: Option<Timestamp>,
    /// When it ends.
    pub end: Option<Timestamp>,
    /// What is said.
    pub text: String,
    /// Language of the turn where it clearly is another one than German.
    pub foreign: Option<String>,
}

impl Transcript {
    /// Builds a transcript from its speakers and turns.
    ///
    /// # Panics
    /// If a turn names a speaker that is not in `speakers`.
    pub fn new(id: impl Into<String>, format: Format, speakers: Vec<Speaker>, turns: Vec<NewTurn>) -> Self {
        let mut text = String::new();
        let mut placed = Vec::with_capacity(turns.len());
        for turn in turns {
            assert!(turn.speaker < speakers.len(), "a turn of an unknown speaker");
            if !placed.is_empty() {
                text.push('\n');
            }
            let start = text.len();
            text.push_str(&turn.text);
            placed.push(Turn {
                speaker: turn.speaker,
                start: turn.start,
                end: turn.end,
                span: ByteSpan::new(start, text.len()),
                foreign: turn.foreign,
            });
        }
        Self {
            id: id.into(),
            format,
            language: None,
            meta: BTreeMap::new(),
            warnings: Vec::new(),
            text,
            speakers,
            turns: placed,
        }
    }

    /// The plain text: all turns, joined by a line feed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Everybody who speaks, in order of appearance.
    pub fn speakers(&self) -> &[Speaker] {
        &self.speakers
    }

    /// The turns in order.
    pub fn turns(&self) -> &[Turn] {
        &self.turns
    }

    /// Gives a turn to the speaker with this label; where nobody has it yet, to a new respondent.
    ///
    /// # Panics
    /// If there is no such turn.
    pub fn give_turn(&mut self, turn: usize, name: &str) {
        let known = self.speakers.iter().position(|speaker| speaker.name == name);
        self.turns[turn].speaker = known.unwrap_or_else(|| {
            self.speakers.push(Speaker { name: name.to_owned(), role: Role::Respondent });
            self.speakers.len() - 1
        });
    }

    /// Sets the role of every speaker with this label.
    pub fn set_role(&mut self, name: &str, role: Role) {
        self.speakers.iter_mut().filter(|speaker| speaker.name == name).for_each(|speaker| speaker.role = role);
    }

    /// Who speaks in a turn.
    pub fn speaker(&self, turn: &Turn) -> &Speaker {
        &self.speakers[turn.speaker]
    }

    /// What is said in a turn.
    pub fn turn_text(&self, turn: &Turn) -> &str {
        turn.span.of(&self.text)
    }

    /// Whether a statement was said by a respondent; only these are ever coded.
    pub fn is_respondent(&self, statement: &Statement) -> bool {
        self.speaker(&self.turns[statement.turn]).role == Role::Respondent
    }
}

/// Somebody who speaks in an interview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The label in the transcript (`I`, `B1`, `SPEAKER_00`, a name).
    pub name: String,
    /// Whether they ask or answer.
    pub role: Role,
}

/// The part somebody has in an interview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Asks. Never coded; the question is context for the answer.
    Interviewer,
    /// Answers. Coded.
    Respondent,
}

/// What one speaker says until the other speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// Index into [`Transcript::speakers`].
    pub speaker: usize,
    /// When it begins, from the start of the recording.
    pub start: Option<Timestamp>,
    /// When it ends.
    pub end: Option<Timestamp>,
    /// Where it lies in [`Transcript::text`].
    pub span: ByteSpan,
    /// Language of the turn (ISO 639-3) where it clearly is another one than German.
    pub foreign: Option<String>,
}

/// The smallest passage that carries one codable idea and can be quoted on its own (coding manual, section 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Index into [`Transcript::turns`].
    pub turn: usize,
    /// Where it lies in [`Transcript::text`].
    pub span: ByteSpan,
}

/// A point in the recording, in milliseconds from its start. Prints as `HH:MM:SS`.
///
/// ```
/// use ringwerk::transcript::Timestamp;
/// assert_eq!(Timestamp::from_millis(3_723_900).to_string(), "01:02:03");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(u64);

impl Timestamp {
    /// A point `millis` milliseconds after the start.
    pub fn from_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// Milliseconds after the start.
    pub fn millis(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0 / 1000;
        write!(f, "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
    }
}

/// What kind of file a transcript came from, and in which style it was written. Prints as `docx/f4`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Format {
    /// The kind of file.
    pub container: Container,
    /// The style of transcription.
    pub convention: Convention,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.container.name(), self.convention.name())
    }
}

/// Declares an enum whose variants have a short stable name.
macro_rules! named {
    ($(#[$outer:meta])* $type:ident { $($(#[$inner:meta])* $variant:ident = $name:literal,)* }) => {
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum $type { $($(#[$inner])* $variant,)* }

        impl $type {
            /// A short name that other programs can rely on.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

named! {
    /// Kinds of files that are read.
    Container {
        /// Plain text or Markdown.
        Text = "text",
        /// Word.
        Docx = "docx",
        /// LibreOffice Writer.
        Odt = "odt",
        /// Rich text, as f4 and older programs write it.
        Rtf = "rtf",
        /// PDF with a text layer.
        Pdf = "pdf",
        /// WebVTT subtitles.
        Vtt = "vtt",
        /// SubRip subtitles.
        Srt = "srt",
        /// A web page, as noScribe writes it.
        Html = "html",
        /// JSON of the Whisper family.
        Json = "json",
        /// A table with a text column.
        Csv = "csv",
        /// A REFI-QDA project, as MAXQDA, ATLAS.ti, NVivo and QualCoder export it.
        Qdpx = "qdpx",
    }
}

named! {
    /// Styles of transcription.
    Convention {
        /// `Name: text`, without times.
        Plain = "plain",
        /// f4 and f5: a stamp such as `#00:03:15-2#` at the end of a turn.
        F4 = "f4",
        /// MAXQDA focus group: a stamp at the start of a turn.
        Maxqda = "maxqda",
        /// noScribe.
        Noscribe = "noscribe",
        /// aTrain.
        Atrain = "atrain",
        /// Microsoft Teams.
        Teams = "teams",
        /// Zoom.
        Zoom = "zoom",
        /// Otter.
        Otter = "otter",
        /// Subtitles of any other origin.
        Subtitle = "subtitle",
        /// Whisper, WhisperX, whisper.cpp.
        Whisper = "whisper",
        /// A table.
        Table = "table",
        /// A gold file of ringwerk, read without its codes.
        Gold = "gold",
    }
}

/// Something a person should know about how a transcript was read. Nothing is lost where one of these is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Warning {
    /// More than one respondent: stories of several people mix.
    SeveralRespondents {
        /// Their labels.
        names: Vec<String>,
    },
    /// Nobody was labelled as interviewer; the role was told from who asks and who speaks little.
    RolesGuessed {
        /// Whom the engine takes for the interviewer.
        interviewer: String,
    },
    /// No interviewer was found at all; every turn counts as the respondent's.
    NoInterviewer,
    /// Passages in another language than German; they are kept.
    ForeignTurns {
        /// How many turns.
        turns: usize,
        /// Which language most of them have (ISO 639-3).
        language: String,
    },
    /// The whole transcript is in another language, and the person allowed that.
    ForeignTranscript {
        /// Which (ISO 639-3).
        language: String,
    },
    /// Bytes that are no valid text in the encoding of the file; replaced by the sign for that.
    UndecodableBytes {
        /// Name of the encoding.
        encoding: String,
    },
    /// Anything else, in both languages.
    Note {
        /// In German.
        german: String,
        /// In English.
        english: String,
    },
}

impl Explain for Warning {
    fn explain(&self, tongue: Tongue) -> String {
        match self {
            Self::SeveralRespondents { names } => format!(
                "{}: {}",
                tongue.pick(
                    "mehrere Befragte in einer Datei; in Gruppengesprächen mischen sich die Geschichten, jede Stimme bleibt für sich",
                    "several respondents in one file; focus groups mix stories, each voice is kept apart",
                ),
                names.join(", ")
            ),
            Self::RolesGuessed { interviewer } => tongue.pick(
                format!("wer fragt, steht nicht dabei; nach dem Gesprächsverlauf ist es {interviewer} (sonst: --interviewer NAME)"),
                format!("nobody is labelled as interviewer; by behaviour it is {interviewer} (otherwise: --interviewer NAME)"),
            ),
            Self::NoInterviewer => tongue.pick(
                "keine Interviewerin und kein Interviewer gefunden; alles gilt als Antwort (sonst: --interviewer NAME)".to_owned(),
                "no interviewer found; everything counts as answer (otherwise: --interviewer NAME)".to_owned(),
            ),
            Self::ForeignTurns { turns, language } => tongue.pick(
                format!("{turns} Redebeiträge sind nicht deutsch ({language}); sie bleiben stehen, Vorschläge dazu sind unsicher"),
                format!("{turns} turns are not German ({language}); they are kept, suggestions for them are uncertain"),
            ),
            Self::ForeignTranscript { language } => tongue.pick(
                format!("das Transkript ist nicht deutsch ({language}); die Vorschläge sind nur für Deutsch gemessen"),
                format!("the transcript is not German ({language}); suggestions were measured for German only"),
            ),
            Self::UndecodableBytes { encoding } => tongue.pick(
                format!("einzelne Zeichen sind in {encoding} nicht lesbar und stehen als \u{FFFD} da"),
                format!("single characters cannot be read as {encoding} and show as \u{FFFD}"),
            ),
            Self::Note { german, english } => tongue.pick(german.clone(), english.clone()),
        }
    }
}
