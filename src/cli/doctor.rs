//! `ringwerk doctor`: what works on this machine.

use std::io::Write;
use std::time::Instant;

use anyhow::Result;

use super::args::{Common, Doctor};
use super::exit::Exit;
use super::model;
use super::printer::Printer;
use crate::encode::{Encoder, libtorch, threads};
use crate::error::Explain;

/// A statement of usual length, for measuring.
const SAMPLE: &str = "Und dann hat der Einkauf gesagt, wir holen erst mal drei Angebote, weil die Anlage ja nicht von heute auf morgen kommt.";

pub(super) fn run(command: &Doctor, common: &Common, printer: &mut Printer) -> Result<Exit> {
    let mut out = printer.data();
    let tongue = printer.tongue;
    writeln!(out, "ringwerk      {}", env!("CARGO_PKG_VERSION"))?;
    writeln!(out, "libtorch      {}", libtorch())?;
    writeln!(out, "{}      {}", tongue.pick("Prozessor", "processor"), processor())?;
    let started = Instant::now();
    let model = model::open(common)?;
    writeln!(
        out,
        "{}        {} ({})",
        tongue.pick("Modell ", "model  "),
        model.folder.manifest.name,
        model.folder.path.display()
    )?;
    writeln!(out, "SHA-256       {}", model.hash)?;
    writeln!(out, "{}  {}", tongue.pick("Zahlenformat", "number type "), model.number_type)?;
    writeln!(out, "Threads       {}", threads())?;
    writeln!(out, "{}    {}", tongue.pick("geeicht an", "fitted on "), model.decisions.fitted_on.explain(tongue))?;
    writeln!(out, "{}       {:.2} s", tongue.pick("geladen", "loaded "), started.elapsed().as_secs_f64())?;
    if command.speed {
        writeln!(out, "{}  {:.0} Token/s", tongue.pick("Tempo       ", "speed       "), speed(&model.encoder)?)?;
    }
    Ok(Exit::Done)
}

/// Tokens per second over statements of one length, after a first call that warms up.
fn speed(encoder: &dyn Encoder) -> Result<f64> {
    let texts = vec![SAMPLE; 512];
    encoder.encode(&texts[..64], &mut |_| ())?;
    let started = Instant::now();
    let tokens = encoder.encode(&texts, &mut |_| ())?.tokens;
    Ok(tokens as f64 / started.elapsed().as_secs_f64())
}

#[cfg(target_arch = "x86_64")]
fn processor() -> String {
    let features = [
        ("AVX2", std::arch::is_x86_feature_detected!("avx2")),
        ("AVX-512", std::arch::is_x86_feature_detected!("avx512f")),
        ("AVX-512 BF16", std::arch::is_x86_feature_detected!("avx512bf16")),
    ];
    let found: Vec<&str> = features.iter().filter(|(_, there)| *there).map(|(name, _)| *name).collect();
    format!("{} ({})", std::env::consts::ARCH, found.join(", "))
}

#[cfg(not(target_arch = "x86_64"))]
fn processor() -> String {
    std::env::consts::ARCH.to_owned()
}
