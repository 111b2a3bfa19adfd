//! Flat tables for the full stop that ends no sentence.

/// Abbreviations that always need something after them. Written as they are printed, without the last full stop.
#[rustfmt::skip]
const OPEN: &[&str] = &[
    // Titles and forms of address
    "Ass", "Dipl", "Dir", "Dr", "Dres", "Fa", "Fam", "Frl", "Gebr", "Hr", "Hrn", "Ing", "Lic", "Mag", "Mr", "Mrs", "Ms", "PD",
    "Priv", "Prof", "Rer", "Sr", "Sta", "St", "Ste", "dipl", "habil", "jur", "med", "nat", "oec", "phil", "pol", "rer",
    "theol", "vet",
    // Connectives
    "a", "abzgl", "allg", "bes", "bspw", "bzgl", "bzw", "ca", "d", "d.h", "einschl", "entspr", "erg", "evtl", "exkl", "ggf",
    "ggfs", "i.d.R", "i.H.v", "i.S.d", "i.V.m", "inkl", "insb", "insbes", "jew", "m.E", "n.a", "o.g", "p.a", "resp",
    "s.o", "s.u", "sog", "u.U", "v.a", "verm", "vgl", "vs", "z.B", "z.T", "z.Z", "z.Zt", "zB", "zus", "zzgl", "zT",
    // Numbers, measures, places in a text
    "Abb", "Anm", "Aufl", "Bd", "Best", "Bl", "Hrsg", "Jg", "Kap", "Nr", "Nrn", "Tab", "Tel", "Ziff", "Zit", "ausg",
    "geb", "gegr", "gest", "hrsg", "max", "min", "mind", "tel", "verh", "Übers",
    // Beliefs, languages, origin
    "altgr", "amerik", "brit", "dt", "engl", "ev", "evang", "frz", "griech", "hebr", "ital", "jap", "kath", "lat",
    "niederl", "prot", "röm", "russ", "span", "urspr", "österr",
    // Offices and firms
    "Bez", "Kfm", "Kffr", "Kto", "Kz", "Reg", "Verw", "kfm", "techn", "wiss",
];

/// Abbreviations that can also be the last word of a sentence.
#[rustfmt::skip]
const CLOSING: &[&str] = &[
    "Chr", "Co", "Corp", "Inc", "Jh", "Jhd", "Jhdt", "Jr", "Ltd", "Mill", "Min", "Mio", "Mrd", "Sek", "Std", "Str", "Tsd",
    "allj", "dgl", "etc", "f", "ff", "jr", "o.ä", "o.Ä", "u.a", "u.ä", "u.Ä", "usf", "usw", "uvm", "u.v.m", "str",
];

/// Abbreviations only before a number: as words they end sentences ("diese Art.").
const BEFORE_NUMBER: &[&str] = &["Abs", "Art", "Fig", "Los", "No", "Par", "Pos", "S", "Seite", "Stk", "Z"];

/// Months, in full and short: a number before one is a day.
#[rustfmt::skip]
const MONTHS: &[&str] = &[
    "Jan", "Januar", "Jänner", "Feb", "Februar", "Feber", "März", "Mär", "Apr", "April", "Mai", "Jun", "Juni", "Jul",
    "Juli", "Aug", "August", "Sep", "Sept", "September", "Okt", "Oktober", "Nov", "November", "Dez", "Dezember",
];

