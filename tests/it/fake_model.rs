//! A language model that needs none: what it learns is that barriers are criteria, wherever nobody has decided yet.

use std::sync::{Arc, Mutex, mpsc};

use ringwerk::codebook::Ring;
use ringwerk::coding::{Coded, CodedInterview, Current, StatementKey, TranscriptKey};
use ringwerk::encode::{Encoder, HashedEncoder};
use ringwerk::review::{LanguageModel, Lesson, SharedModel};
use ringwerk::store::{Project, RunInterview, RunSource, StoreError};
use serde_json::{Value, json};

use crate::gold_as_project::DIMENSIONS;

/// Learns as soon as it is let, and says so; without a gate at once.
pub struct FakeModel {
    gate: Mutex<Option<mpsc::Receiver<()>>>,
}

impl FakeModel {
    pub fn shared() -> SharedModel {
        Arc::new(Self { gate: Mutex::new(None) })
    }

    /// One whose first lesson waits for a word.
    pub fn behind_gate() -> (SharedModel, mpsc::Sender<()>) {
        let (open, gate) = mpsc::channel();
        (Arc::new(Self { gate: Mutex::new(Some(gate)) }), open)
    }
}

impl LanguageModel for FakeModel {
    fn learn(&self, project: &Project) -> Result<Lesson, String> {
        if let Some(gate) = self.gate.lock().unwrap().take() {
            gate.recv().unwrap();
        }
        learned(project).map_err(|error| error.to_string())
    }

    fn forget(&self, project: &Project) -> Result<(), String> {
        let last = project.last_run().unwrap().unwrap();
        let from = self.learned_from(&last.record).ok_or("nothing learned")?;
        project.repeat_run(from).map_err(|error| error.to_string())
    }

    fn read(&self, text: &str) -> Result<Vec<f32>, String> {
        Ok(HashedEncoder::new(DIMENSIONS).encode(&[text], &mut |_| ()).unwrap().vectors.row(0).to_vec())
    }

    fn learned_from(&self, record: &str) -> Option<i64> {
        serde_json::from_str::<Value>(record).unwrap()["from"].as_i64()
    }
}

fn learned(project: &Project) -> Result<Lesson, StoreError> {
    let run = project.last_run()?.unwrap();
    let state = project.state()?;
    let decided = state.current().statements().count();
    let mut changed = 0;
    for one in &run.interviews {
        let (interview, count) = criteria(&one.stored.interview, state.current());
        changed += count;
        project.keep(&one.hash, "learned", &one.path, &Coded { interview, ..one.stored.clone() })?;
    }
    if decided > 0 && changed > 0 {
        let sources: Vec<RunSource> = run.interviews.iter().map(RunInterview::source).collect();
        project.keep_run("learned", &sources, &json!({ "from": run.id }).to_string(), &run.candidates)?;
    }
    Ok(Lesson { decided, changed })
}

/// The interview with criteria for open barriers, and how many there are.
fn criteria(interview: &CodedInterview, current: &Current) -> (CodedInterview, usize) {
    let mut learned = interview.clone();
    let mut changed = 0;
    let key = TranscriptKey::of(interview.transcript.text());
    for (statement, suggestion) in interview.statements.iter().zip(&mut learned.suggestions) {
        let open = current.statement(&StatementKey::new(&key, statement.span)).is_none();
        let barrier = suggestion.as_mut().filter(|suggestion| open && suggestion.primary_ring() == Some(Ring::Huerde));
        let Some(suggestion) = barrier else { continue };
        suggestion.rings.iter_mut().for_each(|ring| ring.suggested = ring.id == Ring::Kriterium);
        changed += 1;
    }
    (learned, changed)
}
