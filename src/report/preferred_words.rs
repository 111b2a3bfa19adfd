//! Which words those use who speak to a job, or come from a segment: against their near-synonyms and against the rest.
//!
//! Log-odds with an informative Dirichlet prior after B. Monroe, M. Colaresi and K. Quinn, Fightin' Words, Political Analysis
//! 16 (2008). Their variance leaves out what is small where a word is rare; here it is kept, since among near-synonyms and
//! among a dozen interviews no word is rare.

use std::collections::{BTreeMap, BTreeSet};

use unicode_segmentation::UnicodeSegmentation;

use super::segments::field_of;
use crate::study::{CodedStatement, Interview, Study};
use crate::transcript::Role;
use crate::words::{Forms, is_stop_word, stem};

/// How many words the prior counts as; they are spread as the words of the whole study are.
const PRIOR_WORDS: f64 = 200.0;
/// How many interviews the prior counts as.
const PRIOR_INTERVIEWS: f64 = 2.0;
/// Half the width of an interval of 95 %, in standard errors.
const WIDTH: f64 = 1.96;

/// Words that may stand for each other in what companies say of their aims; which one a segment uses is worth knowing.
pub(super) const NEAR_SYNONYMS: [&[&str]; 12] = [
    &["Rentabilität", "Profitabilität", "Wirtschaftlichkeit"],
    &["Gewinn", "Ertrag", "Ergebnis", "Überschuss", "Profit"],
    &["Marge", "Deckungsbeitrag", "Spanne"],
    &["Kosten", "Ausgaben", "Aufwand", "Aufwendungen"],
    &["Preis", "Tarif", "Gebühr", "Entgelt"],
    &["Zuverlässigkeit", "Verlässlichkeit", "Ausfallsicherheit", "Verfügbarkeit"],
    &["Sicherheit", "Schutz", "Absicherung"],
    &["Anbieter", "Lieferant", "Dienstleister", "Hersteller", "Partner"],
    &["Aufwand", "Arbeit", "Mühe"],
    &["Ausfall", "Stillstand", "Störung", "Unterbrechung"],
    &["Mitarbeiter", "Beschäftigte", "Kollegen", "Leute"],
    &["Vorteil", "Nutzen", "Mehrwert"],
];

/// How often something happens in a group and in the rest, and how much more likely it is there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Preference {
    /// In the group.
    pub inside: usize,
    /// In the rest.
    pub outside: usize,
    /// Difference of the logarithms of the odds; above 0 where the group prefers it.
    pub log_odds: f64,
    /// Its standard error.
    pub error: f64,
}

impl Preference {
    /// The interval of 95 %.
    pub fn interval(&self) -> [f64; 2] {
        [self.log_odds - WIDTH * self.error, self.log_odds + WIDTH * self.error]
    }

    /// Whether the whole interval lies above 0.
    pub fn is_clear(&self) -> bool {
        self.interval()[0] > 0.0
    }

    /// Log-odds of `counts` in `totals`, group first, with a prior of `prior` in `prior_total`.
    ///
    /// `None` where the prior is empty: a word that nobody says has no odds.
    pub fn new(counts: [usize; 2], totals: [usize; 2], prior: f64, prior_total: f64) -> Option<Self> {
        let yes = counts.map(|count| count as f64 + prior);
        let no = [0, 1].map(|side| totals[side] as f64 + prior_total - yes[side]);
        let possible = yes.iter().chain(&no).all(|&number| number > 0.0);
        let log_odds = (yes[0] / no[0]).ln() - (yes[1] / no[1]).ln();
        let error = yes.iter().chain(&no).map(|number| number.recip()).sum::<f64>().sqrt();
        possible.then_some(Self { inside: counts[0], outside: counts[1], log_odds, error })
    }
}

/// How a group uses a word.
#[derive(Debug, Clone, PartialEq)]
pub struct WordUse {
    /// The word, as it is mostly said.
    pub word: String,
    /// Counted by how often it is said.
    pub by_occurrences: Preference,
    /// Counted by how many interviews say it, so that one who repeats a word counts once.
    pub by_interviews: Preference,
}

