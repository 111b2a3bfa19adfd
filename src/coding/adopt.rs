//! What people coded in another program becomes decisions.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

use super::carry::Version;
use super::current::{Current, Decided};
use super::decision::{Decision, Reason, Verdict};
use super::key::{StatementKey, TranscriptKey};
use crate::codebook::{Job, Ring, Rings};
use crate::error::{Explain, Tongue};
use crate::text::{ByteSpan, words};

/// In whose name the engine signs in files for other programs. What it signed there is no decision of a person.
pub const ENGINE: &str = "ringwerk";

/// How codes are called under which jobs stand.
const JOB_GROUPS: [&str; 4] = ["jobs", "job", "jobs to be done", "aufgaben"];

/// How the code is called that says that a statement gives a reason.
const REASONS: [&str; 4] = ["begründung", "begründungen", "reason", "reasons"];

/// How long to look for the words of one text in another.
const PATIENCE: Duration = Duration::from_secs(5);

/// A text with its codings, as another program's file has both.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ForeignText {
    /// The text, with labels and stamps.
    pub text: String,
    /// Codes on passages of it, in order.
    pub codings: Vec<ForeignCoding>,
}

/// What somebody put on a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignCoding {
    /// The passage, in bytes of the text.
    pub span: ByteSpan,
    /// A code or a remark.
    pub mark: ForeignMark,
    /// Who did so.
    pub who: String,
}

/// A code or a remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ForeignMark {
    /// A code.
    Code(ForeignCode),
    /// A remark.
    Comment(String),
}

impl ForeignMark {
    /// The code's name, or the remark.
    pub fn name(&self) -> &str {
        match self {
            Self::Code(code) => &code.name,
            Self::Comment(comment) => comment,
        }
    }
}

/// A code of another program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignCode {
    /// The names of the codes above it, the highest first.
    pub groups: Vec<String>,
    /// Its name.
    pub name: String,
    /// What it means; may be empty.
    pub description: String,
}

/// Codings on their way to decisions. The texts of one project go in one by one.
#[derive(Debug)]
pub struct Adoption<'a> {
    current: &'a Current,
    /// Jobs that may be confirmed because a code is called like them.
    listed: &'a [Job],
    confirmed: Vec<Job>,
    decisions: BTreeMap<String, Vec<Decision>>,
    adopted: Adopted,
}

/// What became of codings.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Adopted {
    /// Steps to be added to the log in this order, each with who did it.
    pub steps: Vec<(String, Vec<Decision>)>,
    /// Codings whose passage is not exactly a statement; they went to the statements that it covers most.
    pub moved: usize,
    /// Codings that could not be taken in.
    pub dropped: Vec<Dropped>,
}

/// A coding that could not be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// Why.
    pub loss: Loss,
    /// Name of the code, or the remark.
    pub mark: String,
    /// The passage.
    pub quote: String,
}

/// Why a coding could not be taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loss {
    /// The code is called like no ring and no job.
    UnknownCode,
    /// The engine had suggested it, and nobody had confirmed it.
    Suggestion,
    /// The passage is what an interviewer says.
    Question,
    /// The passage is not part of what is said: a heading, a label.
    NotSpoken,
    /// The statement has two rings already.
    ThirdRing,
    /// Somebody decided otherwise before.
    Decided,
}

impl Explain for Loss {
    fn explain(&self, tongue: Tongue) -> String {
        let (german, english) = match self {
            Self::UnknownCode => {
                ("der Code heißt wie kein Ring und kein Job", "the code is called like no ring and no job")
            }
            Self::Suggestion => ("war nur ein Vorschlag der Maschine", "was only a suggestion of the engine"),
            Self::Question => (
                "die Stelle sagt, wer fragt; Fragen werden nicht kodiert",
                "an interviewer says it; questions are not coded",
            ),
            Self::NotSpoken => ("die Stelle gehört nicht zum Gesprochenen", "the passage is not part of what is said"),
            Self::ThirdRing => ("die Aussage hat schon zwei Ringe", "the statement has two rings already"),
            Self::Decided => ("im Projekt ist es anders entschieden", "it is decided otherwise in the project"),
        };
        tongue.pick(german, english).to_owned()
    }
}

