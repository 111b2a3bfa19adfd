//! What speaks for a word being a name, where it stands and by itself.

use super::key::Kind;
use super::lists::{
    ACTS, BEFORE_COMPANIES, BEFORE_PERSONS, BEFORE_PLACES, CALLED, COMPANY_WORDS, DETERMINERS, ENDS_OF_NOUNS,
    ENDS_OF_PLACES, FIRST_NAMES, KNOWN_COMPANIES, LEGAL_FORMS, NOT_BEFORE_A_TITLE, PARTICLES, PLACES, SURNAMES, TITLES,
};
use super::vocabulary::ORDINARY;
use super::words::Word;
use crate::words::is_stop_word;

/// How sure it is that a word is a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sign {
    /// It is composed of ordinary words, in a way that no list has.
    Composed,
    /// It is in no dictionary and stands where nouns and names stand.
    Unknown,
    /// A list of names has it.
    Listed(Kind),
    /// A model takes it for one where it stands.
    Read(Kind),
    /// What stands beside it says so: *Frau X*, *X GmbH*.
    Called(Kind),
}

/// What speaks for each word of a text; `read` is what a model says of a word.
pub(super) fn signs(words: &[Word], read: impl Fn(&Word) -> Option<Kind>) -> Vec<Option<Sign>> {
    let sign = |(at, word)| by_itself(words, at).max(read(word).map(Sign::Read));
    let mut signs: Vec<Option<Sign>> = words.iter().enumerate().map(sign).collect();
    for at in 0..words.len() {
        if let Some((name, kind)) = called(words, at) {
            for place in name {
                signs[place] = signs[place].max(Some(Sign::Called(kind)));
            }
        }
    }
    signs
}

fn by_itself(words: &[Word], at: usize) -> Option<Sign> {
    let word = &words[at];
    if !word.is_capitalised() || word.text.chars().count() < 3 || is_stop_word(word.text) {
        return None;
    }
    let lower = word.lower();
    if KNOWN_COMPANIES.contains(&lower.as_str()) {
        return Some(Sign::Listed(Kind::Company));
    }
    if ORDINARY.lists(&lower) {
        return is_place_in_spite(words, at).then_some(Sign::Listed(Kind::Place));
    }
    if FIRST_NAMES.contains(&lower) || SURNAMES.contains(&lower) {
        return Some(Sign::Listed(Kind::Person));
    }
    if word.is_camel() {
        return Some(Sign::Listed(Kind::Company));
    }
    if ORDINARY.knows(&lower) {
        let is_place = is_place_in_spite(words, at) || is_composed_town(&lower);
        return Some(if is_place { Sign::Listed(Kind::Place) } else { Sign::Composed });
    }
    let is_noun = ENDS_OF_NOUNS.iter().any(|end| lower.ends_with(end));
    let unknown = !word.is_capitals() && !is_noun && lower.chars().count() > 3;
    if is_place(&lower) { Some(Sign::Listed(Kind::Place)) } else { unknown.then_some(Sign::Unknown) }
}

/// Whether a word stands as companies do, and other composed words seldom: with no article, behind *bei* or before an act.
/// `None` where it stands otherwise.
pub(super) fn stands_as_company(words: &[Word], at: usize) -> Option<bool> {
    let before = if at > 0 && words[at].follows() { words[at - 1].lower() } else { String::new() };
    let adjective = ["e", "en", "er", "es", "em"].iter().any(|end| before.len() > 4 && before.ends_with(end));
    if DETERMINERS.contains(&before.as_str()) || adjective || words[at].is_joined() {
        return None;
    }
    let acts = words.get(at + 1).is_some_and(|next| next.follows() && ACTS.contains(&next.text));
    Some(acts || ["bei", "von", "gegen", "für"].contains(&before.as_str()))
}

