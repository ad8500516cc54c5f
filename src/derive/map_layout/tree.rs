//! Points and clusters at every level of zoom, as one tree.
//!
//! Level `z` shows the sheet [`scale_of`]`(z)` times as large. On each level no two dots come
//! nearer than a finger's width; what does is one cluster, and a cluster of one level is made of
//! whole dots of the next nearer one. So a dot is drawn over a range of levels, and the points
//! below it stand together in one order of all points: it is enough to say where they begin and
//! how many they are, and to count those that a filter lets through is one subtraction.
//!
//! Only additions, multiplications, divisions and square roots are used, which IEEE 754 defines
//! exactly: the same points make the same tree everywhere.

use std::collections::HashMap;

/// What stays between the middles of two dots, in pixels: the width of a finger, and the size of
/// a target that WCAG 2.2 and the rules for older readers ask for.
pub const FINGER: f64 = 44.0;

/// How many levels double the scale.
const LEVELS_A_DOUBLING: i32 = 2;

/// How many times as large as the sheet a level is.
#[must_use]
pub fn scale_of(level: i32) -> f64 {
    let doublings = level.div_euclid(LEVELS_A_DOUBLING);
    let odd = level.rem_euclid(LEVELS_A_DOUBLING) == 1;
    let whole = (0..doublings.abs()).fold(1.0, |scale, _| if doublings < 0 { scale / 2.0 } else { scale * 2.0 });
    if odd { whole * std::f64::consts::SQRT_2 } else { whole }
}

/// The names that a point can be found under, from the narrowest to the widest, as numbers into
/// a list of names: its park, its city, its province.
pub type Belonging = [Option<usize>; 3];

/// A point or a cluster, and the levels at which it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The most important point below it, as a number into the points given.
    pub index: usize,
    /// Where its points begin in [`Tree::order`].
    pub start: usize,
    /// How many they are.
    pub count: usize,
    /// Its middle on the sheet, in pixels: the mean of its points.
    pub x: f64,
    /// Its middle on the sheet, in pixels.
    pub y: f64,
    /// The least level at which it is drawn.
    pub from: i32,
    /// The greatest level at which it is drawn.
    pub to: i32,
    /// The narrowest name that all its points share.
    pub group: Option<usize>,
}

/// All points and clusters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree {
    /// The points, as numbers into those given, so that those of every node are consecutive.
    pub order: Vec<usize>,
    /// All nodes that are drawn at some level, those with the most important point first.
    pub nodes: Vec<Node>,
    /// The greatest level: nearer ones would part nothing any more.
    pub greatest: i32,
}

/// The levels that a tree may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Levels {
    /// The farthest level.
    pub least: i32,
    /// A level that is there even if it parts nothing more.
    pub enough: i32,
    /// The nearest level, whatever it leaves together.
    pub greatest: i32,
}

/// A point in its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// The point, as a number into those given.
    pub index: usize,
    /// Its place on the sheet.
    pub x: f64,
    /// Its place on the sheet.
    pub y: f64,
    /// The names that it can be found under.
    pub belonging: Belonging,
}

/// A node in the making.
struct Branch {
    /// The rank of its most important point.
    rank: usize,
    count: usize,
    x: f64,
    y: f64,
    belonging: Belonging,
    from: i32,
    to: i32,
    children: Vec<usize>,
}

/// Grows the tree over the given spots, the most important first.
#[must_use]
pub fn grow(spots: &[Spot], levels: Levels) -> Tree {
    let mut branches: Vec<Branch> = spots
        .iter()
        .enumerate()
        .map(|(rank, spot)| Branch {
            rank,
            count: 1,
            x: spot.x,
            y: spot.y,
            belonging: spot.belonging,
            from: levels.least,
            to: levels.greatest,
            children: Vec::new(),
        })
        .collect();
    let mut living: Vec<usize> = (0..branches.len()).collect();
    let mut greatest = levels.enough.min(levels.greatest);
    for level in (levels.least..=levels.greatest).rev() {
        let before = living.len();
        living = merge_level(&mut branches, living, level);
        // What merges here is apart one level nearer, so that level must be there. What merges at
        // the nearest level of all is on one spot and can't be parted.
        if living.len() < before && level < levels.greatest {
            greatest = greatest.max(level + 1);
        }
    }
    harvest(&branches, &living, (spots, greatest))
}

/// Merges what comes too near at a level, until nothing does. Returns the nodes of the level.
fn merge_level(branches: &mut Vec<Branch>, living: Vec<usize>, level: i32) -> Vec<usize> {
    let reach = FINGER / scale_of(level);
    let mut groups: Vec<Group> = living.into_iter().map(|branch| Group::of(branch, branches)).collect();
    loop {
        let before = groups.len();
        groups = merge_once(groups, reach);
        if groups.len() == before {
            break;
        }
    }
    groups.into_iter().map(|group| group.settle(branches, level)).collect()
}

