//! Trains where statements end, with and without marks and capitals.

use std::collections::HashSet;
use std::path::Path;

use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;
use tch::{Kind, Reduction, Tensor};

use super::boundaries::Boundaries;
use super::course::{Course, Progress, TuneParams};
use super::transformer::Transformer;
use super::windows::Windows;
use super::{EncodeError, ModelFolder, NumberType};
use crate::text::without_marks;

/// One interview to learn from: the words of each turn, and whether a statement ends with it.
pub struct CutLesson<'a> {
    /// By turn.
    pub turns: Vec<Vec<(&'a str, bool)>>,
}

/// What of the writing is left out of a turn.
#[derive(Clone, Copy)]
enum Without {
    Nothing,
    Marks,
    Capitals,
    Both,
}

/// How often each is met in training, of twenty.
const OFTEN: [(Without, u32); 4] =
    [(Without::Nothing, 10), (Without::Marks, 3), (Without::Capitals, 2), (Without::Both, 5)];

/// Trains on all lessons and writes `boundaries.safetensors` into the folder `out`. Interruptions are as for
/// [`super::tune_story()`].
///
/// # Errors
/// Where the model is unusable or a file cannot be written.
pub fn tune_boundaries(
    folder: &ModelFolder,
    lessons: &[CutLesson],
    task: &str,
    out: &Path,
    params: &TuneParams,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), EncodeError> {
    let transformer = Transformer::open(folder, NumberType::of_this_processor())?;
    let bert = transformer.bert(folder)?;
    tch::manual_seed(params.seed as i64);
    let boundaries = Boundaries::new(bert);
    let course = Course { params, task, out, file: ModelFolder::BOUNDARIES };
    let mut loss = |index: usize, random: &mut ChaCha8Rng| {
        let varied: Vec<(String, HashSet<usize>)> =
            lessons[index].turns.iter().map(|turn| varied(turn, drawn(random))).collect();
        let texts: Vec<&str> = varied.iter().map(|(text, _)| text.as_str()).collect();
        let windows = Windows::of(&transformer.tokens, &texts)?;
        let (places, clear) = boundaries.read(bert, &windows, transformer.padding, true);
        let right: Vec<f32> =
            places.iter().map(|place| f32::from(u8::from(varied[place.text].1.contains(&place.at)))).collect();
        let right = Tensor::from_slice(&right).to_kind(Kind::Float);
        Ok(clear.binary_cross_entropy_with_logits::<Tensor>(&right, None, None, Reduction::Mean))
    };
    course.run(&boundaries.variables, lessons.len(), &mut loss, progress)
}

fn drawn(random: &mut ChaCha8Rng) -> Without {
    OFTEN.choose_weighted(random, |one| one.1).map_or(Without::Nothing, |one| one.0)
}

/// A turn's text, and where statements end in it. A word of nothing but marks goes with them; where a statement ended with
/// it, it ends with the word before.
fn varied(turn: &[(&str, bool)], without: Without) -> (String, HashSet<usize>) {
    let mut text = String::new();
    let mut ends = HashSet::new();
    for &(word, is_end) in turn {
        let word = match without {
            Without::Nothing => word.to_owned(),
            Without::Marks => without_marks(word),
            Without::Capitals => word.to_lowercase(),
            Without::Both => without_marks(word).to_lowercase(),
        };
        if !word.is_empty() {
            if !text.is_empty() {
                text.push(' ');
            }
            text += &word;
        }
        if is_end && !text.is_empty() {
            ends.insert(text.len());
        }
    }
    (text, ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_stay_where_they_are_when_marks_go() {
        let turn = [("Ja,", false), ("stand.", false), ("–", true), ("Dann", false), ("z.B.", true)];
        let (text, ends) = varied(&turn, Without::Both);
        assert_eq!(text, "ja stand dann zb");
        assert_eq!(ends, HashSet::from([8, 16]));
    }
}
