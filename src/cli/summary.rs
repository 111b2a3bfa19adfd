//! The summary that an analyst reads: each interview, all of them as one table, the candidate jobs.

use std::fmt::Write;

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, Table};
use owo_colors::{AnsiColors, OwoColorize};

use crate::codebook::Ring;
use crate::coding::{CandidateJob, CodedInterview, Route, StatementRef, Suggestion};
use crate::error::{Explain, Tongue};
use crate::text::{ByteSpan, beginning};
use crate::transcript::Role;

/// Characters of a quote beside a count.
const QUOTE_BESIDE: usize = 84;
/// Characters of a quote on a line of its own.
const QUOTE_ALONE: usize = 116;
/// Longest bar of a count, in characters.
const BAR: usize = 12;

/// How often something was suggested in one interview.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Tally {
    /// Statements of all speakers.
    statements: usize,
    /// Those of respondents.
    answers: usize,
    /// With each ring, in the order of [`Ring::ALL`].
    rings: [usize; 6],
    /// Without any ring.
    uncoded: usize,
    /// With a reason.
    reasons: usize,
    /// Sure enough to be accepted in bulk.
    sure: usize,
}

impl Tally {
    fn of(interview: &CodedInterview) -> Self {
        let mut tally = Self { statements: interview.statements.len(), ..Self::default() };
        for (_, suggestion) in interview.suggested() {
            tally.answers += 1;
            suggestion.suggested_rings().for_each(|ring| tally.rings[ring.index()] += 1);
            tally.uncoded += usize::from(suggestion.primary_ring().is_none());
            tally.reasons += usize::from(suggestion.reason.suggested);
            tally.sure += usize::from(suggestion.route == Route::Auto);
        }
        tally
    }

    fn add(&mut self, other: &Self) {
        self.statements += other.statements;
        self.answers += other.answers;
        self.rings.iter_mut().zip(other.rings).for_each(|(sum, count)| *sum += count);
        self.uncoded += other.uncoded;
        self.reasons += other.reasons;
        self.sure += other.sure;
    }
}

/// One interview: who speaks, what to know, and per ring how many statements and the surest quote.
pub(super) fn interview(interview: &CodedInterview, tongue: Tongue) -> String {
    let tally = Tally::of(interview);
    let mut out = format!("\n{}  {}\n", interview.transcript.id.bold(), heading(interview, &tally, tongue).dimmed());
    for warning in &interview.transcript.warnings {
        let _ = writeln!(out, "  {} {}", "!".yellow().bold(), warning.explain(tongue));
    }
    let most = tally.rings.iter().copied().max().unwrap_or(0).max(1);
    for ring in Ring::ALL {
        let count = tally.rings[ring.index()];
        let bar = "█".repeat((count * BAR).div_ceil(most));
        let label = format!("{:<23}", ring.label(tongue));
        let quote = surest(interview, ring)
            .map(|(index, suggestion)| quoted(interview, index, QUOTE_BESIDE, &suggestion.why.words));
        let quote = quote.unwrap_or_default();
        let _ = writeln!(out, "  {} {count:>4} {} {quote}", label.color(color(ring)), pad(&bar).color(color(ring)));
    }
    let _ = writeln!(out, "  {:<23} {:>4}", tongue.pick("ohne Ring", "no ring"), tally.uncoded);
    let _ = writeln!(out, "  {:<23} {:>4}", tongue.pick("mit Begründung", "with a reason"), tally.reasons);
    let _ = writeln!(out, "  {}", share_sure(&tally, tongue));
    out
}

fn pad(bar: &str) -> String {
    format!("{bar:<BAR$}")
}

fn heading(interview: &CodedInterview, tally: &Tally, tongue: Tongue) -> String {
    let transcript = &interview.transcript;
    let names = |role: Role| {
        let named = transcript.speakers().iter().filter(|speaker| speaker.role == role);
        named.map(|speaker| speaker.name.as_str()).collect::<Vec<_>>().join(", ")
    };
    let (asks, answers) = (names(Role::Interviewer), names(Role::Respondent));
    let asked = match (asks.is_empty(), tongue) {
        (true, _) => String::new(),
        (false, Tongue::German) => format!("{asks} fragt, "),
        (false, Tongue::English) => format!("{asks} asks, "),
    };
    tongue.pick(
        format!(
            "{} · {asked}{answers} antwortet · {} Aussagen, davon {} zu kodieren",
            transcript.format, tally.statements, tally.answers
        ),
        format!(
            "{} · {asked}{answers} answers · {} statements, {} of them to code",
            transcript.format, tally.statements, tally.answers
        ),
    )
}

fn share_sure(tally: &Tally, tongue: Tongue) -> String {
    let (sure, all) = (tally.sure, tally.answers);
    let percent = percent(sure, all);
    tongue.pick(
        format!(
            "Sicher genug, um sie gesammelt zu übernehmen (auch „ohne Ring“): {sure} von {all} ({percent} %). Die übrigen bitte ansehen."
        ),
        format!("Sure enough to be accepted in bulk (\"no ring\" too): {sure} of {all} ({percent} %). Please look at the others."),
    )
}

/// Rounded; 0 of nothing.
fn percent(part: usize, whole: usize) -> usize {
    (200 * part + whole) / (2 * whole.max(1))
}

/// The readable statement whose most probable ring this is with the highest probability.
fn surest(interview: &CodedInterview, ring: Ring) -> Option<(usize, &Suggestion)> {
    let p = |suggestion: &Suggestion| suggestion.rings.first().filter(|first| first.id == ring).map(|first| first.p);
    let suggested = interview.suggested().filter(|(_, suggestion)| suggestion.primary_ring() == Some(ring));
    let readable = suggested.filter(|(index, _)| interview.text(*index).chars().count() >= 30);
    let scored = readable.filter_map(|(index, suggestion)| Some((index, suggestion, p(suggestion)?)));
    let best = scored.reduce(|best, next| if next.2 > best.2 { next } else { best });
    best.map(|(index, suggestion, _)| (index, suggestion))
}