/// Near-synonyms of which a study uses at least two, as a group uses them among themselves.
#[derive(Debug, Clone, PartialEq)]
pub struct SynonymUse {
    /// Most preferred first.
    pub words: Vec<WordUse>,
}

/// The words of a group against the rest of a study.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupWords {
    /// The id of the job, or the segment.
    pub group: String,
    /// All words that at least two interviews of the study say, the clearest preference first.
    pub words: Vec<WordUse>,
    /// The same among near-synonyms.
    pub synonyms: Vec<SynonymUse>,
}

/// The words of statements that speak to each job, against those of all other answers.
pub fn words_by_job(study: &Study) -> Vec<GroupWords> {
    let said = said(study);
    let jobs = study.jobs.iter().map(|job| job.job.id.as_str());
    jobs.map(|job| group(&said, job, |one| one.statement.speaks_to(job))).collect()
}

/// The words of interviews of each segment (each value of a metadata field), against those of all others.
pub fn words_by_segment(study: &Study, field: &str) -> Vec<GroupWords> {
    let said = said(study);
    let segments: BTreeSet<&str> = study.interviews.iter().filter_map(|one| field_of(one, field)).collect();
    let of = |segment| group(&said, segment, |one| field_of(one.interview, field) == Some(segment));
    segments.into_iter().map(of).collect()
}

/// How many people use a word, of all whose answers count.
#[derive(Debug, Default)]
pub(super) struct Respondents {
    by_stem: BTreeMap<String, BTreeSet<usize>>,
    asked: BTreeSet<usize>,
}

impl Respondents {
    /// Those who speak to a job.
    pub(super) fn of_job(said: &[Said], job: &str) -> Self {
        Self::of(said, |one| one.statement.speaks_to(job))
    }

    /// Those of a segment; everybody where the questionnaire says nothing of segments.
    pub(super) fn of_segment(said: &[Said], field: &str, segment: &str) -> Self {
        let known = said.iter().any(|one| field_of(one.interview, field).is_some());
        Self::of(said, |one| !known || field_of(one.interview, field) == Some(segment))
    }

    /// Everybody who answers, in a questionnaire or in interviews.
    pub(super) fn everybody(said: &[Said]) -> Self {
        Self::of(said, |_| true)
    }

    fn of(said: &[Said], counts: impl Fn(&Said) -> bool) -> Self {
        let mut respondents = Self::default();
        for one in said.iter().filter(|one| counts(one)) {
            respondents.asked.insert(one.number);
            for (_, stem) in &one.words {
                respondents.by_stem.entry(stem.clone()).or_default().insert(one.number);
            }
        }
        respondents
    }

    /// How many use a word in any form.
    pub(super) fn using(&self, word: &str) -> usize {
        self.by_stem.get(&stem(word)).map_or(0, BTreeSet::len)
    }

    /// How many there are.
    pub(super) fn all(&self) -> usize {
        self.asked.len()
    }
}

/// An answer in words. Every group counts the same ones, so they are stemmed once.
pub(super) struct Said<'a> {
    interview: &'a Interview,
    /// Which one of the study.
    number: usize,
    statement: &'a CodedStatement,
    /// Its telling words, each with its stem.
    words: Vec<(&'a str, String)>,
}

/// All answers of a study.
pub(super) fn said(study: &Study) -> Vec<Said<'_>> {
    let of = |(number, interview)| {
        let interview: &Interview = interview;
        let answers = interview.statements.iter().filter(|one| interview.speaker(one).role == Role::Respondent);
        answers.map(move |statement| Said { interview, number, statement, words: telling(interview.text(statement)) })
    };
    study.interviews.iter().enumerate().flat_map(of).collect()
}

/// What stands in square brackets nobody said: `[Firma A]` for a name, `[lacht]`.
fn telling(text: &str) -> Vec<(&str, String)> {
    let spoken = text.split('[').enumerate().map(|(part, text)| match text.split_once(']') {
        Some((_, spoken)) if part > 0 => spoken,
        _ => text,
    });
    let words = spoken
        .flat_map(str::unicode_words)
        .filter(|word| word.chars().count() > 2 && word.chars().all(char::is_alphabetic));
    words.filter(|word| !is_stop_word(word)).map(|word| (word, stem(word))).collect()
}

