//! The PNG of an SVG: the same text, rasterised, so that both look alike.

use std::io;

use miniz_oxide::MZFlush;
use miniz_oxide::deflate::core::{CompressorOxide, create_comp_flags_from_zip_params};
use miniz_oxide::deflate::stream::deflate;
use png::{BitDepth, ColorType, Encoder, PixelDimensions, SrgbRenderingIntent, Unit};
use resvg::tiny_skia::{PixmapMut, Transform};
use resvg::usvg::{Options, Tree};

pub use super::kind::Workspace;
use super::kind::{Drawing, Export, Make};
use super::record::{Found, Insertion, Slot};
use crate::diag::{self, Report};
use crate::preset::SCREEN;

/// The picture as pixels.
pub static EXPORT: Export = Export {
    name: "png",
    always: false,
    #[expect(clippy::cast_precision_loss, reason = "scale and density are small numbers")]
    make: Make::Pixels(|drawing: &Drawing<'_>, memory: &mut Workspace| {
        // An SVG in mm is read in CSS px.
        let scale = drawing.scale as f32 * (drawing.density as f32 / SCREEN as f32);
        png(drawing.svg, scale, drawing.alt, memory)
    }),
    slot: Some(Slot { insert, find }),
};

/// The `iTXt` keyword with all that follows it up to the text: not compressed, no language.
const KEYWORD: &[u8] = b"popchart\0\0\0\0\0";
/// Signature and header chunk: what a PNG starts with.
const HEADER: usize = 8 + 25;
/// Length, type and checksum of a chunk.
const FRAME: usize = 12;

/// The record is a chunk after the header.
fn insert(body: &[u8], json: &str) -> Option<Insertion> {
    let chunk = [b"iTXt".as_slice(), KEYWORD, json.as_bytes()].concat();
    let length = u32::try_from(chunk.len() - 4).ok()?;
    let checksum = crc32fast::hash(&chunk);
    let framed = [length.to_be_bytes().as_slice(), &chunk, &checksum.to_be_bytes()].concat();
    (body.len() >= HEADER).then_some((HEADER, framed))
}

fn find(bytes: &[u8]) -> Option<Found<'_>> {
    let length = bytes.get(HEADER..HEADER + 4)?;
    let length = u32::from_be_bytes(length.try_into().ok()?) as usize;
    let end = HEADER.checked_add(FRAME)?.checked_add(length)?;
    bytes.get(HEADER + 4..)?.strip_prefix(b"iTXt")?.strip_prefix(KEYWORD)?;
    Some((HEADER, bytes.get(HEADER + 8 + KEYWORD.len()..end - 4)?, end))
}

/// CSS px in a metre: 96 in an inch of 25.4 mm.
const PX_PER_METRE: f32 = 96.0 / 0.0254;

/// A pixel as resvg keeps it: red, green, blue, alpha.
type Pixel = [u8; PIXEL];
const PIXEL: usize = 4;

/// What a row starts with whose values are differences from the one before.
const SUB: u8 = 1;

/// What a row starts with whose values are as they are.
const NONE: u8 = 0;

/// The lightest deflate but for the one that keeps all as it is.
const LEVEL: i32 = 1;

/// Compressed data are framed as zlib does.
const ZLIB: i32 = 15;

/// So many bytes are compressed at a time.
const ROOM: usize = 1 << 15;

/// Bytes of a chunk of compressed pixels.
const CHUNK: usize = 1 << 18;

/// No picture is larger than a gigabyte of pixels, far beyond what any article shows.
const MOST_BYTES: usize = 1 << 30;

/// Rasterises SVG text at a scale: pixels a CSS px. The description is kept
/// in the file, where tools look for a picture's alt text.
///
/// # Errors
/// When the text is not SVG, or the picture has no pixels or too many.
pub fn png(svg: &str, scale: f32, description: &str, memory: &mut Workspace) -> Result<Vec<u8>, Report> {
    let size = raster(svg, scale, &mut memory.pixels)?;
    encode(size, memory, scale, description).map_err(|e| failed("write a PNG", &e.to_string()))
}

fn failed(what: &str, why: &str) -> Report {
    diag::error("failed-picture", format!("failed to {what}: {why}")).into()
}

