//! Who takes part in buying: the parts of a company that speak in a study or are named in it.

use std::collections::BTreeSet;

use unicode_segmentation::UnicodeSegmentation;

use crate::error::Tongue;
use crate::study::{Interview, Study};
use crate::text::ByteSpan;
use crate::transcript::Role;

/// A part of the buying centre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Managing directors, board, *the boss*.
    Management,
    /// Owners and those who oversee management: partners, supervisory board.
    Owners,
    /// Purchasing.
    Purchasing,
    /// Controlling, accounting, finance.
    Finance,
    /// Information technology.
    It,
    /// Production, technology, operation, maintenance.
    Production,
    /// Sales.
    Sales,
    /// Human resources.
    HumanResources,
    /// Works council and the like.
    WorksCouncil,
    /// Data protection.
    DataProtection,
    /// Safety at work, fire protection.
    Safety,
    /// Quality.
    Quality,
    /// Lawyers, legal department.
    Legal,
    /// From outside: bank, insurer, tax adviser, auditor, expert.
    Advisers,
}

impl Part {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 14] = [
        Self::Management,
        Self::Owners,
        Self::Purchasing,
        Self::Finance,
        Self::It,
        Self::Production,
        Self::Sales,
        Self::HumanResources,
        Self::WorksCouncil,
        Self::DataProtection,
        Self::Safety,
        Self::Quality,
        Self::Legal,
        Self::Advisers,
    ];

    /// The id in files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Management => "management",
            Self::Owners => "owners",
            Self::Purchasing => "purchasing",
            Self::Finance => "finance",
            Self::It => "it",
            Self::Production => "production",
            Self::Sales => "sales",
            Self::HumanResources => "human_resources",
            Self::WorksCouncil => "works_council",
            Self::DataProtection => "data_protection",
            Self::Safety => "safety",
            Self::Quality => "quality",
            Self::Legal => "legal",
            Self::Advisers => "advisers",
        }
    }

    /// What a person reads.
    pub fn label(self, tongue: Tongue) -> &'static str {
        match self {
            Self::Management => tongue.pick("Geschäftsleitung", "Management"),
            Self::Owners => tongue.pick("Eigentümer und Aufsicht", "Owners and supervision"),
            Self::Purchasing => tongue.pick("Einkauf", "Purchasing"),
            Self::Finance => tongue.pick("Controlling und Finanzen", "Controlling and finance"),
            Self::It => "IT",
            Self::Production => tongue.pick("Technik und Produktion", "Technology and production"),
            Self::Sales => tongue.pick("Vertrieb", "Sales"),
            Self::HumanResources => tongue.pick("Personal", "Human resources"),
            Self::WorksCouncil => tongue.pick("Betriebsrat", "Works council"),
            Self::DataProtection => tongue.pick("Datenschutz", "Data protection"),
            Self::Safety => tongue.pick("Arbeitssicherheit", "Safety at work"),
            Self::Quality => tongue.pick("Qualität", "Quality"),
            Self::Legal => tongue.pick("Recht", "Legal"),
            Self::Advisers => {
                tongue.pick("Von außen: Bank, Versicherung, Beratung", "From outside: bank, insurer, advisers")
            }
        }
    }

    /// How words begin that name the part or its people, whatever follows.
    fn beginnings(self) -> &'static [&'static str] {
        match self {
            Self::Management => {
                &["geschäftsführ", "geschäftsleit", "firmenchef", "juniorchef", "seniorchef", "vorstand"]
            }
            Self::Owners => &[
                "aufsichtsr",
                "gesellschafter",
                "eigentümer",
                "stiftungsr",
                "kuratori",
                "verwaltungsr",
                "miteigentümer",
            ],
            Self::Purchasing => {
                &["einkäufer", "einkaufsleit", "einkaufsabteil", "einkaufschef", "chefeinkäuf", "beschaffungsabteil"]
            }
            Self::Finance => &[
                "controll",
                "finanzvorst",
                "buchhalt",
                "finanzabteil",
                "finanzleit",
                "finanzchef",
                "lohnbuchhalt",
                "finanzbuchhalt",
                "rechnungswes",
            ],
            Self::It => &["systemadmin", "administrator", "informationstechn", "it'ler"],
            Self::Production => &[
                "betriebsleit",
                "bauleit",
                "produktionsleit",
                "fertigungsleit",
                "werkleit",
                "werksleit",
                "hallenmeist",
                "schichtleit",
                "instandhalter",
                "hausmeist",
                "haustechnik",
                "elektriker",
                "vorarbeit",
                "betriebselektr",
                "technikleit",
                "backstubenleit",
                "maschinist",
            ],
            Self::Sales => {
                &["vertriebsl", "vertriebsabteil", "vertriebschef", "außendienst", "vertriebler", "verkaufsleit"]
            }
            Self::HumanResources => &["personalleit", "personalabteil", "personalchef", "personaler"],
            Self::WorksCouncil => &[
                "betriebsr",
                "betriebsroot",
                "personalrat",
                "personalrät",
                "mitarbeitervertret",
                "mav",
                "gewerkschaft",
            ],
            Self::DataProtection => &["datenschütz", "datenschutzb", "datenschutzberat"],
            Self::Safety => {
                &["sicherheitsfachkr", "sicherheitsbeauf", "sicherheitsing", "arbeitsschutz", "brandschutzbeauf"]
            }
            Self::Quality => &["qualitätsmanag", "qualitätsleit", "qualitätssich", "qualitätsbeauf"],
            Self::Legal => &["jurist", "anwalt", "anwält", "rechtsanw", "rechtsabteil", "notar", "syndik"],
            Self::Advisers => &[
                "steuerberat",
                "steierberat",
                "wirtschaftsprüf",
                "hausbank",
                "sparkasse",
                "versicherer",
                "sachversicher",
                "gutachter",
                "unternehmensberat",
                "prüfungsverb",
                "bankberat",
                "ingenieurbüro",
                "förderberat",
                "prüfer",
                "sachverständig",
            ],
        }
    }

    /// Words that name it as they stand; in capitals here where only capitals count.
    fn words(self) -> &'static [&'static str] {
        match self {
            Self::Management => {
                &["chef", "chefs", "chefin", "GF", "gf", "direktion", "inhaber", "inhaberin", "inhabers"]
            }
            Self::Owners => &["beirat", "beirats", "träger"],
            Self::Purchasing => &["einkauf", "einkaufs", "beschaffung"],
            Self::Finance => &["finanzen"],
            Self::It => &["IT", "EDV"],
            Self::Production => &["technik", "produktion", "fertigung"],
            Self::Sales => &["vertrieb", "vertriebs"],
            Self::HumanResources => &["personalwesen"],
            Self::WorksCouncil => &["MAV"],
            Self::DataProtection => &["datenschutz"],
            Self::Safety => &["arbeitssicherheit"],
            Self::Quality => &["QM", "QS"],
            Self::Legal => &[],
            Self::Advisers => &["bank", "versicherung", "raika", "berater", "beraterin"],
        }
    }

    fn is_named_by(self, word: &str) -> bool {
        let lower = word.to_lowercase();
        let short = word.chars().count() < 4;
        self.words().iter().any(|name| if short { *name == word } else { *name == lower })
            || !short && self.beginnings().iter().any(|begin| lower.starts_with(begin))
    }
}

