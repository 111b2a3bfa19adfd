//! The report: interviews are counted, gaps and suggestions are shown as such, and nothing on the page comes from elsewhere.

use std::path::Path;

use jiff::Timestamp;
use ringwerk::codebook::{Job, Ring, Rings};
use ringwerk::coding::*;
use ringwerk::error::{Explain, Tongue};
use ringwerk::gold::{GoldProject, read_projects};
use ringwerk::ingest::survey;
use ringwerk::pseudonymise::{Key, Kind, Names, ReadNames, pseudonymised, pseudonymised_with_survey};
use ringwerk::report::{Content, ReportError, ReportKind, ReportParams, bytes, write};
use ringwerk::study::{Material, Study};

use super::export::{coded, job, project, transcript};
use super::gold_as_study::decided;

/// What a person said of the statements of an interview: rings, whether there is a reason, and the job.
type Said<'a> = (&'a str, &'a [Ring], bool, Option<&'a str>);

struct Workshop {
    interviews: Vec<CodedInterview>,
    state: State,
}

/// Interviews of which each answers one question with the given sentences, all decided.
fn workshop(jobs: &[&str], told: &[&[Said]]) -> Workshop {
    let mut decisions: Vec<Decision> =
        jobs.iter().map(|id| Decision::ConfirmJob { job: job(id, &format!("Job {id}")) }).collect();
    let mut interviews = Vec::new();
    for (number, said) in told.iter().enumerate() {
        let answer: Vec<&str> = said.iter().map(|(text, ..)| *text).collect();
        let name = format!("werk-{:02}", number + 1);
        let interview = coded(transcript(&name, &[&format!("Wie war das in {name}?"), &answer.join(" ")]));
        let key = TranscriptKey::of(interview.transcript.text());
        for ((index, suggestion), (text, rings, reason, job)) in interview.suggested().zip(*said) {
            assert_eq!(interview.text(index), *text, "one sentence, one statement");
            let coding = Coding {
                rings: Rings::new(rings.to_vec()).unwrap(),
                reason: if *reason { Reason::Yes { span: suggestion.reason.span } } else { Reason::No },
                job: job.map(str::to_owned),
            };
            decisions.push(Decision::Statement {
                statement: StatementKey::new(&key, interview.statements[index].span),
                verdict: Verdict::Coding(coding),
                shown: Some(Shown::from(suggestion)),
            });
        }
        interviews.push(interview);
    }
    let at: Timestamp = "2026-03-12T10:20:30Z".parse().unwrap();
    let entry = Entry { id: EntryId(1), who: "Anna".into(), at, action: Action::Decide(decisions) };
    Workshop { interviews, state: State::of(&[entry]).unwrap() }
}

impl Workshop {
    fn study(&self) -> Study {
        Study::new(
            &Material {
                name: "Studie Süd",
                interviews: &self.interviews,
                current: self.state.current(),
                listed_jobs: &[],
                model: "e5-small-de",
                suggested_at: "2026-03-12T10:20:30Z".parse().unwrap(),
            },
            false,
        )
    }

    fn page(&self) -> String {
        page(&self.study(), &self.state, &ReportParams::default())
    }

    fn with_meta(mut self, interview: usize, key: &str, value: &str) -> Self {
        self.interviews[interview].transcript.meta.insert(key.to_owned(), value.to_owned());
        self
    }
}

fn content<'a>(study: &'a Study, state: &State) -> Content<'a> {
    Content { study, judged: Judged::of(state), survey: None }
}

fn page(study: &Study, state: &State, params: &ReportParams) -> String {
    String::from_utf8(bytes(&content(study, state), ReportKind::Html, params).unwrap()).unwrap()
}

fn drawing(study: &Study, state: &State, params: &ReportParams) -> String {
    String::from_utf8(bytes(&content(study, state), ReportKind::Svg, params).unwrap()).unwrap()
}

/// The words of a page, without its style and its marks.
fn words(page: &str) -> String {
    let body = &page[page.find("<body").unwrap()..];
    let texts = body.split('<').filter_map(|tag| tag.split_once('>'));
    texts.flat_map(|(_, text)| text.split_whitespace()).collect::<Vec<_>>().join(" ")
}

const LONG: &str = "Die Anlage stand im August zweimal still, und keiner wusste warum.";

fn twelve() -> Vec<GoldProject> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/gold");
    ["dms", "kaelte", "bau"].iter().flat_map(|name| read_projects(&folder.join(name)).unwrap()).collect()
}

