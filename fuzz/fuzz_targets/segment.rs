//! Any turn, cut by rules and wherever a model might say so: nothing is lost, doubled, reordered or torn.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use ringwerk::scores::StatementEnd;
use ringwerk::segment::{Units, fault, spans, spans_at};

#[derive(Arbitrary, Debug)]
struct Turn<'a> {
    text: &'a str,
    ends: Vec<(u16, u8)>,
}

fuzz_target!(|turn: Turn| {
    for units in [Units::Sentence, Units::Statement, Units::Turn] {
        assert_eq!(fault(turn.text, &spans(turn.text, units)), None, "{units:?}");
    }
    let mut ends: Vec<StatementEnd> =
        turn.ends.iter().map(|&(at, p)| StatementEnd { at: usize::from(at), p: f32::from(p) / 255.0 }).collect();
    ends.sort_by_key(|end| end.at);
    assert_eq!(fault(turn.text, &spans_at(turn.text, &ends, 0.5)), None, "where a model says so");
});
