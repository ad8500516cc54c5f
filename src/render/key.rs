//! Keys: a short name for all that a result is made from. Same key, same result.
//!
//! What a template sees *is* what its page depends on. So the key of a page is the hash of its views, in which
//! what is dear to make (a body's HTML, a drawing) stands for what it is made from until it is made: see
//! [`Prepared`].

use serde::{Serialize, Serializer};

/// The program that makes the results: another one may make them differently.
pub const PROGRAM: &str = env!("HONGTU_SOURCES");

/// Of all that a result is made from; the first half of a BLAKE3 hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize)]
pub struct Key(pub [u8; 16]);

impl Key {
    /// Of bytes.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self::of_hash(&blake3::hash(bytes))
    }

    /// Of a hash.
    pub fn of_hash(hash: &blake3::Hash) -> Self {
        let mut key = [0; 16];
        key.copy_from_slice(&hash.as_bytes()[..16]);
        Self(key)
    }

    /// Of several values in their order.
    pub fn of(parts: &[&dyn KeyPart]) -> Self {
        let mut bytes = Vec::with_capacity(8 * 1024);
        for part in parts {
            part.write_to(&mut bytes);
            // So that the end of one part and the beginning of the next are never taken for each other.
            let length = bytes.len() as u64;
            bytes.extend_from_slice(&length.to_le_bytes());
        }
        Self::of_bytes(&bytes)
    }
}

/// A value that a result depends on.
pub trait KeyPart {
    /// Appends the value in a form in which other values look different.
    fn write_to(&self, bytes: &mut Vec<u8>);
}

impl<T: Serialize + ?Sized> KeyPart for T {
    fn write_to(&self, bytes: &mut Vec<u8>) {
        let start = bytes.len();
        if postcard::to_io(self, &mut *bytes).is_err() {
            // Lists whose length is not known beforehand have no short form.
            bytes.truncate(start);
            let written = serde_json::to_writer(bytes, self);
            debug_assert!(written.is_ok(), "views are texts, numbers and lists: {written:?}");
        }
    }
}

/// A field of a view that is dear to make: until it is made it stands for what it is made from, so that a view
/// without it has the same key whenever it would be the same.
#[derive(Debug, Clone, Default)]
pub struct Prepared<From, Made> {
    /// All that it is made from.
    pub from: From,
    /// What templates see.
    pub made: Option<Made>,
}

impl<From, Made> Prepared<From, Made> {
    /// Before it is made.
    pub fn new(from: From) -> Self {
        Self { from, made: None }
    }
}

impl<From: Serialize, Made: Serialize> Serialize for Prepared<From, Made> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.made {
            Some(made) => made.serialize(serializer),
            None => self.from.serialize(serializer),
        }
    }
}