#[test]
fn figures_count_interviews_not_statements() {
    let often: Vec<Said> = vec![(LONG, &[Ring::Ausloeser], false, Some("ruhe")); 3];
    let once: &[Said] = &[("Bei uns war es der Brand.", &[Ring::Ausloeser], false, Some("ruhe"))];
    let workshop = workshop(&["ruhe"], &[&often, once, &[("Wir haben gelacht.", &[], false, None)]]);
    let words = words(&workshop.page());
    assert!(words.contains("2 von 3 ●● ○"), "{words}");
    assert!(!words.contains("4 von"), "four statements are told by two interviews");
    let drawing = drawing(&workshop.study(), &workshop.state, &ReportParams::default());
    assert!(drawing.contains("2 von 3 Interviews"));
    assert_eq!(drawing.matches("stand im August").count(), 1, "one quote an interview");
}

#[test]
fn a_cell_of_which_nobody_speaks_is_a_gap() {
    let workshop = workshop(&["ruhe", "preis"], &[&[(LONG, &[Ring::Ausloeser], false, Some("ruhe"))]]);
    let page = workshop.page();
    assert!(page.contains("Lücken: 11 von 12 Feldern"), "two jobs by six rings, one of them told");
    let map = &page[page.find("<table class=\"map\"").unwrap()..];
    let map = &map[..map.find("</table>").unwrap()];
    assert_eq!(map.matches("<td class=\"gap\">").count(), 11);
    let drawing = drawing(&workshop.study(), &workshop.state, &ReportParams::default());
    assert_eq!(drawing.matches("url(#gap)").count(), 11);
}

#[test]
fn segments_come_from_the_field_that_was_asked_for() {
    let told: &[Said] = &[(LONG, &[Ring::Ausloeser], false, Some("ruhe"))];
    let silent: &[Said] = &[("Wir haben gelacht.", &[], false, None)];
    let workshop = workshop(&["ruhe"], &[told, told, silent])
        .with_meta(0, "branche", "Chemie")
        .with_meta(1, "branche", "Lebensmittel")
        .with_meta(2, "branche", "Lebensmittel");
    let (study, state) = (workshop.study(), &workshop.state);
    let params = ReportParams { segment_by: "branche".into(), ..ReportParams::default() };
    let words = words(&page(&study, state, &params));
    for title in ["Map: Alle Interviews", "Map: Chemie", "Map: Lebensmittel"] {
        assert!(words.contains(&format!("Customer Experience {title}")), "{title}");
    }
    assert!(words.contains("Chemie 1/1 Lebensmittel 1/2"), "the ring by segment: {words}");
    let one = ReportParams { segment: Some("Lebensmittel".into()), ..params.clone() };
    assert!(drawing(&study, state, &one).contains("1 von 2 Interviews"));
    let other = ReportParams { segment: Some("Bau".into()), ..params };
    let error = bytes(&content(&study, state), ReportKind::Svg, &other).unwrap_err();
    assert!(matches!(error, ReportError::NoSegment { .. }));
    assert!(error.explain(Tongue::German).contains("Chemie, Lebensmittel"), "{error}");
}

#[test]
fn a_segment_in_which_nobody_says_anything_is_shown_with_gaps() {
    let told: &[Said] = &[(LONG, &[Ring::Ausloeser], false, Some("ruhe"))];
    let silent: &[Said] = &[("Wir haben gelacht.", &[], false, None)];
    let workshop =
        workshop(&["ruhe"], &[told, silent]).with_meta(0, "segment", "Chemie").with_meta(1, "segment", "Bau");
    let words = words(&workshop.page());
    assert!(words.contains("Ohne eigene Karte, weil sie nur Lücken hätte: Bau (Interviews: 1)"), "{words}");
    assert!(words.contains("Map: Chemie Interviews: 1") && !words.contains("Map: Bau"), "{words}");
}

#[test]
fn suggestions_are_absent_unless_asked_for_and_then_marked() {
    let project = project(LONG);
    let plain = page(&project.study(false), &project.state, &ReportParams::default());
    let body = &plain[plain.find("<body").unwrap()..];
    assert!(!body.contains("class=\"suggested\""));
    assert!(!body.contains("tag guess"), "nothing is marked as suggested");
    assert!(!body.contains("weil Geld fehlte"));
    let more = page(&project.study(true), &project.state, &ReportParams::default());
    let words = words(&more);
    assert!(more.contains("<blockquote class=\"suggested\">"));
    assert!(words.contains("enthält Vorschläge der Software"));
    assert!(words.contains("Nichts, weil Geld fehlte."));
    assert!(words.contains("Vorschlag 60 %"), "the less probable of ring and job: {words}");
    assert!(words.contains("nur vorgeschlagen"));
    let map = drawing(&project.study(true), &project.state, &ReportParams::default());
    assert!(map.contains("Vorschlag 60 %"));
}

