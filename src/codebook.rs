//! What statements are coded with: the five rings of buying insight after Adele Revella, the side remark, and jobs.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::Tongue;
use crate::hash::sha256;

/// One of the six codes of the manual, section 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ring {
    /// Why they started looking, and why then.
    Ausloeser,
    /// The state of the customer that they want or judge the result by.
    Erfolg,
    /// What held the project back or makes it hard now.
    Huerde,
    /// Who has a say, how they informed themselves, what happened in which order.
    Einfluss,
    /// By which properties of offers and vendors they compared and decided.
    Kriterium,
    /// A side remark that tells about attitude, values or self-image.
    Mindset,
}

impl Ring {
    /// All six, in the manual's order. Arrays with a number per ring follow it.
    pub const ALL: [Ring; 6] =
        [Ring::Ausloeser, Ring::Erfolg, Ring::Huerde, Ring::Einfluss, Ring::Kriterium, Ring::Mindset];

    /// Place in [`Ring::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// The id in files and code.
    pub fn id(self) -> &'static str {
        match self {
            Ring::Ausloeser => "ausloeser",
            Ring::Erfolg => "erfolg",
            Ring::Huerde => "huerde",
            Ring::Einfluss => "einfluss",
            Ring::Kriterium => "kriterium",
            Ring::Mindset => "mindset",
        }
    }

    /// What a person reads.
    pub fn label(self, tongue: Tongue) -> &'static str {
        match self {
            Ring::Ausloeser => tongue.pick("Investitionsauslöser", "Priority initiative"),
            Ring::Erfolg => tongue.pick("Erfolgsfaktor", "Success factor"),
            Ring::Huerde => tongue.pick("Hürde", "Perceived barrier"),
            Ring::Einfluss => tongue.pick("Entscheidungseinfluss", "Buyer's journey"),
            Ring::Kriterium => tongue.pick("Entscheidungskriterium", "Decision criterion"),
            Ring::Mindset => tongue.pick("Nebenbemerkung", "Side remark (mindset)"),
        }
    }

    /// The ring that people call so, in German or English, in the singular or plural; upper and lower case do not matter.
    ///
    /// ```
    /// use ringwerk::codebook::Ring;
    /// assert_eq!(Ring::called("Typische Hürden"), Some(Ring::Huerde));
    /// assert_eq!(Ring::called("Zäune"), None);
    /// ```
    pub fn called(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        Self::ALL.into_iter().find(|ring| {
            let labels = [Tongue::German, Tongue::English].map(|tongue| ring.label(tongue).to_lowercase());
            ring.id() == name || labels.contains(&name) || ring.other_names().contains(&name.as_str())
        })
    }

    /// Further names, in lower case.
    fn other_names(self) -> &'static [&'static str] {
        match self {
            Ring::Ausloeser => &["auslöser", "priority initiatives"],
            Ring::Erfolg => &["erfolg", "erfolgsfaktoren", "success factors"],
            Ring::Huerde => &["hürden", "typische hürde", "typische hürden", "perceived barriers"],
            Ring::Einfluss => &["einfluss", "einflüsse", "entscheidungseinflüsse", "buyer’s journey"],
            Ring::Kriterium => &["kriterien", "entscheidungskriterien", "decision criteria"],
            Ring::Mindset => &["nebenbemerkungen", "nebenbemerkung (mindset)", "side remark", "side remarks"],
        }
    }

    /// What statements of this ring tell, in German, after section 2 of the coding manual.
    pub fn definition(self) -> &'static str {
        match self {
            Ring::Ausloeser => {
                "Warum sie überhaupt und gerade dann gesucht haben: ein Ereignis, ein Problem, ein Gesetz, ein Auftrag, ein auslaufender Vertrag."
            }
            Ring::Erfolg => {
                "Welchen guten Zustand ihrer Firma oder Arbeit sie wollen oder woran sie das Ergebnis messen, erwartet oder erreicht."
            }
            Ring::Huerde => {
                "Was das Vorhaben aufhielt oder jetzt erschwert: Widerstand, fehlendes Geld, Zeit oder Leute, schlechte Erfahrung, Zweifel."
            }
            Ring::Einfluss => {
                "Wer mitredet und mitentscheidet, wie sie sich informiert haben, was in welcher Reihenfolge geschah."
            }
            Ring::Kriterium => {
                "Nach welchen Eigenschaften von Angeboten und Anbietern sie verglichen, ausgeschlossen und entschieden haben."
            }
            Ring::Mindset => "Was eine Nebenbemerkung über Haltung, Werte oder Selbstbild der Befragten verrät.",
        }
    }
}

/// A hash over ids, labels and definitions of all rings: the same hash, the same codebook.
pub fn hash() -> String {
    let rings = Ring::ALL.map(|ring| format!("{ring}\t{}\t{}", ring.label(Tongue::German), ring.definition()));
    sha256(rings.join("\n").as_bytes())
}

impl fmt::Display for Ring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// The rings of one statement: none, one, or two with the more central one first.
///
/// ```
/// use ringwerk::codebook::{Ring, Rings};
/// let rings = Rings::new(vec![Ring::Huerde, Ring::Einfluss]).unwrap();
/// assert_eq!(rings.primary(), Some(Ring::Huerde));
/// assert!(Rings::new(vec![Ring::Huerde, Ring::Huerde]).is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(into = "Vec<Ring>", try_from = "Vec<Ring>")]
pub struct Rings(Vec<Ring>);

impl TryFrom<Vec<Ring>> for Rings {
    type Error = &'static str;

    fn try_from(rings: Vec<Ring>) -> Result<Self, Self::Error> {
        Self::new(rings).ok_or("at most two different rings")
    }
}

impl From<Rings> for Vec<Ring> {
    fn from(rings: Rings) -> Self {
        rings.0
    }
}

impl Rings {
    /// Returns `None` for more than two rings or the same one twice.
    pub fn new(rings: Vec<Ring>) -> Option<Self> {
        let repeated = rings.len() == 2 && rings[0] == rings[1];
        (rings.len() <= 2 && !repeated).then_some(Self(rings))
    }

    /// The more central ring.
    pub fn primary(&self) -> Option<Ring> {
        self.0.first().copied()
    }

    /// Whether a ring is among them.
    pub fn contains(&self, ring: Ring) -> bool {
        self.0.contains(&ring)
    }

    /// All of them, the more central one first.
    pub fn iter(&self) -> impl Iterator<Item = Ring> + '_ {
        self.0.iter().copied()
    }

    /// How many: zero, one or two.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the statement is not coded.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A job to be done: the progress a company wants to make, whatever product does it (manual, section 4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Job {
    /// The id in files.
    pub id: String,
    /// In the infinitive, e.g. „Lieferfähigkeit absichern“.
    pub title: String,
    /// One sentence.
    pub description: String,
}
