//! Who asks and who answers: from labels, else from behaviour, unless a person says so.

use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use super::assemble::Assembled;
use super::error::IngestError;
use super::stamps::pattern;
use crate::error::Location;
use crate::transcript::{NewTurn, Role, Speaker, Warning};

static INTERVIEWER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)^(?:I\d{0,2} | Int\d? | Interviewer(?:in|\*in|:in|/in)?\ ?\d? | Interviewende[r]? | Interviewleitung
        | Moderator(?:in|\*in|:in)?\ ?\d? | Moderation | Mod | Forscher(?:in)? | Forschende[r]? | Frage | Fragende[r]?
        | Fragesteller(?:in)? | Question)\.?$",
    )
});

static RESPONDENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)^(?:B\d{0,2} | Bef\d? | Befragte[r]?(?:\ Person)?\ ?\d? | IP\d{0,2} | Interviewpartner(?:in)?\ ?\d?
        | Interviewte[r]?\ ?\d? | Interviewee | Gesprächspartner(?:in)?\ ?\d? | Proband(?:in)?\ ?\d? | TN\d{0,2}
        | Teilnehmer(?:in)?\ ?\d? | Kund(?:e|in)\ ?\d? | Antwort | Answer)\.?$",
    )
});

/// How a question begins where nobody wrote a question mark: with a question word, or with a verb and the person asked.
/// „Dann war Schluss“ begins with a verb, too, and is an answer.
static QUESTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)^(?:(?:und|aber|also|okay|gut|ja|mhm)[,.]?\s+)*
        (?:(?:wer|was|wann|wo|wie|warum|wieso|weshalb|welche[rsnm]?|woran|worauf|womit|wodurch|inwiefern)\b
        |(?:dann\s+)?(?:erzählen|beschreiben|schildern|nehmen|können|könnten|haben|hatten|sind|waren|würden|sehen|gab|gibt|war|ist)\s(?:sie|es|das|denn)\b
        |(?:dann\s+)?(?:hast|kannst|könntest|würdest|bist|warst)\sdu\b | erzähl\b)",
    )
});

/// Below this share of questions nobody is taken for an interviewer.
const FEWEST_QUESTIONS: f64 = 0.2;

/// Tells each speaker's role; `wanted` are the interviewers that a person named, `header` those of the file's header.
///
/// # Errors
/// If none of the wanted names speaks in this interview.
pub(super) fn assign(
    found: &Assembled,
    wanted: &[String],
    header: &[String],
    path: &Path,
) -> Result<(Vec<Speaker>, Vec<Warning>), IngestError> {
    let names = &found.names;
    let mut warnings = Vec::new();
    let interviewers = if wanted.is_empty() {
        named(names, header).unwrap_or_else(|| told(names, &found.turns, &mut warnings))
    } else {
        named(names, wanted).ok_or_else(|| unknown(names, wanted, path))?
    };
    let role = |index| if interviewers.contains(&index) { Role::Interviewer } else { Role::Respondent };
    let speaker = |(index, name): (usize, &String)| Speaker { name: name.clone(), role: role(index) };
    let speakers: Vec<Speaker> = names.iter().enumerate().map(speaker).collect();
    warnings.extend(several(&speakers));
    Ok((speakers, warnings))
}

/// The speakers that a person named, whatever the case of the letters. With several files and several names, each file
/// needs only one of them.
fn named(names: &[String], wanted: &[String]) -> Option<Vec<usize>> {
    let same = |name: &String| wanted.iter().any(|wanted| wanted.trim().to_lowercase() == name.to_lowercase());
    let found: Vec<usize> = (0..names.len()).filter(|index| same(&names[*index])).collect();
    (!found.is_empty()).then_some(found)
}

fn unknown(names: &[String], wanted: &[String], path: &Path) -> IngestError {
    IngestError::UnknownInterviewer {
        location: Location::file(path),
        wanted: wanted.to_vec(),
        speakers: names.to_vec(),
    }
}

/// The interviewers by label, else the one who behaves like one.
fn told(names: &[String], turns: &[NewTurn], warnings: &mut Vec<Warning>) -> Vec<usize> {
    let labelled: Vec<usize> = (0..names.len()).filter(|index| asks_by_label(names, *index)).collect();
    if !labelled.is_empty() {
        return labelled;
    }
    match guess(names, turns) {
        Some(interviewer) => {
            warnings.push(Warning::RolesGuessed { interviewer: names[interviewer].clone() });
            vec![interviewer]
        }
        None => {
            warnings.push(Warning::NoInterviewer);
            Vec::new()
        }
    }
}

/// `F` and `Q` ask only where somebody answers: both are also initials, and `F` and `M` mean a woman's and a man's voice.
fn asks_by_label(names: &[String], index: usize) -> bool {
    let answered = || names.iter().any(|name| ["A", "A."].contains(&name.as_str()) || RESPONDENT.is_match(name));
    let name = names[index].as_str();
    INTERVIEWER.is_match(name) || (["F", "F.", "Q", "Q.", "M", "M."].contains(&name) && answered())
}

/// What a speaker's turns look like.
#[derive(Debug, Clone, Copy, Default)]
struct Behaviour {
    turns: f64,
    questions: f64,
    words: f64,
}

/// Who most likely asks among those who are not labelled as respondents: many questions, few words, the first turn.
fn guess(names: &[String], turns: &[NewTurn]) -> Option<usize> {
    if names.len() < 2 {
        return None;
    }
    let mut seen = vec![Behaviour::default(); names.len()];
    for turn in turns {
        let speaker = &mut seen[turn.speaker];
        speaker.turns += 1.0;
        speaker.questions += if asks(&turn.text) { 1.0 } else { 0.0 };
        speaker.words += turn.text.split_whitespace().count() as f64;
    }
    let longest = seen.iter().map(|one| one.words / one.turns.max(1.0)).fold(1.0, f64::max);
    let first = turns.first().map(|turn| turn.speaker);
    let score = |index: usize| {
        let one = seen[index];
        let brevity = 1.0 - one.words / one.turns.max(1.0) / longest;
        one.questions / one.turns.max(1.0) + brevity + if first == Some(index) { 0.25 } else { 0.0 }
    };
    let asking = |index: &usize| seen[*index].questions / seen[*index].turns.max(1.0) >= FEWEST_QUESTIONS;
    let possible = (0..names.len()).filter(|index| !RESPONDENT.is_match(&names[*index])).filter(asking);
    possible.max_by(|a, b| score(*a).total_cmp(&score(*b)).then(b.cmp(a)))
}

/// Whether a turn asks something: it ends with a question, or begins like one.
fn asks(text: &str) -> bool {
    text.trim_end_matches(|sign: char| !sign.is_alphanumeric() && sign != '?').ends_with('?') || QUESTION.is_match(text)
}

fn several(speakers: &[Speaker]) -> Option<Warning> {
    let respondents = speakers.iter().filter(|speaker| speaker.role == Role::Respondent);
    let names: Vec<String> = respondents.map(|speaker| speaker.name.clone()).collect();
    (names.len() > 1).then_some(Warning::SeveralRespondents { names })
}
