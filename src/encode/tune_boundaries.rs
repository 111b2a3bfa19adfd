//! Trains where statements end, with and without marks and capitals.

use std::collections::BTreeSet;

use rand_chacha::ChaCha8Rng;
use tch::{Kind, Reduction, Tensor};

use super::boundaries::ANSWERS;
use super::course::{Course, Progress};
use super::place_net::PlaceNet;
use super::varied::Without;
use super::windows::Windows;
use super::{EncodeError, ModelFolder};
use crate::text::{joined, without_marks};

/// One interview to learn from: the words of each turn, and whether a statement ends with it.
pub struct CutLesson<'a> {
    /// By turn.
    pub turns: Vec<Vec<(&'a str, bool)>>,
}

/// Trains on all lessons and writes `boundaries.safetensors`.
///
/// # Errors
/// Where the model is unusable or a file cannot be written.
pub fn tune_boundaries(
    course: &Course,
    lessons: &[CutLesson],
    progress: &mut dyn FnMut(Progress),
) -> Result<(), EncodeError> {
    let transformer = course.begin()?;
    let bert = transformer.bert(course.folder)?;
    let boundaries = PlaceNet::new(bert, ANSWERS);
    course.go_on(&boundaries.variables, &course.folder.boundaries())?;
    let mut loss = |one: &[usize], random: &mut ChaCha8Rng| {
        let lesson = &lessons[one[0]];
        let varied: Vec<(String, BTreeSet<usize>)> =
            lesson.turns.iter().map(|turn| varied(turn, Without::drawn(random), random)).collect();
        let texts: Vec<&str> = varied.iter().map(|(text, _)| text.as_str()).collect();
        let windows = Windows::between_words(&transformer.tokens, &texts)?;
        let (places, clear) = boundaries.read(bert, &windows, true);
        let right: Vec<f32> =
            places.iter().map(|place| f32::from(u8::from(varied[place.text].1.contains(&place.word.end)))).collect();
        let right = Tensor::from_slice(&right).to_kind(Kind::Float);
        Ok(clear.squeeze_dim(1).binary_cross_entropy_with_logits::<Tensor>(&right, None, None, Reduction::Mean))
    };
    course.run(ModelFolder::BOUNDARIES, &boundaries.variables, lessons.len(), 1, &mut loss, progress)
}

/// A turn's text, and where statements end in it.
fn varied(turn: &[(&str, bool)], without: Without, random: &mut ChaCha8Rng) -> (String, BTreeSet<usize>) {
    joined(turn.iter().map(|&(word, is_end)| {
        let word = if without.marks(random) { without_marks(word) } else { word.to_owned() };
        (if without.capitals() { word.to_lowercase() } else { word }, is_end)
    }))
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn ends_stay_where_they_are_when_marks_go() {
        let turn = [("Ja,", false), ("stand.", false), ("–", true), ("Dann", false), ("z.B.", true)];
        let (text, ends) = varied(&turn, Without::Both, &mut ChaCha8Rng::seed_from_u64(1));
        assert_eq!(text, "ja stand dann zb");
        assert_eq!(ends, BTreeSet::from([8, 16]));
    }
}
