//! The page: its frame, what stands first, and the order of its parts.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::map::Map;
use super::map_page::map;
use super::segments::{Segment, field_of};
use super::{ReportError, View, buying_centre_page, evidence, jobs, personas, rings, survey, words_page};
use crate::study::{CodedStatement, Status};

const STYLE: &str = include_str!("style.css");

/// The whole page.
pub(super) fn page(view: &View) -> Result<String, ReportError> {
    let tongue = view.tongue;
    let page = html! {
        (DOCTYPE)
        html lang=(tongue.pick("de", "en")) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (view.study.name) ": Customer Experience Map" }
                style { (PreEscaped(STYLE)) "@page { size: " (view.paper.name()) " landscape; margin: 10mm; }" }
            }
            body class=(view.paper.class()) {
                (cover(view))
                (maps(view))
                (rings::rings(view))
                (jobs::jobs(view))
                (buying_centre_page::parts(view))
                (personas::personas(view))
                (words_page::words(view))
                (survey::survey(view))
                (evidence::evidence(view)?)
                footer.end { p { (origin(view)) } }
            }
        }
    };
    Ok(page.into_string())
}

fn cover(view: &View) -> Markup {
    let tongue = view.tongue;
    html! {
        header.cover {
            p.kind { (tongue.pick("Was Kunden wirklich bewegt", "What really moves customers")) }
            h1 { (view.study.name) }
            dl.facts { @for (name, value) in facts(view) { div { dt { (name) } dd { (value) } } } }
            (notices(view))
            nav { ul {
                li { a href="#map" { "Customer Experience Map" } }
                li { a href="#rings" { (tongue.pick("Ringe", "Rings")) } }
                li { a href="#jobs" { "Jobs" } }
                li { a href="#centre" { "Buying Center" } }
                li { a href="#personas" { "Personas" } }
                li { a href="#words" { (tongue.pick("Wörter", "Words")) } }
                @if view.survey.is_some() { li { a href="#survey" { (tongue.pick("Fragebogen", "Questionnaire")) } } }
                li { a href="#evidence" { (tongue.pick("Wie belastbar ist das?", "How far does this hold?")) } }
            } }
            (rings::overview(view))
            p.note { (tongue.pick(
                "Alle Zahlen zählen Interviews, nie einzelne Sätze: Was eine Person oft sagt, zählt einmal. ",
                "All figures count interviews, never sentences: what one person says often counts once. ",
            )) (tongue.pick(
                "Zitate sind wörtlich. Auf Karte und Ringen steht höchstens eines je Interview, zuerst Bestätigtes, dann Vorschläge, die eher zutreffen als nicht, dann solche, deren wichtigster Ring es ist, dann solche mit Begründung (unterstrichen). Schraffierte Felder sind Lücken: Davon hat niemand gesprochen.",
                "Quotes are verbatim. On maps and rings at most one an interview is shown: confirmed ones first, then suggestions that are rather right than not, then those whose central ring it is, then those with a reason (underlined). Hatched cells are gaps: nobody spoke of it.",
            )) }
        }
    }
}

/// What the study consists of.
fn facts(view: &View) -> Vec<(&'static str, String)> {
    let (study, tongue) = (view.study, view.tongue);
    let mut dates: Vec<&str> =
        study.interviews.iter().filter_map(|interview| field_of(interview, "interview_date")).collect();
    dates.sort_unstable();
    let period = match (dates.first(), dates.last()) {
        (Some(first), Some(last)) if first == last => (*first).to_owned(),
        (Some(first), Some(last)) => format!("{first} – {last}"),
        _ => tongue.pick("ohne Angabe", "not known").to_owned(),
    };
    let people: Vec<&str> = study.people().into_iter().collect();
    let mut facts = vec![
        ("Interviews", study.interviews.len().to_string()),
        (tongue.pick("Zeitraum", "Period"), period),
        ("Jobs", study.jobs.len().to_string()),
    ];
    if !view.segments.is_empty() {
        facts.push((tongue.pick("Segmente", "Segments"), view.segments.len().to_string()));
    }
    if !people.is_empty() {
        facts.push((tongue.pick("Bestätigt von", "Confirmed by"), people.join(", ")));
    }
    facts.push((tongue.pick("Stand", "As of"), study.newest().strftime("%Y-%m-%d").to_string()));
    facts
}

