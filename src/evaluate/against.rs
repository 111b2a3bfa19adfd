//! Two codings of the same interviews: how far two people, or a person and a program, agree.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::AddAssign;

use serde::Serialize;

use super::{
    Answer, Divided, Figure, LabelTally, Labelling, Measured, Reason, Resampled, Share, Table, Units, align,
    candidates::mean, cohens_kappa, gwets_ac1, measure,
};
use crate::codebook::Ring;
use crate::error::{Explain, Tongue};
use crate::gold::{Code, Gold};
use crate::text::ByteSpan;
use crate::transcript::{Statement, Turn};

/// Two codings of one interview.
#[derive(Debug, Clone, Copy)]
pub struct Coding<'a> {
    /// The first coder's.
    pub first: &'a Gold,
    /// The second coder's.
    pub second: &'a Gold,
}

/// All figures on two codings. Units come first: two statements are compared where each has most of its text in common
/// with the other. Swapping the coders changes no kappa, alpha or AC1; precision and recall change places.
#[derive(Debug, Clone, Serialize)]
pub struct Agreement {
    /// Interviews that both coded.
    pub interviews: usize,
    /// Respondents' statements of the first coder, of the second, and those that could be compared.
    pub statements: [usize; 3],
    /// Boundaries, the second coder's against the first's.
    pub units: Units,
    /// By ring, in the order of [`Ring::ALL`].
    pub agreed: BTreeMap<Ring, AgreedCode>,
    /// Reasons.
    pub agreed_reasons: AgreedCode,
    /// Rings and reasons, the second coder's against the first's.
    #[serde(flatten)]
    pub labels: Labelling,
    /// Cohen's kappa of the job, with "none".
    pub job_kappa: Measured,
    /// Share of the same job among statements to which both gave one.
    pub same_job: Measured,
    /// Statements on whose rings, reason or job the two differ.
    pub disagreements: Vec<Disagreement>,
}

/// Agreement on whether one code applies.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct AgreedCode {
    /// Given by the first coder, by the second, by both.
    pub given: [u64; 3],
    /// Cohen's kappa of yes and no.
    pub kappa: Measured,
    /// Gwet's AC1 of yes and no.
    pub ac1: Measured,
}

/// A statement that two coders coded differently.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Disagreement {
    /// Its interview.
    pub transcript: String,
    /// Its number in the first coder's file, from 1.
    pub n: usize,
    /// Its number in the second coder's file.
    pub n_second: usize,
    /// The first coder's statement.
    pub text: String,
    /// What the first gave.
    pub first: Code,
    /// What the second gave.
    pub second: Code,
}

/// Why two codings cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AgreementError {
    /// No interview has the same id in both.
    #[error("no interview is in both")]
    NothingCommon,
    /// Interviews of the same id that differ in their text, with the first turn that does, from 1.
    #[error("not the same text: {0:?}")]
    DifferentTexts(Vec<(String, usize)>),
}

impl Explain for AgreementError {
    fn explain(&self, tongue: Tongue) -> String {
        match self {
            Self::NothingCommon => tongue
                .pick(
                    "kein Interview kommt in beiden Ordnern vor; verglichen wird, was dieselbe „id“ hat",
                    "no interview is in both folders; compared is what has the same \"id\"",
                )
                .to_owned(),
            Self::DifferentTexts(all) => {
                let line = |(id, turn): &(String, usize)| {
                    tongue.pick(
                        format!(
                            "{id}: Redebeitrag {turn} lautet in beiden Kodierungen verschieden; erwartet: derselbe Text"
                        ),
                        format!("{id}: turn {turn} reads differently in the two codings; expected: the same text"),
                    )
                };
                all.iter().map(line).collect::<Vec<_>>().join("\n")
            }
        }
    }
}

/// A pair of statements that have most of their text in common, by their indices.
type Pair = (usize, usize);

