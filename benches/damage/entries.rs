//! Damage to whole entries: links, pictures, headings, tables, front matter, places, reviews, words.

use crate::kinds::{Dice, Kind, kind, with};

/// Names of places that are not on any map.
const PLACES: &[&str] = &["青石", "梅溪", "云桥", "白鹭", "南浦", "长林", "月河", "金沙"];
/// What they make.
const TRADES: &[&str] = &["纺织", "泵阀", "眼镜", "电机", "制笔"];

/// So many parks have points.
pub const PARKS: usize = 24;

/// The middle of a park, longitude and latitude in thousandths of degrees (WGS-84).
pub fn middle(park: usize) -> (usize, usize) {
    (114_500 + park % 6 * 1000, 26_500 + park / 6 * 1000)
}

/// What surrounds the damaged entries and is sound itself: by path.
pub fn surroundings() -> Vec<(String, String)> {
    let mut files = vec![
        (
            "assets/门厅.svg".to_owned(),
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"6\"><path d=\"M0 0h8v6H0z\"/></svg>\n"
                .to_owned(),
        ),
        (
            "pages/anchor.md".to_owned(),
            "---\ntitle: 被链接的一页\ndate: 2025-03-01\n---\n\n## 第一节\n\n![门厅里的三排椅子](../assets/门厅.svg)\n"
                .to_owned(),
        ),
    ];
    let mut terms = "- 正确写法: 党建公积金\n  错误写法: [党建公基金, 党建共积金]\n".to_owned();
    for place in PLACES {
        for trade in TRADES {
            terms.push_str(&format!("- 正确写法: {place}园区{trade}产业链党建联盟\n"));
        }
    }
    files.push(("terms.yaml".to_owned(), terms));
    for park in 0..PARKS {
        let (east, north) = middle(park);
        let location = format!(
            "{{lng: {}.{:03}, lat: {}.{:03}, crs: wgs84}}",
            east / 1000,
            east % 1000,
            north / 1000,
            north % 1000
        );
        let text = format!("---\ntitle: 第{park}园区\nlocation: {location}\n---\n\n园区。\n");
        files.push((format!("parks/park-{park}.md"), text));
    }
    files
}

