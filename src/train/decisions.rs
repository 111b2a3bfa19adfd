//! Scores of development projects to decisions.

use super::fit::{answer, best, logistic, middle_of_best, middle_threshold};
use super::{FitParams, TrainError, answers, numbered, with_job};
use crate::classify::{Decisions, FittedOn, JobList, RouteLimits, Scale, Speaking, Target, primary, said};
use crate::codebook::Ring;
use crate::coding::StatementRef;
use crate::encode::Encoder;
use crate::evaluate::{Counts, Divided, LabelCounts, LabelSet};
use crate::gold::{Code, GoldProject};
use crate::pipeline;
use crate::scores;
use crate::segment::segment_at;
use crate::vectors::Vectors;

/// What is known of the respondents' statements.
struct Seen {
    /// Scores of each.
    scores: Vectors,
    /// What the coder gave.
    codes: Vec<Code>,
    /// Its text.
    texts: Vec<String>,
}

/// Fits decisions on projects that the model was not trained on.
///
/// `model` is the trained model's hash, written into them so that they are never used with other scores.
///
/// # Errors
/// Where the model fails, or there is too little to learn from.
pub fn decisions(
    encoder: &dyn Encoder,
    model: &str,
    projects: &[GoldProject],
    params: &FitParams,
    done: &mut dyn FnMut(usize),
) -> Result<Decisions, TrainError> {
    params.suffice(projects.len())?;
    let seen = Seen::of(encoder, projects, done)?;
    let temperature = seen.temperature();
    let scales = seen.scales(temperature, params.penalty)?;
    let mut decisions = Decisions {
        version: Decisions::VERSION,
        model: model.to_owned(),
        fitted_on: FittedOn { projects: projects.len(), statements: seen.texts.len() },
        temperature,
        scales,
        reason: seen.reason_limit(scales[Target::Reason.index()]),
        second: 1.0,
        route: RouteLimits::default(),
        cut: cut(encoder, projects)?,
        job_sharpness: job_sharpness(encoder, projects)?,
    };
    decisions.second = seen.second(&decisions);
    decisions.route = seen.route_limits(&decisions, params.route_precision);
    Ok(decisions)
}

/// The lowest limit from which on it may be cut.
const LOWEST_LIMIT: f32 = 0.2;

/// From which probability on to cut: half of the best F1 of boundaries, as is best where probabilities are right. The limit that is best on
/// development itself wanders from one training to the next, for what is within chance there. Never below the lowest that is tried: who finds
/// no boundary must not cut everywhere.
///
/// Source: Lipton et al., Thresholding Classifiers to Maximize F1 Score, 2014 (arXiv 1402.1892).
fn cut(encoder: &dyn Encoder, projects: &[GoldProject]) -> Result<f32, TrainError> {
    let mut interviews = Vec::new();
    for (_, gold) in numbered(projects) {
        interviews.push((gold, pipeline::ends(encoder, &gold.transcript)?));
    }
    let fit = |from: f32| {
        let mut counts = Counts::default();
        for (gold, ends) in &interviews {
            let found = segment_at(&gold.transcript, ends, from);
            let divided = Divided { transcript: &gold.transcript, gold: &gold.statements, found: &found };
            counts += &divided.boundaries();
        }
        counts.f1().value().unwrap_or(0.0)
    };
    let highest = (4..=16).map(|step| fit(step as f32 / 20.0)).fold(0.0, f64::max);
    Ok((highest as f32 / 2.0).max(LOWEST_LIMIT))
}

/// The sharpness under which the gold jobs are most probable.
fn job_sharpness(encoder: &dyn Encoder, projects: &[GoldProject]) -> Result<f32, TrainError> {
    let mut seen = Vec::new();
    for project in projects {
        let mut vectors = Vectors::empty(encoder.dimensions());
        let mut gold = Vec::new();
        for (number, interview) in project.interviews.iter().enumerate() {
            let (texts, jobs): (Vec<&str>, Vec<usize>) = with_job(project, interview).unzip();
            encoder.read_for_jobs(&texts, &mut |_| ())?.vectors.rows().for_each(|row| vectors.push(row));
            gold.extend(jobs.into_iter().map(|job| (number, job)));
        }
        seen.push((pipeline::encode_jobs(encoder, &project.jobs)?, vectors, gold));
    }
    let likely = |sharpness: f32| {
        let of_project = |(list, vectors, gold): &(JobList, Vectors, Vec<(usize, usize)>)| {
            let speaking = |(vector, (statement, &(interview, _)))| Speaking {
                at: StatementRef { interview, statement },
                vector,
                confirmed: None,
            };
            let speaking: Vec<Speaking> = vectors.rows().zip(gold.iter().enumerate()).map(speaking).collect();
            let shares = list.shares_among(&speaking, sharpness);
            shares.iter().zip(gold).map(|(shares, &(_, job))| f64::from(shares[job].max(1e-9).ln())).sum::<f64>()
        };
        seen.iter().map(of_project).sum()
    };
    Ok(best((0..=60).map(|step| step as f32), likely))
}

