//! What the compositions draw with: a sheet, a trace of path data, and the palette.

use std::fmt::Write as _;

/// The sheet's width in its own units.
pub(super) const WIDTH: f64 = 800.0;
/// The sheet's height in its own units.
pub(super) const HEIGHT: f64 = 500.0;

/// The palette: paper, ink, one red, one deep neutral, and tints of them laid on paper.
pub(super) mod ink {
    /// The warm white of the page.
    pub(crate) const PAPER: &str = "#fbf8f2";
    /// Paper one step darker, for a ground that stands off the page.
    pub(crate) const SAND: &str = "#f0e8d9";
    /// Sand one step darker, for quiet shapes on sand.
    pub(crate) const CLAY: &str = "#ddd2bf";
    /// The one red.
    pub(crate) const RED: &str = "#b0161d";
    /// The red in its own shade, for quiet shapes on red.
    pub(crate) const SHADE: &str = "#8f1017";
    /// The deep neutral.
    pub(crate) const DEEP: &str = "#23343a";
    /// The deep neutral one step lighter, for quiet shapes on it.
    pub(crate) const DUSK: &str = "#35494f";
    /// The deep neutral at about half its strength on paper.
    pub(crate) const SLATE: &str = "#84908f";
    /// The deep neutral at about a fifth of its strength on paper.
    pub(crate) const MIST: &str = "#d3d5d0";
    /// The thin gold line.
    pub(crate) const GOLD: &str = "#b8923f";
}

/// The colours one cover is drawn with, by their part in it.
#[derive(Clone, Copy)]
pub(super) struct Scheme {
    /// The ground.
    pub(super) ground: &'static str,
    /// The large shape.
    pub(super) mass: &'static str,
    /// The middle distance.
    pub(super) middle: &'static str,
    /// What lies far back or keeps quiet.
    pub(super) quiet: &'static str,
    /// The one thing that speaks.
    pub(super) accent: &'static str,
}

/// Deep shapes on the page's own white.
pub(super) const PAPER: Scheme = Scheme {
    ground: ink::PAPER,
    mass: ink::DEEP,
    middle: ink::SLATE,
    quiet: ink::MIST,
    accent: ink::RED,
};
/// Deep shapes on sand.
pub(super) const SAND: Scheme = Scheme {
    ground: ink::SAND,
    mass: ink::DEEP,
    middle: ink::SLATE,
    quiet: ink::CLAY,
    accent: ink::RED,
};
/// Paper shapes on the deep neutral.
pub(super) const NIGHT: Scheme = Scheme {
    ground: ink::DEEP,
    mass: ink::SAND,
    middle: ink::SLATE,
    quiet: ink::DUSK,
    accent: ink::RED,
};
/// Paper shapes on red; the deep neutral speaks.
pub(super) const VERMILION: Scheme = Scheme {
    ground: ink::RED,
    mass: ink::SAND,
    middle: ink::CLAY,
    quiet: ink::SHADE,
    accent: ink::DEEP,
};

/// A place on the sheet.
pub(super) type Spot = (f64, f64);

/// Path data, written as short as it goes.
#[derive(Default, Clone)]
pub(super) struct Trace {
    data: String,
}

impl Trace {
    /// A path that starts at a place.
    pub(super) fn at(start: Spot) -> Self {
        Self::default().to('M', &[start])
    }

    /// A command with its places.
    pub(super) fn to(mut self, command: char, spots: &[Spot]) -> Self {
        self.data.push(command);
        for (index, &(x, y)) in spots.iter().enumerate() {
            if index > 0 {
                self.data.push(' ');
            }
            number(&mut self.data, x);
            self.data.push(' ');
            number(&mut self.data, y);
        }
        self
    }

    /// A new stroke from here on.
    pub(super) fn lift(self, start: Spot) -> Self {
        self.to('M', &[start])
    }

    /// A straight line.
    pub(super) fn line(self, end: Spot) -> Self {
        self.to('L', &[end])
    }

    /// A part of a circle, the shorter way round, clockwise or not.
    pub(super) fn arc(self, radius: f64, clockwise: bool, end: Spot) -> Self {
        self.ellipse((radius, radius), clockwise, end)
    }

    /// A part of an upright ellipse, the shorter way round, clockwise or not.
    pub(super) fn ellipse(mut self, radii: (f64, f64), clockwise: bool, end: Spot) -> Self {
        self = self.to('A', &[radii]);
        self.data.push_str(if clockwise { " 0 0 1 " } else { " 0 0 0 " });
        number(&mut self.data, end.0);
        self.data.push(' ');
        number(&mut self.data, end.1);
        self
    }

    /// Half a circle over the line to the right, and a step of so much with the pen lifted.
    pub(super) fn hop(mut self, radius: f64, step: f64) -> Self {
        self = self.to('a', &[(radius, radius)]);
        self.data.push_str(" 0 0 1 ");
        number(&mut self.data, 2.0 * radius);
        self.data.push_str(" 0");
        if step > 0.0 {
            self = self.to('m', &[(step, 0.0)]);
        }
        self
    }

    /// A short line straight down.
    pub(super) fn hair(mut self, start: Spot, length: f64) -> Self {
        self = self.lift(start);
        self.data.push('v');
        number(&mut self.data, length);
        self
    }