/// Draws on white, which shows wherever a picture leaves its ground out: no
/// pixel is transparent. Returns width and height.
fn raster(svg: &str, scale: f32, pixels: &mut Vec<u8>) -> Result<(u32, u32), Report> {
    let tree = Tree::from_str(svg, &Options::default()).map_err(|e| failed("read an SVG", &e.to_string()))?;
    let size = tree.size();
    // Whole px to what a float is off.
    let length = |length: f32| (length * scale).round() as u32;
    let (width, height) = (length(size.width()), length(size.height()));
    let bytes = (width as usize).saturating_mul(height as usize).saturating_mul(PIXEL);
    let bytes = Some(bytes).filter(|bytes| *bytes <= MOST_BYTES).unwrap_or(0);
    if pixels.len() < bytes {
        *pixels = vec![0; bytes];
    }
    let pixels = pixels.get_mut(..bytes).unwrap_or_default();
    pixels.fill(u8::MAX);
    let mut pixmap = PixmapMut::from_bytes(pixels, width, height)
        .ok_or_else(|| failed("draw a PNG", "the picture has no pixels or too many"))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap);
    Ok((width, height))
}

/// A chart has few colours: with a palette it is a third of the bytes to
/// compress, half the file, and not a pixel different. Beyond 256 colours every
/// pixel brings its own, and the lightest of the usual deflates is best: the
/// fastest one would double the file, the next one triples the time.
fn encode(
    (width, height): (u32, u32),
    memory: &Workspace,
    scale: f32,
    description: &str,
) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_source_srgb(SrgbRenderingIntent::Perceptual);
    let density = (PX_PER_METRE * scale).round() as u32;
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: density, yppu: density, unit: Unit::Meter }));
    encoder.add_itxt_chunk("Description".to_owned(), description.replace('\0', " "))?;
    let width = width as usize;
    let (pixels, _) = memory.pixels.as_chunks::<PIXEL>();
    let pixels = pixels.get(..width * height as usize).unwrap_or_default();
    if let Some((palette, data)) = indexed(pixels, width)? {
        encoder.set_color(ColorType::Indexed);
        encoder.set_palette(palette);
        let mut writer = encoder.write_header()?;
        writer.write_chunk(png::chunk::IDAT, &data)?;
        writer.finish()?;
    } else {
        encoder.set_color(ColorType::Rgb);
        let mut writer = encoder.write_header()?;
        let (data, end) = colored(pixels, width);
        for part in data.chunks(CHUNK).chain([end.as_slice()]) {
            writer.write_chunk(png::chunk::IDAT, part)?;
        }
        writer.finish()?;
    }
    Ok(bytes)
}

/// The colours of all pixels, compressed, and what ends them.
///
/// The deflate is named here and not left to `png`: which one that has hangs on what other crates ask of theirs, and
/// another one is other bytes.
fn colored(pixels: &[Pixel], width: usize) -> (Vec<u8>, Vec<u8>) {
    let flags = create_comp_flags_from_zip_params(LEVEL, ZLIB, 0);
    let mut compressor = CompressorOxide::new(flags);
    let mut data = Vec::new();
    let mut line = vec![NONE; 1 + 3 * width];
    let mut above: &[Pixel] = &[];
    for row in pixels.chunks(width) {
        if row != above {
            let (colors, _) = line.get_mut(1..).unwrap_or_default().as_chunks_mut();
            for (color, [red, green, blue, _]) in colors.iter_mut().zip(row) {
                *color = [*red, *green, *blue];
            }
            above = row;
        }
        compress(&mut compressor, &line, MZFlush::None, &mut data);
    }
    compress(&mut compressor, &[], MZFlush::Sync, &mut data);
    let mut end = Vec::new();
    compress(&mut compressor, &[], MZFlush::Finish, &mut end);
    (data, end)
}

/// Compresses what is given, to the end of what there is to write.
fn compress(compressor: &mut CompressorOxide, mut input: &[u8], flush: MZFlush, output: &mut Vec<u8>) {
    loop {
        let start = output.len();
        output.resize(start + ROOM, 0);
        let result = deflate(compressor, input, output.get_mut(start..).unwrap_or_default(), flush);
        output.truncate(start + result.bytes_written);
        input = input.get(result.bytes_consumed..).unwrap_or_default();
        if result.bytes_written < ROOM && input.is_empty() || result.status.is_err() {
            return;
        }
    }
}

/// The palette, in the order its colours appear, and every pixel's place in
/// it, compressed; `None` when there are more than 256 colours.
///
/// Differences of neighbouring places are mostly zero, which is what the
/// fastest deflate is made for: a quarter of the time for a fifth more bytes.
/// Rows are compressed one by one, because most are the same as the one above,
/// and then all that is known of that holds.
fn indexed(pixels: &[Pixel], width: usize) -> io::Result<Option<(Vec<u8>, Vec<u8>)>> {
    let mut palette = Palette::default();
    let mut compressor = fdeflate::Compressor::new(Vec::new())?;
    let mut places = vec![0; width];
    let mut filtered = vec![0; 1 + width];
    let mut above: &[Pixel] = &[];
    for row in pixels.chunks(width) {
        if row != above {
            if palette.index(row, &mut places).is_none() {
                return Ok(None);
            }
            filter(&places, &mut filtered);
            above = row;
        }
        compressor.write_data(&filtered)?;
    }
    Ok(Some((palette.colors, compressor.finish()?)))
}

