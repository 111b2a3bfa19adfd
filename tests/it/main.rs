//! All integration tests, a module per topic.
#![allow(clippy::unwrap_used, reason = "what fails in a test shall fail the test")]

mod browser;
mod buying_centre;
mod carry;
mod corpus;
mod decisions;
mod demo_transcripts;
mod evaluate_against;
mod evaluate_literature;
mod evaluate_properties;
mod evaluate_reference;
mod evaluate_scorecard;
mod export;
mod export_refi;
mod fake_model;
mod gold_as_project;
mod gold_as_study;
mod ingest_cases;
mod ingest_containers;
mod ingest_conventions;
mod ingest_detect;
mod ingest_pdf;
mod ingest_properties;
mod layers;
mod learn;
mod pipeline;
mod preferred_words;
mod pseudonymise;
mod qdpx;
mod render;
mod render_documents;
mod report;
mod review;
mod review_browser;
mod segment_cases;
mod store;
mod store_crash;

#[cfg(feature = "torch")]
mod cli;
#[cfg(feature = "torch")]
mod encode;
#[cfg(feature = "torch")]
mod tune;