/// All kinds.
pub const KINDS: &[Kind] = &[
    kind("断了的链接", "links/broken", |page, dice| {
        let number = dice.below(1_000_000);
        let folder = dice.of(&["", "../cases/", "/assets/"]);
        let target = format!("{folder}none-{number}.md");
        page.paragraphs[1].push_str(&format!("[办法的全文]({target})。"));
    }),
    kind("没有的小标题", "links/anchor", |page, _| {
        page.paragraphs[1].push_str("[第三节](anchor.md#第三节)。");
    }),
    kind("大小写不同的链接", "links/letter-case", |page, dice| {
        let target = dice.of(&["Anchor.md", "ANCHOR.md", "anchor.MD"]);
        page.paragraphs[1].push_str(&format!("[那一页的说明]({target})。"));
    }),
    kind("说不出去处的链接", "links/vague-words", |page, dice| {
        let words = dice.of(&["点击这里", "这里", "更多", "查看"]);
        page.paragraphs[1].push_str(&format!("[{words}](anchor.md)。"));
    }),
    kind("不能打开的链接", "links/scheme", |page, dice| {
        let target = dice.of(&["file:///D:/通知.docx", "javascript:void(0)", "C:\\通知.docx"]);
        page.paragraphs[1].push_str(&format!("[通知的附件](<{target}>)。"));
    }),
    kind("没有的图片", "images/missing", |page, dice| {
        page.paragraphs
            .insert(1, format!("![大门前的坡道](../assets/{}.jpg)", dice.below(1_000_000)));
    }),
    kind("没有说明的图片", "images/no-description", |page, _| {
        page.paragraphs.insert(1, "![](../assets/门厅.svg)".to_owned());
    }),
    kind("拿文件名作说明", "images/file-name", |page, dice| {
        let words = dice.of(&["IMG_20250301_101502.jpg", "微信图片_20250301", "门厅.svg", "图1"]);
        page.paragraphs.insert(1, format!("![{words}](../assets/门厅.svg)"));
    }),
    kind("跳级的小标题", "structure/heading-jump", |page, _| {
        page.paragraphs
            .insert(1, "## 一节\n\n文字。\n\n#### 跳了一级".to_owned());
    }),
    kind("空着的小标题", "structure/empty-section", |page, _| {
        page.paragraphs.insert(1, "## 空着的一节\n\n## 下一节".to_owned());
    }),
    kind("没有表头的表格", "structure/table-head", |page, _| {
        page.paragraphs
            .insert(1, "| | |\n|---|---|\n| 甲厂 | 12 |\n| 乙厂 | 8 |".to_owned());
    }),
    with(
        &["text/doubled"],
        kind("太长的一段", "structure/long-paragraph", |page, _| {
            while page.paragraphs[1].chars().count() < 900 {
                let more = page.paragraphs[2].clone();
                page.paragraphs[1].push_str(&more);
            }
        }),
    ),
    with(
        &["front-matter/unknown-key"],
        kind("数据块里写错的键", "front-matter/missing-key", |page, _| {
            page.paragraphs
                .insert(1, "```指标\n- {名称: 党员, 数直: 12}\n```".to_owned());
        }),
    ),
    kind("词表里的错误写法", "wording/wrong-form", |page, dice| {
        let words = dice.of(&["党建公基金", "党建共积金"]);
        page.paragraphs[1].push_str(&format!("大家说起{words}的来历。"));
    }),
    kind("差一个字的名称", "wording/near-name", |page, dice| {
        let (place, trade) = (dice.of(PLACES), dice.of(TRADES));
        let words = [
            format!("{place}园区{trade}产业连党建联盟"),
            format!("{place}园区{trade}产业链党建连盟"),
            format!("{place}园区{trade}产业链党建联联盟"),
            format!("{place}园区{trade}产业链建党联盟"),
            format!("{place}园区{trade}产链党建联盟"),
            format!("{place}园区{trade}产业链党律联盟"),
        ][dice.below(6)]
        .clone();
        page.paragraphs[1].push_str(&format!("会上说到{words}。"));
    }),
    kind("转载没有来源", "review/reprint-source", |page, dice| {
        let words = dice.of(&[
            "（来源：某某日报）",
            "（转载自某某发布）",
            "原载《某某日报》2025年2月27日",
        ]);
        page.paragraphs.push(words.to_owned());
    }),
    kind("写错的键", "front-matter/unknown-key", |page, dice| {
        page.front
            .push(dice.of(&["autor: 甲某", "标签页: [甲]", "sumary: 摘要"]).to_owned());
    }),
    kind("没有的日期", "front-matter/date", |page, dice| {
        page.front[1] = dice
            .of(&["date: 2025-02-30", "date: 2025年13月1日", "date: 明天"])
            .to_owned();
    }),
    kind("改在写之前", "date/order", |page, _| {
        page.front.push("updated: 2025-02-01".to_owned());
    }),
    with(
        &["review/late"],
        kind("还没有到的日期", "review/future-date", |page, dice| {
            page.front[1] = dice
                .of(&["date: 2027-03-01", "date: 2026-12-01", "date: 2052-03-01"])
                .to_owned();
        }),
    ),
    kind("少一审", "review/missing-step", |page, dice| {
        let steps = dice.of(&[
            "{step: 一审, by: 科员, date: 2025-02-26}",
            "{step: 一审, by: 科员, date: 2025-02-26}, {step: 三审, by: 书记, date: 2025-02-27}",
            "{step: 一审, by: 科员, date: 2025-02-26}, {step: 二审, by: 科长}, {step: 三审, by: 书记, date: 2025-02-27}",
        ]);
        page.front.push(format!("review: [{steps}]"));
    }),
    kind("审核的日期倒了", "review/order", |page, _| {
        page.front.push(chain(
            ["2025-02-26", "2025-02-25", "2025-02-27"],
            ["科员", "科长", "书记"],
        ));
    }),
    kind("先发后审", "review/late", |page, _| {
        page.front.push(chain(
            ["2025-02-26", "2025-02-27", "2025-03-09"],
            ["科员", "科长", "书记"],
        ));
    }),
    kind("一人审两次", "review/same-person", |page, _| {
        page.front.push(chain(
            ["2025-02-25", "2025-02-26", "2025-02-27"],
            ["科员", "科员", "书记"],
        ));
    }),
    kind("来源没有网址", "review/source-link", |page, _| {
        page.front.push("source: {name: 某某日报}".to_owned());
    }),
    point("经纬度写反", "point/coordinate-swapped", |page, _| {
        page.front[3] = "location: {lng: 28.51, lat: 116.41, crs: wgs84}".to_owned();
    }),
    point("少一位的坐标", "point/coordinate-range", |page, _| {
        page.front[3] = "location: {lng: 11.641, lat: 28.51, crs: wgs84}".to_owned();
    }),
    point("抄错的坐标", "point/far-away", |page, dice| {
        let latitude = 33 + dice.below(14);
        page.front[3] = format!(
            "location: {{lng: 120.4{:04}, lat: {latitude}.{:04}, crs: wgs84}}",
            dice.below(10_000),
            dice.below(10_000)
        );
    }),
    point("说不清的开放时间", "point/hours", |page, dice| {
        page.front[4] = dice
            .of(&["hours: 工作时间", "hours: 周一至周五 9:00", "hours: 节假日除外"])
            .to_owned();
    }),
    point("打不通的电话", "point/phone", |page, dice| {
        page.front.push(
            dice.of(&["phone: 0510-8522-1", "phone: 0510-12", "phone: 见门口"])
                .to_owned(),
        );
    }),
    point("个人的手机", "point/private-mobile", |page, dice| {
        page.front.push(format!("phone: \"{}\"", crate::persons::mobile(dice)));
    }),
];

const fn point(name: &'static str, rule: &'static str, plant: fn(&mut crate::kinds::Page, &mut Dice)) -> Kind {
    Kind {
        folder: "points",
        ..kind(name, rule, plant)
    }
}

fn chain(days: [&str; 3], persons: [&str; 3]) -> String {
    let steps: Vec<String> = ["一审", "二审", "三审"]
        .iter()
        .zip(days.iter().zip(persons))
        .map(|(step, (day, person))| format!("{{step: {step}, by: {person}, date: {day}}}"))
        .collect();
    format!("review: [{}]", steps.join(", "))
}
