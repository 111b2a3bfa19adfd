//! The rings in the order of a purchase, and how they look.

use crate::codebook::Ring;

/// From what sets a purchase off to what comes of it; the side remark, which belongs to no phase, last.
pub(super) const JOURNEY: [Ring; 6] =
    [Ring::Ausloeser, Ring::Einfluss, Ring::Kriterium, Ring::Huerde, Ring::Erfolg, Ring::Mindset];

/// The colour of a ring, as on the review page: kept apart by any kind of colour vision.
pub(super) fn tone(ring: Ring) -> &'static str {
    match ring {
        Ring::Ausloeser => "#d55e00",
        Ring::Erfolg => "#009e73",
        Ring::Huerde => "#b0307f",
        Ring::Einfluss => "#0072b2",
        Ring::Kriterium => "#9a6b00",
        Ring::Mindset => "#5b6066",
    }
}

/// The sign of a ring, as on the review page, so that colour never says anything alone.
pub(super) fn sign(ring: Ring) -> &'static str {
    match ring {
        Ring::Ausloeser => "▲",
        Ring::Erfolg => "★",
        Ring::Huerde => "■",
        Ring::Einfluss => "●",
        Ring::Kriterium => "◆",
        Ring::Mindset => "✚",
    }
}
