//! Which address does what.

use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router, middleware};
use serde::Serialize;

use super::access::{Guard, guard};
use super::comparison::Comparison;
use super::error::ReviewError;
use super::language_model::Lesson;
use super::learning::Learning;
use super::meaning::MapPoint;
use super::open_project::OpenProject;
use super::page::{self, ASSETS};
use super::project_thread::ProjectThread;
use super::view::{Changes, Overview};
use super::wish::{
    Asker, Compare, Decide, Meant, Merge, Near, Redo, Request, SetRole, SetSpeaker, ShapeJobs, Split, Undo,
};
use crate::coding::StatementKey;
use crate::error::{Explain, Tongue};
use crate::text::ByteSpan;

/// Largest request: a decision on some 50,000 statements at once.
const LARGEST: usize = 16 << 20;

#[derive(Clone)]
struct Desk {
    project: ProjectThread,
    learning: Learning,
    tongue: Tongue,
}

/// All addresses, each behind the guard.
pub(super) fn router(project: ProjectThread, learning: Learning, guarded: Guard) -> Router {
    let desk = Desk { project, learning, tongue: guarded.tongue };
    Router::new()
        .route("/", get(frame))
        .route("/assets/{name}", get(asset))
        .route("/api/project", get(overview))
        .route("/api/changes", get(changes))
        .route("/api/comparison", get(comparison))
        .route("/api/map", get(map))
        .route("/api/near", get(near))
        .route("/api/meant", get(meant))
        .route("/api/decide", post(decide))
        .route("/api/undo", post(undo))
        .route("/api/redo", post(redo))
        .route("/api/merge", post(merge))
        .route("/api/split", post(split))
        .route("/api/speaker", post(set_speaker))
        .route("/api/role", post(set_role))
        .route("/api/jobs", post(shape_jobs))
        .route("/api/learn", post(learn))
        .route("/api/forget", post(forget))
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(middleware::from_fn_with_state(guarded, guard))
        .with_state(desk)
}

/// An error with the language in which it is told.
struct Refused(ReviewError, Tongue);

#[derive(Serialize)]
struct Message {
    message: String,
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = if self.0.is_passing() { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::CONFLICT };
        (status, Json(Message { message: self.0.explain(self.1) })).into_response()
    }
}

type Answer<T> = Result<Json<T>, Refused>;

impl Desk {
    async fn ask<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut OpenProject) -> Result<T, ReviewError> + Send + 'static,
    ) -> Answer<T> {
        self.project.ask(job).await.map(Json).map_err(|error| Refused(error, self.tongue))
    }

    /// Does something and answers with all that has changed since the page asked last.
    async fn act(
        &self,
        Asker { who, since, .. }: Asker,
        act: impl FnOnce(&mut OpenProject, &str) -> Result<(), ReviewError> + Send + 'static,
    ) -> Answer<Changes> {
        self.ask(move |project| {
            project.admit(&who)?;
            act(project, &who)?;
            project.changes(since, &who)
        })
        .await
    }
}

async fn frame(State(desk): State<Desk>) -> impl IntoResponse {
    page::frame(desk.tongue)
}

async fn asset(Path(name): Path<String>) -> Response {
    match ASSETS.iter().find(|asset| asset.name == name) {
        Some(asset) => ([(header::CONTENT_TYPE, asset.mime)], asset.content).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn overview(State(desk): State<Desk>, Query(asker): Query<Asker>) -> Answer<Overview> {
    desk.ask(move |project| project.overview(&asker.who)).await
}

async fn comparison(State(desk): State<Desk>, Query(Compare { first, second }): Query<Compare>) -> Answer<Comparison> {
    desk.ask(move |project| project.comparison(&first, &second)).await
}

async fn map(State(desk): State<Desk>) -> Answer<Vec<MapPoint>> {
    desk.ask(OpenProject::map).await
}

async fn near(
    State(desk): State<Desk>,
    Query(Near { transcript, start, end }): Query<Near>,
) -> Answer<Vec<StatementKey>> {
    let key = StatementKey { transcript, span: ByteSpan::new(start, end) };
    desk.ask(move |project| project.near(&key)).await
}

async fn meant(State(desk): State<Desk>, Query(Meant { text }): Query<Meant>) -> Answer<Vec<StatementKey>> {
    let Json(()) = desk.ask(|project| project.refuse_blind()).await?;
    let row = desk.learning.read(text).await.map_err(|error| Refused(error, desk.tongue))?;
    desk.ask(move |project| project.near_row(&row)).await
}

async fn changes(State(desk): State<Desk>, Query(asker): Query<Asker>) -> Answer<Changes> {
    desk.act(asker, |_, _| Ok(())).await
}

async fn decide(State(desk): State<Desk>, Json(asked): Json<Request<Decide>>) -> Answer<Changes> {
    let (run, Decide { statements, wish }) = (asked.asker.run, asked.what);
    desk.act(asked.asker, move |project, who| project.decide(who, run, &statements, &wish)).await
}

async fn undo(State(desk): State<Desk>, Json(asked): Json<Request<Undo>>) -> Answer<Changes> {
    desk.act(asked.asker, move |project, who| project.undo(who, asked.what.step)).await
}

async fn redo(State(desk): State<Desk>, Json(asked): Json<Request<Redo>>) -> Answer<Changes> {
    desk.act(asked.asker, move |project, who| project.redo(who, asked.what.steps)).await
}

async fn merge(State(desk): State<Desk>, Json(asked): Json<Request<Merge>>) -> Answer<Changes> {
    desk.act(asked.asker, move |project, who| project.merge(who, &asked.what.statement)).await
}

async fn split(State(desk): State<Desk>, Json(asked): Json<Request<Split>>) -> Answer<Changes> {
    let Split { statement, at } = asked.what;
    desk.act(asked.asker, move |project, who| project.split(who, &statement, at)).await
}

async fn set_speaker(State(desk): State<Desk>, Json(asked): Json<Request<SetSpeaker>>) -> Answer<Changes> {
    let SetSpeaker { statement, speaker } = asked.what;
    desk.act(asked.asker, move |project, who| project.set_speaker(who, &statement, &speaker)).await
}

async fn set_role(State(desk): State<Desk>, Json(asked): Json<Request<SetRole>>) -> Answer<Changes> {
    let SetRole { transcript, speaker, role } = asked.what;
    desk.act(asked.asker, move |project, who| project.set_role(who, &transcript, &speaker, role)).await
}

async fn shape_jobs(State(desk): State<Desk>, Json(asked): Json<Request<ShapeJobs>>) -> Answer<Changes> {
    let run = asked.asker.run;
    desk.act(asked.asker, move |project, who| project.shape_jobs(who, run, asked.what.job)).await
}

async fn learn(State(desk): State<Desk>) -> Answer<Lesson> {
    let Json(()) = desk.ask(|project| project.refuse_blind()).await?;
    desk.learning.learn().await.map(Json).map_err(|error| Refused(error, desk.tongue))
}

async fn forget(State(desk): State<Desk>) -> Answer<()> {
    let Json(()) = desk.ask(|project| project.refuse_blind()).await?;
    desk.learning.forget().await.map(Json).map_err(|error| Refused(error, desk.tongue))
}
