//! Which bytes of a file are asked for.

/// What a `Range` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of it: no range, one of another unit, one that cannot be read, or several, which may be answered
    /// by the whole.
    Whole,
    /// These bytes, of which there is at least one.
    Bytes {
        /// The first.
        first: usize,
        /// The last.
        last: usize,
    },
    /// Bytes that there are not.
    Nothing,
}

/// What a `Range` asks for of a file of this length (RFC 9110, 14.1.2).
pub fn part(range: &str, length: usize) -> Part {
    let Some(spec) = range.trim().strip_prefix("bytes=") else {
        return Part::Whole;
    };
    let Some((first, last)) = spec.trim().split_once('-').filter(|_| !spec.contains(',')) else {
        return Part::Whole;
    };
    let end = length.saturating_sub(1);
    match (number(first), number(last)) {
        (Number::Is(first), Number::None) if first < length => Part::Bytes { first, last: end },
        (Number::Is(first), Number::Is(last)) if first <= last && first < length => Part::Bytes {
            first,
            last: last.min(end),
        },
        // The last so many bytes; all, if there are fewer.
        (Number::None, Number::Is(count)) if count > 0 && length > 0 => Part::Bytes {
            first: length.saturating_sub(count),
            last: end,
        },
        (Number::Is(first), Number::Is(last)) if first > last => Part::Whole,
        (Number::Is(_), Number::None | Number::Is(_)) | (Number::None, Number::Is(_)) => Part::Nothing,
        _ => Part::Whole,
    }
}

enum Number {
    None,
    Is(usize),
    Wrong,
}

fn number(written: &str) -> Number {
    if written.is_empty() {
        Number::None
    } else if written.bytes().all(|byte| byte.is_ascii_digit()) {
        // More than there are in any file.
        Number::Is(written.parse().unwrap_or(usize::MAX))
    } else {
        Number::Wrong
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_its_bytes() {
        let bytes = |first, last| Part::Bytes { first, last };
        assert_eq!(part("bytes=0-0", 10), bytes(0, 0));
        assert_eq!(part("bytes=2-5", 10), bytes(2, 5));
        assert_eq!(part("bytes=2-", 10), bytes(2, 9));
        assert_eq!(part("bytes=2-99", 10), bytes(2, 9));
        assert_eq!(part("bytes=-3", 10), bytes(7, 9));
        assert_eq!(part("bytes=-30", 10), bytes(0, 9));
        assert_eq!(part("bytes=0-99999999999999999999999", 10), bytes(0, 9));
    }

    #[test]
    fn bytes_that_there_are_not_are_nothing() {
        for range in ["bytes=10-", "bytes=10-12", "bytes=-0", "bytes=99999999999999999999999-"] {
            assert_eq!(part(range, 10), Part::Nothing, "{range}");
        }
        assert_eq!(part("bytes=0-", 0), Part::Nothing);
        assert_eq!(part("bytes=-1", 0), Part::Nothing);
    }

    #[test]
    fn what_cannot_be_read_and_several_ranges_are_the_whole() {
        for range in [
            "",
            "bytes",
            "bytes=",
            "bytes=-",
            "bytes=a-b",
            "bytes=5-2",
            "bytes=0-1,3-4",
            "lines=0-1",
            "bytes=+1-2",
        ] {
            assert_eq!(part(range, 10), Part::Whole, "{range}");
        }
    }
}
