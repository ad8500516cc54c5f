//! What the search over the whole portal knows: the pages, newest first, their texts, and which
//! pages contain which runs of letters ([`grams`]).

pub mod folding;
pub mod grams;
pub mod letters;
