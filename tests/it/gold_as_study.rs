//! A study and its log, made of gold interviews: a person confirmed what the coder gave, and saw suggestions while doing so.

use ringwerk::codebook::Job;
use ringwerk::coding::*;
use ringwerk::gold::{Gold, GoldProject};
use ringwerk::study::{Material, Study};

use super::gold_as_project::coded;

const AT: &str = "2026-03-12T10:20:30Z";

/// Interviews of which some are decided.
pub struct Decided {
    pub interviews: Vec<CodedInterview>,
    pub state: State,
}

/// The interviews of projects, `decided` of them confirmed. Each gets its project's name as metadata field `project`.
pub fn decided(projects: &[GoldProject], decided: usize) -> Result<Decided, LogError> {
    let gold: Vec<&Gold> = projects.iter().flat_map(|project| &project.interviews).collect();
    let mut interviews: Vec<CodedInterview> = gold.iter().map(|gold| coded(gold)).collect();
    for (interview, gold) in interviews.iter_mut().zip(&gold) {
        interview.transcript.meta.insert("project".to_owned(), gold.project.clone());
    }
    let mut jobs: Vec<&Job> = Vec::new();
    for job in projects.iter().flat_map(|project| &project.jobs) {
        if jobs.iter().all(|known| known.id != job.id) {
            jobs.push(job);
        }
    }
    let confirmed = jobs.into_iter().map(|job| Decision::ConfirmJob { job: job.clone() });
    let judged = interviews.iter().zip(&gold).take(decided).flat_map(|(interview, gold)| judged(interview, gold));
    let state = State::of(&[Entry {
        id: EntryId(1),
        who: "Anna".to_owned(),
        at: AT.parse().unwrap_or_default(),
        action: Action::Decide(confirmed.chain(judged).collect()),
    }])?;
    Ok(Decided { interviews, state })
}

fn judged(interview: &CodedInterview, gold: &Gold) -> Vec<Decision> {
    let key = TranscriptKey::of(interview.transcript.text());
    let judge = |(index, suggestion): (usize, &Suggestion)| {
        let code = &gold.codes[index];
        let reason = if code.reason { Reason::Yes { span: suggestion.reason.span } } else { Reason::No };
        let coding = Coding { rings: code.rings.clone(), reason, job: code.job.clone() };
        Decision::Statement {
            statement: StatementKey::new(&key, interview.statements[index].span),
            verdict: Verdict::Coding(coding),
            shown: Some(Shown::from(suggestion)),
        }
    };
    interview.suggested().map(judge).collect()
}

impl Decided {
    pub fn study(&self, with_suggestions: bool) -> Study {
        let material = Material {
            name: "Studie aus Probeinterviews",
            interviews: &self.interviews,
            current: self.state.current(),
            listed_jobs: &[],
            model: "e5-small-de",
            suggested_at: AT.parse().unwrap_or_default(),
        };
        Study::new(&material, with_suggestions)
    }
}
