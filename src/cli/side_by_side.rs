//! Work on many things at once, each on a thread of its own.

use std::sync::mpsc;

use anyhow::Result;

/// Does `work` for each item, as many at a time as there are threads; `done` gets each result, with the item's place, on the
/// calling thread as soon as it is there.
///
/// # Errors
/// The first of `done`; what was begun is finished before.
pub(super) fn side_by_side<I: Send, O: Send>(
    items: Vec<I>,
    work: impl Fn(I) -> O + Sync,
    mut done: impl FnMut(usize, O) -> Result<()>,
) -> Result<()> {
    let (sender, receiver) = mpsc::channel();
    rayon::in_place_scope(|scope| {
        for (place, item) in items.into_iter().enumerate() {
            let (sender, work) = (sender.clone(), &work);
            // Nobody listens any more where `done` failed.
            scope.spawn(move |_| drop(sender.send((place, work(item)))));
        }
        drop(sender);
        receiver.into_iter().try_for_each(|(place, result)| done(place, result))
    })
}
