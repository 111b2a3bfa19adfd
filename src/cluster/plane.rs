//! Statements in a plane: those that the model reads alike lie close together.

use ndarray::{Array1, Array2, Axis};

use crate::vectors::Vectors;

/// Rounds of the power method. More move no point of a project by what can be seen.
const ROUNDS: usize = 80;

/// A place for each row, in [0, 1] in both directions: the two directions in which the rows differ most (principal
/// components). The same rows give the same places.
///
/// Returns `None` where rows do not differ in two directions.
pub fn plane(vectors: &Vectors) -> Option<Vec<[f32; 2]>> {
    let shape = (vectors.len(), vectors.dimensions());
    let rows = Array2::from_shape_vec(shape, vectors.values().to_vec()).ok()?;
    let mut rows = &rows - &rows.mean_axis(Axis(0))?;
    let across = project(&mut rows)?;
    let along = project(&mut rows)?;
    Some(across.into_iter().zip(along).map(|(x, y)| [x, y]).collect())
}

/// Where rows lie in the direction in which they differ most, in [0, 1]. That direction is taken out of them.
fn project(rows: &mut Array2<f32>) -> Option<Array1<f32>> {
    let direction = direction(rows)?;
    let places = rows.dot(&direction);
    *rows -= &places.view().insert_axis(Axis(1)).dot(&direction.insert_axis(Axis(0)));
    let (least, most) = places.iter().fold((f32::MAX, f32::MIN), |(least, most), &x| (least.min(x), most.max(x)));
    Some((places - least) / (most - least))
}

/// The first principal component of centred rows; its greatest part is positive, so that nothing is mirrored by chance.
fn direction(rows: &Array2<f32>) -> Option<Array1<f32>> {
    let spread = rows.map(|x| x * x).sum_axis(Axis(0));
    let most = (0..spread.len()).max_by(|&a, &b| spread[a].total_cmp(&spread[b]))?;
    let mut direction = Array1::zeros(rows.ncols());
    direction[most] = 1.0;
    for _ in 0..ROUNDS {
        let next = rows.t().dot(&rows.dot(&direction));
        let length = next.dot(&next).sqrt();
        if length < f32::EPSILON {
            return None;
        }
        direction = next / length;
    }
    let greatest = direction.iter().copied().max_by(|a, b| a.abs().total_cmp(&b.abs()))?;
    Some(direction * greatest.signum())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vectors(rows: &[[f32; 3]]) -> Vectors {
        Vectors::from_values(3, rows.concat()).unwrap()
    }

    #[test]
    fn the_widest_direction_is_across_and_the_next_one_along() {
        let places = plane(&vectors(&[[0.0, 5.0, 1.0], [10.0, 5.0, 1.0], [5.0, 8.0, 1.0], [5.0, 2.0, 1.0]])).unwrap();
        let near = |place: [f32; 2], x: f32, y: f32| (place[0] - x).abs() < 1e-3 && (place[1] - y).abs() < 1e-3;
        assert!(near(places[0], 0.0, 0.5) && near(places[1], 1.0, 0.5), "{places:?}");
        assert!(near(places[2], 0.5, 1.0) && near(places[3], 0.5, 0.0), "{places:?}");
    }

    #[test]
    fn rows_that_do_not_differ_in_two_directions_have_no_plane() {
        assert_eq!(plane(&Vectors::empty(3)), None);
        assert_eq!(plane(&vectors(&[[1.0, 2.0, 3.0]; 4])), None);
        assert_eq!(plane(&vectors(&[[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [2.0, 0.0, 0.0]])), None);
    }
}
