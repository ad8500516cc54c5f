//! What every level keeps to, read back from what the script is given.

use super::super::obstacles::{Area, Shape};
use super::super::tests::{WIDE, at, random_places, random_points};
use super::super::text::{ASCENT, FONT_SIZE, LINE_HEIGHT, label_lines, width_in_em};
use super::super::tree::{Belonging, scale_of};
use super::super::{LonLat, MapPoint, NameRank, SheetSize, TextAnchor};
use super::{Ground, LevelledMap, Subject, cluster_label, lay_out_levels, radius_for};

/// What rounding to tenths may take from a distance.
const SLACK: f64 = 0.35;

/// What is laid out in a test.
struct Sample {
    points: Vec<MapPoint>,
    belongings: Vec<Belonging>,
    groups: Vec<String>,
    map: LevelledMap,
}

fn sample(seed: u64, count: u32, bounds: (LonLat, LonLat)) -> Sample {
    let points = random_points(seed, count, bounds);
    let places = random_places(seed + 1, 12, bounds);
    let groups: Vec<String> = ["无锡高新区", "张江科学城", "无锡", "上海", "江苏"]
        .map(str::to_owned)
        .into();
    let belongings: Vec<Belonging> = (0..points.len())
        .map(|index| [(index % 3 < 2).then_some(index % 3), Some(2 + index % 2), Some(4)])
        .collect();
    let subject = Subject {
        points: &points,
        belongings: &belongings,
        group_names: &groups,
        places: &places,
    };
    let map = lay_out_levels(subject, &Ground::Fitted(WIDE));
    Sample {
        points,
        belongings,
        groups,
        map,
    }
}

fn samples() -> Vec<Sample> {
    let boxes = [
        (at(75.0, 19.0), at(132.0, 51.0)),
        (at(104.0, 26.0), at(121.5, 37.0)),
        (at(120.2, 31.3), at(120.6, 31.7)),
    ];
    let mut all = Vec::new();
    for (seed, bounds) in (1_u64..).zip(boxes) {
        for count in [1, 2, 9, 60, 400] {
            all.push(sample(seed * 1_000 + u64::from(count), count, bounds));
        }
    }
    all
}

/// What stands on a level: the dots, and the labels with the number of their dot and their leader.
struct Stage {
    dots: Vec<Shape>,
    labels: Vec<(usize, Area, Option<Shape>)>,
}

fn stage(sample: &Sample, level: i32) -> Stage {
    let scale = scale_of(level);
    let map = &sample.map;
    let mut stage = Stage {
        dots: Vec::new(),
        labels: Vec::new(),
    };
    for (number, (node, labels)) in map.nodes.iter().zip(&map.labels).enumerate() {
        if level < node.from || level > node.to {
            continue;
        }
        let (x, y) = (node.x * scale, node.y * scale);
        stage.dots.push(Shape::Disc((x, y), radius_for(node.count) - SLACK));
        let Some(label) = labels.iter().find(|label| label.from <= level && level <= label.to) else {
            continue;
        };
        let lines = if node.count == 1 {
            label_lines(&sample.points[node.index].title)
        } else {
            let group = map.group_of[number].map(|group| map.names_of_groups[group].as_str());
            vec![cluster_label(group, node.count)]
        };
        assert_eq!(lines.len(), label.lines);
        let width = lines
            .iter()
            .map(|line| width_in_em(line) * FONT_SIZE)
            .fold(0.0, f64::max);
        let left = x + label.dx
            - match label.anchor {
                TextAnchor::Start => 0.0,
                TextAnchor::Middle => width / 2.0,
                TextAnchor::End => width,
            };
        let top = y + label.dy - ASCENT;
        let height: f64 = lines.iter().map(|_| LINE_HEIGHT).sum();
        let area = Area {
            left,
            top,
            right: left + width,
            bottom: top + height,
        };
        let leader = label.leader.map(|(dx, dy)| {
            let length = (dx * dx + dy * dy).sqrt();
            let start = (radius_for(node.count) + 2.0) / length;
            Shape::Line((x + dx * start, y + dy * start), (x + dx, y + dy))
        });
        stage.labels.push((stage.dots.len() - 1, area.grown(-SLACK), leader));
    }
    stage
}

#[test]
fn no_label_covers_a_label_or_a_dot_at_any_level() {
    for sample in samples() {
        for level in sample.map.least..=sample.map.greatest {
            let stage = stage(&sample, level);
            for (number, (owner, area, leader)) in stage.labels.iter().enumerate() {
                for (_, other, other_leader) in &stage.labels[number + 1..] {
                    assert!(!area.meets(other), "{level}: {area:?} {other:?}");
                    let crosses = |leader: &Option<Shape>, area: &Area| {
                        leader.is_some_and(|leader| leader.meets(&Shape::Area(*area)))
                    };
                    assert!(!crosses(leader, other) && !crosses(other_leader, area), "{level}");
                }
                for (dot_number, dot) in stage.dots.iter().enumerate() {
                    assert!(!Shape::Area(*area).meets(dot), "{level}: {area:?} {dot:?}");
                    let crossed = dot_number != *owner && leader.is_some_and(|leader| leader.meets(dot));
                    assert!(!crossed, "{level}: {leader:?} {dot:?}");
                }
            }
        }
    }
}

