//! A text with other words in some places, and where everything else lies then.

use crate::text::ByteSpan;

/// A place in a text and what shall stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) span: ByteSpan,
    pub(super) to: String,
}

/// A text in which changes were made.
#[derive(Debug, Clone)]
pub(super) struct Rewritten<'a> {
    pub(super) text: String,
    changes: &'a [Change],
}

impl<'a> Rewritten<'a> {
    /// Makes changes, given in order and without overlaps.
    pub(super) fn new(text: &str, changes: &'a [Change]) -> Self {
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for change in changes {
            out += &text[done..change.span.start];
            out += &change.to;
            done = change.span.end;
        }
        out += &text[done..];
        Self { text: out, changes }
    }

    /// Where a position of the old text lies in the new one; one inside of what was replaced lies behind it now.
    pub(super) fn at(&self, old: usize) -> usize {
        let mut new = old;
        for Change { span, to } in self.changes.iter().take_while(|change| change.span.start < old) {
            new = new + to.len() + span.end.saturating_sub(old) - span.len();
        }
        new
    }

    /// Where a span of the old text lies in the new one.
    pub(super) fn moved(&self, old: ByteSpan) -> ByteSpan {
        ByteSpan::new(self.at(old.start), self.at(old.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn changes(text: &str, names: &[(&str, &str)]) -> Vec<Change> {
        let one = |(name, to): &(&str, &str)| {
            let start = text.find(name).unwrap();
            Change { span: ByteSpan::new(start, start + name.len()), to: (*to).to_owned() }
        };
        names.iter().map(one).collect()
    }

    #[test]
    fn what_lies_between_and_behind_changes_is_found_again() {
        let text = "Herr Noack hat Übles über Priebe gesagt.";
        let changes = changes(text, &[("Noack", "[Person A]"), ("Priebe", "[B]")]);
        let new = Rewritten::new(text, &changes);
        assert_eq!(new.text, "Herr [Person A] hat Übles über [B] gesagt.");
        for (old, expected) in [("hat Übles", "hat Übles"), ("Noack hat", "[Person A] hat"), ("gesagt.", "gesagt.")] {
            let start = text.find(old).unwrap();
            assert_eq!(new.moved(ByteSpan::new(start, start + old.len())).of(&new.text), expected);
        }
        assert_eq!(&new.text[new.at(text.find("ack").unwrap())..][..4], " hat", "inside a name: behind it");
    }

    proptest! {
        #[test]
        fn positions_keep_their_order_and_their_words(parts in prop::collection::vec(("[a-zäö ]{0,6}", "[A-Z]{1,5}", "[x-z]{0,9}"), 0..6)) {
            let mut text = String::new();
            let mut changes = Vec::new();
            for (before, name, to) in &parts {
                text += before;
                changes.push(Change { span: ByteSpan::new(text.len(), text.len() + name.len()), to: to.clone() });
                text += name;
            }
            let new = Rewritten::new(&text, &changes);
            let places: Vec<usize> = (0..=text.len()).map(|old| new.at(old)).collect();
            prop_assert!(places.is_sorted());
            prop_assert_eq!(*places.last().unwrap(), new.text.len());
            let mut at = 0;
            for (before, name, _) in &parts {
                prop_assert_eq!(new.moved(ByteSpan::new(at, at + before.len())).of(&new.text), before.as_str());
                at += before.len() + name.len();
            }
        }
    }
}
