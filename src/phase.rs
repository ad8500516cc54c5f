//! Names for the parts of the work, so that whoever wants to know can be told what is being done and how long it
//! takes. Nothing here looks at a clock, and what is done does not depend on who listens.

use tracing::span::EnteredSpan;

/// What the spans are called for those who listen.
pub const SPAN: &str = "phase";
/// The field of a span that holds the name of the phase.
pub const NAME: &str = "name";

/// Begins a part of the work, which ends when the result is dropped. The name is Chinese: it is for people.
#[must_use = "the phase ends when this is dropped"]
pub fn phase(name: &'static str) -> EnteredSpan {
    tracing::info_span!(SPAN, name).entered()
}
