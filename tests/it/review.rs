//! The review page without a browser: who may ask, what is told, and that decisions are stored and undone.

use std::path::Path;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use ringwerk::coding::{Reason, StatementKey, TranscriptKey, Verdict};
use ringwerk::error::{Explain, Tongue};
use ringwerk::gold::{Gold, read_projects};
use ringwerk::review::{Access, ReviewError, Server, SharedModel, Sight, router};
use ringwerk::store::{Project, check};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::fake_model::FakeModel;
use crate::gold_as_project::store;

const HOST: &str = "127.0.0.1:4711";
const ORIGIN: &str = "http://127.0.0.1:4711";
const COOKIE: &str = "ringwerk-4711=geheim";

/// A project with its page.
struct Page {
    folder: tempfile::TempDir,
    gold: Vec<Gold>,
    router: Router,
}

fn access() -> Access {
    Access::new(4711, "geheim".to_owned())
}

fn gold() -> Vec<Gold> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/gold/dms");
    read_projects(&folder).unwrap().remove(0).interviews
}

fn page() -> Page {
    page_of(gold())
}

fn page_of(gold: Vec<Gold>) -> Page {
    page_with(gold, None)
}

fn page_with(gold: Vec<Gold>, model: Option<SharedModel>) -> Page {
    let folder = tempfile::tempdir().unwrap();
    store(folder.path(), &gold).unwrap();
    let router = router(folder.path(), access(), Sight::Everything, Tongue::German, model).unwrap();
    Page { folder, gold, router }
}

/// What names statement `index` of an interview.
fn key(gold: &Gold, index: usize) -> StatementKey {
    StatementKey::new(&TranscriptKey::of(gold.transcript.text()), gold.statements[index].span)
}

fn get(path: &str) -> axum::http::request::Builder {
    Request::get(path).header(header::HOST, HOST).header(header::COOKIE, COOKIE)
}

async fn answer(router: &Router, request: Request<Body>) -> Response<Body> {
    router.clone().oneshot(request).await.unwrap()
}

async fn status(router: &Router, request: axum::http::request::Builder) -> StatusCode {
    answer(router, request.body(Body::empty()).unwrap()).await.status()
}

async fn json_of(response: Response<Body>) -> (StatusCode, Value) {
    let status = response.status();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&bytes).unwrap_or_default())
}

impl Page {
    async fn project(&self) -> Value {
        let request = get("/api/project?who=Anna").body(Body::empty()).unwrap();
        let (status, project) = json_of(answer(&self.router, request).await).await;
        assert_eq!(status, StatusCode::OK);
        project
    }

    async fn changes(&self, since: u64) -> Value {
        let request = get(&format!("/api/changes?who=Anna&since={since}")).body(Body::empty()).unwrap();
        json_of(answer(&self.router, request).await).await.1
    }

    async fn post(&self, path: &str, body: Value) -> (StatusCode, Value) {
        json_of(answer(&self.router, posted(path, &body)).await).await
    }

    async fn decide(&self, who: &str, keys: &[StatementKey], wish: Value) -> Value {
        let body = json!({ "who": who, "since": 0, "statements": keys, "wish": wish });
        let (status, changes) = self.post("decide", body).await;
        assert_eq!(status, StatusCode::OK, "{changes}");
        changes
    }

    fn entries(&self) -> Vec<ringwerk::coding::Entry> {
        Project::open(self.folder.path()).unwrap().entries(None).unwrap()
    }

    /// The keys of all answers of an interview.
    fn answers(&self, interview: usize) -> Vec<StatementKey> {
        let gold = &self.gold[interview];
        let answers =
            (0..gold.statements.len()).filter(|index| gold.transcript.is_respondent(&gold.statements[*index]));
        answers.map(|index| key(gold, index)).collect()
    }
}

fn posted(path: &str, body: &Value) -> Request<Body> {
    let request = Request::post(format!("/api/{path}")).header(header::HOST, HOST).header(header::COOKIE, COOKIE);
    let request = request.header(header::ORIGIN, ORIGIN).header(header::CONTENT_TYPE, "application/json");
    request.body(Body::from(body.to_string())).unwrap()
}

fn run<F: Future>(test: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(test)
}

#[test]
fn the_secret_address_opens_the_page_and_nothing_else_does() {
    run(async {
        let page = page();
        let open = |address: &str| Request::get(address.to_owned()).header(header::HOST, HOST);
        for path in ["/", "/?token=falsch", "/assets/main.js", "/api/project", "/api/project?token=geheim"] {
            assert_eq!(status(&page.router, open(path)).await, StatusCode::UNAUTHORIZED, "{path}");
        }
        let request = open("/?token=geheim").body(Body::empty()).unwrap();
        let response = answer(&page.router, request).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        assert_eq!(response.headers()[header::LOCATION], "/", "the secret leaves the address");
        let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
        assert_eq!(cookie, "ringwerk-4711=geheim; Path=/; HttpOnly; SameSite=Strict");
        for path in ["/", "/assets/main.js", "/api/project"] {
            assert_eq!(status(&page.router, get(path)).await, StatusCode::OK, "{path}");
        }
        let others = open("/").header(header::COOKIE, "a=b; ringwerk-4712=geheim; ringwerk-4711=geheimer");
        assert_eq!(status(&page.router, others).await, StatusCode::UNAUTHORIZED);
    });
}