/// A row as it is compressed: how it is filtered, its first place, and how each differs from the one before.
fn filter(places: &[u8], filtered: &mut [u8]) {
    let Some(([filter, first], differences)) = filtered.split_first_chunk_mut() else { return };
    *filter = SUB;
    *first = places.first().copied().unwrap_or_default();
    let neighbours = places.iter().zip(places.iter().skip(1));
    for (difference, (before, place)) in differences.iter_mut().zip(neighbours) {
        *difference = place.wrapping_sub(*before);
    }
}

/// Colours by their places, with a table to find them by. No pixel is transparent, so zeros mark a free slot.
struct Palette {
    colors: Vec<u8>,
    slots: [(Pixel, u8); SLOTS],
    last: (Pixel, u8),
}

/// Four times as many as there can be colours: the search ends soon.
const SLOTS: usize = 1024;

/// Neighbours that are compared at a time with the colour before them, which most of them have.
const BLOCK: usize = 16;

impl Default for Palette {
    fn default() -> Self {
        let free = (Pixel::default(), 0);
        Palette { colors: Vec::new(), slots: [free; SLOTS], last: free }
    }
}

impl Palette {
    /// Writes the places of a row's colours; `None` when there are too many.
    fn index(&mut self, row: &[Pixel], places: &mut [u8]) -> Option<()> {
        let (blocks, rest) = row.as_chunks::<BLOCK>();
        let (block_places, rest_places) = places.as_chunks_mut::<BLOCK>();
        for (block, places) in blocks.iter().zip(block_places) {
            let (color, place) = self.last;
            if *block == [color; BLOCK] {
                *places = [place; BLOCK];
            } else {
                self.index_each(block, places)?;
            }
        }
        self.index_each(rest, rest_places)
    }

    fn index_each(&mut self, colors: &[Pixel], places: &mut [u8]) -> Option<()> {
        for (color, place) in colors.iter().zip(places) {
            if *color != self.last.0 {
                self.last = (*color, self.place(*color)?);
            }
            *place = self.last.1;
        }
        Some(())
    }

    /// The place of a colour, which is given one if it has none and there is one left.
    fn place(&mut self, color: Pixel) -> Option<u8> {
        let start = (u32::from_le_bytes(color).wrapping_mul(0x9e37_79b1) >> 22) as usize;
        let (before, after) = self.slots.split_at_mut(start);
        let free = Pixel::default();
        let slot = after.iter_mut().chain(before).find(|slot| slot.0 == color || slot.0 == free)?;
        if slot.0 == free {
            *slot = (color, u8::try_from(self.colors.len() / 3).ok()?);
            let [red, green, blue, _] = color;
            self.colors.extend([red, green, blue]);
        }
        Some(slot.1)
    }
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
        let (info, data, color) = decoded(&png(svg, 2.0, "alt", &mut Workspace::default()).unwrap());
        assert_eq!((info.width, info.height, color), (6, 4, ColorType::Indexed));
        assert_eq!(data.get(..12).unwrap(), [16, 32, 48, 16, 32, 48, 255, 255, 255, 255, 255, 255]);
    }

    #[test]
    fn many_colours_are_all_kept() {
        let cells: String = (0..300)
            .map(|i| format!("<rect x='{i}' width='1' height='1' fill='#{:02x}{:02x}07'/>", i % 256, i / 256))
            .collect();
        let svg = format!("<svg xmlns='http://www.w3.org/2000/svg' width='300' height='1'>{cells}</svg>");
        let (_, data, color) = decoded(&png(&svg, 1.0, "alt", &mut Workspace::default()).unwrap());
        assert_eq!(color, ColorType::Rgb);
        for (i, pixel) in data.chunks(3).enumerate() {
            assert_eq!(pixel, [(i % 256) as u8, (i / 256) as u8, 7]);
        }
    }

    #[test]
    fn what_is_not_a_picture_is_an_error() {
        let message = |svg: &str, scale| {
            let report = png(svg, scale, "alt", &mut Workspace::default()).unwrap_err();
            report.diagnostics.into_iter().next().unwrap().message
        };
        assert!(message("<html/>", 1.0).starts_with("failed to read an SVG: "));
        let dot = "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>";
        assert_eq!(message(dot, 0.0), "failed to draw a PNG: the picture has no pixels or too many");
    }
}