/// Whether a composed word is a town of the list that ends as towns do: *Offenburg*.
fn is_composed_town(lower: &str) -> bool {
    PLACES.contains(lower) && ENDS_OF_PLACES.iter().any(|end| lower.ends_with(end))
}

/// Whether a list has the place, or the place of those who live there.
fn is_place(lower: &str) -> bool {
    PLACES.contains(lower) || inhabited(lower).iter().any(|place| PLACES.contains(place))
}

/// Places of which a word may name the people: *Leipziger*, *Dresdner*, *Bremer*.
pub(super) fn inhabited(lower: &str) -> Vec<String> {
    let Some(bare) = lower.strip_suffix("er") else { return Vec::new() };
    let without_n = bare.strip_suffix('n').map(|bare| format!("{bare}en"));
    [bare.to_owned(), format!("{bare}en")].into_iter().chain(without_n).collect()
}

/// Whether an ordinary word is a place where it stands: *aus Essen*, *nach Hof*; not *in Halle vier*.
fn is_place_in_spite(words: &[Word], at: usize) -> bool {
    let clear = ["aus", "nach", "in", "bei", "von"];
    let before = at > 0 && words[at].follows() && clear.contains(&words[at - 1].text);
    let noun_after = |next: &Word| next.follows() && !next.begins() && (next.is_capitalised() || is_number(next.text));
    before && PLACES.contains(&words[at].lower()) && !words.get(at + 1).is_some_and(noun_after)
}

fn is_number(word: &str) -> bool {
    const NUMBERS: [&str; 12] =
        ["eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"];
    NUMBERS.contains(&word) || word.starts_with(|sign: char| sign.is_ascii_digit())
}

/// The name that the words beside it announce, where word `at` is such a word.
fn called(words: &[Word], at: usize) -> Option<(std::ops::Range<usize>, Kind)> {
    let lower = words[at].lower();
    if TITLES.contains(&lower.as_str()) {
        return titled(words, at).map(|name| (name, Kind::Person));
    }
    if let Some(name) = introduced(words, at) {
        return Some((name..end_of_person(words, name + 1), Kind::Person));
    }
    if COMPANY_WORDS.contains(&lower.as_str()) {
        return company(words, at + 1).map(|name| (name, Kind::Company));
    }
    if LEGAL_FORMS.contains(&lower.as_str()) && at > 0 && (words[at].follows() || words[at].is_joined()) {
        let name = &words[at - 1];
        let is_name = name.is_capitalised() && !is_stop_word(name.text);
        return is_name.then(|| (begin_of_chain(words, at - 1)..at, Kind::Company));
    }
    if CALLED.contains(&lower.as_str()) {
        let before = at.checked_sub(1).filter(|&name| words[at].follows() && may_be_company(&words[name]));
        let after =
            Some(at + 1).filter(|&name| words.get(name).is_some_and(|name| name.follows() && may_be_company(name)));
        let name = before.or(after)?;
        return Some((begin_of_chain(words, name)..end_of_chain(words, name + 1), Kind::Company));
    }
    None
}

/// The name that people give themselves: *mein Name ist X*, *ich heiße X*, *ich bin die X*.
fn introduced(words: &[Word], at: usize) -> Option<usize> {
    let before = |back: usize| at.checked_sub(back).map(|place| words[place].lower()).unwrap_or_default();
    let article = |at: usize| words.get(at).is_some_and(|word| ["die", "der", "da", "d"].contains(&word.text));
    let name = match words[at].lower().as_str() {
        "ist" if before(1) == "name" && before(2) == "mein" => at + 1,
        "heiße" | "heisse" if before(1) == "ich" => at + 1,
        "bin" if before(1) == "ich" => at + 1 + usize::from(article(at + 1)),
        _ => return None,
    };
    let fits = |word: &Word| word.follows() && word.is_capitalised() && !ORDINARY.knows(word.text);
    words.get(name).is_some_and(fits).then_some(name)
}

