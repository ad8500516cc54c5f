//! How the tree of a letter grows.

use std::sync::Arc;

use super::pages::Lists;
use super::spots::Spots;
use super::{LONGEST_GRAM, Node, TO_VERIFY, Tree};
use crate::derive::search::letters::{END, Run};

/// So many letters are kept of a place: those behind its second one.
const AHEAD: usize = LONGEST_GRAM - 2;

/// A place of a pair of letters: the two halves of its page and class, as one number, and the letters that
/// follow. Those behind the end of the passage mean nothing.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(16))]
struct Place([u16; 2 + AHEAD]);

impl Place {
    fn here(self) -> u32 {
        u32::from(self.0[0]) | u32::from(self.0[1]) << 16
    }
}

/// What is counted of a letter that follows.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    places: u32,
    pages: u32,
    /// One more than the last page.
    last: u32,
    /// Where its next place goes.
    goes: u32,
}

/// The places of a gram among those of the gram without its last letter.
#[derive(Debug, Clone, Copy)]
struct Share {
    node: u32,
    start: u32,
    end: u32,
}

/// What is needed to grow trees, one after the other.
pub(super) struct Growth {
    /// By letter; all empty between two uses.
    tally: Vec<Tally>,
    /// The letters that were met; empty between two uses.
    met: Vec<u16>,
    /// Those of the grams that are being parted, the shorter ones first.
    shares: Vec<Share>,
    tree: Tree,
    /// The memory for places, and for places that are parted: to get it anew for every tree takes long.
    room: (Vec<Place>, Vec<Place>),
    /// By place: the letter that follows, before places are parted for the first time.
    seconds: Vec<u16>,
    /// The number of pages of the site.
    total: u32,
}

impl Growth {
    /// For letters below this number, and so many pages.
    pub(super) fn new(letters: usize, total: u32) -> Self {
        Self {
            tally: vec![Tally::default(); letters],
            met: Vec::new(),
            shares: Vec::new(),
            tree: Tree::default(),
            room: (Vec::new(), Vec::new()),
            seconds: Vec::new(),
            total,
        }
    }

    /// The tree of a letter.
    pub(super) fn tree(&mut self, runs: &[Arc<Run>], spots: &[Spots], letter: usize) -> Tree {
        let count = spots.iter().map(|spots| spots.of_letter(letter).len()).sum();
        if count == 0 {
            return Tree::default();
        }
        let (mut places, mut parted) = std::mem::take(&mut self.room);
        let mut seconds = std::mem::take(&mut self.seconds);
        places.clear();
        seconds.clear();
        for (run, spots) in runs.iter().zip(spots) {
            let first = run.first_page() << 2;
            for spot in spots.of_letter(letter) {
                let here = first + u32::from(spot[0]);
                seconds.push(spot[1]);
                let [low, high] = [here & 0xffff, here >> 16].map(|half| (half & 0xffff) as u16);
                places.push(Place([low, high, spot[2], spot[3], spot[4], spot[5], spot[6], spot[7]]));
            }
        }
        self.tree.lists = Lists::of(self.total);
        let pages = pages_among(&places);
        let list = self.tree.lists.write(pages, places.iter().map(|place| place.here()));
        self.tree.nodes.push(Node {
            letter: u16::try_from(letter).unwrap_or(END),
            pages,
            again: number(count) - pages,
            list,
            first_child: 0,
            children: 0,
        });
        if parted.len() < count {
            parted.resize(count, Place::default());
        }
        self.part(0, (&mut places, &mut parted[..count]), 1, |number, _| seconds[number]);
        (self.room, self.seconds) = ((places, parted), seconds);
        std::mem::take(&mut self.tree)
    }

