//! A sheet with levels of zoom: the clusters nest, and every level has its own labels and names.
//!
//! Labels are placed from the farthest level to the nearest. One that was placed keeps its side
//! while there is room, so that it does not jump about as a reader comes nearer; what has none
//! yet is tried again on every level, the important points first.

use std::collections::{BTreeMap, BTreeSet};

use super::fit::FittedProjection;
use super::text::label_lines;
use super::tree::{self, Belonging, FINGER, Levels, Node, Spot, Tree, scale_of};
use super::{
    Dot, DrawnLabel, DrawnName, MapPoint, MapSheet, NameRank, Paper, PlaceName, SheetSize, TextAnchor, placed,
    positions_of, set_text, tenth,
};

/// The farthest level: the whole sheet a quarter as large, which a phone can show.
const LEAST: i32 = -4;
/// A level that every sheet has: four times as large.
const ENOUGH: i32 = 4;
/// The nearest level there can be.
const GREATEST: i32 = 36;
/// The most pixels that a metre takes: nearer, no position that somebody typed is true.
const MOST_PIXELS_A_METRE: f64 = 2.0;
/// The most by which a plan is enlarged.
const MOST_ENLARGED: f64 = 8.0;
/// So many metres a pixel is far enough to read the names of provinces, and of cities.
const PROVINCES_FROM: f64 = 250.0;
const CITIES_FROM: f64 = 25.0;

/// What is laid out.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The points.
    pub points: &'a [MapPoint],
    /// By point: the names that it can be found under, as numbers into `group_names`.
    pub belongings: &'a [Belonging],
    /// The names of parks, cities and provinces, for the labels of clusters.
    pub group_names: &'a [String],
    /// The names that orient the reader.
    pub places: &'a [PlaceName],
}

/// What the points stand on.
#[derive(Clone, Debug, PartialEq)]
pub enum Ground {
    /// The earth, in the projection that fits the points.
    Fitted(SheetSize),
    /// The earth, in a projection that something else asks for, such as a base map.
    Projected(FittedProjection, SheetSize),
    /// A plan: by point, its place on the sheet.
    Plan(Vec<Option<(f64, f64)>>, SheetSize),
}

impl Ground {
    fn size(&self) -> SheetSize {
        let (Self::Fitted(size) | Self::Projected(_, size) | Self::Plan(_, size)) = self;
        size.usable()
    }
}

/// The label of a node over a range of levels, in pixels from the middle of its dot.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelLabel {
    /// The least level that has it so.
    pub from: i32,
    /// The greatest level that has it so.
    pub to: i32,
    /// Where the lines start, have their middle or end.
    pub dx: f64,
    /// The base line of the first line.
    pub dy: f64,
    /// On which side of its place the text stands.
    pub anchor: TextAnchor,
    /// How many lines it has.
    pub lines: usize,
    /// The end of the leader, where there is one.
    pub leader: Option<(f64, f64)>,
}

/// A sheet at all its levels.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelledMap {
    /// Level 0, as a page shows it that runs no script.
    pub sheet: MapSheet,
    /// The farthest level.
    pub least: i32,
    /// The nearest level.
    pub greatest: i32,
    /// The points in the order in which those of every node are consecutive.
    pub order: Vec<usize>,
    /// The rank of each point in `order`; 0 is the most important.
    pub ranks: Vec<usize>,
    /// All nodes, the most important first.
    pub nodes: Vec<Node>,
    /// By node: its labels, from the farthest level.
    pub labels: Vec<Vec<LevelLabel>>,
    /// By node: the name that the label of a cluster bears, as a number into `names_of_groups`.
    pub group_of: Vec<Option<usize>>,
    /// The names that clusters bear.
    pub names_of_groups: Vec<String>,
    /// The names of places by level, in the pixels of that level.
    pub names: Vec<(i32, DrawnName)>,
}

/// The radius of a dot on a levelled sheet: wide enough for its number.
#[must_use]
pub fn radius_for(count: usize) -> f64 {
    match count {
        0 | 1 => 6.5,
        2..=9 => 12.0,
        10..=99 => 14.0,
        100..=999 => 17.0,
        _ => 20.0,
    }
}

