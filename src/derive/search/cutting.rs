//! Where long lists are cut into files.
//!
//! If each file took as much as fits, one item more would shift all the borders behind it, and nearly all
//! files would change with one word. So a border goes where the items themselves say: of all borders that
//! make a file neither too small nor too large, it's the one before the item with the least hash. After a
//! change the borders are soon the same as before.

/// How large a file may be.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// No file but the last is smaller.
    pub least: usize,
    /// No file of several items is larger.
    pub greatest: usize,
}

/// What cutting has to know of an item.
#[derive(Debug, Clone, Copy)]
pub struct Item {
    /// How much of a file it takes.
    pub size: usize,
    /// The [`hash`] of its name.
    pub hash: u64,
}

/// How many items the first file takes.
pub fn first_file(items: impl Iterator<Item = Item>, bounds: Bounds) -> usize {
    let mut size = 0;
    let mut best: Option<(u64, usize)> = None;
    let mut count = 0;
    for item in items {
        if size >= bounds.least && best.is_none_or(|(hash, _)| item.hash < hash) {
            best = Some((item.hash, count));
        }
        size += item.size;
        if size > bounds.greatest && count > 0 {
            return best.map_or(count, |(_, place)| place);
        }
        count += 1;
    }
    count
}

/// A number for a name, always the same for the same name (FNV-1a, with its bits mixed at the end).
pub fn hash(name: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in name.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash = (hash ^ hash >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ hash >> 32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Bounds, Item, first_file, hash};

    const BOUNDS: Bounds = Bounds {
        least: 100,
        greatest: 300,
    };

    fn cut(mut items: &[Item]) -> Vec<&[Item]> {
        let mut files = Vec::new();
        while !items.is_empty() {
            let (file, rest) = items.split_at(first_file(items.iter().copied(), BOUNDS));
            files.push(file);
            items = rest;
        }
        files
    }

    fn items(sizes: &[usize]) -> Vec<Item> {
        let item = |(place, size): (usize, &usize)| Item {
            size: *size,
            hash: hash(&place.to_string()),
        };
        sizes.iter().enumerate().map(item).collect()
    }

    proptest! {
        #[test]
        fn files_are_neither_too_small_nor_too_large(sizes in proptest::collection::vec(1..400_usize, 0..200)) {
            let items = items(&sizes);
            let files = cut(&items);
            let size = |file: &[Item]| file.iter().map(|item| item.size).sum::<usize>();
            for (place, file) in files.iter().enumerate() {
                prop_assert!(file.len() == 1 || size(file) <= BOUNDS.greatest);
                let is_before_large = files.get(place + 1).is_some_and(|next| next[0].size > BOUNDS.greatest - BOUNDS.least);
                prop_assert!(place + 1 == files.len() || size(file) >= BOUNDS.least || is_before_large);
            }
        }
    }

    /// One longer item, anywhere: only the files around it are others.
    #[test]
    fn borders_stay_where_they_were() {
        let mut sizes: Vec<usize> = (0..2000).map(|place| 1 + place * 7 % 40).collect();
        let before = items(&sizes);
        let (mut changed, mut all) = (0, 0);
        for place in (0..2000).step_by(50) {
            sizes[place] += 30;
            let after = items(&sizes);
            sizes[place] -= 30;
            let borders = |items: &[Item]| -> Vec<u64> { cut(items).iter().map(|file| file[0].hash).collect() };
            let (before, after) = (borders(&before), borders(&after));
            changed += after.iter().filter(|border| !before.contains(border)).count();
            all += after.len();
        }
        assert!(changed * 100 < all, "{changed} of {all} borders are others");
    }
}