/// What a code means here.
enum Meaning {
    Ring(Ring),
    Job(Job),
    Reason,
    Comment(String),
}

impl Meaning {
    /// Whether it is about statements as a whole, not about words in them.
    fn is_of_statements(&self) -> bool {
        matches!(self, Self::Ring(_) | Self::Job(_))
    }
}

/// What is said about one statement, each by one person.
#[derive(Default)]
struct Pending {
    rings: Option<(Vec<Ring>, String)>,
    job: Option<(String, String)>,
    reason: Option<(Option<ByteSpan>, String)>,
    comment: Option<(String, String)>,
}

impl<'a> Adoption<'a> {
    /// Begins with what stands, and with a list of jobs that codes may name.
    pub fn new(current: &'a Current, listed: &'a [Job]) -> Self {
        let (confirmed, decisions) = (Vec::new(), BTreeMap::new());
        Self { current, listed, confirmed, decisions, adopted: Adopted::default() }
    }

    /// Takes in the codings of a text, as far as they are about statements of the interview that was read from it.
    pub fn take(&mut self, source: &ForeignText, interview: Version) {
        let text = interview.transcript.text();
        let key = TranscriptKey::of(text);
        let alignment = Alignment::new(&source.text, text);
        let transcript = self.current.with_speakers(interview.transcript);
        let statements = self.current.shaped(&transcript, interview.statements);
        let spans: Vec<ByteSpan> = statements.iter().map(|statement| statement.span).collect();
        let mut pending: BTreeMap<ByteSpan, Pending> = BTreeMap::new();
        for coding in &source.codings {
            let Some(meaning) = self.meaning(&coding.mark).filter(|_| coding.who != ENGINE) else {
                let loss = if coding.who == ENGINE { Loss::Suggestion } else { Loss::UnknownCode };
                self.drop(loss, source, coding);
                continue;
            };
            let Some(place) = alignment.find(coding.span) else {
                self.drop(Loss::NotSpoken, source, coding);
                continue;
            };
            let covered =
                covered(&spans, place).into_iter().filter(|index| transcript.is_respondent(&statements[*index]));
            let covered: Vec<ByteSpan> = covered.map(|index| spans[index]).collect();
            if covered.is_empty() {
                self.drop(Loss::Question, source, coding);
                continue;
            }
            self.adopted.moved += usize::from(meaning.is_of_statements() && covered != [place]);
            for span in covered {
                let decided = self.current.statement(&StatementKey::new(&key, span));
                let known = pending.entry(span).or_default();
                if let Err(loss) = known.add(&meaning, span, place, &coding.who, decided) {
                    self.drop(loss, source, coding);
                } else if let Meaning::Job(job) = &meaning {
                    self.confirm(job);
                }
            }
        }
        for (span, pending) in pending {
            self.decide(&StatementKey::new(&key, span), pending);
        }
    }

    /// What is to be added to the log, and what was left out.
    pub fn finish(mut self) -> Adopted {
        let confirmed = self.confirmed.into_iter().map(|job| Decision::ConfirmJob { job });
        if let Some(mut first) = self.decisions.first_entry() {
            first.get_mut().splice(0..0, confirmed);
        }
        self.adopted.steps = self.decisions.into_iter().collect();
        self.adopted
    }

    fn drop(&mut self, loss: Loss, source: &ForeignText, coding: &ForeignCoding) {
        let quote = coding.span.get(&source.text).unwrap_or_default().to_owned();
        self.adopted.dropped.push(Dropped { loss, mark: coding.mark.name().to_owned(), quote });
    }