/// Nodes that become one.
struct Group {
    branches: Vec<usize>,
    rank: usize,
    count: usize,
    x: f64,
    y: f64,
}

impl Group {
    fn of(number: usize, branches: &[Branch]) -> Self {
        let Branch { rank, count, x, y, .. } = branches[number];
        Self {
            branches: vec![number],
            rank,
            count,
            x,
            y,
        }
    }

    fn absorb(&mut self, other: Self) {
        let (own, new) = (measure(self.count), measure(other.count));
        self.x = (self.x * own + other.x * new) / (own + new);
        self.y = (self.y * own + other.y * new) / (own + new);
        self.count += other.count;
        self.rank = self.rank.min(other.rank);
        self.branches.extend(other.branches);
    }

    /// The node that the group is from this level outwards.
    fn settle(mut self, branches: &mut Vec<Branch>, level: i32) -> usize {
        if let [only] = self.branches[..] {
            return only;
        }
        self.branches.sort_unstable_by_key(|&child| branches[child].rank);
        let mut belonging = branches[self.branches[0]].belonging;
        let from = branches[self.branches[0]].from;
        for &child in &self.branches {
            branches[child].from = level + 1;
            for (name, other) in belonging.iter_mut().zip(branches[child].belonging) {
                if *name != other {
                    *name = None;
                }
            }
        }
        branches.push(Branch {
            rank: self.rank,
            count: self.count,
            x: self.x,
            y: self.y,
            belonging,
            from,
            to: level,
            children: self.branches,
        });
        branches.len() - 1
    }
}

/// One walk over all groups, the most important first, in which each takes in the later ones
/// within reach. A walk that merges nothing has seen every group where it stands.
fn merge_once(groups: Vec<Group>, reach: f64) -> Vec<Group> {
    let mut squares: HashMap<(i64, i64), Vec<usize>> = HashMap::with_capacity(groups.len());
    for (number, group) in groups.iter().enumerate() {
        squares.entry(square_of(group, reach)).or_default().push(number);
    }
    let mut slots: Vec<Option<Group>> = groups.into_iter().map(Some).collect();
    let mut merged = Vec::with_capacity(slots.len());
    for number in 0..slots.len() {
        let Some(mut group) = slots[number].take() else {
            continue;
        };
        let (column, row) = square_of(&group, reach);
        for near in (row - 1..=row + 1).flat_map(|row| (column - 1..=column + 1).map(move |column| (column, row))) {
            let Some(square) = squares.get_mut(&near) else { continue };
            // What was taken in is struck off, so that crowded squares stay quick.
            square.retain(|&other| {
                let near = |found: &mut Group| {
                    let (dx, dy) = (group.x - found.x, group.y - found.y);
                    dx * dx + dy * dy < reach * reach
                };
                if let Some(found) = slots[other].take_if(near) {
                    group.absorb(found);
                }
                slots[other].is_some()
            });
        }
        merged.push(group);
    }
    merged.sort_unstable_by_key(|group| group.rank);
    merged
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the cast cuts off at both ends, where nothing is drawn"
)]
fn square_of(group: &Group, side: f64) -> (i64, i64) {
    ((group.x / side).floor() as i64, (group.y / side).floor() as i64)
}

/// Reads the finished tree from its roots down: the order of the points and the drawn nodes.
fn harvest(branches: &[Branch], roots: &[usize], (spots, greatest): (&[Spot], i32)) -> Tree {
    let mut order = Vec::with_capacity(spots.len());
    let mut nodes = Vec::with_capacity(branches.len());
    // Children are pushed in reverse, so that the most important is read first.
    let mut waiting: Vec<usize> = roots.iter().rev().copied().collect();
    while let Some(number) = waiting.pop() {
        let branch = &branches[number];
        let to = branch.to.min(greatest);
        if branch.from <= to {
            nodes.push((
                branch.rank,
                Node {
                    index: spots[branch.rank].index,
                    start: order.len(),
                    count: branch.count,
                    x: branch.x,
                    y: branch.y,
                    from: branch.from,
                    to,
                    group: branch.belonging.iter().flatten().next().copied(),
                },
            ));
        }
        if branch.children.is_empty() {
            order.push(spots[branch.rank].index);
        }
        waiting.extend(branch.children.iter().rev());
    }
    nodes.sort_by_key(|(rank, node)| (*rank, node.from));
    Tree {
        order,
        nodes: nodes.into_iter().map(|(_, node)| node).collect(),
        greatest,
    }
}

