//! A picture of the screen: read from the X server's own format, judged, and written as PNG.

use anyhow::{Context, Result, bail};
use std::collections::HashMap;
use std::fs;
use std::path::Path;

/// Fewer colours than this, and no text was drawn: its smoothed edges alone make more.
const COLOURS_OF_A_PAGE: usize = 32;
/// Two colours on more than this share of the screen, in thousandths, are an empty page and what surrounds the window.
const SHARE_OF_TWO_COLOURS: usize = 998;

/// Rows of pixels, three bytes each.
#[derive(PartialEq, Eq)]
pub struct Picture {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
}

impl Picture {
    /// Reads an X window dump (version 7, 32 bits a pixel, as Xvfb keeps its screen).
    pub fn from_xwd(bytes: &[u8]) -> Result<Self> {
        let word = |index: usize| -> Result<usize> {
            let four = bytes.get(index * 4..index * 4 + 4).context("the picture is cut short")?;
            Ok(four.iter().fold(0, |value, byte| value << 8 | usize::from(*byte)))
        };
        let (header, version, bits) = (word(0)?, word(1)?, word(11)?);
        if version != 7 || bits != 32 {
            bail!("the screen has a format that is not known here (version {version}, {bits} bits)");
        }
        let (width, height, most_significant_first, line) = (word(4)?, word(5)?, word(7)? == 1, word(12)?);
        let start = header + word(19)? * 12;
        let mut rgb = Vec::with_capacity(width * height * 3);
        for row in 0..height {
            let from = start + row * line;
            let pixels = bytes.get(from..from + width * 4).context("the picture is cut short")?;
            for pixel in pixels.chunks_exact(4) {
                let [red, green, blue] = if most_significant_first {
                    [pixel[1], pixel[2], pixel[3]]
                } else {
                    [pixel[2], pixel[1], pixel[0]]
                };
                rgb.extend([red, green, blue]);
            }
        }
        Ok(Self { width, height, rgb })
    }

    /// Reads a PNG file of eight bits a channel.
    pub fn from_png(path: &Path) -> Result<Self> {
        let file = std::io::BufReader::new(fs::File::open(path)?);
        let mut reader =
            png::Decoder::new(file).read_info().with_context(|| format!("{} is no PNG", path.display()))?;
        let mut bytes = vec![0; reader.output_buffer_size().context("the picture is too large")?];
        let frame = reader.next_frame(&mut bytes)?;
        let channels = match frame.color_type {
            png::ColorType::Rgb => 3,
            png::ColorType::Rgba => 4,
            other => bail!("{} has the colour type {other:?}", path.display()),
        };
        let rgb = bytes.chunks_exact(channels).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
        Ok(Self { width: usize::try_from(frame.width)?, height: usize::try_from(frame.height)?, rgb })
    }

    /// Writes a PNG file.
    pub fn save(&self, path: &Path) -> Result<()> {
        let file = fs::File::create(path).with_context(|| format!("{} cannot be written", path.display()))?;
        let mut encoder = png::Encoder::new(
            std::io::BufWriter::new(file),
            u32::try_from(self.width)?,
            u32::try_from(self.height)?,
        );
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.write_header()?.write_image_data(&self.rgb)?;
        Ok(())
    }

    /// Why this is no page: `None` for one with something on it.
    pub fn fault(&self) -> Option<String> {
        let mut counts: HashMap<&[u8], usize> = HashMap::new();
        for pixel in self.rgb.chunks_exact(3) {
            *counts.entry(pixel).or_default() += 1;
        }
        let mut areas: Vec<usize> = counts.values().copied().collect();
        areas.sort_unstable();
        let commonest: usize = areas.iter().rev().take(2).sum();
        if counts.len() < COLOURS_OF_A_PAGE {
            return Some(format!("it has {} colours only", counts.len()));
        }
        (commonest * 1000 > self.width * self.height * SHARE_OF_TWO_COLOURS)
            .then(|| "nearly all of it is two colours".to_owned())
    }

    /// Whether no more than one pixel in a hundred differs: a blinking caret is no change.
    pub fn resembles(&self, other: &Self) -> bool {
        let differing = self
            .rgb
            .chunks_exact(3)
            .zip(other.rgb.chunks_exact(3))
            .filter(|(mine, theirs)| mine != theirs)
            .count();
        self.rgb.len() == other.rgb.len() && differing * 100 <= self.width * self.height
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(pixel: impl Fn(usize) -> u8) -> Picture {
        Picture { width: 64, height: 64, rgb: (0..64 * 64).flat_map(|place| [pixel(place); 3]).collect() }
    }

    #[test]
    fn a_page_without_anything_on_it_is_blank_and_one_with_many_colours_is_not() {
        assert!(picture(|_| 255).fault().is_some());
        assert!(picture(|place| if place < 500 { 0 } else { 255 }).fault().is_some());
        assert!(
            picture(|place| if place < 12 { u8::try_from(place).unwrap() * 9 } else { 255 })
                .fault()
                .is_some()
        );
        assert!(picture(|place| u8::try_from(place % 251).unwrap()).fault().is_none());
    }

    #[test]
    fn a_written_picture_is_read_back_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("page.png");
        let written = picture(|place| u8::try_from(place % 199).unwrap());
        written.save(&path).unwrap();
        assert!(Picture::from_png(&path).unwrap() == written);
    }

    #[test]
    fn a_screen_is_read_in_both_byte_orders_and_a_cut_one_is_refused() {
        let dump = |order: u32, pixel: [u8; 4]| {
            let mut words = [0_u32; 25];
            (words[0], words[1], words[4], words[5], words[7]) = (100, 7, 1, 1, order);
            (words[11], words[12], words[19]) = (32, 4, 0);
            let mut bytes: Vec<u8> = words.iter().flat_map(|word| word.to_be_bytes()).collect();
            bytes.extend(pixel);
            bytes
        };
        assert_eq!(Picture::from_xwd(&dump(0, [3, 2, 1, 0])).unwrap().rgb, [1, 2, 3]);
        assert_eq!(Picture::from_xwd(&dump(1, [0, 1, 2, 3])).unwrap().rgb, [1, 2, 3]);
        assert!(Picture::from_xwd(&dump(1, [0, 1, 2, 3])[..102]).is_err());
    }
}
