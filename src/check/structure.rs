//! How a text is built: headings, sections, paragraphs, tables, the parts of a case, attachments.

pub(super) mod attachments;
pub(super) mod case_parts;
pub(super) mod headings;
pub(super) mod paragraphs;
pub(super) mod tables;