/// What must be known before anything else is read.
fn notices(view: &View) -> Markup {
    let (study, tongue) = (view.study, view.tongue);
    let suggested = study.told().any(|(_, _, statement)| CodedStatement::has_suggestion(statement));
    let decided = study.told().any(|(_, _, statement)| statement.status == Status::Decided);
    let silent = silent_segments(view);
    html! {
        @if suggested {
            p.notice.guess { (tongue.pick(
                "Diese Seite enthält Vorschläge der Software, die noch niemand bestätigt hat. Sie sind gestrichelt umrandet und mit „Vorschlag“ und ihrer Wahrscheinlichkeit gekennzeichnet.",
                "This page contains suggestions of the software that nobody has confirmed yet. They have a dashed border and say “suggestion” and how probable they are.",
            )) }
        } @else if !decided {
            p.notice { (tongue.pick(
                "Noch ist keine Aussage bestätigt, also steht hier nichts. Bitte zuerst auf der Seite von „ringwerk review“ entscheiden, oder mit --with-suggestions auch Vorschläge zeigen.",
                "No statement is confirmed yet, so there is nothing here. Please decide on the page of “ringwerk review” first, or show suggestions, too, with --with-suggestions.",
            )) }
        }
        @if !silent.is_empty() && silent.len() < view.segments.len() {
            p.notice { (tongue.pick("Ohne eigene Karte, weil sie nur Lücken hätte: ", "Without a map of their own, since it would have nothing but gaps: ")) (silent.join(" · ")) }
        }
        @if view.segments.is_empty() && !study.interviews.is_empty() {
            p.notice { (tongue.pick(
                format!("Kein Interview nennt in seinen Metadaten „{}“, darum gibt es hier keine Segmente.", view.segment_by),
                format!("No interview says “{}” in its metadata, so there are no segments here.", view.segment_by),
            )) }
        }
    }
}

/// The segments in which nobody says anything that stands on a map, with the number of their interviews.
fn silent_segments(view: &View) -> Vec<String> {
    let silent = view.segments.iter().filter(|segment| !Map::of(view.study, segment).says_something());
    let interviews = view.tongue.pick("Interviews", "interviews");
    let named =
        |segment: &Segment| format!("{} ({interviews}: {})", segment.which.name(view.tongue), segment.interviews.len());
    silent.map(named).collect()
}

/// The map of all interviews, and of each segment where there are several, but for segments that are one single gap.
fn maps(view: &View) -> Markup {
    let (study, tongue) = (view.study, view.tongue);
    html! {
        div #map {
            (map(&Map::of(study, &view.whole), tongue))
            @if view.segments.len() > 1 {
                @for segment in &view.segments {
                    @let of_segment = Map::of(study, segment);
                    @if of_segment.says_something() { (map(&of_segment, tongue)) }
                }
            }
        }
    }
}

fn origin(view: &View) -> String {
    let (model, version) = (&view.study.model, env!("CARGO_PKG_VERSION"));
    view.tongue.pick(
        format!("Erstellt mit ringwerk {version}; Vorschläge kamen vom Modell {model}. Die Ringe sind die fünf Ringe der Kaufentscheidung nach Adele Revella und die Nebenbemerkung. Enthält wörtliche Zitate aus vertraulichen Gesprächen."),
        format!("Made with ringwerk {version}; suggestions came from the model {model}. The rings are the five rings of buying insight after Adele Revella, and the side remark. Contains verbatim quotes of confidential conversations."),
    )
}