#[test]
fn reasons_are_marked() {
    let told: &[Said] =
        &[("Wir haben gesucht, weil die Anlage im August zweimal stand.", &[Ring::Ausloeser], true, Some("ruhe"))];
    let page = workshop(&["ruhe"], &[told]).page();
    assert!(page.contains("Wir haben gesucht, <u>weil die Anlage im August zweimal stand.</u>"), "{page}");
    assert!(words(&page).contains("Begründung"));
}

#[test]
fn hostile_text_stays_text() {
    let hostile = "Die Anlage<script>alert(1)</script> stand & \"stand\" ]]> --> \u{1}still, sagte einer.";
    let told: &[Said] = &[(hostile, &[Ring::Ausloeser], false, Some("</style><b>"))];
    let workshop = workshop(&["</style><b>"], &[told]).with_meta(0, "role", "<img src=x onerror=alert(1)>");
    let page = workshop.page();
    for tag in ["<script", "<img", "<b>alert", "</style><b"] {
        assert!(!page.contains(tag), "{tag}");
    }
    assert!(page.contains("&lt;script&gt;alert(1)"));
    let drawing = drawing(&workshop.study(), &workshop.state, &ReportParams::default());
    assert!(!drawing.contains("<script") && !drawing.contains('\u{1}'));
    assert_eq!(quick_xml_events(&drawing), Ok(()), "the drawing is well-formed");
}

/// Reads XML to its end.
fn quick_xml_events(xml: &str) -> Result<(), String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            quick_xml::events::Event::Eof => return Ok(()),
            _ => continue,
        }
    }
}

#[test]
fn nothing_on_the_page_comes_from_elsewhere() {
    let decided = decided(&twelve(), 12).unwrap();
    let page = page(&decided.study(false), &decided.state, &ReportParams::default());
    let page = page.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
    for reference in ["http:", "https:", "//", "<script", "<link", "<img", "@import", "url(", "src="] {
        assert!(!page.contains(reference), "{reference}");
    }
}

#[test]
fn forty_jobs_stand_in_parts_that_fit_on_paper() {
    let jobs: Vec<String> = (1..=40).map(|number| format!("j{number:02}")).collect();
    let names: Vec<&str> = jobs.iter().map(String::as_str).collect();
    let texts: Vec<String> = names
        .iter()
        .map(|name| {
            format!("Bei {name} ging es um Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamte.")
        })
        .collect();
    let said: Vec<Said> =
        texts.iter().zip(&names).map(|(text, name)| (text.as_str(), &[Ring::Huerde][..], false, Some(*name))).collect();
    let workshop = workshop(&names, &[&said]);
    let page = workshop.page();
    assert_eq!(page.matches("<table class=\"map\">").count(), 7, "six jobs at most side by side");
    let words = words(&page);
    for name in &names {
        assert!(words.contains(&format!("Job {name}")), "{name}");
    }
}

/// Twelve jobs, and a segment that speaks only to the first one: its second sheet would be one single gap.
#[test]
fn a_part_of_a_map_that_is_only_gaps_is_one_line() {
    let jobs: Vec<String> = (1..=12).map(|number| format!("j{number:02}")).collect();
    let names: Vec<&str> = jobs.iter().map(String::as_str).collect();
    let texts: Vec<String> = names.iter().map(|name| format!("Bei {name} ging es um den Betrieb.")).collect();
    let all: Vec<Said> =
        texts.iter().zip(&names).map(|(text, name)| (text.as_str(), &[Ring::Huerde][..], false, Some(*name))).collect();
    let workshop =
        workshop(&names, &[&all, &all[..1]]).with_meta(0, "segment", "Chemie").with_meta(1, "segment", "Bau");
    let page = workshop.page();
    assert_eq!(page.matches("<table class=\"map\">").count(), 5, "two of all, two of Chemie, one of Bau");
    let words = words(&page);
    assert!(
        words.contains("Map: Bau 1/2 Interviews: 1 · Lücken: 71 von 72 Feldern · Nur Lücken: Job j07, Job j08"),
        "{words}"
    );
}