/// A statement in quotation marks with its time, `words` underlined; cut between two words where it has more than `most`
/// characters.
fn quoted(interview: &CodedInterview, index: usize, most: usize, words: &[ByteSpan]) -> String {
    let text = interview.text(index);
    let kept = beginning(text, most);
    let dots = if kept.len() < text.len() { " …" } else { "" };
    format!("„{}{dots}“{}", underlined(kept, words), time(interview, index))
}

fn underlined(text: &str, words: &[ByteSpan]) -> String {
    let mut words: Vec<ByteSpan> = words.iter().copied().filter(|word| word.end <= text.len()).collect();
    words.sort_by_key(|word| word.start);
    let mut out = String::new();
    let mut end = 0;
    for word in words {
        let _ = write!(out, "{}{}", &text[end..word.start], word.of(text).underline());
        end = word.end;
    }
    out + &text[end..]
}

fn time(interview: &CodedInterview, index: usize) -> String {
    let turn = &interview.transcript.turns()[interview.statements[index].turn];
    turn.start.map(|start| format!(" ({start})")).unwrap_or_default()
}

/// All interviews as one table with their sum.
pub(super) fn table(interviews: &[&CodedInterview], tongue: Tongue) -> String {
    let mut table = Table::new();
    table.load_style(NOTHING);
    table.set_header(columns(tongue));
    let mut sum = Tally::default();
    for interview in interviews {
        let tally = Tally::of(interview);
        table.add_row(row(&interview.transcript.id, &tally));
        sum.add(&tally);
    }
    table.add_row(row(tongue.pick("zusammen", "together"), &sum));
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    format!("\n{table}\n")
}

fn columns(tongue: Tongue) -> Vec<&'static str> {
    tongue.pick(
        vec![
            "Interview",
            "zu kodieren",
            "Auslöser",
            "Erfolg",
            "Hürde",
            "Einfluss",
            "Kriterium",
            "Nebenbemerkung",
            "ohne",
            "Begründung",
            "sicher",
        ],
        vec![
            "Interview",
            "to code",
            "Trigger",
            "Success",
            "Barrier",
            "Influence",
            "Criterion",
            "Mindset",
            "none",
            "Reason",
            "sure",
        ],
    )
}

fn row(name: &str, tally: &Tally) -> Vec<String> {
    let counts = [tally.answers].into_iter().chain(tally.rings).chain([tally.uncoded, tally.reasons]);
    let percent = format!("{} %", percent(tally.sure, tally.answers));
    [name.to_owned()].into_iter().chain(counts.map(|count| count.to_string())).chain([percent]).collect()
}

/// The candidate jobs with their quotes and how many interviews speak for them.
pub(super) fn candidates(jobs: &[CandidateJob], interviews: &[&CodedInterview], tongue: Tongue) -> String {
    let title = tongue.pick(
        "Mögliche Jobs (Aussagen, die um dasselbe kreisen könnten; Titel nach ähnlichen Jobs, bitte prüfen und benennen)",
        "Candidate jobs (statements that may circle around the same thing; titles after similar jobs, please check and name them)",
    );
    let mut out = format!("\n{}\n", title.bold());
    if jobs.is_empty() {
        let _ = writeln!(out, "\n     {}", tongue.pick("keine gefunden", "none found"));
    }
    for job in jobs {
        let _ =
            writeln!(out, "\n {:>2}  {}  {}", job.id, job.label.bold(), voices(job, interviews.len(), tongue).dimmed());
        let terms = job.terms.join(" · ");
        if !terms.is_empty() && !terms.starts_with(&job.label) {
            let _ = writeln!(out, "     {}", terms.dimmed());
        }
        for quote in &job.quotes {
            let _ = writeln!(out, "     {}", sourced(interviews, *quote));
        }
    }
    out
}

fn voices(job: &CandidateJob, all: usize, tongue: Tongue) -> String {
    let (count, size) = (job.interviews.len(), job.members.len());
    let lonely = if count == 1 && all > 1 { tongue.pick(" · nur eine Stimme", " · one voice only") } else { "" };
    tongue.pick(
        format!("{count} von {all} Interviews · {size} Aussagen{lonely}"),
        format!("{count} of {all} interviews · {size} statements{lonely}"),
    )
}

fn sourced(interviews: &[&CodedInterview], place: StatementRef) -> String {
    let interview = interviews[place.interview];
    format!("{} {}", quoted(interview, place.statement, QUOTE_ALONE, &[]), interview.transcript.id.dimmed())
}

/// Colours that people with colour blindness can tell apart; the label always stands beside them.
fn color(ring: Ring) -> AnsiColors {
    match ring {
        Ring::Ausloeser => AnsiColors::BrightRed,
        Ring::Erfolg => AnsiColors::BrightGreen,
        Ring::Huerde => AnsiColors::BrightYellow,
        Ring::Einfluss => AnsiColors::BrightBlue,
        Ring::Kriterium => AnsiColors::BrightCyan,
        Ring::Mindset => AnsiColors::BrightMagenta,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_underlined_and_no_text_is_lost() {
        let words = [ByteSpan::new(4, 11), ByteSpan::new(0, 3), ByteSpan::new(12, 40)];
        assert_eq!(
            underlined("Der Einkauf fragt", &words),
            format!("{} {} fragt", "Der".underline(), "Einkauf".underline())
        );
    }
}
