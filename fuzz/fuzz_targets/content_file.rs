//! Arbitrary bytes as a content file: the first byte says which kind of file, the rest is the file.
#![no_main]

#[path = "../harness.rs"]
mod harness;

libfuzzer_sys::fuzz_target!(|input: &[u8]| harness::run(input));
