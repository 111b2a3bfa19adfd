//! Flat tables of the small words and verbs by which the beginning of a main clause is known.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a word can be; one word can be several things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Kinds(u16);

impl Kinds {
    /// A finite verb, as people use them when they tell something.
    pub const FINITE: Self = Self(1);
    /// Opens a subordinate clause.
    pub const SUBORDINATOR: Self = Self(1 << 1);
    /// Joins clauses and words of one kind.
    pub const COORDINATOR: Self = Self(1 << 2);
    /// A preposition that is nothing else.
    pub const PREPOSITION: Self = Self(1 << 3);
    /// A preposition that can also be the last word of a clause ("den sehen wir uns an").
    pub const PARTICLE: Self = Self(1 << 4);
    /// An article, also as pronoun.
    pub const ARTICLE: Self = Self(1 << 5);
    /// Another word before a noun.
    pub const DETERMINER: Self = Self(1 << 6);
    /// A personal pronoun as subject.
    pub const SUBJECT: Self = Self(1 << 7);
    /// An adverb that takes the place before the verb.
    pub const ADVERB: Self = Self(1 << 8);
    /// Before a verb it almost always opens a new main clause.
    pub const CLEAR: Self = Self(1 << 9);

    /// Goes on with a new clause where a coordinator may also only add a word.
    pub const CONNECTIVE: Self = Self(1 << 10);

    /// What `word` can be. Capitals make no difference, but for verbs: those in capitals are nouns.
    pub fn of(word: &str) -> Self {
        if word.len() > LONGEST {
            return Self::default();
        }
        if !word.starts_with(char::is_uppercase) {
            return KINDS.get(word).copied().unwrap_or_default();
        }
        let kinds = KINDS.get(word.to_lowercase().as_str()).copied().unwrap_or_default();
        Self(kinds.0 & !Self::FINITE.0)
    }

    /// Whether the word is any of `others`.
    pub fn is(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// Either of the two.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// No word of the tables has more bytes.
const LONGEST: usize = 14;

static KINDS: LazyLock<HashMap<&str, Kinds>> = LazyLock::new(|| {
    let mut kinds: HashMap<&str, Kinds> = HashMap::new();
    for (kind, table) in TABLES {
        for word in table.split_whitespace() {
            let known = kinds.entry(word).or_default();
            *known = known.or(kind);
        }
    }
    kinds
});

const TABLES: [(Kinds, &str); 11] = [
    (Kinds::FINITE, FINITE),
    (Kinds::SUBORDINATOR, SUBORDINATORS),
    (Kinds::COORDINATOR, COORDINATORS),
    (Kinds::PREPOSITION, PREPOSITIONS),
    (Kinds::PARTICLE, PARTICLES),
    (Kinds::ARTICLE, ARTICLES),
    (Kinds::DETERMINER, DETERMINERS),
    (Kinds::SUBJECT, SUBJECTS),
    (Kinds::ADVERB, ADVERBS),
    (Kinds::CLEAR, CLEAR),
    (Kinds::CONNECTIVE, "aber und"),
];

const SUBORDINATORS: &str = "als bevor bis damit dass falls nachdem ob obwohl seit sobald sodass solange wann warum was \
    weil welche welcher welches wenn wer wie wo während";
const COORDINATORS: &str = "aber denn doch oder sondern und";
const PREPOSITIONS: &str = "am bei beim für gegen im in ins ohne unter vom von zum zur zwischen über";
const PARTICLES: &str = "ab an auf aus durch ein los mit nach raus rein rum um vor zu";
const ARTICLES: &str = "das dem den der des die";
const DETERMINERS: &str = "dem den diese diesem diesen dieser dieses ein eine einem einen einer eines ihr ihre ihren jede \
    jeden jeder jedes kein keine keinem keinen keiner mein meine meinem meinen meiner sein seine seinen unser unsere \
    unserem unseren unserer";
const SUBJECTS: &str = "du er es ich ihr man sie wir";
const ADVERBS: &str = "also da dabei dafür damals damit danach dann daraufhin darum dazu deshalb deswegen dort heute hier \
    hinterher inzwischen jetzt mittlerweile nun so später trotzdem vorher";
const CLEAR: &str = "also da du ich man wir";
const FINITE: &str = "arbeiten arbeitet bauen baut baute bekam bekommen bekommt bestand bestanden bietet bin bist bleiben bleibt \
    blieb blieben bot boten brachte brachten brauchen braucht brauchte brauchten bringt dachte dachten darf \
    dauert dauerte denk denkt durfte durften dürfen entschied entschieden erwartet erzählt erzählte fallen fand \
    fanden fehlt fehlte fiel fielen find finde fing fragt fragte freut freute fuhr fuhren fährt fällt fängt \
    führt führte gab gaben galt gehen geht gehören gehört gehörte gewann gibt gilt ging gingen glaub glaube hab \
    habe haben habt half ham han hast hat hats hatt hatte hatten heiß heißt hend hent hielt hielten hieß hilft \
    hing hingen hob hält hängt hätt hätte hätten hätts hör hört hörte interessiert interessierte is isch ist kam \
    kamen kann kenn kenne kennt kimmt kommen kommt konnt konnte konnten kosten kostet kostete kriegen kriegt \
    kriegte können könnte könnten lacht lachte lag lagen lassen laufen legen legt legte lernt lernte lief liefen \
    lieg liegen liegt ließ ließen lässt läuft mach machen macht machte machten mag meint meinte meinten merken \
    merkt merkte muss musst musste mussten möchte möchten mögen müssen müsste müssten nahm nahmen nehmen nimmt \
    nutzen nutzt nutzte passt passte rechnet rechnete rede redet reicht reichte rief riefen riet ruft rät sag \
    sagen sagt sagte sagten sah sahen san saß saßen schaffen schafft schaffte schaut schaute schauten scheiterte \
    schickt schickte schlug schlägt schreibt schrieb setzen setzt setzte sieht sind sitzen sitzt soll sollen \
    sollt sollte sollten spielt spielte sprach sprachen spricht stand standen steckt steckte stehen steht stellt \
    stellte stimmt stimmte tat tippen tippt tippte traf trafen tragen trat treten trifft trinkt tritt trägt tut \
    verkaufen verkauft verkaufte verlor verstehe versteht war waren warten wartet wartete weiß werden will wird \
    wirkt wirkte wissen wollen wollt wollte wollten wurde wurden wusste wussten wär wäre wären würd würde würden \
    zahlen zahlt zeigt zeigte zieht zog zogen zählt zählte ändert änderte ärgert ärgerte überzeugt überzeugte";
