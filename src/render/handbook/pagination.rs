//! The printed pages of a handbook, counted: cover, map, contents, one page a point, then the
//! routes. A point is exactly one page and a page of contents has a fixed number of lines, so all
//! numbers are known when the portal is built.

use std::ops::Range;

/// Lines of one page of contents, headings included. The style sheet gives each line the same
/// height, and this many fill a page of A5.
pub const LINES_ON_PAGE: usize = 26;
/// Stops below the map and the summary of a route.
pub const STOPS_ON_FIRST_PAGE: usize = 5;
/// Stops on each further page of a route.
pub const STOPS_ON_FURTHER_PAGE: usize = 9;

/// A line of the contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// The heading of a section.
    Heading(usize),
    /// What stands under one, counted through all sections.
    Item(usize),
}

/// The lines of each page of contents, for sections with so many items each. A heading at the foot
/// of a page would part from what it names, and goes over to the next.
pub fn contents(sections: &[usize]) -> Vec<Vec<Line>> {
    let mut pages: Vec<Vec<Line>> = Vec::new();
    let mut page: Vec<Line> = Vec::new();
    let mut item = 0;
    for (section, items) in sections.iter().enumerate().filter(|(_, items)| **items > 0) {
        if page.len() + 1 >= LINES_ON_PAGE {
            pages.push(std::mem::take(&mut page));
        }
        page.push(Line::Heading(section));
        for _ in 0..*items {
            if page.len() == LINES_ON_PAGE {
                pages.push(std::mem::take(&mut page));
            }
            page.push(Line::Item(item));
            item += 1;
        }
    }
    if !page.is_empty() {
        pages.push(page);
    }
    pages
}

/// The stops on each page of a route; a route without stops still has a page.
pub fn route_parts(stops: usize) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    while parts.is_empty() || from < stops {
        let room = if parts.is_empty() {
            STOPS_ON_FIRST_PAGE
        } else {
            STOPS_ON_FURTHER_PAGE
        };
        let to = (from + room).min(stops);
        parts.push(from..to);
        from = to;
    }
    parts
}

/// Where everything begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbers {
    /// The page of the overview map.
    pub map: usize,
    /// The first page of contents.
    pub contents: usize,
    /// The first page of each item: points first, then routes.
    pub items: Vec<usize>,
    /// How many pages there are.
    pub count: usize,
}

/// Numbers the pages behind the cover, which is the first. `items` are the pages that each takes.
pub fn numbers(map_pages: usize, contents_pages: usize, items: &[usize]) -> Numbers {
    let map = 2;
    let contents = map + map_pages;
    let mut next = contents + contents_pages;
    let items = items
        .iter()
        .map(|pages| {
            let first = next;
            next += pages;
            first
        })
        .collect();
    Numbers {
        map,
        contents,
        items,
        count: next - 1,
    }
}

#[cfg(test)]
mod tests {
    use super::{LINES_ON_PAGE, Line, contents, numbers, route_parts};

    #[test]
    fn all_items_stand_in_the_contents_once_and_no_heading_stands_alone() {
        for sections in [
            vec![],
            vec![1],
            vec![0, 3, 0],
            vec![LINES_ON_PAGE - 1],
            vec![LINES_ON_PAGE],
            vec![LINES_ON_PAGE - 2, 5, 60],
            vec![LINES_ON_PAGE - 3, 5, 60],
            (0..40).collect(),
        ] {
            let pages = contents(&sections);
            let items: Vec<usize> = pages
                .iter()
                .flatten()
                .filter_map(|line| match line {
                    Line::Item(at) => Some(*at),
                    Line::Heading(_) => None,
                })
                .collect();
            assert_eq!(items, (0..sections.iter().sum()).collect::<Vec<_>>(), "{sections:?}");
            for page in &pages {
                assert!(!page.is_empty() && page.len() <= LINES_ON_PAGE, "{sections:?}");
                assert!(matches!(page.last(), Some(Line::Item(_))), "{sections:?}: {page:?}");
            }
        }
    }

    #[test]
    fn stops_are_shared_out_without_loss() {
        let ends = |stops| -> Vec<usize> { route_parts(stops).iter().map(|part| part.end).collect() };
        assert_eq!(ends(0), [0]);
        assert_eq!(ends(5), [5]);
        assert_eq!(ends(6), [5, 6]);
        assert_eq!(ends(24), [5, 14, 23, 24]);
        let parts = route_parts(24);
        assert!(parts.windows(2).all(|pair| pair[0].end == pair[1].start));
    }

    #[test]
    fn pages_follow_one_another_from_the_cover_on() {
        let found = numbers(1, 3, &[1, 1, 2, 1]);
        assert_eq!((found.map, found.contents), (2, 3));
        assert_eq!(found.items, [6, 7, 8, 10]);
        assert_eq!(found.count, 10);
        let without_map = numbers(0, 1, &[1]);
        assert_eq!(
            (without_map.contents, without_map.items, without_map.count),
            (2, vec![3], 3)
        );
    }
}
