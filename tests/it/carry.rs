//! Decisions when transcripts change: found again word for word, or told of as lost.

use std::collections::BTreeSet;

use proptest::prelude::*;
use ringwerk::coding::*;
use ringwerk::text::ByteSpan;
use ringwerk::transcript::{Statement, Transcript};

use crate::decisions::{entry, interview};

/// Statements from few words, so that many are alike.
fn sentences() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("(ja|ö|gut so){1,2}", 0..12)
}

fn laid_out(sentences: &[String]) -> (String, Vec<ByteSpan>) {
    let (mut text, mut spans) = (String::new(), Vec::new());
    for sentence in sentences {
        spans.push(ByteSpan::new(text.len(), text.len() + sentence.len()));
        text += sentence;
        text.push(' ');
    }
    (text, spans)
}

proptest! {
    #[test]
    fn what_is_found_again_has_the_same_words_and_is_found_once(old in sentences(), new in sentences()) {
        let ((old_text, old), (new_text, new)) = (laid_out(&old), laid_out(&new));
        let fates = fates(&old_text, &old, &new_text, &new);
        prop_assert_eq!(fates.len(), old.len());
        let found: Vec<ByteSpan> = fates.iter().filter_map(|fate| fate.span()).collect();
        prop_assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), found.len());
        for (fate, span) in fates.iter().zip(&old) {
            match fate {
                Fate::Kept(place) => prop_assert!(place == span && place.of(&new_text) == span.of(&old_text)),
                Fate::Moved(place) => prop_assert!(place != span && place.of(&new_text) == span.of(&old_text)),
                Fate::Lost => {}
            }
            prop_assert!(fate.span().is_none_or(|place| new.contains(&place)));
        }
    }

    #[test]
    fn nothing_moves_in_an_unchanged_text(old in sentences()) {
        let (text, spans) = laid_out(&old);
        let kept: Vec<Fate> = spans.iter().map(|span| Fate::Kept(*span)).collect();
        prop_assert_eq!(fates(&text, &spans, &text, &spans), kept);
    }

    /// Text that is put in front moves everything, and statements that stand there once are all found.
    #[test]
    fn single_statements_are_found_wherever_they_are(count in 1..20usize, front in "x{1,9} ") {
        let sentences: Vec<String> = (0..count).map(|number| format!("Satz {number}.")).collect();
        let (text, spans) = laid_out(&sentences);
        let moved: Vec<ByteSpan> = spans.iter().map(|span| span.shifted(front.len())).collect();
        let found = fates(&text, &spans, &(front + &text), &moved);
        prop_assert_eq!(found, moved.into_iter().map(Fate::Moved).collect::<Vec<_>>());
    }
}

