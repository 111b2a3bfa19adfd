//! Tags and entities in subtitles and web pages.

use std::borrow::Cow;
use std::sync::LazyLock;

use quick_xml::escape::{resolve_html5_entity, unescape};
use regex::{Captures, Regex};

use super::stamps::pattern;

static ENTITY: LazyLock<Regex> = LazyLock::new(|| pattern(r"&(#?[A-Za-z0-9]{1,31});"));

/// Tags of WebVTT and SubRip: voices, styles, languages, times of words. Anything else in `<…>` is text.
static TAG: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)</?(?:v|c|i|b|u|s|ruby|rt|lang|font)(?:[.\s][^<>]*)?>|<(?:\d+:)?\d{2}:\d{2}\.\d{3}>|\{\\an?\d\}")
});

/// Replaces entities (`&amp;`, `&auml;`, `&#39;`); what is none stays as it is.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    ENTITY.replace_all(text, |found: &Captures<'_>| {
        let resolved = match resolve_html5_entity(&found[1]) {
            Some(text) => Some(text.to_owned()),
            None => unescape(&found[0]).ok().map(Cow::into_owned),
        };
        resolved.unwrap_or_else(|| found[0].to_owned())
    })
}

/// The words of a cue.
pub(super) fn plain(text: &str) -> String {
    decode(&TAG.replace_all(text, "")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_entities_and_keeps_the_rest() {
        assert_eq!(
            decode("R&amp;D &lt;3 &uuml;ber &#39;n &#x41; &unbekannt; A & B;"),
            "R&D <3 über 'n A &unbekannt; A & B;"
        );
        assert_eq!(plain("<v Eva>Ja <i>klar</i> <00:00:01.000><c.rot>x < 3 <Firma></c>"), "Ja klar x < 3 <Firma>");
    }
}