impl Agreement {
    /// Compares codings of the same texts.
    ///
    /// # Errors
    /// Where there is none, or texts differ.
    pub fn of(codings: &[Coding]) -> Result<Self, AgreementError> {
        if codings.is_empty() {
            return Err(AgreementError::NothingCommon);
        }
        let different: Vec<(String, usize)> = codings.iter().filter_map(first_difference).collect();
        if !different.is_empty() {
            return Err(AgreementError::DifferentTexts(different));
        }
        let pairs: Vec<Vec<Pair>> = codings.iter().map(matched).collect();
        let tallies: Vec<Tally> = codings.iter().zip(&pairs).map(|(coding, pairs)| Tally::of(coding, pairs)).collect();
        let labels: Vec<LabelTally> =
            codings.iter().zip(&pairs).map(|(coding, pairs)| label_tally(coding, pairs)).collect();
        let sums = Resampled::new(&tallies);
        let ring = |ring: Ring| (ring, AgreedCode::of(&sums, move |sum| &sum.codes[ring.index()]));
        Ok(Self {
            interviews: codings.len(),
            statements: [
                codings.iter().map(|coding| respondents(coding.first).len()).sum(),
                codings.iter().map(|coding| respondents(coding.second).len()).sum(),
                pairs.iter().map(Vec::len).sum(),
            ],
            units: Units::of(&codings.iter().map(divided).collect::<Vec<_>>()),
            agreed: Ring::ALL.into_iter().map(ring).collect(),
            agreed_reasons: AgreedCode::of(&sums, |sum| &sum.codes[Ring::ALL.len()]),
            labels: Labelling::of(&labels),
            job_kappa: job_kappa(codings, &pairs),
            same_job: sums.measure(|sum| sum.same_job.figure()),
            disagreements: codings
                .iter()
                .zip(&pairs)
                .flat_map(|(coding, pairs)| disagreements(coding, pairs))
                .collect(),
        })
    }
}

fn first_difference(coding: &Coding) -> Option<(String, usize)> {
    let (first, second) = (&coding.first.transcript, &coding.second.transcript);
    let turns = first.turns().iter().zip(second.turns());
    let same = |(a, b): &(&Turn, &Turn)| {
        first.turn_text(a) == second.turn_text(b) && first.speaker(a).role == second.speaker(b).role
    };
    let equal = turns.take_while(same).count();
    if equal == first.turns().len() && equal == second.turns().len() {
        return None;
    }
    Some((first.id.clone(), equal + 1))
}

/// The indices of respondents' statements.
fn respondents(gold: &Gold) -> Vec<usize> {
    let all = 0..gold.statements.len();
    all.filter(|&index| gold.transcript.is_respondent(&gold.statements[index])).collect()
}

/// Pairs of respondents' statements each of which has most of its text in common with the other.
fn matched(coding: &Coding) -> Vec<Pair> {
    let spans = |statements: &[Statement]| -> Vec<ByteSpan> { statements.iter().map(|one| one.span).collect() };
    let (first, second) = (spans(&coding.first.statements), spans(&coding.second.statements));
    let (there, back) = (align(&first, &second), align(&second, &first));
    let both = |index: usize| there[index].filter(|&partner| back[partner] == Some(index));
    respondents(coding.first).into_iter().filter_map(|index| Some((index, both(index)?))).collect()
}

fn divided<'a>(coding: &Coding<'a>) -> Divided<'a> {
    let Coding { first, second } = *coding;
    Divided { transcript: &first.transcript, gold: &first.statements, found: &second.statements }
}

fn label_tally(coding: &Coding, pairs: &[Pair]) -> LabelTally {
    let answers: Vec<Answer> = pairs.iter().map(|&(_, second)| Answer::from(&coding.second.codes[second])).collect();
    LabelTally::of(pairs.iter().map(|&(first, _)| &coding.first.codes[first]).zip(&answers))
}

