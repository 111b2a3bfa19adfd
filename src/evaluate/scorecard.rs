//! All figures of one comparison between the engine and gold interviews.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use serde::Serialize;

use super::{
    Answer, Baseline, Clusters, Confusion, Counts, Divided, Found, Judged, LabelTally, Labelling, Measured, Placed,
    Resampled, Seen, Share, Slice, Trust, Units, align, by_keywords, confusions, majority, slices,
};
use crate::coding::{CodedInterview, Suggestion};
use crate::gold::{Code, Gold};
use crate::text::ByteSpan;

/// A gold interview with what the engine says about it.
#[derive(Debug, Clone)]
pub struct Compared<'a> {
    /// What the coder gave.
    pub gold: &'a Gold,
    /// The engine's suggestions for the coder's statements; `None` for the interviewer's.
    pub suggestions: Vec<Option<Suggestion>>,
    /// The same interview as the engine alone codes it: its own statements and their suggestions.
    pub own: CodedInterview,
    /// Candidate job of each of the coder's statements, over all interviews of its project.
    pub clusters: Vec<Option<usize>>,
    /// What simple coders that need a model say of the coder's statements; `None` for the interviewer's.
    pub baselines: BTreeMap<Baseline, Vec<Option<Answer>>>,
}

/// All figures. The levels are apart: units; labels on the coder's units (`rings` to `confusion`); labels end to end; jobs;
/// candidate jobs.
#[derive(Debug, Clone, Serialize)]
pub struct Scorecard {
    /// Interviews compared.
    pub interviews: usize,
    /// Respondents' statements compared.
    pub statements: usize,
    /// Interviewers' statements that got a ring; must be 0.
    pub interviewer_coded: usize,
    /// The engine's own statements against the coder's.
    pub units: Units,
    /// Rings and reasons on the coder's statements.
    #[serde(flatten)]
    pub labels: Labelling,
    /// Probabilities and bulk acceptance on the coder's statements.
    #[serde(flatten)]
    pub trust: Trust,
    /// Rings and reasons end to end: each of the coder's statements is judged by the engine's own statement that has most of
    /// its text.
    pub end_to_end: Labelling,
    /// Jobs of a given list.
    pub jobs: Jobs,
    /// Candidate jobs.
    pub clusters: Clusters,
    /// Simple coders on the coder's statements.
    pub baselines: BTreeMap<Baseline, Labelling>,
    /// Parts of the gold.
    pub slices: Vec<Slice>,
    /// What is most often taken for what.
    pub confusions: Vec<Confusion>,
}

/// Figures on jobs of a given list.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Jobs {
    /// "Speaks to some job".
    pub spoken_to: Found,
    /// Share of statements with a gold job and a suggested one where these are the same, jobs known by description.
    pub by_description: Measured,
}

impl Scorecard {
    /// Compares suggestions with gold.
    ///
    /// Figures over no interview say that they cannot be computed.
    pub fn of(compared: &[Compared]) -> Self {
        let answers: Vec<Vec<Option<Answer>>> = compared.iter().map(|one| answers(&one.suggestions)).collect();
        let own: Vec<Vec<Option<Answer>>> = compared.iter().map(own_answers).collect();
        let judged: Vec<(&Gold, Vec<Judged>)> =
            compared.iter().zip(&answers).map(|(one, answers)| (one.gold, judged(one.gold, answers))).collect();
        Self {
            interviews: compared.len(),
            statements: judged.iter().map(|(_, statements)| statements.len()).sum(),
            interviewer_coded: compared.iter().map(interviewer_coded).sum(),
            units: Units::of(&compared.iter().map(divided).collect::<Vec<_>>()),
            labels: labelling(compared, &answers),
            trust: Trust::of(&compared.iter().map(|one| suggested(one).collect()).collect::<Vec<_>>()),
            end_to_end: labelling(compared, &own),
            jobs: Jobs::of(compared),
            clusters: Clusters::of(&placed(compared)),
            baselines: baselines(compared),
            slices: slices(&judged),
            confusions: confusions(&compared.iter().flat_map(seen).collect::<Vec<_>>()),
        }
    }
}

fn answers(suggestions: &[Option<Suggestion>]) -> Vec<Option<Answer>> {
    suggestions.iter().map(|suggestion| suggestion.as_ref().map(Answer::from)).collect()
}

/// For each of the coder's respondent statements what the engine says of its own statement there.
fn own_answers(compared: &Compared) -> Vec<Option<Answer>> {
    let spans = |statements: &[crate::transcript::Statement]| -> Vec<ByteSpan> {
        statements.iter().map(|statement| statement.span).collect()
    };
    let partners = align(&spans(&compared.gold.statements), &spans(&compared.own.statements));
    let own = answers(&compared.own.suggestions);
    let statements = compared.gold.statements.iter().zip(partners);
    statements
        .map(|(statement, partner)| {
            let respondent = compared.gold.transcript.is_respondent(statement);
            respondent.then(|| partner.and_then(|index| own[index].clone()).unwrap_or_default())
        })
        .collect()
}

