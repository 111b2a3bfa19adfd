//! Where respondents say that they informed themselves: by words that name such a source.

use std::sync::LazyLock;

use regex::Regex;

use super::voices::Voices;
use crate::error::Tongue;

/// A kind of source.
struct Source {
    german: &'static str,
    english: &'static str,
    /// Words by which it is known, without regard to capitals.
    words: &'static str,
}

/// The kinds of sources, in the order in which equally frequent ones are shown.
const SOURCES: [Source; 11] = [
    Source {
        german: "Kollegen, Bekannte, andere Betriebe",
        english: "Peers, acquaintances, other companies",
        words: r"kolleg\w+|bekannte[nr]?|nachbarbetrieb\w*|stammtisch\w*|erfa\w*|erfahrungsaustausch\w*|hörensagen|mundpropaganda",
    },
    Source { german: "Empfehlung", english: "Recommendation", words: r"empfehlung\w*|empfohlen|weiterempf\w+" },
    Source {
        german: "Referenzkunden, Besichtigung",
        english: "Reference customers, visits",
        words: r"referenz\w*|besichtig\w+|betriebsbesichtigung\w*|probebetrieb\w*|musterhaus\w*",
    },
    Source {
        german: "Messe",
        english: "Trade fair",
        words: r"messe|messen|messestand|fachmesse\w*|hausmesse\w*|leitmesse\w*",
    },
    Source {
        german: "Internet und Suche",
        english: "Internet and search",
        words: r"internet\w*|google\w*|gegoogelt|online|webseite\w*|website\w*|homepage\w*|youtube\w*|vergleichsportal\w*",
    },
    Source {
        german: "Verband, Kammer, Innung",
        english: "Association, chamber, guild",
        words: r"\w*verband\w*|\w*verbände\w*|innung\w*|kammer|handwerkskammer\w*|handelskammer\w*|ihk|berufsgenossenschaft\w*",
    },
    Source {
        german: "Fachpresse und Veröffentlichungen",
        english: "Trade press and publications",
        words: r"fachzeitschrift\w*|fachpresse\w*|zeitschrift\w*|fachartikel\w*|whitepaper\w*|newsletter\w*|testbericht\w*",
    },
    Source {
        german: "Seminare, Vorträge, Webinare",
        english: "Seminars, talks, webinars",
        words: r"seminar\w*|webinar\w*|vortrag|vorträge\w*|schulung\w*|tagung\w*|kongress\w*|fortbildung\w*",
    },
    Source {
        german: "Berater, Planer, Steuerberater",
        english: "Consultants, planners, tax advisers",
        words: r"berater\w*|unternehmensberat\w*|energieberat\w*|planungsbüro\w*|ingenieurbüro\w*|steuerberat\w*|gutachter\w*|architekt\w*",
    },
    Source {
        german: "Händler, Vertrieb, Hersteller",
        english: "Dealers, sales, manufacturers",
        words: r"händler\w*|fachhändler\w*|außendienst\w*|vertreter\w*|vertriebler\w*|systemhaus\w*|lieferant\w*",
    },
    Source {
        german: "Soziale Medien",
        english: "Social media",
        words: r"linkedin\w*|xing\w*|facebook\w*|instagram\w*|forum|foren",
    },
];

static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let pattern = |source: &Source| Regex::new(&format!(r"(?i)\b(?:{})\b", source.words));
    SOURCES.iter().map(|source| pattern(source).expect("a pattern written in this program compiles")).collect()
});

/// The sources that somebody names, the one of most interviews first, each with what was said.
pub(super) fn sources<'a>(told: &Voices<'a>, tongue: Tongue) -> Vec<(&'static str, Voices<'a>)> {
    let named = SOURCES.iter().zip(PATTERNS.iter()).map(|(source, pattern)| {
        let names = told.clone().retain(|voice| pattern.is_match(voice.quote.interview.text(voice.quote.statement)));
        (tongue.pick(source.german, source.english), names)
    });
    let mut named: Vec<_> = named.filter(|(_, voices)| !voices.is_empty()).collect();
    named.sort_by_key(|(_, voices)| std::cmp::Reverse(voices.interviews()));
    named
}