/// So that a picture for a slide stays legible: it is not wider than a sheet.
#[test]
fn many_jobs_stand_in_bands_on_a_drawing() {
    let jobs: Vec<String> = (1..=13).map(|number| format!("j{number:02}")).collect();
    let names: Vec<&str> = jobs.iter().map(String::as_str).collect();
    let width = |names: &[&str]| -> f64 {
        let workshop = workshop(names, &[&[(LONG, &[Ring::Ausloeser], false, Some(names[0]))]]);
        let drawing = drawing(&workshop.study(), &workshop.state, &ReportParams::default());
        assert_eq!(
            drawing.matches(">Investitionsauslöser<").count(),
            names.len().div_ceil(6),
            "each band names the rings"
        );
        assert!(names.iter().all(|name| drawing.contains(&format!(">Job {name}<"))));
        drawing.split("width=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
    };
    assert_eq!(width(&names[..5]), width(&names), "thirteen jobs are three bands of five");
}

#[test]
fn one_interview_does_not_say_whether_another_would_tell_more() {
    let one: &[Said] = &[("Die Anlage stand.", &[Ring::Ausloeser], false, Some("ruhe"))];
    let two: &[Said] = &[("Der Preis war hoch.", &[Ring::Huerde], false, Some("ruhe"))];
    let note = "Nicht berechenbar: Dafür braucht es zwei Interviews.";
    assert!(words(&workshop(&["ruhe"], &[one]).page()).contains(note));
    assert!(!words(&workshop(&["ruhe"], &[one, two]).page()).contains(note));
}

#[test]
fn without_metadata_and_without_decisions_the_page_says_so() {
    let mut project = project(LONG);
    project.interviews.iter_mut().for_each(|interview| interview.transcript.meta.clear());
    let words = words(&page(&project.study(false), &State::default(), &ReportParams::default()));
    assert!(words.contains("Kein Interview nennt in seinen Metadaten „segment“"));
    assert!(words.contains("Interviews ohne Angabe der Rolle: 2"), "{words}");
    assert!(words.contains("Rechtsform 0 von 2 Interviews allen"));
    let empty = Workshop { interviews: Vec::new(), state: State::default() };
    assert!(self::words(&empty.page()).contains("Noch ist keine Aussage bestätigt"));
    assert!(drawing(&empty.study(), &empty.state, &ReportParams::default()).contains("</svg>"));
}

#[test]
fn personas_name_nothing_that_metadata_do_not_say() {
    let told: &[Said] =
        &[("Am Ende will ich ruhig schlafen, jede Nacht im ganzen Jahr.", &[Ring::Erfolg], false, None)];
    let workshop = workshop(&[], &[told, told])
        .with_meta(0, "role", "Leiterin Einkauf")
        .with_meta(1, "role", "Leiter Einkauf")
        .with_meta(1, "age", "52");
    let words = words(&workshop.page());
    assert!(words.contains("Leiter Einkauf / Leiterin Einkauf Interviews: 2 (werk-01, werk-02)"), "{words}");
    assert!(words.contains("Alter 52 (werk-02)"));
    assert!(!words.contains("Geschlecht"));
}

#[test]
fn the_evidence_names_old_decisions_lone_voices_contradictions_and_leading_questions() {
    let first: &[Said] =
        &[("Beim Anbieter war die Schnittstelle schon offen.", &[Ring::Kriterium], false, Some("ruhe"))];
    let second: &[Said] = &[
        ("Der andere hatte keine Schnittstelle dabei.", &[Ring::Kriterium], false, Some("ruhe")),
        (LONG, &[Ring::Ausloeser], false, Some("preis")),
    ];
    let workshop = workshop(&["ruhe", "preis"], &[first, second]).with_meta(0, "decision_date", "2025-01").with_meta(
        1,
        "decision_date",
        "2025-03",
    );
    let words = words(&workshop.page());
    assert!(words.contains("älter als zwölf Monate: werk-01 (14 Monate) "), "{words}");
    assert!(words.contains("Jobs mit nur einer Stimme: Job preis"));
    assert!(words.contains("Job ruhe · ◆ Entscheidungskriterium: „Schnittstelle“"));
    assert!(
        words.contains("Von 3 bestätigten Aussagen war bei 3 ein Vorschlag zu sehen. Bei 0 % gelten genau diese Ringe")
    );
    assert!(words.contains("Das letzte Interview brachte im Mittel noch 0,5 neue Felder der Karte von 2 insgesamt"));
}

#[test]
fn a_study_of_twelve_interviews_is_written_twice_alike() {
    let decided = decided(&twelve(), 9).unwrap();
    assert_eq!(decided.interviews.len(), 12);
    let params = ReportParams { segment_by: "project".into(), tongue: Tongue::English, ..ReportParams::default() };
    let study = decided.study(true);
    for kind in [ReportKind::Html, ReportKind::Svg] {
        let first = bytes(&content(&study, &decided.state), kind, &params).unwrap();
        assert!(first == bytes(&content(&study, &decided.state), kind, &params).unwrap(), "{}", kind.ending());
    }
}

#[test]
fn a_picture_is_drawn_twice_alike() {
    let told: &[Said] = &[(LONG, &[Ring::Ausloeser], false, Some("ruhe"))];
    let workshop = workshop(&["ruhe"], &[told]);
    let picture = || bytes(&content(&workshop.study(), &workshop.state), ReportKind::Png, &ReportParams::default());
    match picture() {
        Ok(first) => {
            assert!(first.starts_with(b"\x89PNG"));
            assert!(first == picture().unwrap());
        }
        Err(error) => assert!(matches!(error, ReportError::NoFont), "only a machine without fonts cannot: {error}"),
    }
}

#[test]
fn a_file_is_replaced_only_where_that_was_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.html");
    let (project, params) = (project(LONG), ReportParams::default());
    let study = project.study(false);
    write(&content(&study, &project.state), &path, &params, false).unwrap();
    assert!(matches!(write(&content(&study, &project.state), &path, &params, false), Err(ReportError::Exists(_))));
    write(&content(&study, &project.state), &path, &params, true).unwrap();
    let other = folder.path().join("report.docx");
    let error = write(&content(&study, &project.state), &other, &params, false).unwrap_err();
    assert!(error.explain(Tongue::German).contains(".html .svg .png"));
}

