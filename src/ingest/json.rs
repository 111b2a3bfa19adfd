//! JSON of the Whisper family: Whisper, faster-whisper, aTrain, WhisperX, whisper.cpp.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use super::conversation;
use super::error::IngestError;
use super::source::{Parsed, Utterance};
use super::stamps::{clock, pattern, seconds};
use crate::error::Location;
use crate::transcript::{Container, Convention, Timestamp};

/// Where the segments of a transcript may stand.
const LISTS: [&str; 4] = ["segments", "transcription", "utterances", "results"];

/// What Python writes for a number that is none, against the rules of JSON; WhisperX does so for words it cannot align.
static NO_NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"([:\[,]\s*)-?(?:NaN|Infinity)\b"));

/// Reads any JSON that may hold a transcript; the gold file's own form is read elsewhere.
///
/// # Errors
/// If it is no JSON, or holds no list of segments with a text.
pub(super) fn value(text: &str, path: &Path) -> Result<Value, IngestError> {
    serde_json::from_str(text).or_else(|error| {
        let repaired = NO_NUMBER.replace_all(text, "${1}null");
        serde_json::from_str(&repaired)
            .map_err(|_| IngestError::BadJson { location: Location::line(path, error.line()), source: error })
    })
}

/// Whether this is a gold file of ringwerk.
pub(super) fn is_gold(value: &Value) -> bool {
    value.get("turns").and_then(|turns| turns.get(0)).is_some_and(|turn| turn.get("statements").is_some())
}

/// Reads segments.
///
/// # Errors
/// If there is no list of segments with a text.
pub(super) fn parse(value: &Value, path: &Path) -> Result<Parsed, IngestError> {
    let rows = list(value).map(|list| list.iter().enumerate().filter_map(segment).collect::<Vec<_>>());
    let rows = rows.filter(|rows| !rows.is_empty()).or_else(|| whole(value)).ok_or_else(|| unknown(value, path))?;
    let (container, convention, meta) = (Container::Json, Convention::Whisper, meta(value));
    if rows.iter().any(|row| row.speaker.is_some()) {
        return Ok(Parsed { container, convention, meta, utterances: rows });
    }
    Ok(Parsed { convention, meta, ..conversation::read(container, &rows) })
}

fn list(value: &Value) -> Option<&Vec<Value>> {
    value.as_array().or_else(|| LISTS.iter().find_map(|key| value.get(key)?.as_array()))
}

fn segment((index, value): (usize, &Value)) -> Option<Utterance> {
    let text = value.get("text")?.as_str()?.to_owned();
    let speaker = value.get("speaker").and_then(name);
    Some(Utterance {
        speaker,
        start: time(value, "start", "from"),
        end: time(value, "end", "to"),
        text,
        line: index + 1,
    })
}

/// A name, or the number of a voice.
fn name(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => Some(name.trim().to_owned()).filter(|name| !name.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Seconds (`start`), or milliseconds and clock times as whisper.cpp writes them (`offsets.from`, `timestamps.from`).
fn time(segment: &Value, key: &str, cpp: &str) -> Option<Timestamp> {
    let offset = segment.get("offsets").and_then(|offsets| offsets.get(cpp)?.as_u64()).map(Timestamp::from_millis);
    let stamp = || segment.get("timestamps").and_then(|times| clock(times.get(cpp)?.as_str()?));
    let plain = || match segment.get(key)? {
        Value::Number(number) => seconds(number.as_f64()?),
        Value::String(text) => clock(text).or_else(|| seconds(text.parse().ok()?)),
        _ => None,
    };
    offset.or_else(stamp).or_else(plain)
}

/// `{"text": …}` alone, as the plain answer of some services.
fn whole(value: &Value) -> Option<Vec<Utterance>> {
    let text = value.get("text")?.as_str().filter(|text| !text.trim().is_empty())?;
    Some(vec![Utterance { speaker: None, start: None, end: None, text: text.to_owned(), line: 1 }])
}

fn meta(value: &Value) -> BTreeMap<String, String> {
    let language = value.get("language").or_else(|| value.get("result")?.get("language"));
    let language = language.and_then(Value::as_str).map(|language| ("language".to_owned(), language.to_owned()));
    language.into_iter().collect()
}

fn unknown(value: &Value, path: &Path) -> IngestError {
    let found = match value {
        Value::Object(fields) => fields.keys().take(8).cloned().collect(),
        _ => Vec::new(),
    };
    IngestError::UnknownJson { location: Location::file(path), found }
}
