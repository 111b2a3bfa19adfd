//! How a run ended, and what is said of errors.

use std::process::ExitCode;

use crate::classify::DecisionsError;
use crate::encode::EncodeError;
use crate::error::{Explain, IoError, Tongue};
use crate::evaluate::AgreementError;
use crate::export::ExportError;
use crate::gold::GoldError;
use crate::ingest::IngestError;
use crate::learn::LearnError;
use crate::pseudonymise::NamesError;
use crate::report::ReportError;
use crate::review::ReviewError;
use crate::settings::SettingsError;
use crate::store::StoreError;
use crate::train::TrainError;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Everything was done.
    Done,
    /// Done, but the answer is no.
    No,
    /// Something failed, even if the rest went on.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::No => 1,
            Exit::Failed => 2,
        })
    }
}

/// Whether the reader of our output went away, as in `ringwerk code … | head`; that is no failure.
pub(super) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(std::io::ErrorKind::BrokenPipe)
    })
}

/// What a person is told: the stage's own words where it has some, behind the place that was put before them.
pub(super) fn message(error: &anyhow::Error, tongue: Tongue) -> String {
    let Some(said) = in_own_words(error, tongue) else { return format!("{error:#}") };
    match error.downcast_ref::<String>() {
        Some(place) => format!("{place}: {said}"),
        None => said,
    }
}

fn in_own_words(error: &anyhow::Error, tongue: Tongue) -> Option<String> {
    explained::<IngestError>(error, tongue)
        .or_else(|| explained::<EncodeError>(error, tongue))
        .or_else(|| explained::<DecisionsError>(error, tongue))
        .or_else(|| explained::<GoldError>(error, tongue))
        .or_else(|| explained::<AgreementError>(error, tongue))
        .or_else(|| explained::<LearnError>(error, tongue))
        .or_else(|| explained::<StoreError>(error, tongue))
        .or_else(|| explained::<ExportError>(error, tongue))
        .or_else(|| explained::<ReportError>(error, tongue))
        .or_else(|| explained::<NamesError>(error, tongue))
        .or_else(|| explained::<ReviewError>(error, tongue))
        .or_else(|| explained::<SettingsError>(error, tongue))
        .or_else(|| explained::<TrainError>(error, tongue))
        .or_else(|| explained::<IoError>(error, tongue))
}

fn explained<E: Explain + std::error::Error + Send + Sync + 'static>(
    error: &anyhow::Error,
    tongue: Tongue,
) -> Option<String> {
    error.downcast_ref::<E>().map(|error| error.explain(tongue))
}
