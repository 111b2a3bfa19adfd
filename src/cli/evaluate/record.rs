//! What a measurement was made with, so that it can be made again.

use serde::Serialize;

use crate::error::Tongue;
use crate::evaluate::{SAMPLES, SEED};
use crate::export::json_lines::ModelRecord;
use crate::gold::{self, GoldProject};

/// Everything that decides on the figures.
#[derive(Serialize)]
pub(super) struct Record {
    version: &'static str,
    model: Option<ModelRecord>,
    settings: Settings,
    codebook: String,
    gold: GoldRecord,
    seed: u64,
    samples: usize,
}

/// Settings of the run.
#[derive(Serialize)]
pub(super) struct Settings {
    /// Part of split.toml.
    pub split: Option<String>,
    /// How own statements are cut.
    pub units: &'static str,
    /// Numbers the model computes in.
    pub number_type: String,
}

/// Which gold was used.
#[derive(Serialize)]
pub(super) struct GoldRecord {
    /// Hash over texts and codes.
    pub hash: String,
    projects: Vec<String>,
}

impl GoldRecord {
    pub fn of(projects: &[GoldProject]) -> Self {
        Self { hash: gold::hash(projects), projects: projects.iter().map(|project| project.id.clone()).collect() }
    }
}

impl Record {
    pub fn new(model: Option<ModelRecord>, settings: Settings, projects: &[GoldProject]) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION"),
            model,
            settings,
            codebook: crate::codebook::hash(),
            gold: GoldRecord::of(projects),
            seed: SEED,
            samples: SAMPLES,
        }
    }

    /// The hash of the gold.
    pub fn gold_hash(&self) -> &str {
        &self.gold.hash
    }

    /// The record in one line.
    pub fn line(&self, tongue: Tongue) -> String {
        let short = |hash: &str| hash.chars().take(12).collect::<String>();
        let model = self.model.as_ref().map(|model| format!("{} {}", model.id, short(&model.hash))).unwrap_or_default();
        format!(
            "ringwerk {} · {} {model} · {} · Gold {} · {} {} · {} {} · {} {}\n",
            self.version,
            tongue.pick("Modell", "model"),
            self.settings.number_type,
            short(&self.gold.hash),
            tongue.pick("Kodierleitfaden", "codebook"),
            short(&self.codebook),
            tongue.pick("Startwert", "seed"),
            self.seed,
            self.samples,
            tongue.pick("Stichproben", "samples"),
        )
    }
}