/// The name behind a title; ranks may stand between: *Herr Oberstudienrat Krull*.
fn titled(words: &[Word], title: usize) -> Option<std::ops::Range<usize>> {
    let follows = |at: usize| words.get(at).is_some_and(|word| word.follows() && !is_stop_word(word.text));
    let skips = |at: usize| {
        let lower = words[at].lower();
        let rank = follows(at + 1) && words[at + 1].is_capitalised() && !ORDINARY.knows(words[at + 1].text);
        TITLES.contains(&lower.as_str()) || ORDINARY.lists(&lower) && rank && words[at].is_capitalised()
    };
    let mut name = title + 1;
    while words.get(name).is_some_and(|word| word.follows()) && PARTICLES.contains(&words[name].text) {
        name += 1;
    }
    let own = title > 0 && NOT_BEFORE_A_TITLE.contains(&words[title - 1].lower().as_str());
    if !follows(name) || skips(name) && !TITLES.contains(&words[name].lower().as_str()) {
        let rank = follows(name) && follows(name + 1);
        return rank.then(|| name + 1..end_of_person(words, name + 2));
    }
    let lower = words[name].lower();
    let doubtful = (own || name > title + 1) && ORDINARY.knows(&lower);
    let is_name = match words[name].is_capitalised() {
        true => !TITLES.contains(&lower.as_str()) && !doubtful,
        false => words[name].text.chars().all(char::is_alphabetic) && lower.len() > 3 && !ORDINARY.knows(&lower),
    };
    is_name.then(|| name..end_of_person(words, name + 1))
}

fn company(words: &[Word], name: usize) -> Option<std::ops::Range<usize>> {
    let is_name = words.get(name).is_some_and(|word| word.follows() && may_be_company(word));
    is_name.then(|| name..end_of_chain(words, name + 1))
}

fn may_be_company(word: &Word) -> bool {
    word.is_capitalised() && !ORDINARY.lists(word.text) && !is_stop_word(word.text)
}

/// Where the name of a person ends: it goes on behind a hyphen, behind a first name, and in a word of the lists of names.
fn end_of_person(words: &[Word], from: usize) -> usize {
    let Some(next) = words.get(from) else { return from };
    let (before, after) = (words[from - 1].lower(), next.lower());
    let listed = FIRST_NAMES.contains(&before) || FIRST_NAMES.contains(&after) || SURNAMES.contains(&after);
    if next.is_joined() || listed { end_of_chain(words, from) } else { from }
}

/// Where a name ends that goes on in further words which are no ordinary ones.
fn end_of_chain(words: &[Word], from: usize) -> usize {
    let goes_on = |word: &&Word| {
        let named = word.is_capitalised() && !is_stop_word(word.text) && !word.is_capitals();
        word.is_joined() && named || word.follows() && named && !ORDINARY.knows(word.text)
    };
    from + words.iter().skip(from).take_while(goes_on).count()
}

/// Where a name begins that ends in this word.
fn begin_of_chain(words: &[Word], last: usize) -> usize {
    let mut first = last;
    while first > 0 && (words[first].follows() || words[first].is_joined()) && may_be_company(&words[first - 1]) {
        first -= 1;
    }
    first
}

/// What the words before and the end of an unknown name say about what it names; nothing where they do not tell.
pub(super) fn hint(words: &[Word], at: usize) -> Option<Kind> {
    let lower = words[at].lower();
    let before = if at > 0 && words[at].follows() { words[at - 1].lower() } else { String::new() };
    let has = |list: &[&str]| list.contains(&before.as_str());
    match () {
        () if has(&BEFORE_PLACES) || ENDS_OF_PLACES.iter().any(|end| lower.ends_with(end)) => Some(Kind::Place),
        () if has(&BEFORE_PERSONS) => Some(Kind::Person),
        () if has(&BEFORE_COMPANIES) => Some(Kind::Company),
        () => None,
    }
}
