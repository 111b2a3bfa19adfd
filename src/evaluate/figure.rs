//! A figure: a number, or why there is none.

use serde::{Serialize, Serializer};

use crate::error::{Explain, Tongue};

/// A number, or why it cannot be computed. In JSON: the number, or null; the reason stands beside it in `Measured`.
///
/// ```
/// use ringwerk::error::{Explain, Tongue};
/// use ringwerk::evaluate::{Figure, Reason};
///
/// let figure = Figure::ratio(3.0, 4.0, Reason::NoItems);
/// assert_eq!(figure.value(), Some(0.75));
/// assert_eq!(figure.explain(Tongue::German), "0,750");
///
/// let none = Figure::ratio(0.0, 0.0, Reason::NoItems);
/// assert_eq!((none.value(), none.reason()), (None, Some(Reason::NoItems)));
/// assert_eq!(none.explain(Tongue::German), "nicht berechenbar: keine Aussagen");
/// assert_eq!(serde_json::to_string(&[figure, none]).unwrap(), "[0.75,null]");
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Figure {
    /// The number; always finite.
    Value(f64),
    /// Why there is none.
    NotComputable(Reason),
}

impl Figure {
    /// `numerator / denominator`, or `reason` where that is no finite number.
    pub fn ratio(numerator: f64, denominator: f64, reason: Reason) -> Self {
        Self::finite(numerator / denominator, reason)
    }

    /// `value`, or `reason` where it is infinite or not a number.
    pub fn finite(value: f64, reason: Reason) -> Self {
        if value.is_finite() { Self::Value(value) } else { Self::NotComputable(reason) }
    }

    /// The number, where there is one.
    pub fn value(self) -> Option<f64> {
        match self {
            Self::Value(value) => Some(value),
            Self::NotComputable(_) => None,
        }
    }

    /// Why there is no number, where there is none.
    pub fn reason(self) -> Option<Reason> {
        match self {
            Self::Value(_) => None,
            Self::NotComputable(reason) => Some(reason),
        }
    }
}

impl From<Result<f64, Reason>> for Figure {
    fn from(result: Result<f64, Reason>) -> Self {
        result.map_or_else(Self::NotComputable, Self::Value)
    }
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(serializer)
    }
}

impl Explain for Figure {
    /// The number with three decimals, or "nicht berechenbar: …".
    fn explain(&self, tongue: Tongue) -> String {
        match self {
            Self::Value(value) => {
                let english = format!("{value:.3}");
                tongue.pick(english.replace('.', ","), english)
            }
            Self::NotComputable(reason) => reason.explain(tongue),
        }
    }
}

/// Why a figure cannot be computed. In JSON its name in snake case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// There is nothing to look at.
    NoItems,
    /// There are items, but none that two coders both coded.
    NoCommonItems,
    /// Fewer than two people coded anything.
    OneCoder,
    /// Every item has the same code, so nothing shows whether coders can tell codes apart.
    OneCategory,
    /// The person gave this code to nothing, so nothing could be found.
    NothingInGold,
    /// The engine suggested this code nowhere, so nothing could be right or wrong.
    NothingFound,
    /// The code occurs neither in gold nor among suggestions.
    NothingEither,
    /// Every group has one member only, so there is nothing that belongs together.
    SingletonsOnly,
    /// There is one cluster only.
    OneCluster,
    /// The text is too short for a window.
    TooShort,
    /// The two divisions are not of the same text.
    DifferentTexts,
}

impl Reason {
    /// The reason alone, without "not computable".
    fn words(self, tongue: Tongue) -> &'static str {
        match self {
            Self::NoItems => tongue.pick("keine Aussagen", "no statements"),
            Self::NoCommonItems => tongue.pick("keine gemeinsam kodierten Aussagen", "no statements coded by both"),
            Self::OneCoder => tongue.pick("nur eine Person hat kodiert", "only one person coded"),
            Self::OneCategory => tongue.pick("nur eine Kategorie kommt vor", "only one category occurs"),
            Self::NothingInGold => tongue.pick("von Hand nirgends vergeben", "assigned nowhere by hand"),
            Self::NothingFound => tongue.pick("nirgends vorgeschlagen", "suggested nowhere"),
            Self::NothingEither => {
                tongue.pick("weder von Hand vergeben noch vorgeschlagen", "neither assigned by hand nor suggested")
            }
            Self::SingletonsOnly => {
                tongue.pick("jede Gruppe hat nur eine Aussage", "every group has one statement only")
            }
            Self::OneCluster => tongue.pick("nur eine Gruppe", "one group only"),
            Self::TooShort => tongue.pick("Text zu kurz", "text too short"),
            Self::DifferentTexts => tongue.pick("nicht derselbe Text", "not the same text"),
        }
    }
}

impl Explain for Reason {
    fn explain(&self, tongue: Tongue) -> String {
        format!("{}: {}", tongue.pick("nicht berechenbar", "not computable"), self.words(tongue))
    }
}