#[test]
fn no_name_of_a_city_covers_a_label_or_a_dot() {
    for sample in samples() {
        for (level, name) in &sample.map.names {
            if name.rank == NameRank::Province {
                continue;
            }
            let stage = stage(&sample, *level);
            let area = name.area.grown(-SLACK);
            assert!(
                !stage.labels.iter().any(|(_, label, _)| label.meets(&area)),
                "{level} {name:?}"
            );
            assert!(
                !stage.dots.iter().any(|dot| dot.meets(&Shape::Area(area))),
                "{level} {name:?}"
            );
        }
    }
}

#[test]
fn the_nearest_level_names_nearly_every_point() {
    let sample = sample(5, 60, (at(104.0, 26.0), at(121.5, 37.0)));
    let stage = stage(&sample, sample.map.greatest);
    let named = sample
        .points
        .iter()
        .filter(|point| !point.title.trim().is_empty())
        .count();
    assert!(
        stage.labels.len() * 10 >= named.min(stage.dots.len()) * 9,
        "{} of {named}",
        stage.labels.len()
    );
}

#[test]
fn a_label_stays_on_its_side_as_one_comes_nearer() {
    let sample = sample(5, 400, (at(104.0, 26.0), at(121.5, 37.0)));
    let runs: Vec<usize> = sample
        .map
        .labels
        .iter()
        .map(Vec::len)
        .filter(|count| *count > 0)
        .collect();
    let moves: usize = runs.iter().map(|count| count - 1).sum();
    assert!(moves * 4 < runs.len(), "{moves} moves of {} labels", runs.len());
}

#[test]
fn the_level_of_the_sheet_is_the_sheet() {
    for sample in samples() {
        let stage = stage(&sample, 0);
        assert_eq!(stage.dots.len(), sample.map.sheet.points.len());
        let labelled = sample.map.sheet.points.iter().filter(|point| point.dot.label.is_some());
        assert_eq!(stage.labels.len(), labelled.count());
        for point in &sample.map.sheet.points {
            assert_eq!(point.members.first(), Some(&point.dot.index));
            assert_eq!(point.members.len(), point.dot.count);
        }
    }
}

#[test]
fn the_map_does_not_depend_on_the_order_of_the_points() {
    let bounds = (at(104.0, 26.0), at(121.5, 37.0));
    let first = sample(7, 200, bounds);
    let points: Vec<MapPoint> = first.points.iter().rev().cloned().collect();
    let belongings: Vec<Belonging> = first.belongings.iter().rev().copied().collect();
    let mut places = random_places(8, 12, bounds);
    places.reverse();
    let subject = Subject {
        points: &points,
        belongings: &belongings,
        group_names: &first.groups,
        places: &places,
    };
    let second = lay_out_levels(subject, &Ground::Fitted(WIDE));
    let turned: Vec<usize> = second.order.iter().map(|index| 199 - index).collect();
    assert_eq!(first.map.order, turned);
    assert_eq!(first.map.labels, second.labels);
    assert_eq!(first.map.names, second.names);
}

#[test]
fn a_plan_keeps_its_pixels() {
    let points = random_points(3, 5, (at(110.0, 30.0), at(120.0, 35.0)));
    let size = SheetSize {
        width: 800.0,
        height: 600.0,
        margin: 0.0,
    };
    let spots = vec![
        Some((10.0, 20.0)),
        Some((790.0, 580.0)),
        None,
        Some((f64::NAN, 1.0)),
        Some((400.0, 300.0)),
    ];
    let subject = Subject {
        points: &points,
        belongings: &[],
        group_names: &[],
        places: &[],
    };
    let map = lay_out_levels(subject, &Ground::Plan(spots, size));
    let mut unplaced = map.sheet.unplaced.clone();
    unplaced.sort_unstable();
    assert_eq!(unplaced, [2, 3]);
    assert_eq!(map.greatest, 4);
    let places: Vec<(f64, f64)> = map
        .sheet
        .points
        .iter()
        .map(|point| (point.dot.x, point.dot.y))
        .collect();
    for place in [(10.0, 20.0), (790.0, 580.0), (400.0, 300.0)] {
        assert!(places.contains(&place), "{places:?}");
    }
    assert!(map.sheet.projection.is_none() && map.sheet.scale_bar.is_none());
}

#[test]
fn nothing_is_a_map_too() {
    let subject = Subject {
        points: &[],
        belongings: &[],
        group_names: &[],
        places: &[],
    };
    let map = lay_out_levels(subject, &Ground::Fitted(WIDE));
    assert!(map.nodes.is_empty() && map.sheet.points.is_empty());
}
