//! What things are known by: same key, same thing.

/// The key of something: a hash of all that it is made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub u64);

/// Makes a key of several values.
#[derive(Default)]
pub struct KeyMaker {
    /// All of them: hashing them together is quicker.
    bytes: Vec<u8>,
}

impl KeyMaker {
    /// Adds a value; where it ends counts too.
    pub fn add(&mut self, value: &[u8]) {
        self.bytes.extend_from_slice(value);
        self.bytes.extend_from_slice(&(value.len() as u64).to_le_bytes());
    }

    /// Adds a number.
    pub fn add_number(&mut self, number: u32) {
        self.bytes.extend_from_slice(&number.to_le_bytes());
    }

    /// Adds what something else is known by.
    pub fn add_key(&mut self, key: Key) {
        self.bytes.extend_from_slice(&key.0.to_le_bytes());
    }

    /// The key of what was added since the last one.
    pub fn finish(&mut self) -> Key {
        let hash = blake3::hash(&self.bytes);
        self.bytes.clear();
        let mut key = [0; 8];
        key.copy_from_slice(&hash.as_bytes()[..8]);
        Key(u64::from_le_bytes(key))
    }
}