/// A word that names a part of the buying centre.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleMention {
    /// Which part.
    pub part: Part,
    /// Where in the text.
    pub span: ByteSpan,
}

/// The parts of the buying centre that a text names, in order; a word names the first part that it fits.
pub fn parts_named(text: &str) -> Vec<RoleMention> {
    let mut before = "";
    let mut named = Vec::new();
    for (start, word) in text.unicode_word_indices() {
        let part = Part::ALL.into_iter().find(|part| part.is_named_by(word)).or_else(|| led(before, word));
        if let Some(part) = part.filter(|_| !is_area(word) || is_definite(before)) {
            named.push(RoleMention { part, span: ByteSpan::new(start, start + word.len()) });
        }
        before = word;
    }
    named
}

/// What somebody leads, where the word before says it: *Kaufmännische Leiterin*, *unser technischer Leiter*.
fn led(before: &str, word: &str) -> Option<Part> {
    let (before, word) = (before.to_lowercase(), word.to_lowercase());
    let part = match () {
        () if before.starts_with("kaufmännisch") => Part::Finance,
        () if before.starts_with("technisch") => Part::Production,
        () => return None,
    };
    ["leiter", "leiters", "leiterin", "leitung"].contains(&word.as_str()).then_some(part)
}

/// Whether a word names what people work at as well as these people: *30 Prozent Technik*, *der Einkauf war dagegen*.
fn is_area(word: &str) -> bool {
    ["technik", "produktion", "fertigung", "einkauf", "vertrieb", "finanzen", "beschaffung"]
        .contains(&word.to_lowercase().as_str())
}

/// Whether a word says that the next one is a certain one.
fn is_definite(word: &str) -> bool {
    let lower = word.to_lowercase();
    ["der", "die", "den", "dem", "vom", "zum", "und", "aus"].contains(&lower.as_str()) || lower.starts_with("unser")
}

/// How often a part of the buying centre takes part in a study.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartTally {
    /// Which part.
    pub part: Part,
    /// In how many interviews somebody of it answers, after the metadata field `role`.
    pub speaks_in: usize,
    /// In how many interviews an answer names it.
    pub named_in: usize,
    /// How many statements name it.
    pub statements: usize,
}

/// Who speaks in a study and who is named in its answers; parts that do neither are left out.
pub fn buying_centre(study: &Study) -> Vec<PartTally> {
    let heard: Vec<Heard> = study.interviews.iter().map(Heard::of).collect();
    let tallies = Part::ALL.map(|part| tally(&heard, part));
    tallies.into_iter().filter(|tally| tally.speaks_in + tally.statements > 0).collect()
}

/// Who takes part in what an interview tells.
struct Heard {
    /// To which parts the person belongs who answers.
    speaking: BTreeSet<Part>,
    /// The parts that each answer names.
    named: Vec<BTreeSet<Part>>,
}

impl Heard {
    fn of(interview: &Interview) -> Self {
        let answers = interview.statements.iter().filter(|one| interview.speaker(one).role == Role::Respondent);
        Self {
            speaking: interview.transcript.meta.get("role").map(|role| parts(role)).unwrap_or_default(),
            named: answers.map(|one| parts(interview.text(one))).collect(),
        }
    }

    fn statements_that_name(&self, part: Part) -> usize {
        self.named.iter().filter(|named| named.contains(&part)).count()
    }
}

fn tally(heard: &[Heard], part: Part) -> PartTally {
    let named: Vec<usize> =
        heard.iter().map(|one| one.statements_that_name(part)).filter(|&statements| statements > 0).collect();
    let speaks_in = heard.iter().filter(|one| one.speaking.contains(&part)).count();
    PartTally { part, speaks_in, named_in: named.len(), statements: named.iter().sum() }
}

fn parts(text: &str) -> BTreeSet<Part> {
    parts_named(text).into_iter().map(|mention| mention.part).collect()
}