/// What one interview adds: a table of yes and no for each ring and for reasons, and how often both gave the same job.
#[derive(Debug, Clone)]
struct Tally {
    codes: Vec<Table>,
    same_job: Share,
}

impl AddAssign<&Tally> for Tally {
    fn add_assign(&mut self, other: &Tally) {
        self.codes.iter_mut().zip(&other.codes).for_each(|(sum, part)| *sum += part);
        self.same_job += &other.same_job;
    }
}

impl Tally {
    fn of(coding: &Coding, pairs: &[Pair]) -> Self {
        let codes = || pairs.iter().map(|&(a, b)| (&coding.first.codes[a], &coding.second.codes[b]));
        let table = |has: &dyn Fn(&Code) -> bool| {
            Table::count(2, 2, codes().map(|(a, b)| (usize::from(has(a)), usize::from(has(b)))))
        };
        let rings = Ring::ALL.into_iter().map(|ring| table(&|code| code.rings.contains(ring)));
        Self {
            codes: rings.chain([table(&|code| code.reason)]).collect(),
            same_job: codes().filter_map(|(a, b)| Some(a.job.as_ref()? == b.job.as_ref()?)).collect(),
        }
    }
}

/// Kappa of the job with "none": mean over projects, since each has jobs of its own; intervals draw whole projects.
fn job_kappa(codings: &[Coding], pairs: &[Vec<Pair>]) -> Measured {
    let mut projects: BTreeMap<&str, Vec<[Option<&str>; 2]>> = BTreeMap::new();
    for (coding, pairs) in codings.iter().zip(pairs) {
        let both =
            pairs.iter().map(|&(a, b)| [coding.first.codes[a].job.as_deref(), coding.second.codes[b].job.as_deref()]);
        projects.entry(&coding.first.project).or_default().extend(both);
    }
    let kappas: Vec<Figure> = projects.values().map(|given| cohens_kappa(&job_table(given))).collect();
    measure(kappas.len(), |sample| mean(sample.iter().map(|&project| kappas[project])))
}

fn job_table(given: &[[Option<&str>; 2]]) -> Table {
    let known: BTreeSet<Option<&str>> = given.iter().flatten().copied().collect();
    let place = |job: Option<&str>| known.iter().take_while(|&&other| other < job).count();
    Table::count(known.len(), known.len(), given.iter().map(|&[a, b]| (place(a), place(b))))
}

impl AgreedCode {
    fn of(sums: &Resampled<Tally>, table: impl Fn(&Tally) -> &Table + Sync) -> Self {
        let given = sums.whole().map_or([0; 3], |sum| {
            let table = table(sum);
            [table.row_sums()[1], table.column_sums()[1], table.get(1, 1)]
        });
        let never = given[0] + given[1] == 0;
        let figure = |figure: &(dyn Fn(&Table) -> Figure + Sync)| {
            sums.measure(|sum| if never { Figure::NotComputable(Reason::NothingEither) } else { figure(table(sum)) })
        };
        Self { given, kappa: figure(&cohens_kappa), ac1: figure(&gwets_ac1) }
    }
}

fn disagreements(coding: &Coding, pairs: &[Pair]) -> Vec<Disagreement> {
    let differ = |&&(a, b): &&Pair| {
        let (first, second) = (&coding.first.codes[a], &coding.second.codes[b]);
        let set = |code: &Code| Answer::from(code).set();
        set(first) != set(second) || first.reason != second.reason || first.job != second.job
    };
    let shown = |&(a, b): &Pair| Disagreement {
        transcript: coding.first.transcript.id.clone(),
        n: a + 1,
        n_second: b + 1,
        text: coding.first.statements[a].span.of(coding.first.transcript.text()).to_owned(),
        first: coding.first.codes[a].clone(),
        second: coding.second.codes[b].clone(),
    };
    pairs.iter().filter(differ).map(shown).collect()
}
