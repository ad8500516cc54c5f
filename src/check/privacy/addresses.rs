//! Addresses of homes: words that say that somebody lives there, or a stair and a flat, down to the house number.
//!
//! What an organisation writes of its own place (地址：…3号楼201室) is none, however exact.

use std::ops::Range;

use super::tables;

/// An address that says too much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// The same address down to the township, if it names one.
    pub shortened: Option<String>,
}

/// Behind these stands where somebody lives.
const LABELS: &[&str] = &[
    "住址",
    "家住",
    "现住",
    "住在",
    "居住地",
    "居住于",
    "家庭地址",
    "户籍地",
    "户籍所在地",
    "户口所在地",
];

/// What may stand between the label and the address.
const BEHIND_LABELS: &[char] = &[
    '：', ':', ' ', '　', '*', '（', '(', '址', '为', '是', '于', '在', '\u{a0}',
];

/// What an address goes no further than.
const ENDS: &[char] = &[
    '\n', '\r', '，', '。', '；', ';', '、', '|', '？', '！', ',', '（', '）', '(', ')', '”', '"', '<', '》', '\t',
];

/// What a sentence about a home goes no further than.
const SENTENCE_ENDS: &[char] = &['\n', '。', '；', '！', '？', '|'];

/// What is numbered in an address below the street.
const NUMBERED: &[&str] = &["号楼", "单元", "号", "弄", "栋", "幢", "室", "组", "户"];

/// What an address may be shortened behind, the best first.
const TOWNSHIPS: &[&str] = &["街道", "镇", "乡"];
const ABOVE_TOWNSHIPS: &[&str] = &["区", "县", "市"];

/// Behind these, 区 and 市 are no divisions: 小区, 社区, 园区, 超市.
const NO_DIVISIONS: &[char] = &['小', '社', '园', '片', '校', '厂', '景', '矿', '超', '城', '菜'];

/// Words in a sentence that speaks of the place of an organisation.
const ORGANISATIONS: &[&str] = &[
    "办公",
    "服务站",
    "服务点",
    "服务中心",
    "活动室",
    "工作室",
    "会议室",
    "工作站",
    "支部",
    "公司",
    "地址",
    "地点",
    "位于",
    "设在",
    "坐落",
    "门店",
    "驿站",
    "党群",
    "阅览室",
    "活动中心",
    "物业",
    "居委会",
    "社区中心",
];

/// All addresses of homes in a text.
pub fn find(text: &str) -> Vec<Address> {
    // Without these two characters none of the words below is there.
    let mut found = Vec::new();
    if text.contains('住') || text.contains("户籍") || text.contains("户口") || text.contains("家庭地址") {
        labelled(text, &mut found);
    }
    if text.contains("单元") {
        flats(text, &mut found);
    }
    found.sort_by_key(|address| address.range.start);
    found.dedup_by(|later, first| overlap(later, first));
    found
}

fn overlap(one: &Address, other: &Address) -> bool {
    one.range.start < other.range.end && other.range.start < one.range.end
}

/// Whether the head of a column says that homes stand in it.
pub fn is_head(head: &str) -> bool {
    LABELS
        .iter()
        .filter(|label| !is_of_sentences(label))
        .any(|label| head.contains(label))
}

/// The address that a text is, as in a column of homes.
pub fn in_cell(text: &str) -> Option<Address> {
    let begin = text.len() - text.trim_start().len();
    exact(text, begin..text.trim_end().len())
}

/// Labels that are no heads of columns.
fn is_of_sentences(label: &str) -> bool {
    matches!(label, "家住" | "住在")
}

fn labelled(text: &str, found: &mut Vec<Address>) {
    for label in LABELS {
        for (at, _) in text.match_indices(label) {
            let before = &text[..at];
            // 入住在园区 speaks of firms.
            if before.ends_with(['入', '不']) {
                continue;
            }
            let rest = &text[at + label.len()..];
            let start = at + label.len() + (rest.len() - rest.trim_start_matches(BEHIND_LABELS).len());
            let end = start + text[start..].find(ENDS).unwrap_or(text.len() - start);
            found.extend(exact(text, start..end));
            if !is_of_sentences(label) {
                below_head(text, at, found);
            }
        }
    }
}

/// The cells of a column of Markdown whose head names homes.
fn below_head(text: &str, at: usize, found: &mut Vec<Address>) {
    let line_start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let mut lines = text[line_start..].split_inclusive('\n');
    let (Some(head), Some(rule)) = (lines.next(), lines.next()) else {
        return;
    };
    if !tables::is_rule(rule.trim_end()) {
        return;
    }
    let column = tables::cells(head.trim_end()).position(|cell| line_start + cell.end > at);
    let Some(column) = column else { return };
    let mut start = line_start + head.len() + rule.len();
    for line in lines.take_while(|line| line.contains('|')) {
        if let Some(cell) = tables::cells(line.trim_end()).nth(column) {
            let range = start + cell.start..start + cell.end;
            let inside = text[range.clone()].trim();
            let begin = range.start + (text[range.clone()].len() - text[range].trim_start().len());
            found.extend(exact(text, begin..begin + inside.len()));
        }
        start += line.len();
    }
}