/// Lays out a sheet at all its levels. The same input gives the same map on every platform,
/// whatever the order of the points.
#[must_use]
pub fn lay_out_levels(subject: Subject<'_>, ground: &Ground) -> LevelledMap {
    let size = ground.size();
    let (ranked, unplaced, projection) = survey(subject.points, ground, size);
    let spots: Vec<Spot> = ranked
        .iter()
        .map(|&(index, (x, y))| Spot {
            index,
            x,
            y,
            belonging: subject.belongings.get(index).copied().unwrap_or_default(),
        })
        .collect();
    let levels = Levels {
        least: LEAST,
        enough: ENOUGH,
        greatest: nearest_level(projection.as_ref()),
    };
    let tree = tree::grow(&spots, levels);
    let groups = Groups::of(&tree, subject);
    let mut setting = Setting {
        subject,
        groups: &groups,
        projection,
        size,
        runs: vec![Vec::new(); tree.nodes.len()],
        former: vec![None; tree.nodes.len()],
        names: Vec::new(),
    };
    let mut sheet = None;
    for level in LEAST..=tree.greatest {
        let paper = setting.paper(level);
        let (numbers, dots, names) = setting.set(&tree, level, &paper);
        if level == 0 {
            let members = numbers.iter().map(|&number| members(&tree, number)).collect();
            sheet = Some(paper.finished((members, dots), unplaced.clone(), names));
        }
    }
    let sheet = sheet.unwrap_or_else(|| {
        setting
            .paper(0)
            .finished((Vec::new(), Vec::new()), unplaced, Vec::new())
    });
    let mut rank_of = vec![0; subject.points.len()];
    for (rank, spot) in spots.iter().enumerate() {
        rank_of[spot.index] = rank;
    }
    let (labels, place_names) = (setting.runs, setting.names);
    LevelledMap {
        sheet,
        least: LEAST,
        greatest: tree.greatest,
        ranks: tree.order.iter().map(|&index| rank_of[index]).collect(),
        order: tree.order,
        nodes: tree.nodes,
        labels,
        names: place_names,
        group_of: groups.of_node,
        names_of_groups: groups.names,
    }
}

/// What clusters are called.
struct Groups {
    of_node: Vec<Option<usize>>,
    names: Vec<String>,
}

impl Groups {
    /// The narrowest name that all points of a cluster share; if they share none, the two provinces
    /// that have the most of them: 江苏、上海等.
    fn of(tree: &Tree, subject: Subject<'_>) -> Self {
        let mut groups = Self {
            of_node: Vec::with_capacity(tree.nodes.len()),
            names: Vec::new(),
        };
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        for node in &tree.nodes {
            let shared = node.group.and_then(|group| subject.group_names.get(group)).cloned();
            let name = match node.count {
                0 | 1 => None,
                _ => shared.or_else(|| two_provinces(tree, node, subject)),
            };
            groups.of_node.push(name.map(|name| {
                *known.entry(name).or_insert_with_key(|name| {
                    groups.names.push(name.clone());
                    groups.names.len() - 1
                })
            }));
        }
        groups
    }
}

fn two_provinces(tree: &Tree, node: &Node, subject: Subject<'_>) -> Option<String> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for &index in &tree.order[node.start..node.start + node.count] {
        let [_, _, province] = subject.belongings.get(index)?;
        *counts.entry((*province)?).or_default() += 1;
    }
    let mut provinces: Vec<(usize, usize)> = counts.into_iter().collect();
    provinces.sort_by_key(|(province, count)| (std::cmp::Reverse(*count), *province));
    let names: Vec<&str> = provinces
        .iter()
        .take(2)
        .filter_map(|(province, _)| subject.group_names.get(*province).map(String::as_str))
        .collect();
    let more = if provinces.len() > 2 { "等" } else { "" };
    Some(format!("{}{more}", names.join("、")))
}

