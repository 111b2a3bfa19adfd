//! The page on which a person decides: `ringwerk review DIR`.
//!
//! ```text
//! browser ─guard─▶ routes ─▶ the one thread that owns the project ─▶ store
//! ```
//!
//! It is served on this machine alone. The page asks for everything once, shows a decision at once, sends it, and asks every
//! few seconds what others have changed. All texts reach the page as JSON and are put into it as text, never as HTML.

mod access;
mod comparison;
mod error;
mod language_model;
mod learning;
mod meaning;
mod open_project;
mod page;
mod project_thread;
mod remembered;
mod routes;
mod sight;
mod view;
mod wish;

use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::sync::Arc;

use axum::Router;

use crate::error::Tongue;
pub use access::Access;
use access::Guard;
pub use error::ReviewError;
pub use language_model::{LanguageModel, Lesson, SharedModel};
use learning::Learning;
use project_thread::ProjectThread;
use remembered::Remembered;
pub use sight::Sight;

/// The page's addresses for the project in `folder`, without a server: for tests, and for [`Server`]. Without a model the page
/// does not learn.
///
/// # Errors
/// Where there is no project, nothing is coded in it, or it cannot be read.
pub fn router(
    folder: &Path,
    access: Access,
    sight: Sight,
    tongue: Tongue,
    model: Option<SharedModel>,
) -> Result<Router, ReviewError> {
    let project = ProjectThread::open(folder, sight, tongue, model.clone())?;
    let learning = Learning { folder: folder.to_owned(), model };
    Ok(routes::router(project, learning, Guard { access: Arc::new(access), tongue }))
}

/// A project whose page can be served.
pub struct Server {
    listener: TcpListener,
    access: Access,
    router: Router,
}

impl Server {
    /// Opens a project and takes a port on this machine: the given one, else that of the last time, else any that is free.
    /// Without a model the page does not learn.
    ///
    /// # Errors
    /// Where the project cannot be opened, nothing is coded in it, or the given port is taken.
    pub fn open(
        folder: &Path,
        port: Option<u16>,
        sight: Sight,
        tongue: Tongue,
        model: Option<SharedModel>,
    ) -> Result<Self, ReviewError> {
        let remembered = Remembered::place(folder, &sight);
        let project = ProjectThread::open(folder, sight, tongue, model.clone())?;
        let last = Remembered::read(&remembered);
        let listener = listen(port, last.as_ref())?;
        let port = listener.local_addr().map_err(ReviewError::Server)?.port();
        let token = last.map_or_else(Access::new_token, |last| Ok(last.token))?;
        Remembered { port, token: token.clone() }.write(&remembered)?;
        let access = Access::new(port, token);
        let learning = Learning { folder: folder.to_owned(), model };
        let router = routes::router(project, learning, Guard { access: Arc::new(access.clone()), tongue });
        Ok(Self { listener, access, router })
    }

    /// The secret address of the page.
    pub fn address(&self) -> String {
        self.access.address()
    }

    /// Serves the page until the program is interrupted (Ctrl-C).
    ///
    /// # Errors
    /// Where the operating system does not let it.
    pub fn run(self) -> Result<(), ReviewError> {
        self.run_until(interrupted())
    }

    /// Serves the page until `stop` has come to pass; what is being answered then is still answered.
    ///
    /// # Errors
    /// Where the operating system does not let it.
    pub fn run_until(self, stop: impl Future<Output = ()> + Send + 'static) -> Result<(), ReviewError> {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(ReviewError::Server)?;
        let served = runtime.block_on(async {
            self.listener.set_nonblocking(true)?;
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            axum::serve(listener, self.router).with_graceful_shutdown(stop).await
        });
        served.map_err(ReviewError::Server)
    }
}

async fn interrupted() {
    // Where interrupts cannot be heard, the program ends by them; nothing that was decided is lost.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

fn listen(port: Option<u16>, last: Option<&Remembered>) -> Result<TcpListener, ReviewError> {
    let bind =
        |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|source| ReviewError::Port { port, source });
    match (port, last) {
        (Some(port), _) => bind(port),
        (None, Some(last)) => bind(last.port).or_else(|_| bind(0)),
        (None, None) => bind(0),
    }
}