/// A number of things as a measure.
#[expect(clippy::cast_precision_loss, reason = "nobody draws 2⁵³ points on a sheet")]
fn measure(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{FINGER, Levels, Node, Spot, Tree, grow, scale_of};

    const LEVELS: Levels = Levels {
        least: -4,
        enough: 4,
        greatest: 20,
    };

    fn drawn_at(tree: &Tree, level: i32) -> Vec<&Node> {
        let alive = |node: &&Node| node.from <= level && level <= node.to;
        tree.nodes.iter().filter(alive).collect()
    }

    /// Spots all over a sheet, in crowds, and several on one place.
    fn spots() -> impl Strategy<Value = Vec<Spot>> {
        let free = (0.0..1200.0_f64, 0.0..900.0_f64);
        let crowded = (0.0..1.0_f64, 0.0..1.0_f64).prop_map(|(x, y)| (600.0 + x, 300.0 + y));
        let place = prop_oneof![4 => free, 3 => crowded, 1 => Just((100.0, 100.0))];
        let belonging = (0..4_usize, 0..3_usize, 0..2_usize);
        proptest::collection::vec((place, belonging), 0..150).prop_map(|places| {
            places
                .into_iter()
                .enumerate()
                .map(|(index, ((x, y), (park, city, province)))| Spot {
                    index,
                    x,
                    y,
                    belonging: [(park > 0).then_some(park), Some(10 + city), Some(20 + province)],
                })
                .collect()
        })
    }

    #[test]
    fn two_levels_double_the_scale() {
        for (level, scale) in [
            (0, 1.0),
            (2, 2.0),
            (7, 11.313_708_498_984_761),
            (-3, 0.353_553_390_593_273_8),
        ] {
            assert!((scale_of(level) - scale).abs() < 1e-12, "{level}");
        }
    }

    proptest! {
        #[test]
        fn every_point_is_drawn_once_at_every_level(spots in spots()) {
            let tree = grow(&spots, LEVELS);
            let mut order = tree.order.clone();
            order.sort_unstable();
            prop_assert_eq!(order, (0..spots.len()).collect::<Vec<_>>());
            for level in LEVELS.least..=tree.greatest {
                let mut covered = vec![0; spots.len()];
                for node in drawn_at(&tree, level) {
                    covered[node.start..node.start + node.count].iter_mut().for_each(|count| *count += 1);
                }
                prop_assert!(covered.iter().all(|count| *count == 1), "{} {:?}", level, covered);
            }
        }

        #[test]
        fn dots_stay_a_finger_apart(spots in spots()) {
            let tree = grow(&spots, LEVELS);
            for level in LEVELS.least..=tree.greatest {
                let drawn = drawn_at(&tree, level);
                let scale = scale_of(level);
                for (number, one) in drawn.iter().enumerate() {
                    for other in &drawn[number + 1..] {
                        let (dx, dy) = ((one.x - other.x) * scale, (one.y - other.y) * scale);
                        prop_assert!((dx * dx + dy * dy).sqrt() > FINGER - 1e-6, "{} {:?} {:?}", level, one, other);
                    }
                }
            }
        }

        #[test]
        fn a_dot_stands_in_the_middle_of_its_points_and_bears_a_name_they_share(spots in spots()) {
            let tree = grow(&spots, LEVELS);
            for node in &tree.nodes {
                let members: Vec<&Spot> = tree.order[node.start..node.start + node.count]
                    .iter()
                    .map(|index| &spots[*index])
                    .collect();
                let mean = |of: fn(&Spot) -> f64| {
                    members.iter().map(|spot| of(spot)).sum::<f64>() / super::measure(members.len())
                };
                prop_assert!((mean(|spot| spot.x) - node.x).abs() < 1e-6);
                prop_assert!((mean(|spot| spot.y) - node.y).abs() < 1e-6);
                prop_assert_eq!(members.iter().map(|spot| spot.index).min(), Some(node.index));
                if let Some(group) = node.group {
                    prop_assert!(members.iter().all(|spot| spot.belonging.contains(&Some(group))));
                }
            }
        }

        #[test]
        fn the_nearest_level_parts_all_that_can_be_parted(spots in spots()) {
            let tree = grow(&spots, LEVELS);
            let nearest = FINGER / scale_of(LEVELS.greatest);
            for node in drawn_at(&tree, tree.greatest) {
                let members = &tree.order[node.start..node.start + node.count];
                let apart = members.iter().any(|index| {
                    let (dx, dy) = (spots[*index].x - node.x, spots[*index].y - node.y);
                    (dx * dx + dy * dy).sqrt() > nearest * measure_of(node)
                });
                prop_assert!(!apart, "{:?}", node);
            }
        }
    }

    fn measure_of(node: &Node) -> f64 {
        super::measure(node.count)
    }
}
