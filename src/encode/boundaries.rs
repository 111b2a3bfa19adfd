//! Where statements end: one number for the white space behind each word.

use tch::Tensor;

use super::EncodeError;
use super::windows::Place;
use crate::scores::StatementEnd;

/// Numbers at each place: how clearly a statement ends there, above zero for yes.
pub(super) const ANSWERS: i64 = 1;

/// How probable it is that a statement ends at each place, by text: in the order of its words.
pub(super) fn by_text(texts: usize, places: &[Place], clear: &Tensor) -> Result<Vec<Vec<StatementEnd>>, EncodeError> {
    let p =
        Vec::<f32>::try_from(clear.squeeze_dim(1).sigmoid()).map_err(|error| EncodeError::Failed(error.to_string()))?;
    let mut found: Vec<Vec<StatementEnd>> = vec![Vec::new(); texts];
    for (place, p) in places.iter().zip(p) {
        found[place.text].push(StatementEnd { at: place.word.end, p });
    }
    found.iter_mut().for_each(|text| text.sort_by_key(|end| end.at));
    Ok(found)
}
