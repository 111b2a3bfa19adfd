//! What is decided about statements of coded interviews.

use std::collections::BTreeMap;

use crate::codebook::Rings;
use crate::coding::{CodedInterview, Current, Decided, StatementKey, StatementRef, TranscriptKey};
use crate::gold::Code;
use crate::pipeline::KnownJobs;

/// What is decided about a statement; `None` where nobody has said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ToldStatement {
    /// Its rings.
    pub rings: Option<Rings>,
    /// Whether it says why.
    pub reason: Option<bool>,
    /// The id of the job that it speaks to; `Some` with `None` inside where it speaks to none.
    pub job: Option<Option<String>>,
}

impl From<&Decided> for ToldStatement {
    fn from(decided: &Decided) -> Self {
        Self {
            rings: decided.rings.as_ref().map(|made| made.value.clone()),
            reason: decided.reason.as_ref().map(|made| made.value.is_yes()),
            job: decided.job.as_ref().map(|made| made.value.clone()),
        }
    }
}

impl From<&Code> for ToldStatement {
    fn from(code: &Code) -> Self {
        Self { rings: Some(code.rings.clone()), reason: Some(code.reason), job: Some(code.job.clone()) }
    }
}

/// What is decided about statements of some interviews, whenever and in whichever order it was decided.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told(BTreeMap<StatementRef, ToldStatement>);

impl Told {
    /// What stands about the statements of interviews, as the engine cut them. Statements that people merged or split are no
    /// longer among these and tell nothing.
    pub fn of<'a>(current: &Current, interviews: impl IntoIterator<Item = &'a CodedInterview>) -> Self {
        let mut told = Self::default();
        for (interview, coded) in interviews.into_iter().enumerate() {
            let key = TranscriptKey::of(coded.transcript.text());
            for (statement, place) in coded.statements.iter().enumerate() {
                if let Some(decided) = current.statement(&StatementKey::new(&key, place.span)) {
                    told.tell(StatementRef { interview, statement }, decided.into());
                }
            }
        }
        told
    }

    /// Adds what is decided about a statement; nothing where nothing is.
    pub fn tell(&mut self, at: StatementRef, told: ToldStatement) {
        if told != ToldStatement::default() {
            self.0.insert(at, told);
        }
    }

    /// What is decided about a statement.
    pub fn about(&self, at: StatementRef) -> Option<&ToldStatement> {
        self.0.get(&at)
    }

    /// About how many statements something is decided.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is decided.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The jobs alone.
    pub fn jobs(&self) -> KnownJobs {
        self.0.iter().filter_map(|(at, told)| Some((*at, told.job.clone()?))).collect()
    }
}
