//! The PNG of an SVG: the same text, rasterised, so that both look alike.

use std::collections::BTreeMap;

use png::{
    BitDepth, ColorType, DeflateCompression, Encoder, Filter, PixelDimensions, SrgbRenderingIntent, Unit,
};
use resvg::tiny_skia::{Pixmap, PremultipliedColorU8, Transform};
use resvg::usvg::{Options, Tree};

use crate::diag::{Diagnostic, Report};

/// CSS px in a metre: 96 in an inch of 25.4 mm.
const PX_PER_METRE: f32 = 96.0 / 0.0254;

/// Rasterises SVG text at a scale: pixels a CSS px. The description is kept
/// in the file, where tools look for a picture's alt text.
///
/// # Errors
/// When the text is not SVG, or the picture has no pixels or too many.
pub fn png(svg: &str, scale: f32, description: &str) -> Result<Vec<u8>, Report> {
    let pixmap = raster(svg, scale)?;
    encode(&pixmap, scale, description).map_err(|e| failed("write a PNG", &e.to_string()))
}

fn failed(what: &str, why: &str) -> Report {
    Diagnostic::error(format!("failed to {what}: {why}")).into()
}

fn raster(svg: &str, scale: f32) -> Result<Pixmap, Report> {
    let tree = Tree::from_str(svg, &Options::default()).map_err(|e| failed("read an SVG", &e.to_string()))?;
    let size = tree.size();
    let pixels = |length: f32| (length * scale).ceil() as u32;
    let mut pixmap = Pixmap::new(pixels(size.width()), pixels(size.height()))
        .ok_or_else(|| failed("draw a PNG", "the picture has no pixels or too many"))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    Ok(pixmap)
}

/// A chart has few colours: with a palette it is a third of the bytes to
/// compress, half the file, and not a pixel different. Beyond 256 colours
/// every pixel brings its own. The lightest deflate costs a fifth of the
/// middle one's time for half as many bytes again.
fn encode(pixmap: &Pixmap, scale: f32, description: &str) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, pixmap.width(), pixmap.height());
    encoder.set_depth(BitDepth::Eight);
    encoder.set_deflate_compression(DeflateCompression::Level(1));
    encoder.set_filter(Filter::NoFilter);
    encoder.set_source_srgb(SrgbRenderingIntent::Perceptual);
    let density = (PX_PER_METRE * scale).round() as u32;
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: density, yppu: density, unit: Unit::Meter }));
    encoder.add_itxt_chunk("Description".to_owned(), description.replace('\0', " "))?;
    let data = match indexed(pixmap.pixels()) {
        Some((palette, indices)) => {
            encoder.set_color(ColorType::Indexed);
            encoder.set_palette(palette);
            indices
        }
        None => {
            encoder.set_color(ColorType::Rgb);
            let mut rgb = Vec::with_capacity(pixmap.pixels().len() * 3);
            pixmap.pixels().iter().for_each(|pixel| rgb.extend_from_slice(&opaque(*pixel)));
            rgb
        }
    };
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&data)?;
    writer.finish()?;
    Ok(bytes)
}

/// A pixel on white, which shows wherever a picture leaves its ground out.
fn opaque(pixel: PremultipliedColorU8) -> [u8; 3] {
    let white = 255 - pixel.alpha();
    [pixel.red(), pixel.green(), pixel.blue()].map(|part| part.saturating_add(white))
}

/// The palette, in the order its colours appear, and every pixel's place in
/// it; `None` when there are more than 256 colours.
fn indexed(pixels: &[PremultipliedColorU8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut palette = Vec::new();
    let mut places: BTreeMap<[u8; 3], u8> = BTreeMap::new();
    let mut indices = Vec::with_capacity(pixels.len());
    for run in pixels.chunk_by(|a, b| a == b) {
        let color = opaque(*run.first()?);
        let place = match places.get(&color) {
            Some(place) => *place,
            None => {
                let place = u8::try_from(places.len()).ok()?;
                places.insert(color, place);
                palette.extend_from_slice(&color);
                place
            }
        };
        indices.resize(indices.len() + run.len(), place);
    }
    Some((palette, indices))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (png::OutputInfo, Vec<u8>, ColorType) {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let color = reader.info().color_type;
        assert!(reader.info().srgb.is_some());
        let mut data = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut data).unwrap();
        (info, data, color)
    }

    #[test]
    fn ground_left_out_is_white() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='3' height='2'>\
                   <rect width='1' height='2' fill='#102030'/></svg>";
        let (info, data, color) = decoded(&png(svg, 2.0, "alt").unwrap());
        assert_eq!((info.width, info.height, color), (6, 4, ColorType::Indexed));
        assert_eq!(data.get(..12).unwrap(), [16, 32, 48, 16, 32, 48, 255, 255, 255, 255, 255, 255]);
    }

    #[test]
    fn many_colours_are_all_kept() {
        let cells: String = (0..300)
            .map(|i| format!("<rect x='{i}' width='1' height='1' fill='#{:02x}{:02x}07'/>", i % 256, i / 256))
            .collect();
        let svg = format!("<svg xmlns='http://www.w3.org/2000/svg' width='300' height='1'>{cells}</svg>");
        let (_, data, color) = decoded(&png(&svg, 1.0, "alt").unwrap());
        assert_eq!(color, ColorType::Rgb);
        for (i, pixel) in data.chunks(3).enumerate() {
            assert_eq!(pixel, [(i % 256) as u8, (i / 256) as u8, 7]);
        }
    }

    #[test]
    fn what_is_not_a_picture_is_an_error() {
        let message = |svg: &str, scale| png(svg, scale, "alt").unwrap_err().diagnostics.remove(0).message;
        assert!(message("<html/>", 1.0).starts_with("failed to read an SVG: "));
        let dot = "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>";
        assert_eq!(message(dot, 0.0), "failed to draw a PNG: the picture has no pixels or too many");
    }
}
