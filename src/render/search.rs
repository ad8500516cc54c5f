//! The search as files: lists of pages, texts, and the page that asks.

pub mod page_lists;
