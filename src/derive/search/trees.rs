//! Which grams there are, with their pages: for every letter a tree of the grams that begin with it.
//!
//! The places of a letter are parted by the letter that follows, these by the next, and so on, in the
//! order of the pages; so each gram has its places side by side, its pages are counted while they are
//! parted, and all of it happens in a memory that is near. Grams on few pages are not followed further
//! ([`grams`](super::grams) says why). A gram that is always continued in the same way needs no
//! parting: the longer gram has the same pages, and the same list.

mod growth;
mod pages;
mod spots;

use std::ops::Range;

use rayon::prelude::*;

use super::grams::{LONGEST_GRAM, TO_VERIFY};
use super::letters::Texts;
use super::page_lists::ListWriter;
use growth::Growth;
use pages::{List, Lists, PageSet};
use spots::Spots;

/// All texts are read so many times, a part of the alphabet at a time: for each place of a letter that is being
/// looked at there are some bytes meanwhile.
const TIMES: usize = 4;
/// So many places, or fewer, are looked at together.
const FEW: usize = 1 << 20;

/// A gram that begins with the letter of its tree.
#[derive(Debug, Clone, Copy)]
struct Node {
    /// Its last letter.
    letter: u16,
    /// On how many pages it stands.
    pages: u32,
    /// How many places it has beside the first one on every page.
    again: u32,
    /// Where its list begins in those of the tree. A gram on all pages of the gram without its last
    /// letter has the list of that one.
    list: u32,
    /// The grams that are one letter longer: side by side, in the order of their last letters.
    first_child: u32,
    children: u32,
}

/// The grams that begin with one letter.
#[derive(Debug, Default)]
struct Tree {
    /// The first one is the letter itself.
    nodes: Vec<Node>,
    lists: Lists,
}

impl Tree {
    fn children(&self, node: Node) -> &[Node] {
        &self.nodes[node.first_child as usize..][..node.children as usize]
    }

    fn list(&self, node: Node) -> List<'_> {
        self.lists.list(node.list, node.pages)
    }
}

/// The grams that have to be stored and begin with the same letter, in the order of their texts.
#[derive(Debug, Default)]
pub struct Stored {
    /// One behind the other.
    pub texts: String,
    /// One behind the other.
    pub lists: String,
    /// Where each text and each list ends.
    pub ends: Vec<(usize, usize)>,
}

impl Stored {
    /// The text and the list of each gram.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut start = (0, 0);
        self.ends.iter().map(move |&end| {
            let found = (&self.texts[start.0..end.0], &self.lists[start.1..end.1]);
            start = end;
            found
        })
    }
}

/// All grams that have to be stored, by first letter; `total` is the number of pages.
pub fn stored(texts: &Texts, total: u32) -> Vec<Stored> {
    let letters = texts.alphabet.len();
    let counts: Vec<Vec<u32>> = texts.runs.par_iter().map(|run| run.counts(letters)).collect();
    let mut trees = Vec::with_capacity(letters);
    for group in groups(&counts, letters) {
        let runs = texts.runs.par_iter().zip(&counts);
        let spots: Vec<Spots> = runs
            .map(|(run, counts)| Spots::of(run, counts, group.clone()))
            .collect();
        let grown = group.into_par_iter().map_init(
            || Growth::new(letters, total),
            |growth, letter| growth.tree(&texts.runs, &spots, letter),
        );
        trees.par_extend(grown);
    }
    let trees = trees.as_slice();
    (0..letters)
        .into_par_iter()
        .with_max_len(1)
        .map(|letter| Choice::new(texts, trees, total).choose(letter))
        .collect()
}

/// Parts the alphabet so that all parts have about as many places.
fn groups(counts: &[Vec<u32>], letters: usize) -> Vec<Range<usize>> {
    let places_of = |letter: usize| counts.iter().map(|counts| counts[letter] as usize).sum::<usize>();
    let enough = ((0..letters).map(places_of).sum::<usize>() / TIMES).max(FEW);
    let (mut groups, mut start, mut places) = (Vec::new(), 0, 0);
    for letter in 0..letters {
        places += places_of(letter);
        if places >= enough {
            groups.push(start..letter + 1);
            (start, places) = (letter + 1, 0);
        }
    }
    groups.push(start..letters);
    groups
}

