//! The accuracy page: one HTML file without any link, for somebody who decides whether suggestions can be trusted.

use anyhow::Result;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::figures::main_figures;
use super::record::Record;
use super::table::{compared, range, ring_words, short};
use super::{plots, table};
use crate::codebook::Ring;
use crate::error::{Explain, Tongue};
use crate::evaluate::{Confusion, Division, Found, Measured, Scorecard, Slice};

const STYLE: &str = "
body { font: 16px/1.5 system-ui, sans-serif; color: #1c1c1c; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.7rem; } h2 { font-size: 1.2rem; margin-top: 2.4rem; border-bottom: 1px solid #ccc; }
p.lead { font-size: 1.1rem; } p.note, figcaption, footer { color: #555; font-size: .9rem; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; } th, td { padding: .25rem .5rem; text-align: right; }
th:first-child, td:first-child { text-align: left; } thead th { border-bottom: 1px solid #888; font-weight: 600; }
tbody tr:nth-child(even) { background: #f6f6f6; }
.bar { position: relative; background: #e9e9e9; height: 1rem; min-width: 9rem; }
.bar i { position: absolute; left: 0; top: 0; bottom: 0; background: #1f5ea8; }
.bar b { position: absolute; top: .4rem; height: .2rem; background: #e08a00; }
.plots { display: flex; flex-wrap: wrap; gap: 1rem; } figure { margin: 0; flex: 1 1 26rem; } svg { max-width: 100%; height: auto; }
table.matrix { table-layout: fixed; } .matrix th { hyphens: auto; overflow-wrap: anywhere; font-size: .8rem; vertical-align: bottom; }
.matrix th:first-child, .matrix td:first-child { width: 11rem; } td.cell { text-align: center; } blockquote { margin: .3rem 0 .3rem 1rem; padding-left: .8rem; border-left: 3px solid #ccc; }
@media print { h2 { break-after: avoid; } table, figure { break-inside: avoid; } }
";

/// The page for the engine against gold.
pub(super) fn scorecard(card: &Scorecard, record: &Record, tongue: Tongue) -> Result<String> {
    let title = tongue.pick("Wie weit den Vorschlägen zu trauen ist", "How far suggestions can be trusted");
    let page = html! {
        (DOCTYPE)
        html lang=(tongue.pick("de", "en")) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "ringwerk: " (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { (title) }
                (lead(card, tongue))
                h2 { (tongue.pick("Ringe", "Rings")) }
                (rings(card, tongue))
                h2 { (tongue.pick("Wie viel ungesehen übernommen werden kann", "How much can be accepted without a look")) }
                (curves(card, tongue)?)
                h2 { (tongue.pick("Zum Vergleich", "For comparison")) }
                (beside(card, tongue))
                h2 { (tongue.pick("Was verwechselt wird", "What is taken for what")) }
                (matrix(card, tongue))
                @for confusion in &card.confusions { (confused(confusion, tongue)) }
                h2 { (tongue.pick("Wo es besser geht und wo schlechter", "Where it is better and where worse")) }
                @for by in Division::ALL { (slices(by, card, tongue)) }
                h2 { (tongue.pick("Mögliche Jobs", "Candidate jobs")) }
                (candidates(card, tongue))
                h2 { (tongue.pick("Alle Zahlen", "All figures")) }
                (figures(card, tongue))
                footer { p { (record.line(tongue)) } }
            }
        }
    };
    Ok(page.into_string())
}

fn lead(card: &Scorecard, tongue: Tongue) -> Markup {
    let percent = |measured: &Measured| {
        measured.value.value().map_or(measured.value.explain(tongue), |value| format!("{:.0} %", value * 100.0))
    };
    let (auto, right) = (percent(&card.trust.auto_share), percent(&card.trust.auto_precision));
    let top_2 = percent(&card.labels.top_2);
    let text = tongue.pick(
        format!(
            "Verglichen wurde mit {} Aussagen aus {} Interviews, die Menschen kodiert haben. {auto} der Aussagen meldet ringwerk \
             als sicher; davon sind {right} richtig. Bei {top_2} der kodierten Aussagen steht der richtige Ring unter den ersten zwei.",
            card.statements, card.interviews
        ),
        format!(
            "Compared with {} statements of {} interviews that people coded. ringwerk reports {auto} of the statements as sure; \
             {right} of these are right. For {top_2} of the coded statements the right ring is among the first two.",
            card.statements, card.interviews
        ),
    );
    html! { p.lead { (text) } }
}

fn rings(card: &Scorecard, tongue: Tongue) -> Markup {
    let row = |label: &str, found: &Found| {
        html! {
            tr {
                td { (label) }
                td { (bar(&found.f1)) }
                td { (short(found.f1.value, tongue)) }
                td { (short(found.precision.value, tongue)) }
                td { (short(found.recall.value, tongue)) }
                td { (found.support) }
            }
        }
    };
    html! {
        table {
            thead { tr {
                th { (tongue.pick("Ring", "ring")) } th {} th { "F1" }
                th { (tongue.pick("Vorschläge richtig", "precision")) }
                th { (tongue.pick("gefunden", "recall")) }
                th { (tongue.pick("von Hand", "by hand")) }
            } }
            tbody {
                @for ring in Ring::ALL { (row(ring.label(tongue), &card.labels.rings[&ring])) }
                (row(tongue.pick("Begründung", "Reason"), &card.labels.reasons))
            }
        }
        p.note { (tongue.pick(
            "Blau: gemessen. Orange: Bereich, in dem 95 von 100 solcher Messungen lägen.",
            "Blue: measured. Orange: range of 95 of 100 such measurements.",
        )) }
    }
}

/// A bar of a share with its interval.
fn bar(measured: &Measured) -> Markup {
    let percent = |share: f64| format!("{:.1}%", share.clamp(0.0, 1.0) * 100.0);
    let value = measured.value.value().unwrap_or(0.0);
    html! {
        div.bar {
            i style={ "width:" (percent(value)) } {}
            @if let Some(interval) = measured.interval {
                b style={ "left:" (percent(interval.low)) ";width:" (percent(interval.high - interval.low)) } {}
            }
        }
    }
}

fn curves(card: &Scorecard, tongue: Tongue) -> Result<Markup> {
    let coverage = plots::coverage(&card.trust, tongue)?;
    let reliability = plots::reliability(&card.trust, tongue)?;
    Ok(html! {
        div.plots {
            figure {
                (PreEscaped(coverage))
                figcaption { (tongue.pick(
                    "Die sichersten Vorschläge zuerst: je mehr übernommen werden, desto mehr Fehler sind darunter. Grau: 90 % richtig.",
                    "The surest suggestions first: the more are accepted, the more errors are among them. Grey: 90 % right.",
                )) }
            }
            figure {
                (PreEscaped(reliability))
                figcaption { (tongue.pick(
                    "Auf der grauen Linie sind Wahrscheinlichkeiten genauso oft richtig, wie sie sagen.",
                    "On the grey line probabilities are right exactly as often as they say.",
                )) }
            }
        }
    })
}

fn beside(card: &Scorecard, tongue: Tongue) -> Markup {
    html! {
        table {
            thead { tr {
                th {} th {} th { "macro-F1" } th { (tongue.pick("Kappa", "kappa")) }
                th { (tongue.pick("unter ersten zwei", "top-2")) }
                th { (tongue.pick("Begründung F1", "reason F1")) }
            } }
            tbody {
                @for (label, labels) in compared(card, tongue) {
                    tr {
                        td { (label) } td { (bar(&labels.macro_f1)) }
                        td { (short(labels.macro_f1.value, tongue)) } td { (short(labels.kappa.value, tongue)) }
                        td { (short(labels.top_2.value, tongue)) } td { (short(labels.reasons.f1.value, tongue)) }
                    }
                }
            }
        }
    }
}

/// The confusion matrix, each cell shaded by its share of the row.
fn matrix(card: &Scorecard, tongue: Tongue) -> Markup {
    let classes: Vec<Option<Ring>> = Ring::ALL.into_iter().map(Some).chain([None]).collect();
    html! {
        table.matrix {
            thead { tr {
                th { (tongue.pick("von Hand ↓ · vorgeschlagen →", "by hand ↓ · suggested →")) }
                @for &class in &classes { th { (ring_words(class, tongue)) } }
            } }
            tbody {
                @for (&class, row) in classes.iter().zip(&card.labels.confusion) {
                    tr {
                        td { (ring_words(class, tongue)) }
                        @for &count in row { (cell(count, row.iter().sum())) }
                    }
                }
            }
        }
    }
}

fn cell(count: u64, row: u64) -> Markup {
    let share = count as f64 / row.max(1) as f64;
    let ink = if share > 0.5 { "#fff" } else { "#1c1c1c" };
    html! { td.cell style={ "background:rgba(31,94,168," (format!("{share:.2}")) ");color:" (ink) } { (count) } }
}

fn confused(confusion: &Confusion, tongue: Tongue) -> Markup {
    let (gold, found) = (ring_words(confusion.gold, tongue), ring_words(confusion.found, tongue));
    html! {
        p { strong { (confusion.count) " × " } (tongue.pick(
            format!("von Hand {gold}, vorgeschlagen {found}"),
            format!("by hand {gold}, suggested {found}"),
        )) }
        @for example in &confusion.examples {
            blockquote { "„" (example.text) "“ " span.note { (example.transcript) ", " (example.n) } }
        }
    }
}

fn slices(by: Division, card: &Scorecard, tongue: Tongue) -> Markup {
    let parts: Vec<&Slice> = card.slices.iter().filter(|slice| slice.by == by).collect();
    html! {
        @if !parts.is_empty() {
            details open[matches!(by, Division::Style | Division::Project)] {
                summary { strong { (by.label(tongue)) } }
                table {
                    thead { tr {
                        th {} th {} th { "macro-F1" } th { "95 %" } th { (tongue.pick("Kappa", "kappa")) }
                        th { (tongue.pick("Begründung F1", "reason F1")) }
                        th { (tongue.pick("Aussagen", "statements")) }
                    } }
                    tbody {
                        @for part in parts {
                            tr {
                                td { (part.label(tongue)) } td { (bar(&part.macro_f1)) }
                                td { (short(part.macro_f1.value, tongue)) } td { (range(&part.macro_f1, tongue)) }
                                td { (short(part.kappa.value, tongue)) } td { (short(part.reason_f1.value, tongue)) }
                                td { (part.statements) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn candidates(card: &Scorecard, tongue: Tongue) -> Markup {
    html! {
        p { (tongue.pick(
            "Wie rein jeder mögliche Job ist: Anteil des Jobs, den Menschen am häufigsten für seine Aussagen vergaben.",
            "How pure each candidate job is: share of the job that people gave most often to its statements.",
        )) }
        details {
            summary { (card.clusters.candidates.len()) " " (tongue.pick("mögliche Jobs", "candidate jobs")) }
        table {
            thead { tr {
                th { (tongue.pick("Projekt, Nummer", "project, number")) } th {} th { (tongue.pick("Reinheit", "purity")) }
                th { (tongue.pick("Aussagen", "statements")) }
            } }
            tbody {
                @for candidate in &card.clusters.candidates {
                    tr {
                        td { (candidate.project) " " (candidate.id) }
                        td { (bar(&Measured { value: candidate.purity, interval: None })) }
                        td { (short(candidate.purity, tongue)) } td { (candidate.statements) }
                    }
                }
            }
        }
        }
    }
}

fn figures(card: &Scorecard, tongue: Tongue) -> Markup {
    html! {
        table {
            thead { tr { th { (tongue.pick("Zahl", "figure")) } th {} th { "95 %" } } }
            tbody {
                @for one in main_figures(card, tongue) {
                    tr { td { (one.label) } td { (one.measured.value.explain(tongue)) } td { (table::range(one.measured, tongue)) } }
                }
                tr {
                    td { (tongue.pick("Aussagen von Interviewenden mit Ring (muss 0 sein)", "interviewers' statements with a ring (must be 0)")) }
                    td { (card.interviewer_coded) } td {}
                }
            }
        }
    }
}
