//! The model that ships, and what happens with folders that hold none.

use std::fs;
use std::path::{Path, PathBuf};

use ringwerk::classify::{Decisions, FEATURES};
use ringwerk::encode::{EncodeError, Encoder, ModelFolder, NumberType, Transformer};
use ringwerk::error::{Explain, Tongue};
use ringwerk::gold::read_projects;
use ringwerk::segment::spans_at;
use ringwerk::vectors::{Vectors, dot};
use serde::Deserialize;

/// Vectors that the wheel's own engine computed from the unpruned model.
#[derive(Deserialize)]
struct Reference {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    text: String,
    vector: Vec<f32>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn shipped() -> ModelFolder {
    ModelFolder::open(&root().join("models/e5-small-de")).unwrap()
}

fn reference() -> Vec<Case> {
    let source = fs::read_to_string(root().join("fixtures/encode/vectors.json")).unwrap();
    serde_json::from_str::<Reference>(&source).unwrap().cases
}

#[test]
fn files_of_the_model_are_those_of_the_manifest() {
    shipped().checked_hash().unwrap();
}

#[test]
fn vectors_agree_with_those_of_the_origin() {
    let model = Transformer::open(&shipped(), NumberType::F32).unwrap();
    let cases = reference();
    assert_eq!(cases.len(), 12);
    let texts: Vec<&str> = cases.iter().map(|case| case.text.as_str()).collect();
    let vectors = model.encode(&texts, &mut |_| ()).unwrap().vectors;
    for (case, found) in cases.iter().zip(vectors.rows()) {
        let cosine = dot(&case.vector, found) / dot(&case.vector, &case.vector).sqrt();
        assert!(cosine >= 0.999, "{cosine} for {}", case.text);
    }
}

#[test]
fn half_the_bits_give_nearly_the_same_vectors() {
    let cases = reference();
    let texts: Vec<&str> = cases.iter().map(|case| case.text.as_str()).collect();
    let encode = |number_type| {
        let model = Transformer::open(&shipped(), number_type).unwrap();
        model.encode(&texts, &mut |_| ()).unwrap().vectors
    };
    let (full, half) = (encode(NumberType::F32), encode(NumberType::Bf16));
    for (left, right) in full.rows().zip(half.rows()) {
        assert!(dot(left, right) > 0.999, "{}", dot(left, right));
    }
}

/// A text's vector depends on the text alone: padding is masked.
#[test]
fn a_text_alone_and_in_a_batch_has_the_same_vector() {
    let model = Transformer::open(&shipped(), NumberType::F32).unwrap();
    let cases = reference();
    let texts: Vec<&str> = cases.iter().map(|case| case.text.as_str()).collect();
    let together = model.encode(&texts, &mut |_| ()).unwrap().vectors;
    for (index, text) in texts.iter().enumerate() {
        let alone = model.encode(&[text], &mut |_| ()).unwrap().vectors;
        let cosine = dot(alone.row(0), together.row(index));
        assert!(cosine > 0.999_99, "{cosine} for {text}");
    }
}

/// Where a turn is cut depends on the turn alone.
#[test]
fn a_turn_alone_and_in_its_interview_is_cut_the_same() {
    let folder = shipped();
    let model = Transformer::open_trained(&folder, FEATURES, NumberType::F32).unwrap();
    let decisions = Decisions::read(&folder.path, &folder.trained_hash().unwrap()).unwrap();
    let project = read_projects(&root().join("fixtures/gold/dms")).unwrap().remove(0);
    for gold in &project.interviews[..2] {
        let turns: Vec<&str> = gold.transcript.turns().iter().map(|turn| gold.transcript.turn_text(turn)).collect();
        let together = model.ends(&turns).unwrap();
        for (turn, ends) in turns.iter().zip(&together) {
            let alone = model.ends(&[turn]).unwrap().remove(0);
            assert_eq!(spans_at(turn, ends, decisions.cut), spans_at(turn, &alone, decisions.cut), "{turn}");
        }
    }
}

/// Texts without words, of one word, of words that are no German, and longer than any window: nothing panics, and places
/// are in order and inside.
#[test]
fn any_turn_can_be_cut() {
    let model = Transformer::open_trained(&shipped(), FEATURES, NumberType::F32).unwrap();
    let long = "dann kam die pumpe und ".repeat(200);
    let marks = "… – ! ".repeat(300);
    let turns = ["", " ", "Ja.", "🙂 🙂", "日本語 テキスト", "\u{0} \u{0}", &long, &marks, &"a".repeat(9000)];
    let ends = model.ends(&turns).unwrap();
    assert_eq!(ends.len(), turns.len());
    for (turn, ends) in turns.iter().zip(&ends) {
        assert!(ends.windows(2).all(|pair| pair[0].at < pair[1].at), "{turn}");
        assert!(ends.iter().all(|end| end.at < turn.len() && (0.0..=1.0).contains(&end.p)), "{turn}");
    }
    assert_eq!(ends[6].len(), 999, "every place of a long turn");
    assert!(model.ends(&[]).unwrap().is_empty());
}

/// No statement, and statements that say nothing.
#[test]
fn any_interview_can_be_read() {
    let model = Transformer::open_trained(&shipped(), FEATURES, NumberType::F32).unwrap();
    for texts in [&[][..], &["…", "–", "\u{0}", "", "Ja."]] {
        let mut features = Vectors::empty(FEATURES);
        texts.iter().for_each(|_| features.push(&[0.0; FEATURES]));
        let reading = model.read(texts, &features, &mut |_| ()).unwrap();
        assert_eq!(
            (reading.scores.len(), reading.meanings.len(), reading.words.len()),
            (texts.len(), texts.len(), texts.len())
        );
        assert!(reading.scores.rows().flatten().all(|score| score.is_finite()));
    }
}

#[test]
fn any_text_has_a_vector() {
    let model = Transformer::open(&shipped(), NumberType::F32).unwrap();
    let long = "Wartung ".repeat(20_000);
    let texts = ["", " ", "\u{0}", "🙂🙂🙂", "ẞ", "<s></s><pad>", "日本語", &long];
    let mut done = 0;
    let encoded = model.encode(&texts, &mut |more| done += more).unwrap();
    assert_eq!((encoded.vectors.len(), done), (texts.len(), texts.len()));
    for row in encoded.vectors.rows() {
        assert!((dot(row, row) - 1.0).abs() < 1e-3);
    }
    assert_eq!(model.encode(&[], &mut |_| ()).unwrap().vectors.len(), 0);
}

/// A copy of the shipped folder with one file replaced or, for `None`, removed.
fn changed(file: &str, content: Option<&str>) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model");
    fs::create_dir(&path).unwrap();
    for name in ["config.json", "tokenizer.json", "model.safetensors", "manifest.toml"] {
        std::os::unix::fs::symlink(shipped().path.join(name), path.join(name)).unwrap();
    }
    fs::remove_file(path.join(file)).unwrap();
    if let Some(content) = content {
        fs::write(path.join(file), content).unwrap();
    }
    (folder, path)
}