    fn confirm(&mut self, job: &Job) {
        let mut known = self.current.jobs().iter().chain(&self.confirmed);
        if known.all(|known| known.id != job.id) {
            self.confirmed.push(job.clone());
        }
    }

    fn meaning(&self, mark: &ForeignMark) -> Option<Meaning> {
        let code = match mark {
            ForeignMark::Code(code) => code,
            ForeignMark::Comment(comment) => return Some(Meaning::Comment(comment.clone())),
        };
        let name = code.name.trim();
        if name.is_empty() {
            return None;
        }
        if let Some(job) = self.job(name) {
            return Some(Meaning::Job(job));
        }
        if code.groups.iter().any(|group| JOB_GROUPS.contains(&group.trim().to_lowercase().as_str())) {
            return Some(Meaning::Job(self.new_job(name, &code.description)));
        }
        if REASONS.contains(&name.to_lowercase().as_str()) {
            return Some(Meaning::Reason);
        }
        Ring::called(name).map(Meaning::Ring)
    }

    /// The job that is called so.
    fn job(&self, name: &str) -> Option<Job> {
        let mut jobs = self.current.jobs().iter().chain(&self.confirmed).chain(self.listed);
        jobs.find(|job| job.id == name || job.title.trim().to_lowercase() == name.to_lowercase()).cloned()
    }

    /// A job of this name, with an id that no other has.
    fn new_job(&self, name: &str, description: &str) -> Job {
        let plain: String =
            name.to_lowercase().chars().map(|sign| if sign.is_alphanumeric() { sign } else { '-' }).collect();
        let plain = plain.trim_matches('-');
        let taken =
            |id: &str| self.current.jobs().iter().chain(&self.confirmed).chain(self.listed).any(|job| job.id == id);
        let numbered = (2..).map(|number| format!("{plain}-{number}"));
        let mut ids = [plain.to_owned()].into_iter().chain(numbered);
        let id = ids.find(|id| !id.is_empty() && !taken(id)).unwrap_or_default();
        Job { id, title: name.to_owned(), description: description.to_owned() }
    }

    fn decide(&mut self, statement: &StatementKey, pending: Pending) {
        let Pending { rings, job, reason, comment } = pending;
        let decided = self.current.statement(statement).cloned().unwrap_or_default();
        let mut verdicts: Vec<(Verdict, String)> = Vec::new();
        if let Some((rings, who)) = rings.filter(|_| decided.rings.is_none()) {
            verdicts.extend(Rings::new(rings).map(|rings| (Verdict::Rings(rings), who)));
        }
        if let Some((span, who)) = reason.filter(|_| decided.reason.is_none()) {
            verdicts.push((Verdict::Reason(Reason::Yes { span }), who));
        }
        if let Some((job, who)) = job.filter(|_| decided.job.is_none()) {
            verdicts.push((Verdict::Job(Some(job)), who));
        }
        if let Some((comment, who)) = comment.filter(|_| decided.comment.is_none()) {
            verdicts.push((Verdict::Comment(comment), who));
        }
        for (verdict, who) in verdicts {
            let decision = Decision::Statement { statement: statement.clone(), verdict, shown: None };
            self.decisions.entry(who).or_default().push(decision);
        }
    }
}