#[test]
fn words_of_a_job_and_who_takes_part_in_buying_are_told() {
    let of_job: Said = ("Die Förderschnecke blockiert.", &[Ring::Huerde], false, Some("ruhe"));
    let alone: Said = ("Die Mischtrommel quietscht.", &[Ring::Huerde], false, Some("ruhe"));
    let rest: Said = ("Unser Geschäftsführer sucht Parkplätze.", &[], false, None);
    let told: [Vec<Said>; 3] =
        [vec![of_job; 12], vec![of_job; 12], vec![alone]].map(|said| [said, vec![rest; 12]].concat());
    let workshop = workshop(&["ruhe"], &told.each_ref().map(Vec::as_slice));
    let words = words(&workshop.page());
    let told = |wanted: &str| words.contains(wanted);
    assert!(told("Förderschnecke") && told("2 von 3 Interviews"), "{words}");
    assert!(!told("Mischtrommel 1"), "a word of one person is not the job's");
    assert!(told("Geschäftsleitung 0 von 3 Interviews 3 von 3 Interviews"), "{words}");
}

/// The figures of a page that count interviews, in order.
fn counts(page: &str) -> Vec<&str> {
    page.split("<p class=\"count\">").skip(1).filter_map(|rest| rest.split("</p>").next()).collect()
}

/// How persons, companies and places were written.
fn forms(key: &Key) -> impl Iterator<Item = &str> {
    let names = key.entries.iter().filter(|entry| matches!(entry.kind, Kind::Person | Kind::Company | Kind::Place));
    names.flat_map(|entry| entry.forms.keys().map(String::as_str)).filter(|form| !ORDINARY.contains(form))
}

/// Towns and words at once; where nothing says that it is the town, it stays.
const ORDINARY: [&str; 3] = ["Halle", "Hof", "Haus"];

#[test]
fn a_page_without_names_holds_none_and_counts_the_same() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/gold/dms");
    let decided = decided(&read_projects(&folder).unwrap(), 4).unwrap();
    let study = decided.study(false);
    let (without, key) = pseudonymised(&study, &Names::default(), &ReadNames::default(), Tongue::German);
    let params = ReportParams::default();
    let (before, after) = (page(&study, &decided.state, &params), page(&without, &decided.state, &params));
    assert_eq!(counts(&before), counts(&after));
    assert!(forms(&key).count() > 20, "names were found");
    for (page, kind) in [(&after, "page"), (&drawing(&without, &decided.state, &params), "map")] {
        let held: Vec<&str> = forms(&key).filter(|form| holds(page, form)).collect();
        assert_eq!(held, Vec::<&str>::new(), "{kind}");
    }
    for interview in &study.interviews {
        assert!(!after.contains(interview.id()), "{}", interview.id());
    }
}