fn group(said: &[Said], name: &str, is_inside: impl Fn(&Said) -> bool) -> GroupWords {
    let mut counted = Counted::default();
    for one in said {
        counted.add(one, usize::from(!is_inside(one)));
    }
    GroupWords { group: name.to_owned(), words: counted.words(), synonyms: counted.synonyms() }
}

/// Words as they were counted; side 0 is the group, side 1 the rest.
#[derive(Debug, Default)]
struct Counted {
    words: BTreeMap<String, Word>,
    interviews: [BTreeSet<usize>; 2],
}

#[derive(Debug, Default)]
struct Word {
    forms: Forms,
    occurrences: [usize; 2],
    interviews: [BTreeSet<usize>; 2],
}

impl Word {
    fn in_interviews(&self) -> [usize; 2] {
        [self.interviews[0].len(), self.interviews[1].len()]
    }
}

impl Counted {
    fn add(&mut self, said: &Said, side: usize) {
        self.interviews[side].insert(said.number);
        for (word, stem) in &said.words {
            let seen = self.words.entry(stem.clone()).or_default();
            seen.forms.add(word);
            seen.occurrences[side] += 1;
            seen.interviews[side].insert(said.number);
        }
    }

    fn words(&self) -> Vec<WordUse> {
        let shared = |word: &&Word| word.interviews[0].union(&word.interviews[1]).count() > 1;
        self.uses(&self.words.values().filter(shared).collect::<Vec<_>>(), self.totals(self.words.values()))
    }

    fn synonyms(&self) -> Vec<SynonymUse> {
        let family = |words: &&[&str]| -> Option<SynonymUse> {
            let stems: BTreeSet<String> = words.iter().map(|word| stem(word)).collect();
            let seen: Vec<&Word> = stems.iter().filter_map(|stem| self.words.get(stem)).collect();
            let totals = self.totals(seen.iter().copied());
            (seen.len() > 1).then(|| SynonymUse { words: self.uses(&seen, totals) })
        };
        NEAR_SYNONYMS.iter().filter_map(family).collect()
    }

    fn totals<'a>(&self, words: impl Iterator<Item = &'a Word>) -> [usize; 2] {
        words.fold([0, 0], |sum, word| [sum[0] + word.occurrences[0], sum[1] + word.occurrences[1]])
    }

    /// How words are used among `totals`, the clearest preference of the group first.
    fn uses(&self, words: &[&Word], totals: [usize; 2]) -> Vec<WordUse> {
        let mut uses: Vec<WordUse> = words.iter().filter_map(|word| self.word_use(word, totals)).collect();
        let score = |one: &WordUse| one.by_occurrences.log_odds / one.by_occurrences.error;
        uses.sort_by(|a, b| score(b).total_cmp(&score(a)).then_with(|| a.word.cmp(&b.word)));
        uses
    }

    fn word_use(&self, word: &Word, totals: [usize; 2]) -> Option<WordUse> {
        let all = (totals[0] + totals[1]) as f64;
        let prior_words = PRIOR_WORDS.min(all);
        let prior = prior_words * word.forms.count() as f64 / all;
        let by_occurrences = Preference::new(word.occurrences, totals, prior, prior_words)?;
        let (said, asked) = (word.in_interviews(), [self.interviews[0].len(), self.interviews[1].len()]);
        let share = (said[0] + said[1]) as f64 / (asked[0] + asked[1]) as f64;
        // With a prior that is all or nothing a word that everybody says would have no odds.
        let prior = PRIOR_INTERVIEWS * share.clamp(0.05, 0.95);
        let by_interviews = Preference::new(said, asked, prior, PRIOR_INTERVIEWS)?;
        Some(WordUse { word: word.forms.most_frequent().to_owned(), by_occurrences, by_interviews })
    }
}
