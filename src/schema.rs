//! The form of YAML that people write: which keys there are, in English and in Chinese, and what
//! may stand behind each.
//!
//! One table of [`Key`]s a record is all that is known about it: reading, messages, `hongtu new`
//! and the JSON Schema follow from it. [`conform::conform`] brings what was written into the one
//! English form, and reports each thing that does not fit at its own place.

pub mod conform;
pub mod date;
pub mod hours;
pub mod json_schema;
pub mod phone;
pub mod slips;
pub mod spans;
pub mod yaml;

/// One key of a record.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The English key.
    pub name: &'static str,
    /// The Chinese key; means the same.
    pub chinese: &'static str,
    /// What may stand behind it.
    pub shape: Shape,
    /// Whether the record needs it.
    pub required: bool,
    /// What it is for, one Chinese sentence for the people who fill it in.
    pub help: &'static str,
}

/// What may stand behind a key.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Words on one or more lines. Numbers are taken as they were written.
    Text,
    /// A path of an image.
    Image,
    /// `true`, `false`, 是, 否.
    Boolean,
    /// A number between two bounds, both included.
    Number {
        /// The least allowed.
        least: f64,
        /// The most allowed.
        most: f64,
    },
    /// A whole number between two bounds, both included.
    Integer {
        /// The least allowed.
        least: i64,
        /// The most allowed.
        most: i64,
    },
    /// A day, with or without a time.
    Date,
    /// A year, a month or a day.
    PartialDate,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// `true`, or one of these words; `true` means the first.
    Flag(&'static [&'static str]),
    /// A list; a single item may stand for a list of one.
    List(&'static Shape),
    /// A record of keys.
    Record(&'static [Key]),
    /// A record of keys, or the value of one of them alone.
    RecordOr(&'static [Key], &'static str),
    /// A record, or a list that stands for the record's key of this name.
    RecordOrList(&'static [Key], &'static str),
    /// Anything, kept as it is.
    Anything,
}

impl Key {
    /// A key that may be left out.
    pub const fn new(name: &'static str, chinese: &'static str, shape: Shape, help: &'static str) -> Self {
        Self {
            name,
            chinese,
            shape,
            required: false,
            help,
        }
    }

    /// A key that the record needs.
    pub const fn required(name: &'static str, chinese: &'static str, shape: Shape, help: &'static str) -> Self {
        Self {
            name,
            chinese,
            shape,
            required: true,
            help,
        }
    }

    /// Whether a written key means this one.
    pub fn is_written(&self, written: &str) -> bool {
        self.name == written || self.chinese == written
    }
}

/// The keys of a record that a shape describes; none for anything else.
pub fn keys_of(shape: &Shape) -> &'static [Key] {
    match shape {
        Shape::Record(keys) | Shape::RecordOr(keys, _) | Shape::RecordOrList(keys, _) => keys,
        Shape::List(inner) => keys_of(inner),
        _ => &[],
    }
}

/// The half-width form of a full-width sign or space: `９` is `9`, `：` is `:`.
pub fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xff01 + 0x21).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}