/// Whether a word stands in a page as such, not as part of another one.
fn holds(page: &str, word: &str) -> bool {
    let edge = |sign: Option<char>| sign.is_none_or(|sign| !sign.is_alphanumeric());
    let places = page.match_indices(word);
    places
        .map(|(at, _)| (&page[..at], &page[at + word.len()..]))
        .any(|(left, right)| edge(left.chars().next_back()) && edge(right.chars().next()))
}

/// A questionnaire with the suggestions of [`coded`]: barriers that speak to the job `preis`.
fn questionnaire(table: &str, jobs: &[Job]) -> Study {
    let read = survey(Path::new("antworten.csv"), table.as_bytes(), &[]).unwrap();
    let answers: Vec<CodedInterview> = read.respondents.into_iter().map(coded).collect();
    let material = Material {
        name: "antworten",
        interviews: &answers,
        current: &Current::default(),
        listed_jobs: jobs,
        model: "e5-small-de",
        suggested_at: "2026-03-12T10:20:30Z".parse().unwrap(),
    };
    Study::new(&material, true)
}

const ANSWERS: &str = "Segment;Was hat Sie gehindert?;Was noch?\n\
    Chemie;Die Rentabilität war nicht klar. Und die Profitabilität auch nicht.;Sonst hat uns wenig gehindert.\n\
    Bau;Herr Noack von der Hebrecht GmbH wollte nicht.;\n\
    Bau;;\n";

#[test]
fn answers_of_a_questionnaire_are_counted_apart() {
    let told: &[Said] = &[(LONG, &[Ring::Huerde], false, Some("preis")), ("Die Rentabilität zählt.", &[], false, None)];
    let workshop = workshop(&["preis", "ruhe"], &[told]);
    let (study, jobs) = (workshop.study(), workshop.state.current().jobs());
    let plain = page(&study, &workshop.state, &ReportParams::default());
    let survey = questionnaire(ANSWERS, jobs);
    let content = Content { survey: Some(&survey), ..content(&study, &workshop.state) };
    let page = String::from_utf8(bytes(&content, ReportKind::Html, &ReportParams::default()).unwrap()).unwrap();
    let section = page.find("<section class=\"sheet\" id=\"survey\">").unwrap();
    let of_survey = words(&format!("<body {}", &page[section..page.find("id=\"evidence\"").unwrap()]));
    let told = |wanted: &str| assert!(of_survey.contains(wanted), "{wanted}: {of_survey}");
    told("Befragte: 2");
    told("niemand hat sie bestätigt");
    told("Job preis – – – ");
    told("2 von 2 Befragten");
    told("„Herr Noack von der Hebrecht GmbH wollte nicht.“ 3, Antwort Vorschlag 60 %");
    assert!(!of_survey.contains("von 1 Interview"), "no figure of interviews");
    assert_eq!(counts(&page[..section]), counts(&plain), "interviews are counted as without a questionnaire");
    let words = words(&page);
    assert!(
        words.contains(
            "Rentabilität Profitabilität Wirtschaftlichkeit Fragebogen, Befragte: 2 1 1 0 Interviews: 1 1 0 0"
        ),
        "{words}"
    );
    assert!(!plain.contains("id=\"survey\"") && !self::words(&plain).contains("Fragebogen"));
}

#[test]
fn a_questionnaire_loses_its_names_with_the_same_key() {
    let told: &[Said] = &[("Herr Noack war dabei.", &[Ring::Huerde], false, Some("preis"))];
    let workshop = workshop(&["preis"], &[told]);
    let survey = questionnaire(ANSWERS, workshop.state.current().jobs());
    let (study, without, key) = pseudonymised_with_survey(
        &workshop.study(),
        Some(&survey),
        &Names::default(),
        &ReadNames::default(),
        Tongue::German,
    );
    let survey = without.unwrap();
    let answer = &survey.interviews[1];
    assert_eq!((answer.id(), answer.speaker(&answer.statements[1]).name.as_str()), ("3", "Antwort"));
    assert_eq!(answer.text(&answer.statements[1]), "Herr [Person A] von der [Firma A] GmbH wollte nicht.");
    assert!(study.interviews[0].transcript.text().contains("Herr [Person A] war dabei."));
    assert!(key.entries.iter().any(|entry| entry.forms.get("Noack") == Some(&2)), "{key:?}");
}
