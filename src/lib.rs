//! ringwerk pre-codes German customer interviews on your own machine.
//!
//! ```text
//! bytes ─ingest─▶ Transcript(turns) ─segment─▶ statements ─encode─▶ vectors, scores of the story
//!       ─classify─▶ suggestions ─cluster─▶ candidate jobs
//! ```
//!
//! Data flows one way. Nouns are files ([`transcript`], [`codebook`], [`coding`], [`gold`]), verbs are folders (the
//! stages: [`ingest`], [`segment`], …). Stages do not know each other; [`pipeline`] alone knows their order.
//!
//! Words used throughout: a *turn* is what one speaker says until the other speaks; a *statement* is the smallest
//! passage in it that carries one codable idea; a *ring* is one of six codes; a *job* is a progress that a company wants
//! to make; *gold* is what a person coded beforehand; a *decision* is what a person says to suggestions in a project.
#![deny(missing_docs)]
#![forbid(unsafe_code)]

pub mod classify;
#[cfg(feature = "torch")]
pub mod cli;
pub mod cluster;
pub mod codebook;
pub mod coding;
pub mod encode;
pub mod error;
pub mod evaluate;
pub mod export;
pub mod files;
pub mod gold;
pub mod hash;
pub mod ingest;
pub mod learn;
pub mod months;
pub mod pipeline;
pub mod pseudonymise;
pub mod report;
pub mod review;
pub mod scores;
pub mod segment;
pub mod settings;
pub mod store;
pub mod study;
pub mod text;
pub mod train;
pub mod transcript;
pub mod vectors;
pub mod words;
