//! The search: what it covers.

pub mod visible_text;
