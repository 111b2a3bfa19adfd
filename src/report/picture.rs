//! A drawing as a picture, with the fonts of this machine.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb::Database};

use super::ReportError;

/// Pixels of the picture for one of the drawing, where it does not get too large: sharp on A3.
const SCALE: f32 = 2.0;
/// No picture has more pixels on a side; most programs open that.
const LARGEST: f32 = 16_000.0;
/// Fonts that most machines have one of, the ones that measure as the drawing expects first.
const FONTS: [&str; 8] =
    ["Arial", "Liberation Sans", "Helvetica", "Arimo", "Segoe UI", "Noto Sans", "DejaVu Sans", "Verdana"];

/// The drawing as PNG.
///
/// # Errors
/// Where this machine has no font, or the drawing is too large.
pub(super) fn png(svg: &str) -> Result<Vec<u8>, ReportError> {
    let options = Options { fontdb: Arc::new(fonts()?), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|error| ReportError::Drawing(error.to_string()))?;
    let size = tree.size();
    let scale = SCALE.min(LARGEST / size.width()).min(LARGEST / size.height());
    let size = size.to_int_size().scale_by(scale);
    let pixmap = size.and_then(|size| Pixmap::new(size.width(), size.height()));
    let mut pixmap = pixmap.ok_or_else(|| ReportError::Drawing("size".to_owned()))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|error| ReportError::Drawing(error.to_string()))
}

/// The fonts of this machine; which one stands for letters without serifs is the same at every call.
fn fonts() -> Result<Database, ReportError> {
    let mut fonts = Database::new();
    fonts.load_system_fonts();
    let has = |name: &str| fonts.faces().any(|face| face.families.iter().any(|(family, _)| family == name));
    let any = fonts.faces().find_map(|face| face.families.first()).map(|(family, _)| family.clone());
    let known = FONTS.into_iter().find(|name| has(name)).map(str::to_owned);
    fonts.set_sans_serif_family(known.or(any).ok_or(ReportError::NoFont)?);
    Ok(fonts)
}
