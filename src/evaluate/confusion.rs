//! Which rings are most often taken for which, with statements that show it.

use serde::Serialize;

use crate::codebook::Ring;
use crate::coding::Suggestion;
use crate::gold::{Code, Gold};

/// How many confusions are listed.
const LISTED: usize = 6;
/// How many statements are shown for each.
const EXAMPLES: usize = 2;

/// One primary ring taken for another; `None` is "no ring".
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Confusion {
    /// What the coder gave.
    pub gold: Option<Ring>,
    /// What the engine suggests.
    pub found: Option<Ring>,
    /// How often.
    pub count: usize,
    /// Statements where it happened, from different interviews, the engine's surest first.
    pub examples: Vec<Example>,
}

/// A statement shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Example {
    /// Its interview.
    pub transcript: String,
    /// Its number there, from 1.
    pub n: usize,
    /// What was said.
    pub text: String,
    /// How sure the engine was, in [0, 1].
    pub confidence: f32,
}

/// A respondent's statement with everything that the list needs.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// Its interview.
    pub gold: &'a Gold,
    /// Its index there.
    pub index: usize,
    /// What the coder gave.
    pub code: &'a Code,
    /// What the engine suggests.
    pub suggestion: &'a Suggestion,
}

/// The most frequent confusions.
pub fn confusions(seen: &[Seen]) -> Vec<Confusion> {
    let classes = || Ring::ALL.into_iter().map(Some).chain([None]);
    let pairs = classes().flat_map(|gold| classes().map(move |found| (gold, found)));
    let mut all: Vec<Confusion> = pairs
        .filter(|(gold, found)| gold != found)
        .map(|(gold, found)| {
            let wanted = |one: &&Seen| one.code.rings.primary() == gold && one.suggestion.primary_ring() == found;
            let cases: Vec<&Seen> = seen.iter().filter(wanted).collect();
            Confusion { gold, found, count: cases.len(), examples: examples(cases) }
        })
        .collect();
    all.sort_by_key(|confusion| std::cmp::Reverse(confusion.count));
    all.truncate(LISTED);
    all.retain(|confusion| confusion.count > 0);
    all
}

fn examples(mut cases: Vec<&Seen>) -> Vec<Example> {
    cases.sort_by(|a, b| b.suggestion.confidence.total_cmp(&a.suggestion.confidence));
    let mut shown: Vec<Example> = Vec::new();
    for case in cases {
        let transcript = &case.gold.transcript;
        if shown.len() < EXAMPLES && shown.iter().all(|one| one.transcript != transcript.id) {
            shown.push(Example {
                transcript: transcript.id.clone(),
                n: case.index + 1,
                text: case.gold.statements[case.index].span.of(transcript.text()).to_owned(),
                confidence: case.suggestion.confidence,
            });
        }
    }
    shown
}
