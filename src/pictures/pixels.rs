//! A decoded picture: eight bits a sample, rows from top to bottom, no padding.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, Resizer};

/// What the samples of one pixel are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    Gray,
    GrayAlpha,
    Rgb,
    Rgba,
}

impl Layout {
    pub(super) fn channels(self) -> usize {
        match self {
            Self::Gray => 1,
            Self::GrayAlpha => 2,
            Self::Rgb => 3,
            Self::Rgba => 4,
        }
    }

    pub(super) fn is_gray(self) -> bool {
        matches!(self, Self::Gray | Self::GrayAlpha)
    }

    fn pixel_type(self) -> PixelType {
        match self {
            Self::Gray => PixelType::U8,
            Self::GrayAlpha => PixelType::U8x2,
            Self::Rgb => PixelType::U8x3,
            Self::Rgba => PixelType::U8x4,
        }
    }
}

/// A decoded picture. `samples` is always `width * height * channels` long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pixels {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) layout: Layout,
    pub(super) samples: Vec<u8>,
}

impl Pixels {
    /// A picture whose samples have the length that its size asks for, or nothing.
    pub(super) fn new(width: u32, height: u32, layout: Layout, samples: Vec<u8>) -> Option<Self> {
        let expected = (width as usize)
            .checked_mul(height as usize)?
            .checked_mul(layout.channels())?;
        (expected > 0 && samples.len() == expected).then_some(Self {
            width,
            height,
            layout,
            samples,
        })
    }

    /// Without an alpha channel that says "opaque" everywhere, as most programs' screenshots have it.
    pub(super) fn without_idle_alpha(mut self) -> Self {
        match self.layout {
            Layout::Rgba => {
                let (pixels, _) = self.samples.as_chunks::<4>();
                if pixels.iter().all(|[.., alpha]| *alpha == u8::MAX) {
                    self.samples = pixels
                        .iter()
                        .flat_map(|[red, green, blue, _]| [*red, *green, *blue])
                        .collect();
                    self.layout = Layout::Rgb;
                }
            }
            Layout::GrayAlpha => {
                let (pixels, _) = self.samples.as_chunks::<2>();
                if pixels.iter().all(|[_, alpha]| *alpha == u8::MAX) {
                    self.samples = pixels.iter().map(|[gray, _]| *gray).collect();
                    self.layout = Layout::Gray;
                }
            }
            Layout::Gray | Layout::Rgb => {}
        }
        self
    }

    /// The same picture at another size (Lanczos, alpha premultiplied meanwhile). `None` only without memory.
    pub(super) fn resized(&self, width: u32, height: u32) -> Option<Self> {
        let pixel_type = self.layout.pixel_type();
        let source = ImageRef::new(self.width, self.height, &self.samples, pixel_type).ok()?;
        let mut target = Image::new(width, height, pixel_type);
        Resizer::new().resize(&source, &mut target, None).ok()?;
        Self::new(width, height, self.layout, target.into_vec())
    }

    /// Three or four samples a pixel, for encoders that know no gray.
    pub(super) fn in_colour(&self) -> std::borrow::Cow<'_, [u8]> {
        match self.layout {
            Layout::Rgb | Layout::Rgba => (&self.samples).into(),
            Layout::Gray => self.samples.iter().flat_map(|gray| [*gray; 3]).collect(),
            Layout::GrayAlpha => {
                let (pixels, _) = self.samples.as_chunks::<2>();
                pixels
                    .iter()
                    .flat_map(|[gray, alpha]| [*gray, *gray, *gray, *alpha])
                    .collect()
            }
        }
    }
}

/// The height that keeps the aspect at a new width, rounded, at least one.
pub(super) fn height_at_width((width, height): (u32, u32), new_width: u32) -> u32 {
    let (width, height, new_width) = (u64::from(width.max(1)), u64::from(height), u64::from(new_width));
    u32::try_from((height * new_width + width / 2) / width)
        .unwrap_or(u32::MAX)
        .max(1)
}
