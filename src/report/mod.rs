//! What a workshop needs: a [`Study`] as one page that can be read without a network and printed, and its map as a picture.
//!
//! Every figure counts interviews, since the same evidence from one person counts once; where nobody says anything, that is
//! shown as a gap. What the engine only suggests is in the study only where that was asked for, and is marked.

mod buying_centre;
mod buying_centre_page;
mod count;
mod error;
mod evidence;
mod fields;
mod jobs;
mod journey;
mod map;
mod map_page;
mod map_svg;
mod page;
mod personas;
mod picture;
mod preferred_words;
mod quote;
mod rings;
mod segments;
mod sources;
mod survey;
mod svg_text;
mod voices;
mod words_page;

use std::fs;
use std::path::Path;

pub use buying_centre::{Part, PartTally, RoleMention, buying_centre, parts_named};
pub use error::ReportError;
pub use preferred_words::{GroupWords, Preference, SynonymUse, WordUse, words_by_job, words_by_segment};

use crate::coding::Judged;
use crate::error::{IoError, Tongue};
use crate::files::write_whole;
use crate::study::Study;
use map::Map;
use segments::{Segment, Which, segments};

/// The kinds of files that a report is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportKind {
    /// The page, with everything.
    Html,
    /// The Customer Experience Map alone, as a drawing.
    Svg,
    /// The same as a picture.
    Png,
}

impl ReportKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Html, Self::Svg, Self::Png];

    /// The ending of such files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }

    /// What a file's ending says; upper and lower case do not matter.
    ///
    /// ```
    /// use std::path::Path;
    /// use ringwerk::report::ReportKind;
    /// assert_eq!(ReportKind::of(Path::new("Karte.SVG")).unwrap(), ReportKind::Svg);
    /// assert!(ReportKind::of(Path::new("report.pdf")).is_err());
    /// ```
    ///
    /// # Errors
    /// Where it is none of [`ReportKind::ALL`].
    pub fn of(path: &Path) -> Result<Self, ReportError> {
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        let known = Self::ALL.into_iter().find(|kind| kind.ending() == ending);
        known.ok_or_else(|| ReportError::UnknownEnding(path.to_owned()))
    }

    /// All endings, for messages.
    fn endings() -> String {
        Self::ALL.map(|kind| format!(".{}", kind.ending())).join(" ")
    }
}

/// On what a page is printed, landscape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// 420 by 297 mm: a map of six jobs is read from the table.
    #[default]
    A3,
    /// 297 by 210 mm, with smaller letters.
    A4,
}

impl Paper {
    /// As style sheets call it.
    fn name(self) -> &'static str {
        match self {
            Self::A3 => "A3",
            Self::A4 => "A4",
        }
    }

    /// The class of a page that is printed so.
    fn class(self) -> &'static str {
        match self {
            Self::A3 => "paper-a3",
            Self::A4 => "paper-a4",
        }
    }
}

/// How a report is made. The default: German, segments by the metadata field `segment`, the picture of all interviews, A3.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportParams {
    /// The language of everything but the quotes.
    pub tongue: Tongue,
    /// The metadata field whose values make segments.
    pub segment_by: String,
    /// Of which segment a picture is, by the field's value; none for all interviews. The page has all segments.
    pub segment: Option<String>,
    /// On what the page is printed.
    pub paper: Paper,
}

impl Default for ReportParams {
    fn default() -> Self {
        Self { tongue: Tongue::default(), segment_by: "segment".to_owned(), segment: None, paper: Paper::default() }
    }
}

/// What a report is made from. The log is no part of it, so that a study without names makes a page without names.
#[derive(Debug, Clone, Copy)]
pub struct Content<'a> {
    /// The interviews with what they are coded with.
    pub study: &'a Study,
    /// How often people found suggestions right.
    pub judged: Judged,
    /// Open answers of a questionnaire, a respondent an interview, with suggestions; counted apart.
    pub survey: Option<&'a Study>,
}

/// What all parts of a report are drawn from.
struct View<'a> {
    study: &'a Study,
    judged: Judged,
    survey: Option<&'a Study>,
    whole: Segment<'a>,
    /// At least one; none where no interview has the field.
    segments: Vec<Segment<'a>>,
    segment_by: &'a str,
    paper: Paper,
    tongue: Tongue,
}

impl<'a> View<'a> {
    fn new(content: &Content<'a>, params: &'a ReportParams) -> Self {
        let Content { study, judged, survey } = *content;
        let mut segments = segments(study, &params.segment_by);
        if segments.iter().all(|segment| segment.which == Which::Unknown) {
            segments.clear();
        }
        let whole = Segment::whole(study);
        let ReportParams { segment_by, paper, tongue, .. } = params;
        Self { study, judged, survey, whole, segments, segment_by, paper: *paper, tongue: *tongue }
    }
}

/// Writes a report to a file, whole or not at all. Its ending says how. A file that is there is replaced only with `replace`.
///
/// # Errors
/// Where the ending is unknown, the file is there, there is no such segment, or it cannot be drawn or written.
pub fn write(content: &Content, path: &Path, params: &ReportParams, replace: bool) -> Result<(), ReportError> {
    let kind = ReportKind::of(path)?;
    if path.exists() && !replace {
        return Err(ReportError::Exists(path.to_owned()));
    }
    let content = bytes(content, kind, params)?;
    write_whole(path, |beside| Ok(fs::write(beside, content).map_err(IoError::at(beside))?))
}

/// What stands in a file; the same content, the same bytes, for a `.png` on machines with the same fonts.
///
/// # Errors
/// Where there is no such segment, or it cannot be drawn.
pub fn bytes(content: &Content, kind: ReportKind, params: &ReportParams) -> Result<Vec<u8>, ReportError> {
    let view = View::new(content, params);
    match kind {
        ReportKind::Html => Ok(page::page(&view)?.into_bytes()),
        ReportKind::Svg => Ok(drawing(&view, params)?.into_bytes()),
        ReportKind::Png => picture::png(&drawing(&view, params)?),
    }
}

/// The map of one segment, or of all interviews, as SVG.
fn drawing(view: &View, params: &ReportParams) -> Result<String, ReportError> {
    let named = |segment: &&Segment, wanted: &str| segment.which.name(view.tongue) == wanted;
    let segment = match &params.segment {
        None => &view.whole,
        Some(wanted) => view.segments.iter().find(|segment| named(segment, wanted)).ok_or_else(|| {
            let known = view.segments.iter().map(|segment| segment.which.name(view.tongue).to_owned()).collect();
            ReportError::NoSegment { wanted: wanted.clone(), known }
        })?,
    };
    Ok(map_svg::map(view.study, &Map::of(view.study, segment), view.tongue))
}
