//! The page's frame and the files it consists of, all inside the program.

use axum::response::Html;
use maud::{DOCTYPE, html};

use crate::error::Tongue;

/// A file of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Asset {
    /// Its name in the address.
    pub name: &'static str,
    /// Its kind.
    pub mime: &'static str,
    /// Its content.
    pub content: &'static str,
}

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// All of them. Nothing else is ever served, whatever the address says.
pub(super) const ASSETS: &[Asset] = &[
    Asset { name: "style.css", mime: "text/css; charset=utf-8", content: include_str!("assets/style.css") },
    Asset { name: "icon.svg", mime: "image/svg+xml", content: include_str!("assets/icon.svg") },
    Asset { name: "main.js", mime: SCRIPT, content: include_str!("assets/main.js") },
    Asset { name: "words.js", mime: SCRIPT, content: include_str!("assets/words.js") },
    Asset { name: "elements.js", mime: SCRIPT, content: include_str!("assets/elements.js") },
    Asset { name: "model.js", mime: SCRIPT, content: include_str!("assets/model.js") },
    Asset { name: "sender.js", mime: SCRIPT, content: include_str!("assets/sender.js") },
    Asset { name: "queue.js", mime: SCRIPT, content: include_str!("assets/queue.js") },
    Asset { name: "list.js", mime: SCRIPT, content: include_str!("assets/list.js") },
    Asset { name: "panel.js", mime: SCRIPT, content: include_str!("assets/panel.js") },
    Asset { name: "comparison.js", mime: SCRIPT, content: include_str!("assets/comparison.js") },
    Asset { name: "map.js", mime: SCRIPT, content: include_str!("assets/map.js") },
    Asset { name: "drag.js", mime: SCRIPT, content: include_str!("assets/drag.js") },
    Asset { name: "keysheet.js", mime: SCRIPT, content: include_str!("assets/keysheet.js") },
    Asset { name: "jobs.js", mime: SCRIPT, content: include_str!("assets/jobs.js") },
    Asset { name: "keys.js", mime: SCRIPT, content: include_str!("assets/keys.js") },
    Asset { name: "dialogs.js", mime: SCRIPT, content: include_str!("assets/dialogs.js") },
];

/// The frame; `main.js` fills it.
pub(super) fn frame(tongue: Tongue) -> Html<String> {
    let frame = html! {
        (DOCTYPE)
        html lang=(tongue.pick("de", "en")) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "ringwerk" }
                link rel="icon" href="/assets/icon.svg";
                link rel="stylesheet" href="/assets/style.css";
                script type="module" src="/assets/main.js" {}
            }
            body {
                div #app {
                    p.loading role="status" { (tongue.pick("Interviews werden geladen …", "Loading interviews …")) }
                }
                noscript {
                    p { (tongue.pick(
                        "Diese Seite braucht JavaScript; es kommt nur von diesem Rechner.",
                        "This page needs JavaScript; it comes from this computer alone.",
                    )) }
                }
            }
        }
    };
    Html(frame.into_string())
}

/// What somebody reads who came without the secret address.
pub(super) fn refusal(tongue: Tongue) -> Html<String> {
    let refusal = html! {
        (DOCTYPE)
        html lang=(tongue.pick("de", "en")) {
            head { meta charset="utf-8"; title { "ringwerk" } }
            body {
                h1 { "ringwerk" }
                p { (tongue.pick(
                    "Bitte die ganze Adresse öffnen, die ringwerk beim Start nennt. Sie enthält ein Kennwort, damit niemand sonst die Interviews sieht.",
                    "Please open the whole address that ringwerk names when it starts. It contains a secret, so that nobody else sees the interviews.",
                )) }
            }
        }
    };
    Html(refusal.into_string())
}