fn named(text: &[&str]) -> Vec<String> {
    text.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn neighbours_tell_statements_of_the_same_words_apart() {
    let (old_text, old) = laid_out(&named(&["A", "ja", "B", "ja", "C"]));
    let (new_text, new) = laid_out(&named(&["vorab", "A", "ja", "B", "ja", "C"]));
    let moved: Vec<Fate> = new[1..].iter().map(|span| Fate::Moved(*span)).collect();
    assert_eq!(fates(&old_text, &old, &new_text, &new), moved);
    let (new_text, new) = laid_out(&named(&["vorab", "ja", "und", "ja"]));
    assert_eq!(fates(&old_text, &old, &new_text, &new)[1], Fate::Lost);
}

fn decided(transcript: &Transcript, statements: &[Statement]) -> State {
    let mut state = State::default();
    let key = TranscriptKey::of(transcript.text());
    for statement in state.current().shaped(transcript, statements) {
        let comment = Verdict::Comment(statement.span.of(transcript.text()).to_owned());
        let statement = StatementKey::new(&key, statement.span);
        let decision = Decision::Statement { statement, verdict: comment, shown: None };
        state.apply(entry(&state, "Anna", Action::Decide(vec![decision]))).unwrap();
    }
    state
}

proptest! {
    /// Whatever changes: each decision is about the words that it was about, or is told of as lost, and none is gone.
    #[test]
    fn no_decision_is_dropped_or_put_to_other_words(old in sentences(), new in sentences(), both in sentences()) {
        let turns = |sentences: [&Vec<String>; 2]| sentences.map(|part| part.join(". ")).to_vec();
        let laid_out = |turns: Vec<String>| interview(&turns.iter().map(String::as_str).collect::<Vec<_>>());
        let (old, old_statements) = laid_out(turns([&old, &both]));
        let (new, new_statements) = laid_out(turns([&new, &both]));
        let mut state = decided(&old, &old_statements);
        let versions = [(&old, &old_statements), (&new, &new_statements)]
            .map(|(transcript, statements)| Version { transcript, statements });
        let over = state.current().carry_over(versions[0], versions[1]);
        let before = state.current().statements().count();
        prop_assert_eq!(over.kept.len() + over.moved.len() + over.lost.len(), before);
        if let Some(decision) = over.decision {
            state.apply(entry(&state, "ringwerk", Action::Decide(vec![decision]))).unwrap();
        }
        prop_assert_eq!(state.current().statements().count(), before);
        for (statement, decided) in state.current().statements() {
            let text = if statement.transcript == TranscriptKey::of(new.text()) { new.text() } else { old.text() };
            prop_assert_eq!(&decided.comment.as_ref().unwrap().value, statement.span.of(text));
        }
        prop_assert!(over.lost.iter().all(|lost| state.current().statement(lost).is_some()));
    }
}

/// Every comment repeats the words that it is about, so that it can be seen whether it still is.
#[test]
fn decisions_follow_their_words_into_a_changed_text() {
    let (old, old_statements) = interview(&["Erst war Ruhe. Dann stand alles still.", "Ja. Der Preis zählte."]);
    let (new, new_statements) =
        interview(&["Ein Satz davor.", "Erst war Ruhe. Dann stand alles still.", "Ja. Der Preis zählte kaum."]);
    let mut state = decided(&old, &old_statements);
    let (key, new_key) = (TranscriptKey::of(old.text()), TranscriptKey::of(new.text()));
    let more = vec![
        Decision::merge(&key, &old_statements[0], &old_statements[1]).unwrap(),
        Decision::TurnSpeaker { turn: StatementKey::new(&key, old.turns()[0].span), speaker: "B2".into() },
    ];
    state.apply(entry(&state, "Anna", Action::Decide(more))).unwrap();
    let merged = StatementKey::new(&key, state.current().shaped(&old, &old_statements)[0].span);
    let comment = Verdict::Comment(merged.span.of(old.text()).to_owned());
    let on_merged = Decision::Statement { statement: merged, verdict: comment, shown: None };
    state.apply(entry(&state, "Anna", Action::Decide(vec![on_merged]))).unwrap();

    let versions = [(&old, &old_statements), (&new, &new_statements)]
        .map(|(transcript, statements)| Version { transcript, statements });
    let over = state.current().carry_over(versions[0], versions[1]);
    let text = |key: &StatementKey| key.span.of(old.text()).to_owned();
    assert_eq!(
        over.lost.iter().map(text).collect::<Vec<_>>(),
        ["Erst war Ruhe.", "Dann stand alles still.", "Der Preis zählte."]
    );
    assert!(over.kept.is_empty());
    state.apply(entry(&state, "ringwerk", Action::Decide(vec![over.decision.unwrap()]))).unwrap();

    let shaped = state.current().shaped(&new, &new_statements);
    let said: Vec<&str> = shaped.iter().map(|statement| statement.span.of(new.text())).collect();
    assert_eq!(said[1], "Erst war Ruhe. Dann stand alles still.");
    let mut carried = 0;
    for statement in &shaped {
        if let Some(decided) = state.current().statement(&StatementKey::new(&new_key, statement.span)) {
            assert_eq!(decided.comment.as_ref().unwrap().value, statement.span.of(new.text()));
            assert_eq!(decided.comment.as_ref().unwrap().by.who, "Anna");
            carried += 1;
        }
    }
    assert_eq!(carried, over.moved.len());
    assert_eq!(state.current().with_speakers(&new).turns()[1].speaker, 1);
    for lost in &over.lost {
        assert!(state.current().statement(lost).is_some(), "what is lost stays in the log");
    }
    let again = state.current().carry_over(versions[0], versions[1]);
    assert_eq!((again.decision, again.lost), (None, over.lost));
}

#[test]
fn a_statement_that_is_cut_otherwise_now_is_told_of() {
    let (transcript, statements) = interview(&["Erst war Ruhe. Dann stand alles still."]);
    let state = decided(&transcript, &statements);
    let whole = ringwerk::segment::segment(&transcript, ringwerk::segment::Units::Turn);
    let (old, new) = (&statements, &whole);
    let version = |statements| Version { transcript: &transcript, statements };
    let over = state.current().carry_over(version(old), version(new));
    assert_eq!((over.decision, over.kept.len(), over.lost.len()), (None, 0, 2));
    let over = state.current().carry_over(version(old), version(old));
    assert_eq!((over.decision, over.kept.len(), over.lost.len()), (None, 2, 0));
}

/// The same words elsewhere in an unchanged text are another statement.
#[test]
fn nothing_moves_within_a_text() {
    let (transcript, statements) = interview(&["Ja. Gut so.", "Ja. Gut so."]);
    let whole = ringwerk::segment::segment(&transcript, ringwerk::segment::Units::Turn);
    let (before, after) = ([statements[0], whole[1]], [whole[0], statements[2]]);
    let state = decided(&transcript, &before[..1]);
    let version = |statements| Version { transcript: &transcript, statements };
    let over = state.current().carry_over(version(&before), version(&after));
    assert_eq!((over.moved.len(), over.lost.len()), (0, 1));
}