/// The points that stand on the ground, the most important first, with their places; those that
/// don't; and the projection.
type Surveyed = (Vec<(usize, (f64, f64))>, Vec<usize>, Option<FittedProjection>);

fn survey(points: &[MapPoint], ground: &Ground, size: SheetSize) -> Surveyed {
    if let Ground::Plan(places, _) = ground {
        let place = |index: usize| places.get(index).copied().flatten();
        let (on_plan, off_plan) = super::by_importance(points)
            .into_iter()
            .partition::<Vec<_>, _>(|&index| place(index).is_some_and(|(x, y)| x.is_finite() && y.is_finite()));
        let found = on_plan.into_iter().filter_map(|index| Some((index, place(index)?)));
        return (found.collect(), off_plan, None);
    }
    let (on_earth, unplaced) = placed(points);
    let projection = match ground {
        Ground::Projected(projection, _) => *projection,
        _ => FittedProjection::around(&positions_of(&on_earth, points), size),
    };
    let found = on_earth
        .into_iter()
        .map(|index| (index, projection.place(points[index].position)));
    (found.collect(), unplaced, Some(projection))
}

/// The nearest level that still says the truth.
fn nearest_level(projection: Option<&FittedProjection>) -> i32 {
    let most = projection.map_or(MOST_ENLARGED, |projection| MOST_PIXELS_A_METRE / projection.scale);
    let fits = |level: &i32| scale_of(*level) <= most;
    (ENOUGH..=GREATEST).take_while(fits).last().unwrap_or(ENOUGH)
}

/// The points of a node, the most important first.
fn members(tree: &Tree, number: usize) -> Vec<usize> {
    let node = &tree.nodes[number];
    tree.order[node.start..node.start + node.count].to_vec()
}

/// What is kept from level to level.
struct Setting<'a> {
    subject: Subject<'a>,
    groups: &'a Groups,
    projection: Option<FittedProjection>,
    size: SheetSize,
    /// By node: its labels so far.
    runs: Vec<Vec<LevelLabel>>,
    /// By node: its label on the level before, around the middle of its dot.
    former: Vec<Option<DrawnLabel>>,
    names: Vec<(i32, DrawnName)>,
}