/// 3栋2单元201室 without a label.
fn flats(text: &str, found: &mut Vec<Address>) {
    for (at, word) in text.match_indices("单元") {
        let (before, after) = (&text[..at], &text[at + word.len()..]);
        let flat = after.trim_start_matches(is_number_letter);
        let is_flat = flat.len() < after.len() && flat.starts_with(['室', '号', '户']);
        if !is_flat || !before.ends_with(is_number_letter) {
            continue;
        }
        let sentence = before.rfind(SENTENCE_ENDS).map_or(0, |end| end + 1);
        let sentence_end = at + text[at..].find(SENTENCE_ENDS).unwrap_or(text.len() - at);
        let speaks_of_organisation = text
            .get(sentence..sentence_end)
            .or_else(|| text.get(sentence + 2..sentence_end))
            .is_some_and(|words| ORGANISATIONS.iter().any(|word| words.contains(word)));
        if speaks_of_organisation {
            continue;
        }
        let start = before
            .trim_end_matches(|letter: char| !ENDS.contains(&letter) && !matches!(letter, '：' | ':' | ' ' | '在'));
        let end = at + text[at..].find(ENDS).unwrap_or(text.len() - at);
        let is_new = |address: &Address| !found.iter().any(|known| overlap(known, address));
        found.extend(exact(text, start.len()..end).filter(is_new));
    }
}

/// An address as far as it is exact to the house or the flat; none if it is not.
fn exact(text: &str, range: Range<usize>) -> Option<Address> {
    let address = text.get(range.clone())?;
    let end = NUMBERED
        .iter()
        .flat_map(|word| address.match_indices(word))
        .filter(|(at, _)| address[..*at].ends_with(is_number_letter))
        .map(|(at, word)| at + word.len())
        .max()?;
    // 家住三组 says no place by itself.
    if address[..end].chars().count() < 4 {
        return None;
    }
    let address = &address[..end];
    let is_division = |at: usize| !address[..at].ends_with(NO_DIVISIONS);
    let cut = |words: &[&str]| {
        let places = words.iter().flat_map(|word| address.match_indices(word));
        let ends = places
            .filter(|(at, _)| is_division(*at))
            .map(|(at, word)| at + word.len());
        ends.max()
    };
    let shortened = cut(TOWNSHIPS).or_else(|| cut(ABOVE_TOWNSHIPS)).filter(|cut| *cut < end);
    Some(Address {
        range: range.start..range.start + end,
        shortened: shortened.map(|cut| address[..cut].to_owned()),
    })
}

fn is_number_letter(letter: char) -> bool {
    letter.is_ascii_digit()
        || ('０'..='９').contains(&letter)
        || matches!(
            letter,
            '一' | '二'
                | '三'
                | '四'
                | '五'
                | '六'
                | '七'
                | '八'
                | '九'
                | '十'
                | '百'
                | '〇'
                | '零'
                | '-'
                | '－'
                | '#'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, Option<String>)> {
        find(text)
            .into_iter()
            .map(|address| (&text[address.range], address.shortened))
            .collect()
    }

    #[test]
    fn homes_are_found() {
        for (text, words, shortened) in [
            (
                "家庭住址：江苏省无锡市新吴区江溪街道和风大道10号3栋201室，退休",
                "江苏省无锡市新吴区江溪街道和风大道10号3栋201室",
                Some("江苏省无锡市新吴区江溪街道"),
            ),
            (
                "他家住和风新村十二号楼二单元201室。",
                "和风新村十二号楼二单元201室",
                None,
            ),
            (
                "户籍地址: 永安市小陶镇大陶洋村12号",
                "永安市小陶镇大陶洋村12号",
                Some("永安市小陶镇"),
            ),
            ("住在新吴区和风路8弄3号的老人", "新吴区和风路8弄3号", Some("新吴区")),
            (
                "现住址为南湖区建设街道3组15号",
                "南湖区建设街道3组15号",
                Some("南湖区建设街道"),
            ),
            (
                "慰问了和风小区3栋1单元101室的老党员",
                "慰问了和风小区3栋1单元101室",
                None,
            ),
            (
                "姓名：甲，和风苑１２幢２单元３０１室",
                "和风苑１２幢２单元３０１室",
                None,
            ),
        ] {
            assert_eq!(found(text), [(words, shortened.map(str::to_owned))], "{text}");
        }
    }

    #[test]
    fn columns_of_homes_are_read() {
        let text = "| 姓名 | 家庭住址 |\n|---|---|\n| 甲 | 新吴区江溪街道和风路1号 |\n| 乙 | 江溪街道 |\n\n后文1号";
        assert_eq!(
            found(text),
            [("新吴区江溪街道和风路1号", Some("新吴区江溪街道".to_owned()))]
        );
        assert!(is_head("家庭住址（详细）") && !is_head("地址") && !is_head("家住"));
        assert_eq!(
            in_cell(" 和风路1号2室 ").map(|address| address.range),
            Some(1.." 和风路1号2室".len())
        );
        assert_eq!(in_cell("和风路"), None);
    }

    #[test]
    fn places_of_organisations_and_townships_are_let_pass() {
        for text in [
            "地址：江苏省无锡市新吴区和风大道10号3号楼201室",
            "办公地点：3号楼201室",
            "党群服务站设在和风小区3栋1单元101室。",
            "公司地址在和风苑2幢1单元102室",
            "家庭住址：江苏省无锡市新吴区江溪街道",
            "户籍地址在本市的，优先。",
            "企业入住在园区3号楼201室",
            "第三单元第2课",
            "学习第1单元，一共12户",
            "每个单元选一名楼长，3单元选了两名。",
            "居住地在园区的党员一百二十名",
            "家庭住址：永安市小陶镇***",
            "家住三组",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
