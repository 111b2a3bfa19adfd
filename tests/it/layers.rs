//! Enforces the layers of `docs/architecture.md`: data flows one way.

use std::fs;
use std::path::{Path, PathBuf};

/// Lowest layer first. A module uses only modules further up in this list; modules that share a line are strangers.
const LAYERS: &[&[&str]] = &[
    &["error", "hash", "months", "text", "vectors", "words"],
    &["files", "scores"],
    &["transcript", "codebook"],
    &["coding", "gold"],
    &["study"],
    &["ingest", "segment", "encode", "classify", "cluster", "evaluate", "export", "pseudonymise", "report", "store"],
    &["settings"],
    &["pipeline"],
    &["train", "learn", "review"],
    &["cli"],
];

#[test]
fn modules_use_only_lower_layers() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut upward = Vec::new();
    for file in rust_files(&source) {
        let path = file.strip_prefix(&source).unwrap();
        let module = path.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        if matches!(module, "lib" | "main") {
            continue;
        }
        let own = layer(module).unwrap_or_else(|| panic!("give `{module}` a layer"));
        for used in used_modules(&fs::read_to_string(&file).unwrap()) {
            if used != module && layer(&used).is_none_or(|other| other >= own) {
                upward.push(format!("{}: {used}", path.display()));
            }
        }
    }
    assert!(upward.is_empty(), "not a lower layer:\n{}", upward.join("\n"));
}

#[test]
fn only_encode_knows_the_model_libraries() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in rust_files(&source).into_iter().filter(|file| !file.starts_with(source.join("encode"))) {
        let code = fs::read_to_string(&file).unwrap();
        for name in ["tch::", "rust_bert::", "tokenizers::"] {
            let named = code
                .match_indices(name)
                .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'));
            assert!(!named, "{} names {name}", file.display());
        }
    }
}

#[test]
fn every_module_has_a_layer_and_every_layer_its_modules() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for module in LAYERS.concat() {
        assert!(source.join(module).is_dir() || source.join(format!("{module}.rs")).is_file(), "no module `{module}`");
    }
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap().into_path());
    files.filter(|path| path.extension().is_some_and(|ending| ending == "rs")).collect()
}

/// The first name after every `crate::`, outside comments and unit tests.
fn used_modules(source: &str) -> Vec<String> {
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let code = code.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let mut modules = Vec::new();
    for tail in code.split("crate::").skip(1) {
        match tail.strip_prefix('{') {
            Some(list) => modules.extend(listed(list)),
            None => modules.push(first_name(tail)),
        }
    }
    modules.retain(|name| !name.is_empty());
    modules
}

/// The first names of a list such as `a, b::{c, d}}`, up to its closing bracket.
fn listed(list: &str) -> Vec<String> {
    let (mut depth, mut item, mut names) = (1, String::new(), Vec::new());
    for c in list.chars() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if depth == 0 || depth == 1 && c == ',' {
            names.push(first_name(&item));
            item.clear();
        } else {
            item.push(c);
        }
        if depth == 0 {
            break;
        }
    }
    names
}

fn first_name(path: &str) -> String {
    path.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn used_modules_reads_every_form() {
    let source = "use crate::text::Span;\n\
                  use crate::segment as seg;\n\
                  use crate::{codebook, pipeline::{run, stop}, error::Error};\n\
                  /// See [`crate::review`].\n\
                  fn f() { crate::store::save(); }\n\
                  #[cfg(test)]\n\
                  mod tests { use crate::cli; }";
    assert_eq!(used_modules(source), ["text", "segment", "codebook", "pipeline", "error", "store"]);
}