#[test]
fn other_names_for_this_machine_and_other_pages_are_refused() {
    run(async {
        let page = page();
        for host in ["example.org", "example.org:4711", "127.0.0.1", "localhost:4711", "127.0.0.1:80", ""] {
            let request = Request::get("/").header(header::HOST, host).header(header::COOKIE, COOKIE);
            assert_eq!(status(&page.router, request).await, StatusCode::FORBIDDEN, "{host}");
        }
        let twice = get("/").header(header::HOST, "example.org");
        assert_eq!(status(&page.router, twice).await, StatusCode::FORBIDDEN);
        let body = json!({ "who": "Anna", "statements": page.answers(0), "wish": "accept" });
        for origin in [Some("http://example.org"), Some("http://127.0.0.1:80"), Some("null"), None] {
            let mut request = posted("decide", &body);
            match origin {
                Some(origin) => drop(request.headers_mut().insert(header::ORIGIN, origin.parse().unwrap())),
                None => drop(request.headers_mut().remove(header::ORIGIN)),
            }
            assert_eq!(answer(&page.router, request).await.status(), StatusCode::FORBIDDEN, "{origin:?}");
        }
        let mut form = posted("decide", &body);
        form.headers_mut().insert(header::CONTENT_TYPE, "text/plain".parse().unwrap());
        assert!(answer(&page.router, form).await.status().is_client_error());
        assert_eq!(page.entries(), []);
    });
}