/// Pairs of code and answer, and the text, of all statements that have an answer.
fn judged<'a>(gold: &'a Gold, answers: &'a [Option<Answer>]) -> Vec<Judged<'a>> {
    let statements = gold.statements.iter().zip(&gold.codes).zip(answers);
    statements
        .filter_map(|((statement, code), answer)| {
            Some((statement.span.of(gold.transcript.text()), code, answer.as_ref()?))
        })
        .collect()
}

fn labelling(compared: &[Compared], answers: &[Vec<Option<Answer>>]) -> Labelling {
    let tally = |(one, answers): (&Compared, &Vec<Option<Answer>>)| {
        LabelTally::of(judged(one.gold, answers).iter().map(|&(_, code, answer)| (code, answer)))
    };
    Labelling::of(&compared.iter().zip(answers).map(tally).collect::<Vec<_>>())
}

fn baselines(compared: &[Compared]) -> BTreeMap<Baseline, Labelling> {
    let most_frequent = majority(compared.iter().flat_map(|one| &one.gold.codes));
    let answers = |baseline: Baseline, one: &Compared| -> Option<Vec<Option<Answer>>> {
        let each = |answer: &dyn Fn(&str) -> Answer| {
            let gold = one.gold;
            let statements = gold.statements.iter();
            let respondent = |statement| gold.transcript.is_respondent(statement);
            statements.map(|unit| respondent(unit).then(|| answer(unit.span.of(gold.transcript.text())))).collect()
        };
        match baseline {
            Baseline::Majority => Some(each(&|_| most_frequent.clone())),
            Baseline::Keywords => Some(each(&by_keywords)),
            Baseline::Definitions | Baseline::Frozen => one.baselines.get(&baseline).cloned(),
        }
    };
    let each = Baseline::ALL.into_iter().filter_map(|baseline| {
        let answers: Option<Vec<_>> = compared.iter().map(|one| answers(baseline, one)).collect();
        Some((baseline, labelling(compared, &answers?)))
    });
    each.collect()
}

/// Each respondent statement's code and suggestion.
fn suggested<'a>(compared: &'a Compared) -> impl Iterator<Item = (&'a Code, &'a Suggestion)> {
    seen(compared).map(|one| (one.code, one.suggestion))
}

fn seen<'a>(compared: &'a Compared) -> impl Iterator<Item = Seen<'a>> {
    let pairs = compared.gold.codes.iter().zip(&compared.suggestions).enumerate();
    pairs.filter_map(|(index, (code, suggestion))| {
        Some(Seen { gold: compared.gold, index, code, suggestion: suggestion.as_ref()? })
    })
}

fn divided<'a>(compared: &'a Compared) -> Divided<'a> {
    let Compared { gold, own, .. } = compared;
    Divided { transcript: &gold.transcript, gold: &gold.statements, found: &own.statements }
}

/// What one interview adds to [`Jobs`].
#[derive(Debug, Clone, Default)]
struct JobTally {
    some_job: Counts,
    right: Share,
}

impl AddAssign<&JobTally> for JobTally {
    fn add_assign(&mut self, other: &JobTally) {
        self.some_job += &other.some_job;
        self.right += &other.right;
    }
}

impl Jobs {
    fn of(compared: &[Compared]) -> Self {
        let tallies: Vec<JobTally> = compared.iter().map(JobTally::of).collect();
        let sums = Resampled::new(&tallies);
        Self { spoken_to: sums.found(|sum| sum.some_job), by_description: sums.measure(|sum| sum.right.figure()) }
    }
}

impl JobTally {
    fn of(compared: &Compared) -> Self {
        let mut tally = Self::default();
        for (code, suggestion) in suggested(compared) {
            tally.some_job.add(code.job.is_some(), suggestion.job.is_some());
            if let (Some(gold), Some(found)) = (&code.job, &suggestion.job) {
                tally.right.add(*gold == found.id);
            }
        }
        tally
    }
}

/// The statements of each project that have a gold job, with their candidates.
fn placed<'a>(compared: &'a [Compared]) -> BTreeMap<&'a str, Vec<Placed<'a>>> {
    let mut projects: BTreeMap<&str, Vec<Placed>> = BTreeMap::new();
    for one in compared {
        let statements = one.gold.codes.iter().zip(&one.clusters);
        let placed = statements.filter_map(|(code, &candidate)| Some(Placed { job: code.job.as_deref()?, candidate }));
        projects.entry(&one.gold.project).or_default().extend(placed);
    }
    projects
}

fn interviewer_coded(compared: &Compared) -> usize {
    let transcript = &compared.gold.transcript;
    let coded = compared.gold.statements.iter().zip(&compared.suggestions);
    coded.filter(|(statement, suggestion)| suggestion.is_some() && !transcript.is_respondent(statement)).count()
}