    /// Continues a gram of so many letters, whose places these are. The second list is as long as the first
    /// and takes what is parted.
    fn grow(&mut self, mut node: u32, (places, parted): (&mut [Place], &mut [Place]), mut length: usize) {
        for letter in continuation(places, length) {
            if letter == END {
                return;
            }
            let child = Node {
                letter,
                children: 0,
                ..self.tree.nodes[node as usize]
            };
            let next = number(self.tree.nodes.len());
            let before = &mut self.tree.nodes[node as usize];
            (before.first_child, before.children) = (next, 1);
            self.tree.nodes.push(child);
            node = next;
            length += 1;
        }
        if length < LONGEST_GRAM {
            self.part(node, (places, parted), length, |_, place| place.0[length]);
        }
    }

    /// Parts the places of a gram by the letter that follows.
    fn part(
        &mut self,
        node: u32,
        (places, parted): (&mut [Place], &mut [Place]),
        length: usize,
        letter_of: impl Fn(usize, &Place) -> u16,
    ) {
        for (number, place) in places.iter().enumerate() {
            let letter = letter_of(number, place);
            let tally = &mut self.tally[usize::from(letter)];
            if tally.places == 0 {
                self.met.push(letter);
            }
            tally.places += 1;
            let page = (place.here() >> 2) + 1;
            tally.pages += u32::from(tally.last != page);
            tally.last = page;
        }
        let base = self.shares.len();
        self.children(node);
        for (number, place) in places.iter().enumerate() {
            let goes = &mut self.tally[usize::from(letter_of(number, place))].goes;
            parted[*goes as usize] = *place;
            *goes += 1;
        }
        let (pages, list) = (
            self.tree.nodes[node as usize].pages,
            self.tree.nodes[node as usize].list,
        );
        for share in base..self.shares.len() {
            let Share { node, start, end } = self.shares[share];
            let child = &mut self.tree.nodes[node as usize];
            let own = &mut parted[start as usize..end as usize];
            // All pairs are stored, with classes of their own.
            if child.pages == pages && length > 1 {
                child.list = list;
            } else {
                let places = own.iter().map(|place| place.here());
                child.list = self.tree.lists.write(child.pages, places);
            }
            if child.pages as usize >= TO_VERIFY {
                self.grow(node, (own, &mut places[start as usize..end as usize]), length + 1);
            }
        }
        self.shares.truncate(base);
    }

    /// Makes the children of a node from what was counted, and says where their places go.
    fn children(&mut self, node: u32) {
        self.met.sort_unstable();
        let first = self.tree.nodes.len();
        let mut start = 0;
        for letter in self.met.drain(..) {
            let tally = &mut self.tally[usize::from(letter)];
            let Tally { places, pages, .. } = std::mem::take(tally);
            let end = start + places;
            tally.goes = start;
            // The mark at the end is no letter.
            if letter != END {
                self.shares.push(Share {
                    node: number(self.tree.nodes.len()),
                    start,
                    end,
                });
                self.tree.nodes.push(Node {
                    letter,
                    pages,
                    again: places - pages,
                    list: 0,
                    first_child: 0,
                    children: 0,
                });
            }
            start = end;
        }
        let children = number(self.tree.nodes.len() - first);
        let node = &mut self.tree.nodes[node as usize];
        (node.first_child, node.children) = (number(first), children);
    }
}

fn pages_among(places: &[Place]) -> u32 {
    let mut last = u32::MAX;
    let changes = places.iter().filter(|place| {
        let page = place.here() >> 2;
        std::mem::replace(&mut last, page) != page
    });
    number(changes.count())
}

/// The letters that follow a gram of so many letters wherever it stands.
fn continuation(places: &[Place], length: usize) -> impl Iterator<Item = u16> + use<> {
    let (first, last) = (places[0], places[places.len() - 1]);
    let mut same = 0;
    if length < LONGEST_GRAM && first.0[length] == last.0[length] {
        let mut differs = [0; 2 + AHEAD];
        for place in places {
            for (differs, (one, other)) in differs.iter_mut().zip(place.0.iter().zip(&first.0)) {
                *differs |= one ^ other;
            }
        }
        same = differs[length..].iter().take_while(|differs| **differs == 0).count();
    }
    (length..length + same).map(move |at| first.0[at])
}

/// A tree has fewer grams, and fewer bytes of lists, than can be counted so.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