impl Pending {
    /// Adds what a code on `place` says about the statement at `span`, about which `decided` stands.
    fn add(
        &mut self,
        meaning: &Meaning,
        span: ByteSpan,
        place: ByteSpan,
        who: &str,
        decided: Option<&Decided>,
    ) -> Result<(), Loss> {
        match meaning {
            Meaning::Ring(ring) => self.add_ring(*ring, who, decided),
            Meaning::Job(job) => {
                let before = decided.and_then(|decided| decided.job.as_ref());
                agree(before.is_none_or(|before| before.value.as_ref() == Some(&job.id)))?;
                let (id, _) = self.job.get_or_insert_with(|| (job.id.clone(), who.to_owned()));
                agree(*id == job.id)
            }
            Meaning::Reason => {
                let before = decided.and_then(|decided| decided.reason.as_ref());
                agree(before.is_none_or(|before| before.value.is_yes()))?;
                let inside = span.start <= place.start && place.end <= span.end && span != place;
                let part = inside.then(|| ByteSpan::new(place.start - span.start, place.end - span.start));
                self.reason.get_or_insert_with(|| (part, who.to_owned()));
                Ok(())
            }
            Meaning::Comment(comment) => {
                let before = decided.and_then(|decided| decided.comment.as_ref());
                agree(before.is_none_or(|before| before.value == *comment))?;
                let (known, _) = self.comment.get_or_insert_with(|| (comment.clone(), who.to_owned()));
                agree(known == comment)
            }
        }
    }

    fn add_ring(&mut self, ring: Ring, who: &str, decided: Option<&Decided>) -> Result<(), Loss> {
        if let Some(before) = decided.and_then(|decided| decided.rings.as_ref()) {
            return agree(before.value.contains(ring));
        }
        let (rings, author) = self.rings.get_or_insert_with(|| (Vec::new(), who.to_owned()));
        match rings.len() {
            _ if rings.contains(&ring) => {}
            _ if author != who => return Err(Loss::Decided),
            0 | 1 => rings.push(ring),
            _ => return Err(Loss::ThirdRing),
        }
        Ok(())
    }
}

fn agree(agrees: bool) -> Result<(), Loss> {
    if agrees { Ok(()) } else { Err(Loss::Decided) }
}

/// The statements at least half of which a passage covers; else the one that has most of it. Indices into `spans`.
fn covered(spans: &[ByteSpan], passage: ByteSpan) -> Vec<usize> {
    let shared = |span: &ByteSpan| span.end.min(passage.end).saturating_sub(span.start.max(passage.start));
    let half: Vec<usize> = (0..spans.len()).filter(|&index| 2 * shared(&spans[index]) >= spans[index].len()).collect();
    if !half.is_empty() {
        return half;
    }
    let touched = (0..spans.len()).filter(|&index| shared(&spans[index]) > 0);
    touched.max_by_key(|&index| shared(&spans[index])).into_iter().collect()
}

/// Which words of a text are which of another.
struct Alignment {
    /// Equal words, in order.
    pairs: Vec<(ByteSpan, ByteSpan)>,
}

impl Alignment {
    fn new(source: &str, text: &str) -> Self {
        let (old, new): (Vec<ByteSpan>, Vec<ByteSpan>) = (words(source).collect(), words(text).collect());
        let said = |spans: &[ByteSpan], text| spans.iter().map(|span: &ByteSpan| span.of(text)).collect::<Vec<&str>>();
        let (left, right) = (said(&old, source), said(&new, text));
        let steps = capture_diff_slices_deadline(Algorithm::Myers, &left, &right, Some(Instant::now() + PATIENCE));
        let pairs = steps.into_iter().flat_map(|step| match step {
            DiffOp::Equal { old_index, new_index, len } => {
                (0..len).map(|at| (old[old_index + at], new[new_index + at])).collect()
            }
            _ => Vec::new(),
        });
        Self { pairs: pairs.collect() }
    }

    /// Where the words of a passage stand in the other text, from the first to the last that is there.
    fn find(&self, passage: ByteSpan) -> Option<ByteSpan> {
        let first = self.pairs.partition_point(|(old, _)| old.end <= passage.start);
        let after = self.pairs.partition_point(|(old, _)| old.start < passage.end);
        let found = self.pairs.get(first..after)?;
        let ((old_first, first), (old_last, last)) = (found.first()?, found.last()?);
        let start = first.start + passage.start.saturating_sub(old_first.start);
        let end = last.end - old_last.end.saturating_sub(passage.end);
        Some(ByteSpan::new(start, end))
    }
}
