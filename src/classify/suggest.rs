//! Probabilities to suggestions.

use super::heads::{Heads, RouteLimits, Target};
use super::reason_span::reason_span;
use crate::codebook::Ring;
use crate::coding::{JobSuggestion, ReasonSuggestion, RingSuggestion, Route, Suggestion};

/// At most two rings are suggested, as in the manual.
const MOST_RINGS: usize = 2;

/// Turns the calibrated probabilities of one statement (in the order of [`Target::all`]) into a suggestion.
pub fn suggest(heads: &Heads, probabilities: &[f32], text: &str, job: Option<JobSuggestion>) -> Suggestion {
    let reason_p = probabilities[Target::Reason.index()];
    let reason_suggested = reason_p >= heads.head(Target::Reason).threshold;
    let mut suggestion = Suggestion {
        rings: ring_suggestions(heads, probabilities),
        reason: ReasonSuggestion {
            p: reason_p,
            suggested: reason_suggested,
            span: if reason_suggested { reason_span(text) } else { None },
        },
        job,
        route: Route::Review,
    };
    suggestion.route = route(&suggestion, &heads.route);
    suggestion
}

/// All six rings, the most probable first; of those above their threshold the two most probable are suggested.
fn ring_suggestions(heads: &Heads, probabilities: &[f32]) -> Vec<RingSuggestion> {
    let mut rings: Vec<RingSuggestion> = Ring::ALL
        .into_iter()
        .map(|id| {
            let p = probabilities[id.index()];
            RingSuggestion { id, p, suggested: p >= heads.head(Target::Ring(id)).threshold }
        })
        .collect();
    rings.sort_by(|a, b| b.p.total_cmp(&a.p));
    let mut left = MOST_RINGS;
    for ring in &mut rings {
        ring.suggested &= left > 0;
        left -= usize::from(ring.suggested);
    }
    rings
}

fn route(suggestion: &Suggestion, limits: &RouteLimits) -> Route {
    let limit = suggestion.primary_ring().map_or(limits.uncoded, |ring| limits.rings[ring.index()]);
    match limit {
        Some(limit) if suggestion.confidence() >= limit => Route::Auto,
        _ => Route::Review,
    }
}