impl Setting<'_> {
    /// The paper of a level. Only the sheet itself has furniture at its edges; the other levels
    /// are seen through a window that brings its own.
    fn paper(&self, level: i32) -> Paper {
        let scale = scale_of(level);
        let size = self.size.zoomed(scale);
        let projection = self.projection.map(|projection| FittedProjection {
            scale: projection.scale * scale,
            origin: (projection.origin.0 * scale, projection.origin.1 * scale),
            ..projection
        });
        match projection {
            Some(projection) if level == 0 => Paper::of(projection, size),
            Some(projection) => Paper::bare(Some(projection), size),
            None => Paper::bare(None, size),
        }
    }

    /// Sets one level: the numbers of its nodes, their dots with labels, and the names.
    fn set(&mut self, tree: &Tree, level: i32, paper: &Paper) -> (Vec<usize>, Vec<Dot>, Vec<DrawnName>) {
        let scale = scale_of(level);
        let alive = |(_, node): &(usize, &Node)| node.from <= level && level <= node.to;
        let numbers: Vec<usize> = tree.nodes.iter().enumerate().filter(alive).map(|(at, _)| at).collect();
        let mut dots: Vec<Dot> = numbers
            .iter()
            .map(|&number| {
                let node = &tree.nodes[number];
                let (x, y) = (tenth(node.x * scale), tenth(node.y * scale));
                Dot {
                    index: node.index,
                    count: node.count,
                    x,
                    y,
                    radius: radius_for(node.count),
                    label: self.former[number].take().map(|label| moved(label, (x, y))),
                }
            })
            .collect();
        let places = self.places_at(tree, level, &numbers);
        let text = |at: usize, dot: &Dot| self.label_text(dot, self.groups.of_node[numbers[at]]);
        let names = set_text(&mut dots, &places, (paper, &text));
        for (&number, dot) in numbers.iter().zip(&dots) {
            if let Some(label) = &dot.label {
                let around = moved(label.clone(), (-dot.x, -dot.y));
                extend(&mut self.runs[number], level, &around);
                self.former[number] = Some(around);
            }
        }
        self.names.extend(names.iter().map(|name| (level, name.clone())));
        (numbers, dots, names)
    }

    /// The names that are worth reading at a level: those of provinces from afar, those of cities
    /// whose points stand apart, until one stands in the middle of it. While a city is one dot, the
    /// dot's label says where it is.
    fn places_at(&self, tree: &Tree, level: i32, numbers: &[usize]) -> Vec<PlaceName> {
        let Some(projection) = &self.projection else {
            return Vec::new();
        };
        let metres = 1.0 / (projection.scale * scale_of(level));
        let apart = self.cities_apart(tree, numbers);
        let is_worth_it = |place: &&PlaceName| match place.rank {
            NameRank::Province => level == 0 || metres >= PROVINCES_FROM,
            NameRank::City => (level == 0 || metres >= CITIES_FROM) && apart.contains(place.name.as_str()),
        };
        self.subject.places.iter().filter(is_worth_it).cloned().collect()
    }

    /// The names of the cities that have points in several dots.
    fn cities_apart(&self, tree: &Tree, numbers: &[usize]) -> BTreeSet<&str> {
        let mut dots: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for &number in numbers {
            let node = &tree.nodes[number];
            for &index in &tree.order[node.start..node.start + node.count] {
                let city = self.subject.belongings.get(index).and_then(|belonging| belonging[1]);
                if let Some(city) = city {
                    let (count, last) = dots.entry(city).or_insert((0, usize::MAX));
                    if *last != number {
                        (*count, *last) = (*count + 1, number);
                    }
                }
            }
        }
        let several = dots.into_iter().filter(|(_, (count, _))| *count > 1);
        several
            .filter_map(|(city, _)| self.subject.group_names.get(city).map(String::as_str))
            .collect()
    }

    /// A point's title; for several, the name that they share, and how many they are.
    fn label_text(&self, dot: &Dot, group: Option<usize>) -> Vec<String> {
        if dot.count <= 1 {
            let point = self.subject.points.get(dot.index);
            return label_lines(point.map_or("", |point| &point.title));
        }
        let name = group.and_then(|group| self.groups.names.get(group));
        vec![cluster_label(name.map(String::as_str), dot.count)]
    }
}

/// What the label of a cluster says: 无锡高新区 7 处.
#[must_use]
pub fn cluster_label(name: Option<&str>, count: usize) -> String {
    name.map_or_else(|| format!("{count} 处"), |name| format!("{name} {count} 处"))
}

/// A label moved, with all that belongs to it.
fn moved(mut label: DrawnLabel, (dx, dy): (f64, f64)) -> DrawnLabel {
    label.x = tenth(label.x + dx);
    label.y = tenth(label.y + dy);
    label.area.left = tenth(label.area.left + dx);
    label.area.right = tenth(label.area.right + dx);
    label.area.top = tenth(label.area.top + dy);
    label.area.bottom = tenth(label.area.bottom + dy);
    label.leader = label
        .leader
        .map(|(x1, y1, x2, y2)| (tenth(x1 + dx), tenth(y1 + dy), tenth(x2 + dx), tenth(y2 + dy)));
    label
}

/// Records that a node has a label at a level.
fn extend(runs: &mut Vec<LevelLabel>, level: i32, label: &DrawnLabel) {
    let new = LevelLabel {
        from: level,
        to: level,
        dx: label.x,
        dy: label.y,
        anchor: label.anchor,
        lines: label.lines.len(),
        leader: label.leader.map(|(_, _, x, y)| (x, y)),
    };
    if let Some(last) = runs.last_mut() {
        let same = LevelLabel {
            from: last.from,
            to: last.to,
            ..new.clone()
        };
        if last.to == level - 1 && *last == same {
            last.to = level;
            return;
        }
    }
    runs.push(new);
}

const _: () = assert!(FINGER > 2.0 * 20.0, "dots of neighbouring clusters must not touch");

#[cfg(test)]
mod tests;