fn opened(path: &Path) -> Result<Transformer, EncodeError> {
    Transformer::open(&ModelFolder::open(path)?, NumberType::F32)
}

/// Every folder that does not fit is told apart, in words; nothing panics.
#[test]
fn folders_that_do_not_fit_are_refused() {
    let config = fs::read_to_string(shipped().path.join("config.json")).unwrap();
    let wrong_size = config.replace("\"hidden_size\": 384", "\"hidden_size\": 192");
    let uneven = config.replace("\"num_attention_heads\": 12", "\"num_attention_heads\": 7");
    let huge = config.replace("\"hidden_size\": 384", "\"hidden_size\": 999999999");
    let small = config.replace("\"vocab_size\": 38920", "\"vocab_size\": 100");
    let other = config.replace("\"bert\"", "\"gpt2\"");
    let cases = [
        ("config.json", None, "fehlt"),
        ("config.json", Some("{"), "nicht lesbar"),
        ("config.json", Some("{\"model_type\": \"bert\"}"), "nicht lesbar"),
        ("config.json", Some(wrong_size.as_str()), "passen nicht"),
        ("config.json", Some(uneven.as_str()), "nicht lesbar"),
        ("config.json", Some(huge.as_str()), "nicht lesbar"),
        ("config.json", Some(small.as_str()), "passen nicht"),
        ("config.json", Some(other.as_str()), "gpt2"),
        ("tokenizer.json", Some("{}"), "nicht lesbar"),
        ("tokenizer.json", None, "fehlt"),
        ("model.safetensors", Some("no weights"), "nicht lesbar"),
        ("manifest.toml", Some("= ="), "nicht lesbar"),
    ];
    for (file, content, expected) in cases {
        let (_keep, path) = changed(file, content);
        let message = opened(&path).err().map(|error| error.explain(Tongue::German)).unwrap_or_default();
        assert!(message.contains(expected), "{file} {content:?}: {message}");
    }
}

#[test]
fn changed_files_are_noticed() {
    let config = fs::read_to_string(shipped().path.join("config.json")).unwrap();
    let (_keep, path) = changed("config.json", Some(&config.replace("0.1", "0.2")));
    let error = ModelFolder::open(&path).unwrap().checked_hash().unwrap_err();
    assert!(matches!(error, EncodeError::WrongHash { .. }));
}
