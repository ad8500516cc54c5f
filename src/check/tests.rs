//! What the tests of several groups share.

pub mod small_library;