#[test]
fn every_answer_tells_the_browser_to_stay_here() {
    run(async {
        let page = page();
        for path in ["/", "/assets/main.js", "/api/project", "/nothing", "/?token=geheim"] {
            let response = answer(&page.router, get(path).body(Body::empty()).unwrap()).await;
            let rules = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
            assert!(rules.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"), "{path}: {rules}");
            assert!(!rules.contains("unsafe"));
            assert_eq!(response.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
            assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store", "{path}");
        }
    });
}

#[test]
fn only_the_files_of_the_page_are_served() {
    run(async {
        let page = page();
        for path in [
            "/assets/../Cargo.toml",
            "/assets/..%2f..%2fCargo.toml",
            "/assets/%2e%2e/project.db",
            "/assets/%2Fetc%2Fpasswd",
            "/assets/",
            "/project.db",
            "/.review.json",
            "//etc/passwd",
        ] {
            assert_eq!(status(&page.router, get(path)).await, StatusCode::NOT_FOUND, "{path}");
        }
    });
}

/// Nothing on the page turns text into HTML or asks another machine for something.
#[test]
fn the_files_of_the_page_only_ever_make_text_of_text() {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/review/assets");
    for file in std::fs::read_dir(assets).unwrap() {
        let path = file.unwrap().path();
        let content = std::fs::read_to_string(&path).unwrap();
        for word in
            ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "DOMParser"]
        {
            assert!(!content.contains(word), "{}: {word}", path.display());
        }
        let elsewhere = content.replace("http://www.w3.org/2000/svg", "");
        assert!(!elsewhere.contains("http:") && !elsewhere.contains("https:"), "{}", path.display());
    }
}

#[test]
fn hostile_text_arrives_as_it_was_said_and_as_json() {
    run(async {
        let hostile = "</script><script>alert(1)</script> \\u003cimg src=x onerror=alert(1)> \u{2028} \" ' & 👍";
        let mut gold = gold();
        gold.truncate(1);
        let old = &gold[0].transcript;
        let turn =
            ringwerk::transcript::NewTurn { speaker: 0, start: None, end: None, text: hostile.into(), foreign: None };
        let mut speakers = old.speakers().to_vec();
        speakers[0] =
            ringwerk::transcript::Speaker { name: "<b>B1</b>".into(), role: ringwerk::transcript::Role::Respondent };
        let transcript = ringwerk::transcript::Transcript::new("<i>x</i>", old.format, speakers, vec![turn]);
        let span = ringwerk::text::ByteSpan::new(0, hostile.len());
        gold[0].statements = vec![ringwerk::transcript::Statement { turn: 0, span }];
        gold[0].codes.truncate(1);
        gold[0].transcript = transcript;
        let page = page_of(gold);
        let response = answer(&page.router, get("/api/project").body(Body::empty()).unwrap()).await;
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/json");
        let (_, project) = json_of(response).await;
        assert_eq!(project["interviews"][0]["statements"][0]["text"], hostile);
        let frame = answer(&page.router, get("/").body(Body::empty()).unwrap()).await;
        let frame = frame.into_body().collect().await.unwrap().to_bytes();
        assert!(!String::from_utf8_lossy(&frame).contains("alert"), "no transcript text in the frame");
    });
}

#[test]
fn the_project_is_told_with_suggestions_and_decisions() {
    run(async {
        let page = page();
        let project = page.project().await;
        assert_eq!(project["interviews"].as_array().unwrap().len(), page.gold.len());
        let interview = &project["interviews"][0];
        assert_eq!(interview["name"], page.gold[0].transcript.id);
        let statements = interview["statements"].as_array().unwrap();
        assert_eq!(statements.len(), page.gold[0].statements.len());
        let answer = statements.iter().find(|statement| !statement["suggestion"].is_null()).unwrap();
        assert_eq!(answer["suggestion"]["rings"].as_array().unwrap().len(), 6);
        assert!(answer["decided"].is_null());
        let similar = answer["suggestion"]["similar"][0]["example"].as_u64().unwrap() as usize;
        assert!(project["examples"][similar]["text"].is_string());
        let first = &page.answers(0)[0];
        page.decide("Anna", std::slice::from_ref(first), json!({ "rings": ["huerde", "einfluss"] })).await;
        let project = page.project().await;
        let statements = project["interviews"][0]["statements"].as_array().unwrap();
        let decided = statements.iter().find(|statement| statement["start"] == first.span.start).unwrap();
        assert_eq!(decided["decided"]["rings"], json!(["huerde", "einfluss"]));
        assert_eq!(decided["decided"]["who"], "Anna");
        assert_eq!(project["people"], json!(["Anna"]));
    });
}

#[test]
fn accepting_stores_who_what_was_shown_and_what_was_decided() {
    run(async {
        let page = page();
        let first = page.answers(0)[0].clone();
        let changes = page.decide("Anna", std::slice::from_ref(&first), json!("accept")).await;
        assert_eq!(changes["decided"].as_array().unwrap().len(), 1);
        let entries = page.entries();
        assert_eq!((entries.len(), entries[0].who.as_str()), (1, "Anna"));
        let ringwerk::coding::Action::Decide(decisions) = &entries[0].action else { panic!("{entries:?}") };
        let ringwerk::coding::Decision::Statement { statement, verdict, shown: Some(shown) } = &decisions[0] else {
            panic!("{decisions:?}")
        };
        assert_eq!(*statement, first);
        assert_eq!(*verdict, Verdict::Rings(shown.coding().rings));
        page.decide("Anna", std::slice::from_ref(&first), json!("accept")).await;
        assert_eq!(page.entries().len(), 1, "accepting again decides nothing");
    });
}

#[test]
fn each_wish_is_stored() {
    run(async {
        let page = page();
        let one = &page.answers(0)[..1];
        for wish in [
            json!({ "rings": [] }),
            json!({ "reason": true }),
            json!({ "flag": true }),
            json!({ "comment": "nachfragen" }),
        ] {
            page.decide("Anna", one, wish).await;
        }
        let state = Project::open(page.folder.path()).unwrap().state().unwrap();
        let decided = state.current().statement(&one[0]).unwrap();
        assert!(decided.rings.as_ref().unwrap().value.is_empty());
        assert!(matches!(decided.reason.as_ref().unwrap().value, Reason::Yes { .. }));
        assert!(decided.flagged.is_some());
        assert_eq!(decided.comment.as_ref().unwrap().value, "nachfragen");
        page.decide("Anna", one, json!("reopen")).await;
        let changes = page.decide("Anna", one, json!("skip")).await;
        assert_eq!(changes["decided"][0]["decided"]["skipped"], true);
        assert_eq!(changes["decided"][0]["decided"]["rings"], Value::Null);
        assert_eq!(check(page.folder.path()).unwrap().faults, []);
    });
}

#[test]
fn what_cannot_be_is_refused_with_a_reason_and_not_stored() {
    run(async {
        let page = page();
        let mut wrong = page.answers(0)[0].clone();
        wrong.span.end -= 1;
        let body = json!({ "who": "Anna", "since": 0, "statements": [wrong], "wish": "accept" });
        let (status, answer) = page.post("decide", body).await;
        assert_eq!(status, StatusCode::CONFLICT);
        assert!(answer["message"].as_str().unwrap().contains("gibt es so nicht mehr"), "{answer}");
        let body = |who: &str, wish: Value| json!({ "who": who, "since": 0, "statements": page.answers(0)[..1], "wish": wish });
        assert_eq!(page.post("decide", body(" ", json!({ "flag": true }))).await.0, StatusCode::CONFLICT);
        for wish in [json!({ "rings": ["huerde", "huerde"] }), json!({ "rings": ["nichts"] }), json!("alles")] {
            assert!(page.post("decide", body("Anna", wish)).await.0.is_client_error());
        }
        assert_eq!(page.entries(), []);
    });
}

#[test]
fn undo_and_redo_name_their_steps_so_that_asking_twice_does_no_harm() {
    run(async {
        let page = page();
        let keys = page.answers(0);
        page.decide("Anna", &keys[..1], json!({ "rings": ["huerde"] })).await;
        let changes = page.decide("Anna", &keys[1..2], json!({ "rings": ["erfolg"] })).await;
        let undo = json!({ "who": "Anna", "since": changes["last"], "step": changes["undo"]["id"] });
        let undone = page.post("undo", undo.clone()).await.1;
        assert_eq!(undone["decided"][0]["decided"], Value::Null);
        let again = page.post("undo", undo).await.1;
        assert_eq!(again["last"], undone["last"], "nothing else was undone");
        let redo = json!({ "who": "Anna", "since": undone["last"], "steps": undone["redo"] });
        let redone = page.post("redo", redo.clone()).await.1;
        assert_eq!(redone["decided"][0]["decided"]["rings"], json!(["erfolg"]));
        assert_eq!(redone["redo"], json!([]));
        assert_eq!(page.post("redo", redo).await.1["last"], redone["last"]);
        let ben = answer(&page.router, get("/api/changes?who=Ben&since=0").body(Body::empty()).unwrap()).await;
        assert_eq!(json_of(ben).await.1["undo"], Value::Null, "each person undoes their own steps");
    });
}

#[test]
fn accepting_many_is_one_step_and_leaves_what_is_decided() {
    run(async {
        let page = page();
        let keys = page.answers(0);
        page.decide("Ben", &keys[..1], json!({ "rings": ["mindset"] })).await;
        let changes = page.decide("Anna", &keys, json!("accept")).await;
        assert_eq!(changes["undo"]["statements"], keys.len() - 1);
        let state = Project::open(page.folder.path()).unwrap().state().unwrap();
        assert_eq!(state.current().statement(&keys[0]).unwrap().rings.as_ref().unwrap().by.who, "Ben");
        assert_eq!(state.restore_points().count(), 1);
        let undo = json!({ "who": "Anna", "since": changes["last"], "step": changes["undo"]["id"] });
        let undone = page.post("undo", undo).await.1;
        assert_eq!(undone["decided"].as_array().unwrap().len(), keys.len() - 1);
        let state = Project::open(page.folder.path()).unwrap().state().unwrap();
        assert_eq!(state.current().statements().count(), 1);
    });
}

#[test]
fn two_pages_and_another_program_hear_of_each_other() {
    run(async {
        let page = page();
        let keys = page.answers(0);
        let before = page.project().await["last"].as_u64().unwrap();
        page.decide("Ben", &keys[..1], json!({ "flag": true })).await;
        let other = router(page.folder.path(), access(), Sight::Everything, Tongue::German, None).unwrap();
        let body = json!({ "who": "Cem", "since": before, "statements": keys[1..2], "wish": { "comment": "da" } });
        let seen = json_of(answer(&other, posted("decide", &body)).await).await.1;
        assert_eq!(seen["decided"].as_array().unwrap().len(), 2);
        let changes = page.changes(before).await;
        assert_eq!(changes["decided"].as_array().unwrap().len(), 2);
        assert_eq!(changes["reload"], false);
        assert_eq!(page.changes(changes["last"].as_u64().unwrap()).await["decided"], json!([]));
        assert_eq!(Page::changes(&page_of(gold()), 0).await["reload"], false, "nothing was decided yet");
        assert_eq!(page.changes(999).await["reload"], true, "a page of another project");
    });
}

#[test]
fn statements_are_split_and_merged_and_the_page_is_told_to_ask_again() {
    run(async {
        let page = page();
        let statements = |project: &Value| project["interviews"][0]["statements"].as_array().unwrap().clone();
        let before = statements(&page.project().await);
        let key = page.answers(0).into_iter().find(|key| key.span.len() > 60).unwrap();
        let text = key.span.of(page.gold[0].transcript.text());
        let at = text[..text.rfind(' ').unwrap()].encode_utf16().count();
        let split = json!({ "who": "Anna", "since": 0, "statement": key, "at": at });
        assert_eq!(page.post("split", split.clone()).await.1["reload"], true);
        let after = statements(&page.project().await);
        assert_eq!(after.len(), before.len() + 1);
        let place = after.iter().position(|statement| statement["start"] == key.span.start).unwrap();
        assert!(after[place]["suggestion"].is_null(), "the suggestion was for the whole");
        assert_eq!(page.post("split", split).await.0, StatusCode::CONFLICT, "it is not there any more");

        let mut first = key.clone();
        first.span.end = after[place]["end"].as_u64().unwrap() as usize;
        let merged = page.post("merge", json!({ "who": "Anna", "since": 0, "statement": first })).await.1;
        assert_eq!(merged["reload"], true);
        assert_eq!(statements(&page.project().await), before);
        let last = page.answers(0).pop().unwrap();
        let (status, _) = page.post("merge", json!({ "who": "Anna", "since": 0, "statement": last })).await;
        assert_eq!(status, StatusCode::CONFLICT, "nothing follows in its turn");
    });
}

#[test]
fn who_asks_is_not_coded() {
    run(async {
        let page = page();
        let key = page.answers(0)[0].clone();
        let transcript = &page.gold[0].transcript;
        let turn = page.gold[0].statements.iter().find(|statement| statement.span == key.span).unwrap().turn;
        let speaker = &transcript.speaker(&transcript.turns()[turn]).name;
        let role = |speaker: &str| json!({ "who": "Anna", "since": 0, "transcript": key.transcript, "speaker": speaker, "role": "interviewer" });
        assert_eq!(page.post("role", role("niemand")).await.0, StatusCode::CONFLICT);
        assert_eq!(page.post("role", role(speaker)).await.1["reload"], true);
        let project = page.project().await;
        let statements = project["interviews"][0]["statements"].as_array().unwrap();
        assert!(statements.iter().all(|statement| statement["suggestion"].is_null()));
    });
}

#[test]
fn candidates_become_jobs_that_are_renamed_merged_and_taken_back() {
    run(async {
        let page = page();
        let candidates = page.project().await["candidates"].as_array().unwrap().clone();
        assert!(candidates.len() > 1 && !candidates[0]["quotes"].as_array().unwrap().is_empty());
        let shape = async |job: Value| {
            let (status, changes) = page.post("jobs", json!({ "who": "Anna", "since": 0, "job": job })).await;
            assert_eq!(status, StatusCode::OK, "{changes}");
            changes
        };
        for candidate in &candidates[..2] {
            let members = &candidate["members"];
            shape(json!({ "confirm": { "title": candidate["label"], "description": "", "statements": members } }))
                .await;
        }
        let jobs = page.project().await["jobs"].as_array().unwrap().clone();
        assert_eq!(jobs.len(), 2);
        let first = &candidates[0]["members"][0];
        shape(json!({ "rename": { "id": jobs[0]["id"], "title": "Ruhe haben", "description": "Satz." } })).await;
        shape(json!({ "assign": { "id": null, "statements": [first] } })).await;
        let merged = shape(json!({ "merge": { "from": jobs[1]["id"], "into": jobs[0]["id"] } })).await;
        assert_eq!(merged["reload"], true);
        let state = Project::open(page.folder.path()).unwrap().state().unwrap();
        let id = jobs[0]["id"].as_str().unwrap();
        let members = |index: usize| candidates[index]["members"].as_array().unwrap().len();
        assert_eq!(state.current().members(id).count(), members(0) + members(1) - 1);
        assert_eq!(state.current().jobs()[0].title, "Ruhe haben");
        let undo = json!({ "who": "Anna", "since": 0, "step": merged["undo"]["id"] });
        assert_eq!(page.post("undo", undo).await.0, StatusCode::OK);
        assert_eq!(page.project().await["jobs"].as_array().unwrap().len(), 2);
        let nameless = json!({ "rename": { "id": id, "title": " ", "description": "" } });
        let (status, answer) = page.post("jobs", json!({ "who": "Anna", "since": 0, "job": nameless })).await;
        assert_eq!(status, StatusCode::CONFLICT, "{answer}");
        shape(json!({ "remove": { "id": id } })).await;
        shape(json!({ "release": { "statements": [first] } })).await;
        assert_eq!(check(page.folder.path()).unwrap().faults, []);
    });
}

#[test]
fn rejecting_many_is_one_step_and_leaves_what_is_decided() {
    run(async {
        let page = page();
        let keys = page.answers(0);
        page.decide("Ben", &keys[..1], json!({ "rings": ["mindset"] })).await;
        let changes = page.decide("Anna", &keys, json!("reject")).await;
        assert_eq!(changes["undo"]["statements"], keys.len() - 1);
        let state = Project::open(page.folder.path()).unwrap().state().unwrap();
        let rings = |key: &StatementKey| state.current().statement(key).unwrap().rings.clone().unwrap();
        assert_eq!(rings(&keys[0]).by.who, "Ben");
        assert!(keys[1..].iter().all(|key| rings(key).value.is_empty()));
        assert_eq!(state.restore_points().count(), 1);
        let undo = json!({ "who": "Anna", "since": changes["last"], "step": changes["undo"]["id"] });
        page.post("undo", undo).await;
        let state = Project::open(page.folder.path()).unwrap().state().unwrap();
        assert_eq!(state.current().statements().count(), 1);
    });
}

#[test]
fn a_turn_is_given_to_somebody_else() {
    run(async {
        let page = page();
        let key = page.answers(0)[0].clone();
        let transcript = &page.gold[0].transcript;
        let statement = page.gold[0].statements.iter().find(|statement| statement.span == key.span).unwrap();
        let asks =
            transcript.speakers().iter().find(|one| one.role == ringwerk::transcript::Role::Interviewer).unwrap();
        let give = |speaker: &str| json!({ "who": "Anna", "since": 0, "statement": key, "speaker": speaker });
        let changes = page.post("speaker", give(&asks.name)).await.1;
        assert_eq!(changes["reload"], true);
        let speaker = async || {
            let interview = page.project().await["interviews"][0].clone();
            let place = interview["turns"][statement.turn]["speaker"].as_u64().unwrap() as usize;
            interview["speakers"][place].clone()
        };
        assert_eq!(speaker().await["role"], "interviewer", "it is not coded any more");
        page.post("speaker", give(" Frau Neu ")).await;
        assert_eq!(speaker().await, json!({ "name": "Frau Neu", "role": "respondent" }));
        assert_eq!(page.post("speaker", give(" ")).await.0, StatusCode::CONFLICT, "nobody");
        let undo = json!({ "who": "Anna", "since": 0, "step": changes["undo"]["id"] });
        assert_eq!(page.post("undo", undo).await.0, StatusCode::OK);
        assert_eq!(speaker().await["name"], "Frau Neu", "the later step stands");
    });
}

/// A page of a project whose list names two jobs.
fn page_with_list() -> Page {
    let page = page();
    let list = "[[jobs]]\nid = \"auffindbar\"\ntitle = \"Wiederfinden\"\ndescription = \"Satz.\"\n\
                [[jobs]]\nid = \"anders\"\ntitle = \"Anderes\"\ndescription = \"\"\n";
    std::fs::write(page.folder.path().join("ringwerk.toml"), list).unwrap();
    let router = router(page.folder.path(), access(), Sight::Everything, Tongue::German, None).unwrap();
    Page { router, ..page }
}

#[test]
fn a_job_of_the_list_is_suggested_and_giving_it_confirms_it_in_one_step() {
    run(async {
        let page = page_with_list();
        let project = page.project().await;
        assert_eq!((project["jobs"].as_array().unwrap().len(), project["listed"].as_array().unwrap().len()), (0, 2));
        let suggested = |project: &Value| {
            let statements = project["interviews"][0]["statements"].as_array().unwrap().clone();
            statements.into_iter().filter(|statement| statement["suggestion"]["job"].is_object()).collect::<Vec<_>>()
        };
        let found = suggested(&project);
        assert!(!found.is_empty() && found.iter().all(|one| one["suggestion"]["job"]["id"] == "auffindbar"));
        let span = json!({ "start": found[0]["start"], "end": found[0]["end"] });
        let key = json!({ "transcript": project["interviews"][0]["key"], "span": span });
        let give = json!({ "assign": { "id": "auffindbar", "statements": [key] } });
        let (status, changes) = page.post("jobs", json!({ "who": "Anna", "since": 0, "job": give })).await;
        assert_eq!(status, StatusCode::OK, "{changes}");
        let project = page.project().await;
        assert_eq!(project["jobs"][0]["title"], "Wiederfinden");
        assert_eq!(project["listed"].as_array().unwrap().len(), 1);
        let undo = json!({ "who": "Anna", "since": 0, "step": changes["undo"]["id"] });
        page.post("undo", undo).await;
        let project = page.project().await;
        assert_eq!((project["jobs"].as_array().unwrap().len(), project["listed"].as_array().unwrap().len()), (0, 2));
        let unknown = json!({ "assign": { "id": "nie-gehoert", "statements": [key] } });
        let unknown = json!({ "who": "Anna", "since": 0, "job": unknown });
        assert_eq!(page.post("jobs", unknown).await.0, StatusCode::CONFLICT);
    });
}

/// The page of somebody who codes blind in the same project.
fn blind(page: &Page, who: &str) -> Router {
    router(page.folder.path(), access(), Sight::Blind(who.to_owned()), Tongue::German, None).unwrap()
}

#[test]
fn who_codes_blind_is_told_neither_suggestions_nor_what_others_decided() {
    run(async {
        let page = page();
        let keys = page.answers(0);
        page.decide("Anna", &keys[..2], json!({ "rings": ["huerde"] })).await;
        page.decide("Anna", &keys[..1], json!({ "comment": "streng geheim" })).await;
        let bea = blind(&page, "Bea");
        let body = json!({ "who": "Bea", "since": 0, "statements": keys[..1], "wish": { "rings": ["einfluss"] } });
        let (status, changes) = json_of(answer(&bea, posted("decide", &body)).await).await;
        assert_eq!(status, StatusCode::OK, "{changes}");
        assert_eq!(changes["decided"].as_array().unwrap().len(), 1, "only her own: {changes}");
        page.decide("Anna", &keys[2..3], json!({ "rings": ["erfolg"] })).await;

        let look = async |path: &str| json_of(answer(&bea, get(path).body(Body::empty()).unwrap()).await).await;
        let project = look("/api/project?who=Anna").await.1;
        assert_eq!((&project["blind"], &project["people"]), (&json!("Bea"), &json!([])));
        let interviews = project["interviews"].as_array().unwrap();
        let statements: Vec<&Value> = interviews.iter().flat_map(|one| one["statements"].as_array().unwrap()).collect();
        assert!(statements.iter().all(|statement| statement["suggestion"].is_null()));
        let decided: Vec<&Value> = statements.iter().map(|one| &one["decided"]).filter(|one| !one.is_null()).collect();
        assert_eq!((decided.len(), &decided[0]["who"], &decided[0]["comment"]), (1, &json!("Bea"), &Value::Null));
        assert!(!project.to_string().contains("streng geheim"));
        assert_eq!((&project["candidates"], &project["examples"]), (&json!([]), &json!([])));
        assert_eq!(look("/api/changes?who=Bea&since=0").await.1["decided"].as_array().unwrap().len(), 1);
        for path in ["/api/changes?who=Anna&since=0", "/api/comparison?first=Anna&second=Bea", "/api/map"] {
            assert_eq!(look(path).await.0, StatusCode::CONFLICT, "{path}");
        }
        let first_step = page.entries()[0].id;
        for (path, body) in [
            ("undo", json!({ "who": "Bea", "step": first_step })),
            ("merge", json!({ "who": "Bea", "statement": keys[0] })),
            ("split", json!({ "who": "Bea", "statement": keys[0], "at": 3 })),
            ("speaker", json!({ "who": "Bea", "statement": keys[0], "speaker": "Neu" })),
            ("decide", json!({ "who": "Anna", "statements": keys[..1], "wish": { "flag": true } })),
            (
                "decide",
                json!({ "who": "Bea", "statements": keys[..1], "wish": { "settle": { "rings": [], "reason": false } } }),
            ),
        ] {
            let (status, answer) = json_of(answer(&bea, posted(path, &body)).await).await;
            assert_eq!(status, StatusCode::CONFLICT, "{path}: {answer}");
        }
        let entries = page.entries();
        let ringwerk::coding::Action::Decide(decisions) =
            &entries.iter().find(|entry| entry.who == "Bea").unwrap().action
        else {
            panic!("{entries:?}")
        };
        assert!(matches!(&decisions[0], ringwerk::coding::Decision::Statement { shown: None, .. }));
    });
}

#[test]
fn two_codings_are_compared_and_differences_settled_without_changing_them() {
    run(async {
        let page = page();
        let keys = page.answers(0);
        let code = async |who: &str, key: &StatementKey, rings: Value| {
            page.decide(who, std::slice::from_ref(key), json!({ "rings": rings })).await;
            page.decide(who, std::slice::from_ref(key), json!({ "reason": false })).await;
        };
        for (key, rings) in
            keys[..4].iter().zip([json!(["huerde"]), json!(["huerde"]), json!([]), json!(["erfolg", "mindset"])])
        {
            code("Anna", key, rings).await;
        }
        for (key, rings) in
            keys[..4].iter().zip([json!(["huerde"]), json!(["einfluss"]), json!([]), json!(["mindset", "erfolg"])])
        {
            code("Bea", key, rings).await;
        }
        page.decide("Anna", &keys[4..5], json!({ "rings": ["huerde"] })).await;
        let compare = async || {
            let request = get("/api/comparison?first=Anna&second=Bea").body(Body::empty()).unwrap();
            json_of(answer(&page.router, request).await).await.1
        };
        let found = compare().await;
        assert_eq!((&found["both"], &found["same"]), (&json!(4), &json!(3)), "{found}");
        let huerde = found["agreed"].as_array().unwrap().iter().find(|one| one["id"] == "huerde").unwrap();
        // Two of four against one of four, one in common: observed 3/4, by chance 2/4 · 1/4 + 2/4 · 3/4 = 1/2.
        assert_eq!((&huerde["given"], &huerde["kappa"]), (&json!([2, 1, 1]), &json!("0,500")));
        assert_eq!(found["differences"].as_array().unwrap().len(), 1);
        assert_eq!(found["differences"][0]["second"]["rings"], json!(["einfluss"]));

        let settle = json!({ "settle": { "rings": ["einfluss"], "reason": false } });
        let changes = page.decide("Anna", &keys[1..2], settle).await;
        let after = compare().await;
        assert_eq!(after["differences"], json!([]));
        assert_eq!((&after["agreed"], &after["same"]), (&found["agreed"], &found["same"]), "both codings stay");
        let undo = json!({ "who": "Anna", "since": 0, "step": changes["undo"]["id"] });
        page.post("undo", undo).await;
        assert_eq!(compare().await, found);
        assert_eq!(check(page.folder.path()).unwrap().faults, []);
    });
}

#[test]
fn every_answer_has_its_place_on_the_map() {
    run(async {
        let page = page();
        let look = async || {
            let request = get("/api/map").body(Body::empty()).unwrap();
            json_of(answer(&page.router, request).await).await.1
        };
        let map = look().await;
        let answers: usize = (0..page.gold.len()).map(|interview| page.answers(interview).len()).sum();
        assert_eq!(map.as_array().unwrap().len(), answers);
        let within = |place: &Value| (0.0..=1.0).contains(&place.as_f64().unwrap());
        assert!(map.as_array().unwrap().iter().all(|point| within(&point["x"]) && within(&point["y"])));
        assert_eq!(look().await, map);
    });
}

/// The statements whose suggestion is another one than before learning, as interview and place.
fn changed(project: &Value) -> Vec<(usize, usize)> {
    let statements = |interview: usize| project["interviews"][interview]["statements"].as_array().unwrap().iter();
    let interviews = 0..project["interviews"].as_array().unwrap().len();
    let all =
        interviews.flat_map(|interview| statements(interview).enumerate().map(move |(at, one)| (interview, at, one)));
    all.filter(|(_, _, one)| !one["before"].is_null()).map(|(interview, at, _)| (interview, at)).collect()
}

fn suggestions(project: &Value) -> Vec<Value> {
    let statements = |interview: &Value| interview["statements"].as_array().unwrap().clone();
    let all = project["interviews"].as_array().unwrap().iter().flat_map(statements);
    all.map(|statement| statement["suggestion"].clone()).collect()
}

#[test]
fn the_page_learns_shows_what_changed_and_forgets() {
    let page = page_with(gold(), Some(FakeModel::shared()));
    run(async {
        let before = page.project().await;
        assert_eq!((&before["learns"], &before["learned"]), (&json!(true), &json!(false)));
        assert_eq!(changed(&before), []);
        let (status, lesson) = page.post("learn", json!({})).await;
        assert_eq!((status, &lesson["decided"]), (StatusCode::OK, &json!(0)));
        assert_eq!(page.changes(0).await["run"], before["run"], "nothing was learned of nothing");

        page.decide("Anna", &page.answers(0)[..1], json!({ "rings": ["kriterium"] })).await;
        let (_, lesson) = page.post("learn", json!({})).await;
        assert_ne!(page.changes(0).await["run"], before["run"], "the page is told that there are others now");
        let after = page.project().await;
        let changed = changed(&after);
        assert_eq!((&lesson["decided"], &lesson["changed"]), (&json!(1), &json!(changed.len())));
        assert!(after["learned"] == true && changed.len() > 3);
        for (interview, at) in changed {
            let one = &after["interviews"][interview]["statements"][at];
            let suggested =
                one["suggestion"]["rings"].as_array().unwrap().iter().find(|ring| ring["suggested"] == true);
            assert_eq!(
                (&suggested.unwrap()["id"], &one["before"]["rings"][0]),
                (&json!("kriterium"), &json!("huerde"))
            );
        }

        assert_eq!(page.post("forget", json!({})).await.0, StatusCode::OK);
        let again = page.project().await;
        assert_eq!(again["learned"], false);
        assert_eq!(suggestions(&again), suggestions(&before), "as before");
        assert_eq!(page.changes(0).await["decided"].as_array().unwrap().len(), 1, "decisions are not touched");
        assert_eq!(
            page.post("forget", json!({})).await,
            (StatusCode::CONFLICT, json!({ "message": "nothing learned" }))
        );
    });
    assert_eq!(check(page.folder.path()).unwrap().faults, []);
}

#[test]
fn what_is_accepted_is_what_was_seen_even_if_the_page_has_learned_meanwhile() {
    let page = page_with(gold(), Some(FakeModel::shared()));
    run(async {
        let before = page.project().await;
        page.decide("Anna", &page.answers(0)[..1], json!({ "rings": ["kriterium"] })).await;
        page.post("learn", json!({})).await;
        let (interview, at) = changed(&page.project().await)[0];
        let other = changed(&page.project().await)[1];
        let accept = |(interview, at): (usize, usize), run: &Value| json!({ "who": "Anna", "run": run, "statements": [key(&page.gold[interview], at)], "wish": "accept" });
        page.post("decide", accept((interview, at), &before["run"])).await;
        page.post("decide", accept(other, &json!(0))).await;
        let project = page.project().await;
        let rings = |(interview, at): (usize, usize)| {
            project["interviews"][interview]["statements"][at]["decided"]["rings"][0].clone()
        };
        assert_eq!((rings((interview, at)), rings(other)), (json!("huerde"), json!("kriterium")));
    });
}

#[test]
fn without_a_model_or_blind_nothing_is_learned() {
    let page = page();
    run(async {
        assert_eq!(page.project().await["learns"], false);
        let (status, refusal) = page.post("learn", json!({})).await;
        assert_eq!(status, StatusCode::CONFLICT);
        assert!(refusal["message"].as_str().unwrap().contains("ohne das Sprachmodell"));
        let sight = Sight::Blind("Bea".to_owned());
        let blind = router(page.folder.path(), access(), sight, Tongue::German, Some(FakeModel::shared())).unwrap();
        let request = get("/api/project?who=Bea").body(Body::empty()).unwrap();
        assert_eq!(json_of(answer(&blind, request).await).await.1["learns"], false);
        for path in ["learn", "forget"] {
            assert_eq!(answer(&blind, posted(path, &json!({}))).await.status(), StatusCode::CONFLICT);
        }
    });
}

#[test]
fn statements_are_found_by_meaning() {
    let page = page_with(gold(), Some(FakeModel::shared()));
    let wanted = page.answers(0)[3].clone();
    run(async {
        let near = format!(
            "/api/near?transcript={}&start={}&end={}",
            json!(wanted.transcript).as_str().unwrap(),
            wanted.span.start,
            wanted.span.end
        );
        let ask = async |router: &Router, path: &str| {
            json_of(answer(router, get(path).body(Body::empty()).unwrap()).await).await
        };
        let (_, found) = ask(&page.router, &near).await;
        assert_eq!(found[0], json!(wanted), "itself first");
        assert!(found.as_array().unwrap().len() > 10);
        let text = wanted.span.of(page.gold[0].transcript.text()).split(' ').collect::<Vec<_>>().join("+");
        let (_, meant) = ask(&page.router, &format!("/api/meant?text={text}")).await;
        assert_eq!(meant, found, "what is typed is read as what is said");

        let other = near.replace("start=", "start=1");
        assert_eq!(ask(&page.router, &other).await.0, StatusCode::CONFLICT);
        let blind = blind(&page, "Bea");
        for path in [near.as_str(), "/api/meant?text=x"] {
            assert_eq!(ask(&blind, path).await.0, StatusCode::CONFLICT);
        }
    });
}

#[test]
fn what_cannot_be_opened_is_told_of() {
    let folder = tempfile::tempdir().unwrap();
    let open = |folder: &Path| {
        Server::open(folder, None, Sight::Everything, Tongue::German, None).err().unwrap().explain(Tongue::German)
    };
    assert!(open(folder.path()).contains("ringwerk init"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    drop(Project::open(folder.path()).unwrap());
    assert!(open(folder.path()).contains("noch kein Interview kodiert"));
    store(folder.path(), &gold()[..1]).unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let error = Server::open(folder.path(), Some(port), Sight::Everything, Tongue::German, None).err().unwrap();
    assert!(matches!(error, ReviewError::Port { .. }) && error.explain(Tongue::German).contains("nicht frei"));
}

#[test]
fn a_project_that_somebody_writes_to_is_told_of_and_tried_again() {
    run(async {
        let page = page();
        let other = rusqlite::Connection::open(page.folder.path().join(ringwerk::store::DATABASE)).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        let body = json!({ "who": "Anna", "since": 0, "statements": page.answers(0)[..1], "wish": "accept" });
        let (status, answer) = page.post("decide", body.clone()).await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(answer["message"].as_str().unwrap().contains("ein anderes Programm schreibt"), "{answer}");
        other.execute_batch("COMMIT").unwrap();
        assert_eq!(page.post("decide", body).await.0, StatusCode::OK);
    });
}

#[test]
fn an_open_page_finds_the_program_again_after_a_restart() {
    let page = page();
    let first = Server::open(page.folder.path(), None, Sight::Everything, Tongue::German, None).unwrap();
    let address = first.address();
    assert!(address.starts_with("http://127.0.0.1:"), "{address}");
    assert_eq!(address.split("token=").nth(1).unwrap().len(), 64);
    let beside = Server::open(page.folder.path(), None, Sight::Everything, Tongue::German, None).unwrap();
    assert_ne!(beside.address(), address, "both run");
    drop(beside);
    drop(first);
    let again = Server::open(page.folder.path(), None, Sight::Everything, Tongue::German, None).unwrap().address();
    let token = |address: &str| address.split("token=").nth(1).unwrap().to_owned();
    assert_eq!(token(&again), token(&address));
}