impl Seen {
    fn of(encoder: &dyn Encoder, projects: &[GoldProject], done: &mut dyn FnMut(usize)) -> Result<Self, TrainError> {
        let mut seen = Self { scores: Vectors::empty(scores::COUNT), codes: Vec::new(), texts: Vec::new() };
        for (_, gold) in numbered(projects) {
            let reading = pipeline::read_story(encoder, &gold.transcript, &gold.statements, done)?;
            for (index, code) in answers(gold) {
                seen.scores.push(reading.scores.row(index));
                seen.codes.push(code.clone());
                seen.texts.push(gold.statements[index].span.of(gold.transcript.text()).to_owned());
            }
        }
        Ok(seen)
    }

    /// The temperature under which the gold primary rings are most probable.
    fn temperature(&self) -> f32 {
        let fit = |temperature: f32| {
            let statements = self.scores.rows().zip(&self.codes);
            let likely = statements.map(|(scores, code)| {
                let gold = code.rings.primary().map_or(6, Ring::index);
                f64::from(primary(scores, temperature)[gold].max(1e-9).ln())
            });
            likely.sum()
        };
        best((10..=60).map(|step| step as f32 / 20.0), fit)
    }

    /// What the model says of a target, statement by statement.
    fn said(&self, target: Target, temperature: f32) -> impl Iterator<Item = [f32; 2]> {
        self.scores.rows().map(move |scores| said(target, scores, &primary(scores, temperature)))
    }

    /// The scales under which what the coder gave is most probable.
    fn scales(&self, temperature: f32, penalty: f64) -> Result<[Scale; 8], TrainError> {
        let mut scales = [Scale { own: 0.0, primary: 0.0, offset: 0.0 }; 8];
        for target in Target::all() {
            let rows: Vec<[f64; 2]> = self.said(target, temperature).map(|said| said.map(f64::from)).collect();
            let answers = self.codes.iter().map(|code| answer(code, target)).collect();
            let (weights, offset) = logistic(rows.into(), answers, target, penalty)?;
            scales[target.index()] =
                Scale { own: weights[0] as f32, primary: weights[1] as f32, offset: offset as f32 };
        }
        Ok(scales)
    }

    /// The middle of the limits with about the best F1 of reasons.
    fn reason_limit(&self, scale: Scale) -> f32 {
        // Nothing of the primary ring is asked for a reason, so the temperature does not count.
        let probabilities: Vec<f32> = self.said(Target::Reason, 1.0).map(|said| scale.probability(said)).collect();
        let answers: Vec<bool> = self.codes.iter().map(|code| code.reason).collect();
        middle_threshold(&probabilities, &answers)
    }

    /// From which probability on a second ring is suggested: the middle of the limits with about the best mean F1 of rings.
    fn second(&self, decisions: &Decisions) -> f32 {
        let fit = |second: f32| {
            let warm = Decisions { second, ..decisions.clone() };
            let pairs = self.scores.rows().zip(&self.codes).map(|(scores, code)| {
                (LabelSet::from(&code.rings), warm.suggest(scores, "").suggested_rings().collect())
            });
            LabelCounts::count(Ring::ALL.len(), pairs).macro_f1().value().unwrap_or(0.0)
        };
        middle_of_best((20..=60).step_by(2).map(|step| step as f32 / 100.0), fit)
    }

    /// From which confidence on suggestions were right often enough, by primary ring.
    fn route_limits(&self, decisions: &Decisions, precision: f64) -> RouteLimits {
        let mut by_ring: [Vec<(f32, bool)>; 7] = Default::default();
        for (index, code) in self.codes.iter().enumerate() {
            let suggestion = decisions.suggest(self.scores.row(index), &self.texts[index]);
            let class = suggestion.primary_ring().map_or(6, Ring::index);
            by_ring[class].push((suggestion.confidence, suggestion.is_right(&code.rings)));
        }
        let limits = by_ring.map(|seen| limit(seen, precision));
        RouteLimits { rings: std::array::from_fn(|ring| limits[ring]), uncoded: limits[6] }
    }
}

/// The lowest confidence from which on at least `precision` were right, by the lower end of Wilson's interval (z = 1),
/// with at least 20 cases; `None` where there is none.
fn limit(mut seen: Vec<(f32, bool)>, precision: f64) -> Option<f32> {
    seen.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut hits = 0.0;
    let mut lowest = None;
    for (index, &(confidence, right)) in seen.iter().enumerate() {
        hits += f64::from(u8::from(right));
        let n = (index + 1) as f64;
        let share = hits / n;
        let wilson = (share + 0.5 / n - (share * (1.0 - share) / n + 0.25 / (n * n)).sqrt()) / (1.0 + 1.0 / n);
        // Equal confidences are accepted together.
        let last_of_equals = seen.get(index + 1).is_none_or(|next| next.0 < confidence);
        if n >= 20.0 && wilson >= precision && last_of_equals {
            lowest = Some(confidence);
        }
    }
    lowest
}
