//! Lists of words, and where they come from: `lists/README.md`.

use std::collections::HashSet;
use std::sync::LazyLock;

/// First names of nine countries.
pub(super) static FIRST_NAMES: LazyLock<HashSet<String>> =
    LazyLock::new(|| lines(include_str!("lists/first-names.txt")));
/// Surnames of German-speaking countries and Turkey; far from all.
pub(super) static SURNAMES: LazyLock<HashSet<String>> = LazyLock::new(|| lines(include_str!("lists/surnames.txt")));
/// Towns of German-speaking countries with 1,000 people and more, cities of the world with 300,000 and more.
pub(super) static PLACES: LazyLock<HashSet<String>> = LazyLock::new(|| lines(include_str!("lists/places.txt")));

/// What stands before a person's name.
pub(super) const TITLES: [&str; 18] = [
    "herr",
    "herrn",
    "frau",
    "hr",
    "fr",
    "dr",
    "doktor",
    "doktorin",
    "prof",
    "professor",
    "professorin",
    "magister",
    "magista",
    "mag",
    "pfarrer",
    "pfarrerin",
    "familie",
    "fräulein",
];
/// What makes the word after *Frau* no name: *meine Frau Rechnungen schreibt*.
pub(super) const NOT_BEFORE_A_TITLE: [&str; 17] = [
    "mein", "meine", "meiner", "meinem", "meinen", "dein", "deine", "deiner", "sein", "seine", "seiner", "ihre",
    "ihrer", "eine", "einer", "keine", "jede",
];
/// What may stand between a title and a name, or begin a name with a capital.
pub(super) const PARTICLES: [&str; 7] = ["von", "van", "zu", "de", "di", "le", "la"];
/// What stands before the name of a company.
pub(super) const COMPANY_WORDS: [&str; 20] = [
    "firma",
    "firmen",
    "unternehmen",
    "anbieter",
    "anbieters",
    "hersteller",
    "herstellers",
    "lieferant",
    "lieferanten",
    "dienstleister",
    "dienstleisters",
    "konkurrent",
    "konkurrenten",
    "wettbewerber",
    "wettbewerbers",
    "software",
    "programm",
    "marke",
    "plattform",
    "portal",
];
/// Companies and papers that everybody knows, and that may stand where nothing else says that they are names.
pub(super) const KNOWN_COMPANIES: [&str; 52] = [
    "google",
    "microsoft",
    "amazon",
    "apple",
    "facebook",
    "linkedin",
    "youtube",
    "sap",
    "telekom",
    "vodafone",
    "siemens",
    "bosch",
    "daimler",
    "mercedes",
    "volkswagen",
    "bmw",
    "audi",
    "porsche",
    "basf",
    "bayer",
    "thyssenkrupp",
    "lufthansa",
    "dhl",
    "dpd",
    "datev",
    "oracle",
    "salesforce",
    "ibm",
    "axa",
    "raiffeisen",
    "raika",
    "commerzbank",
    "handelsblatt",
    "rewe",
    "edeka",
    "aldi",
    "lidl",
    "kaufland",
    "obi",
    "ikea",
    "hilti",
    "würth",
    "festo",
    "zeiss",
    "henkel",
    "miele",
    "philips",
    "samsung",
    "sony",
    "toyota",
    "linde",
    "jungheinrich",
];
/// How nouns end that are no names, however rare they are: *Profitabilität*, *Abtauung*.
pub(super) const ENDS_OF_NOUNS: [&str; 12] =
    ["tät", "täten", "ung", "ungen", "keit", "keiten", "heit", "heiten", "schaft", "schaften", "tion", "tionen"];
/// What makes a word of a name: *der Lindnersche Vertrag*.
pub(super) const ENDS_OF_NAMES: [&str; 5] = ["sche", "schen", "scher", "sches", "schem"];
/// What stands after the name of a company.
pub(super) const LEGAL_FORMS: [&str; 16] = [
    "gmbh", "mbh", "ag", "kg", "kgaa", "ohg", "se", "ug", "eg", "gbr", "ltd", "inc", "bv", "holding", "gruppe", "group",
];
/// What stands between a name and *Call me so*: *eine Firma, die Hebra heißt*.
pub(super) const CALLED: [&str; 7] = ["heißt", "heißen", "hieß", "heißt's", "namens", "nennt", "haaßt"];
/// What stands before places more often than before anything else that is capitalised and unknown.
pub(super) const BEFORE_PLACES: [&str; 10] =
    ["in", "nach", "aus", "zwischen", "bis", "um", "richtung", "raum", "us", "no"];
/// What stands before men.
pub(super) const BEFORE_PERSONS: [&str; 9] = ["der", "den", "dem", "vom", "beim", "da", "dr", "dn", "vonner"];
/// What stands before companies, and before persons.
pub(super) const BEFORE_COMPANIES: [&str; 7] = ["bei", "von", "mit", "gegen", "für", "zu", "die"];
/// What stands before nouns and seldom before companies.
pub(super) const DETERMINERS: [&str; 40] = [
    "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "eines", "kein", "keine",
    "keinen", "im", "am", "vom", "zum", "zur", "beim", "ins", "ans", "aufs", "fürs", "dieser", "diese", "dieses",
    "jede", "jeder", "jedes", "so", "viel", "mehr", "alle", "wie", "de", "a", "an", "e",
];
/// What somebody does who acts.
pub(super) const ACTS: [&str; 16] = [
    "hat",
    "hatte",
    "hätte",
    "haben",
    "hatten",
    "hätten",
    "wollte",
    "wollten",
    "lag",
    "lagen",
    "bot",
    "kam",
    "konnte",
    "verlangte",
    "schickte",
    "war",
];
/// How names of places end.
pub(super) const ENDS_OF_PLACES: [&str; 34] = [
    "straße", "strasse", "gasse", "allee", "kai", "burg", "hausen", "heim", "ingen", "dorf", "stadt", "leben", "rode",
    "berg", "tal", "bach", "feld", "kirchen", "hofen", "walde", "brück", "furt", "büttel", "stedt", "born", "hagen",
    "scheid", "kirch", "wald", "beck", "horst", "münde", "felde", "trop",
];
/// Labels of speakers that name nobody.
pub(super) const ROLES: [&str; 23] = [
    "interviewer",
    "interviewerin",
    "interviewpartner",
    "interviewpartnerin",
    "befragter",
    "befragte",
    "befragtes",
    "sprecher",
    "sprecherin",
    "speaker",
    "moderator",
    "moderatorin",
    "moderation",
    "person",
    "teilnehmer",
    "teilnehmerin",
    "int",
    "unbekannt",
    "unknown",
    "kunde",
    "kundin",
    "antwort",
    "frage",
];
/// Fields of the metadata that hold names of persons.
pub(super) const PERSON_FIELDS: [&str; 12] = [
    "interviewee",
    "participants",
    "interviewer",
    "interviewerin",
    "interviewt von",
    "moderation",
    "moderator",
    "moderatorin",
    "transcriber",
    "code",
    "name",
    "ansprechpartner",
];
/// Fields of the metadata that hold names of files; these say more than anybody looks at.
pub(super) const FILE_FIELDS: [&str; 2] = ["file", "transcript"];
/// The field of the metadata that holds the company.
pub(super) const COMPANY_FIELD: &str = "company";

fn lines(list: &str) -> HashSet<String> {
    list.lines().map(str::to_lowercase).collect()
}