/// Chooses which grams of a tree have to be stored.
struct Choice<'a> {
    texts: &'a Texts,
    trees: &'a [Tree],
    /// The gram that is looked at.
    text: String,
    lists: ListWriter,
    set: PageSet,
    stored: Stored,
}

/// A gram with its tree.
#[derive(Clone, Copy)]
struct Place<'a> {
    tree: &'a Tree,
    node: Node,
}

impl<'a> Choice<'a> {
    fn new(texts: &'a Texts, trees: &'a [Tree], total: u32) -> Self {
        Self {
            texts,
            trees,
            text: String::new(),
            lists: ListWriter::new(total),
            set: PageSet::new(total),
            stored: Stored::default(),
        }
    }

    fn choose(mut self, letter: usize) -> Stored {
        let tree = &self.trees[letter];
        let Some(root) = tree.nodes.first() else {
            return self.stored;
        };
        self.text.push(self.texts.alphabet[letter]);
        self.store(Place { tree, node: *root });
        for pair in tree.children(*root) {
            self.text.push(self.texts.alphabet[usize::from(pair.letter)]);
            self.store(Place { tree, node: *pair });
            let tail = &self.trees[usize::from(pair.letter)];
            if let Some(tail_root) = tail.nodes.first() {
                let tail = Place {
                    tree: tail,
                    node: *tail_root,
                };
                self.descend(Place { tree, node: *pair }, tail);
            }
            self.text.pop();
        }
        self.stored.lists = self.lists.text;
        self.stored
    }

    fn store(&mut self, gram: Place<'_>) {
        self.stored.texts.push_str(&self.text);
        gram.tree.list(gram.node).each(|posting| self.lists.add(posting));
        self.lists.end();
        self.stored.ends.push((self.stored.texts.len(), self.lists.text.len()));
    }

    /// Looks at the grams that continue one; `tail` is this gram without its first letter.
    fn descend(&mut self, gram: Place<'a>, tail: Place<'a>) {
        let middle = tail.node;
        let mut tails = tail.tree.children(tail.node);
        let children = gram.tree.children(gram.node);
        let mut is_set = false;
        let mut found = Vec::new();
        for node in children {
            tails = from_letter(tails, node.letter);
            // Where a gram stands, its tail stands.
            let Some(tail_node) = tails.first().copied() else { break };
            let tail = Place {
                tree: tail.tree,
                node: tail_node,
            };
            let is_stored = may_share([gram.node, *node, tail_node], middle) && {
                if !std::mem::replace(&mut is_set, true) {
                    self.set.fill(gram.tree.list(gram.node));
                }
                self.set.holds(tail.tree.list(tail_node), least(*node))
            };
            found.push((*node, tail, is_stored));
        }
        for (node, tail, is_stored) in found {
            if !is_stored && node.children == 0 {
                continue;
            }
            let gram = Place { tree: gram.tree, node };
            self.text.push(self.texts.alphabet[usize::from(node.letter)]);
            if is_stored {
                self.store(gram);
            }
            if node.children > 0 {
                self.descend(gram, tail);
            }
            self.text.pop();
        }
    }
}

/// Whether the counts of pages leave it open that a gram has to be stored. A page with both halves and
/// without the gram has what they share twice at least, after different letters.
fn may_share([head, gram, tail]: [Node; 3], middle: Node) -> bool {
    let least = least(gram);
    gram.pages < head.pages.min(tail.pages) && least <= head.pages.min(tail.pages) && least <= gram.pages + middle.again
}

/// A gram has to be stored when its two halves share so many pages.
fn least(gram: Node) -> u32 {
    (gram.pages + 1).max(u32::try_from(TO_VERIFY).unwrap_or(u32::MAX))
}

/// From the node of this letter on, of nodes in the order of their letters.
fn from_letter(nodes: &[Node], letter: u16) -> &[Node] {
    let mut step = 1;
    while nodes.get(step).is_some_and(|node| node.letter <= letter) {
        step *= 2;
    }
    let near = &nodes[step / 2..nodes.len().min(step)];
    let place = step / 2 + near.partition_point(|node| node.letter < letter);
    &nodes[place.min(nodes.len())..]
}