    /// A whole circle as a part of the path.
    pub(super) fn circle(self, centre: Spot, radius: f64) -> Self {
        let (x, y) = centre;
        self.lift((x - radius, y))
            .arc(radius, true, (x + radius, y))
            .arc(radius, true, (x - radius, y))
            .close()
    }

    /// A rectangle as a part of the path.
    pub(super) fn block(mut self, corner: Spot, size: Spot) -> Self {
        self = self.lift(corner);
        for (command, value) in [('h', size.0), ('v', size.1), ('h', -size.0)] {
            self.data.push(command);
            number(&mut self.data, value);
        }
        self.close()
    }

    /// Back to the start.
    pub(super) fn close(mut self) -> Self {
        self.data.push('z');
        self
    }

    /// Many straight strokes.
    pub(super) fn strokes(lines: impl IntoIterator<Item = (Spot, Spot)>) -> Self {
        lines
            .into_iter()
            .fold(Self::default(), |trace, (start, end)| trace.lift(start).line(end))
    }

    /// A polygon.
    pub(super) fn polygon(spots: &[Spot]) -> Self {
        match spots.split_first() {
            Some((&first, rest)) => Self::at(first).to('L', rest).close(),
            None => Self::default(),
        }
    }
}

/// A sheet of 800 by 500 that shapes are laid on, the last one on top.
pub(super) struct Sheet {
    body: String,
}

impl Sheet {
    /// A sheet of one colour.
    pub(super) fn new(ground: &str) -> Self {
        let mut body = String::with_capacity(4096);
        body.push_str(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"800\" height=\"500\" viewBox=\"0 0 800 500\">",
        );
        let mut sheet = Self { body };
        sheet.block((0.0, 0.0), (WIDTH, HEIGHT), ground);
        sheet
    }

    /// A filled shape.
    pub(super) fn fill(&mut self, trace: &Trace, colour: &str) {
        let _ = write!(self.body, "<path fill=\"{colour}\" d=\"{}\"/>", trace.data);
    }

    /// A filled shape with holes: what lies within two of its outlines is left open.
    pub(super) fn cut(&mut self, trace: &Trace, colour: &str) {
        let _ = write!(
            self.body,
            "<path fill=\"{colour}\" fill-rule=\"evenodd\" d=\"{}\"/>",
            trace.data
        );
    }

    /// A filled shape with a line along its edge.
    pub(super) fn edged(&mut self, trace: &Trace, colours: (&str, &str), width: f64) {
        let (fill, edge) = colours;
        let _ = write!(self.body, "<path fill=\"{fill}\" stroke=\"{edge}\" stroke-width=\"");
        number(&mut self.body, width);
        let _ = write!(self.body, "\" d=\"{}\"/>", trace.data);
    }

    /// A line along a path.
    pub(super) fn stroke(&mut self, trace: &Trace, colour: &str, width: f64) {
        let _ = write!(self.body, "<path fill=\"none\" stroke=\"{colour}\" stroke-width=\"");
        number(&mut self.body, width);
        let _ = write!(self.body, "\" d=\"{}\"/>", trace.data);
    }

    /// A filled circle.
    pub(super) fn disc(&mut self, centre: Spot, radius: f64, colour: &str) {
        self.body.push_str("<circle");
        self.attributes(&[("cx", centre.0), ("cy", centre.1), ("r", radius)]);
        let _ = write!(self.body, " fill=\"{colour}\"/>");
    }

    /// A filled rectangle.
    pub(super) fn block(&mut self, corner: Spot, size: Spot, colour: &str) {
        self.body.push_str("<rect");
        let (x, y) = corner;
        let (width, height) = size;
        self.attributes(&[("x", x), ("y", y), ("width", width), ("height", height)]);
        let _ = write!(self.body, " fill=\"{colour}\"/>");
    }

    fn attributes(&mut self, pairs: &[(&str, f64)]) {
        for (name, value) in pairs {
            let _ = write!(self.body, " {name}=\"");
            number(&mut self.body, *value);
            self.body.push('"');
        }
    }

    /// The finished drawing.
    pub(super) fn finish(mut self) -> String {
        self.body.push_str("</svg>");
        self.body
    }
}

/// Writes a number with one decimal at most, which is finer than any screen shows it.
fn number(out: &mut String, value: f64) {
    let rounded = (value * 10.0).round();
    let sign = if rounded < 0.0 { "-" } else { "" };
    // Whole numbers are written many times as fast as others.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place on a sheet is a small number, and its sign is written already"
    )]
    let tenths = rounded.abs() as u64;
    // A string takes all.
    let _ = write!(out, "{sign}{}", tenths / 10);
    if !tenths.is_multiple_of(10) {
        let _ = write!(out, ".{}", tenths % 10);
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_short_and_have_no_negative_zero() {
        let written = |value: f64| {
            let mut text = String::new();
            number(&mut text, value);
            text
        };
        assert_eq!(written(0.0), "0");
        assert_eq!(written(-0.04), "0");
        assert_eq!(written(0.26), "0.3");
        assert_eq!(written(-12.0), "-12");
        assert_eq!(written(199.96), "200");
    }
}