/// Short months, which take a full stop.
#[rustfmt::skip]
const SHORT_MONTHS: &[&str] =
    &["Jan", "Feb", "Mär", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Okt", "Nov", "Dez"];

/// Words in capitals that open a sentence more likely than they follow an abbreviation or an ordinal number: no nouns.
#[rustfmt::skip]
const OPENERS: &[&str] = &[
    "Aber", "Alle", "Alles", "Allerdings", "Als", "Also", "Am", "An", "Andere", "Anfang", "Anschließend", "Auch", "Auf",
    "Aus", "Außerdem", "Bei", "Beim", "Beide", "Bis", "Bisher", "Da", "Dabei", "Dadurch", "Dafür", "Dagegen", "Daher",
    "Damals", "Damit", "Danach", "Daneben", "Dann", "Daran", "Darauf", "Daraufhin", "Darin", "Darum", "Darunter",
    "Das", "Dass", "Davon", "Davor", "Dazu", "Dem", "Den", "Denn", "Der", "Des", "Deshalb", "Deswegen", "Die", "Dies", "Diese",
    "Diesem", "Diesen", "Dieser", "Dieses", "Doch", "Dort", "Du", "Durch", "Ein", "Eine", "Einem", "Einen", "Einer",
    "Eines", "Einige", "Er", "Erst", "Es", "Etwa", "Für", "Ganz", "Gegen", "Genau", "Gestern", "Gleichzeitig", "Hat",
    "Haben", "Heute", "Hier", "Hierbei", "Ich", "Ihr", "Ihre", "Im", "Immer", "In", "Inzwischen", "Insgesamt", "Ist", "Ja",
    "Jede", "Jeder", "Jedes", "Jedoch", "Jetzt", "Kein", "Keine", "Keiner", "Laut", "Man", "Manche", "Manchmal", "Mehr", "Mein",
    "Meine", "Mir", "Mit", "Mittlerweile", "Nach", "Nachdem", "Natürlich", "Neben", "Nein", "Nicht", "Noch", "Nun", "Nur",
    "Ob", "Obwohl", "Oder", "Ohne", "Schon", "Sehr", "Sein", "Seine", "Seit", "Seitdem", "Sie", "Sind", "So", "Sogar", "Somit",
    "Sonst", "Später", "Statt", "Trotz", "Trotzdem", "Um", "Und", "Uns", "Unser", "Unsere", "Unter", "Viele", "Vielleicht",
    "Vom", "Von", "Vor", "Vorher", "War", "Waren", "Warum", "Was", "Weil", "Weitere", "Weiter", "Welche", "Wenn", "Wer",
    "Wegen", "Während", "Wie", "Wieder", "Wir", "Wird", "Wo", "Zu", "Zudem", "Zuerst", "Zum", "Zunächst", "Zur", "Zusätzlich",
    "Zwar", "Zwischen", "Über", "Überhaupt", "Übrigens",
];

/// Whether `word` (without its full stop) never ends a sentence.
pub(super) fn is_open(word: &str) -> bool {
    OPEN.contains(&word)
}

/// Whether `word` (without its full stop) is an abbreviation that can end a sentence.
pub(super) fn is_closing(word: &str) -> bool {
    CLOSING.contains(&word) || SHORT_MONTHS.contains(&word)
}

/// Whether `word` (without its full stop) is an abbreviation before a number.
pub(super) fn is_before_number(word: &str) -> bool {
    BEFORE_NUMBER.contains(&word) || SHORT_MONTHS.contains(&word)
}

/// Whether the full stop behind `word` may belong to it, whatever follows: abbreviations, single letters, numbers.
pub(super) fn may_be_abbreviated(word: &str) -> bool {
    let mut letters = word.chars();
    let single = letters.next().is_none() || letters.next().is_none();
    let number = word.ends_with(|c: char| c.is_ascii_digit());
    single || number || is_open(word) || is_closing(word) || is_before_number(word)
}

/// Whether `word` is a month.
pub(super) fn is_month(word: &str) -> bool {
    MONTHS.contains(&word)
}

/// Whether `word`, in capitals behind a word without any mark, opens a sentence all the same: speech recognition often
/// drops the full stop only. A polite "Sie" stands anywhere, and "In" and "An" are parts of names.
pub(super) fn is_sure_opener(word: &str) -> bool {
    is_opener(word) && !["An", "Ihr", "Ihre", "In", "Sein", "Seine", "Sie"].contains(&word)
}

/// Whether `word` more likely opens a sentence than follows an abbreviation or a number with a full stop.
pub(super) fn is_opener(word: &str) -> bool {
    OPENERS.contains(&word)
}
