//! The kinds of damage, and how each is planted.

use encoding_rs::{GBK, WINDOWS_1252};

use crate::persons;

/// A kind of damage.
#[derive(Clone, Copy)]
pub struct Kind {
    /// What it is.
    pub name: &'static str,
    /// The rule that is for it.
    pub rule: &'static str,
    /// Rules that are right to say something of it too.
    pub also: &'static [&'static str],
    /// The column of its pages.
    pub folder: &'static str,
    /// Puts one piece of it into a page.
    pub plant: fn(&mut Page, &mut Dice),
}

/// An entry before it is written.
pub struct Page {
    /// The lines of its front matter.
    pub front: Vec<String>,
    /// Its text.
    pub paragraphs: Vec<String>,
}

/// Numbers that are the same in every run.
pub struct Dice(u64);

impl Dice {
    /// Begins with a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below another.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }

    /// One of some.
    pub fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

pub const fn kind(name: &'static str, rule: &'static str, plant: fn(&mut Page, &mut Dice)) -> Kind {
    Kind {
        name,
        rule,
        also: &[],
        folder: "pages",
        plant,
    }
}

pub const fn with(also: &'static [&'static str], kind: Kind) -> Kind {
    Kind { also, ..kind }
}

/// All kinds.
pub const KINDS: &[Kind] = &[
    kind("拼音（多处）", "text/pinyin-residue", |page, dice| {
        let page = &mut page.paragraphs;
        for _ in 0..4 {
            behind_han(page, dice, &["(zhǎng)", "(fā)", "（dǎng）", "(jiàn)"]);
        }
    }),
    kind("拼音（一处）", "text/pinyin-gloss", |page, dice| {
        let page = &mut page.paragraphs;
        behind_han(page, dice, &["(zhǎng)", "(fā)", "(xíng)"]);
    }),
    kind("半截拼音", "text/pinyin-tail", |page, dice| {
        let page = &mut page.paragraphs;
        behind_han(page, dice, &["?jìn)", "?zhǔn)", "?gòu)"]);
    }),
    with(
        &[
            "text/unbalanced-pair",
            "text/unbalanced-title",
            "text/replacement-character",
            "text/half-width",
            "text/private-use",
            "text/literal-markup",
            "text/split-term",
        ],
        kind("丢半个字", "text/lost-byte", |page, dice| {
            let page = &mut page.paragraphs;
            lose_a_byte(page, dice);
        }),
    ),
    with(
        &[
            "text/unbalanced-pair",
            "text/unbalanced-title",
            "text/replacement-character",
            "text/half-width",
            "text/private-use",
            "text/traditional",
            "text/traditional-page",
            "text/script-outlier",
            "text/wrong-conversion",
            "text/split-term",
            "text/literal-markup",
        ],
        kind("丢半个字（繁体页）", "text/lost-byte", |page, dice| {
            let page = &mut page.paragraphs;
            for paragraph in page.iter_mut() {
                *paragraph = hanconv::s2t(paragraph.as_str());
            }
            lose_a_byte(page, dice);
        }),
    ),
    with(
        &["text/private-use"],
        kind("UTF-8 读成 GBK", "text/mojibake", |page, dice| {
            let page = &mut page.paragraphs;
            replace_words(page, dice, (2, 12), |words| {
                let decoded = GBK.decode_without_bom_handling(words.as_bytes()).0.into_owned();
                decoded.replace('\u{fffd}', "?")
            });
        }),
    ),
    kind("GBK 读成 Latin-1", "text/mojibake", |page, dice| {
        let page = &mut page.paragraphs;
        replace_words(page, dice, (2, 8), |words| {
            let (bytes, ..) = GBK.encode(words);
            WINDOWS_1252.decode_without_bom_handling(&bytes).0.into_owned()
        });
    }),
    kind("字坏了", "text/replacement-character", |page, dice| {
        let page = &mut page.paragraphs;
        replace_words(page, dice, (1, 1), |_| "\u{fffd}\u{fffd}".to_owned());
    }),
    kind("少半个引号", "text/unbalanced-pair", |page, dice| {
        let page = &mut page.paragraphs;
        let mark = dice.of(&["“", "”", "（"]);
        behind_han(page, dice, &[mark]);
    }),
    kind("少半个书名号", "text/unbalanced-title", |page, dice| {
        let page = &mut page.paragraphs;
        let mark = dice.of(&["《", "》", "〔"]);
        behind_han(page, dice, &[mark]);
    }),
    kind("网页残片", "text/html-debris", |page, dice| {
        let page = &mut page.paragraphs;
        behind_han(
            page,
            dice,
            &["/p>", "&lt;/span&gt;", "&amp;nbsp;", "<p class=x", "/div>"],
        );
    }),
    kind("字符的网页写法", "text/entity", |page, dice| {
        let page = &mut page.paragraphs;
        behind_han(page, dice, &["&nbsp;", "&emsp;", "&mdash;"]);
    }),
    kind("半角标点", "text/half-width", |page, dice| {
        let page = &mut page.paragraphs;
        let number = dice.below(page.len());
        page[number] = page[number].replace('，', ",").replace('：', ":").replace('；', ";");
        if !page[number].contains([',', ':', ';']) {
            behind_han(page, dice, &[",", "?", "!"]);
        }
    }),
    kind("小号标点", "text/small-form", |page, dice| {
        let page = &mut page.paragraphs;
        behind_han(page, dice, &["﹔", "﹐", "︰", "﹖"]);
    }),
    kind("看不见的字符", "text/invisible", |page, dice| {
        let page = &mut page.paragraphs;
        behind_han(
            page,
            dice,
            &["\u{a0}", "\u{200b}", "\u{feff}", "\u{ad}", "\u{2060}", "\u{200d}"],
        );
    }),
    kind("方向控制符", "text/bidi-control", |page, dice| {
        let page = &mut page.paragraphs;
        behind_han(page, dice, &["\u{202e}", "\u{200f}", "\u{2066}"]);
    }),
    kind("字的替身", "text/look-alike", |page, dice| {
        let page = &mut page.paragraphs;
        behind_han(page, dice, &["⼯", "⼈", "⽅", "\u{f9dd}"]);
    }),
    kind("自造字", "text/private-use", |page, dice| {
        let page = &mut page.paragraphs;
        behind_han(page, dice, &["\u{e123}", "\u{f000}"]);
    }),
    kind("整页繁体", "text/traditional-page", |page, _| {
        let page = &mut page.paragraphs;
        for paragraph in page.iter_mut() {
            *paragraph = hanconv::s2t(paragraph.as_str());
        }
    }),
    with(
        &["text/script-outlier"],
        kind("零星繁体", "text/traditional", |page, dice| {
            let page = &mut page.paragraphs;
            replace_words(page, dice, (2, 6), |_| "聯盟裡的企業".to_owned());
        }),
    ),
    with(
        &["text/traditional"],
        kind("一段繁体", "text/script-outlier", |page, dice| {
            let page = &mut page.paragraphs;
            let number = dice.below(page.len());
            page[number] = hanconv::s2t(page[number].as_str());
        }),
    ),
    with(
        &["text/traditional-page"],
        kind("繁体页里一段简体", "text/script-outlier", |page, dice| {
            let page = &mut page.paragraphs;
            let kept = dice.below(page.len());
            for number in (0..page.len()).filter(|number| *number != kept) {
                page[number] = hanconv::s2t(page[number].as_str());
            }
        }),
    ),
    kind("简繁转错", "text/wrong-conversion", |page, dice| {
        let page = &mut page.paragraphs;
        behind_han(page, dice, &["，至於其他，", "，乾净，", "，其馀，"]);
    }),
    kind("开头插入的两个短语", "text/injected-line", |page, dice| {
        let page = &mut page.paragraphs;
        let line = dice.of(&["棋牌大全|麻将技巧", "网赚兼职 | 日结工资", "手游下载|破解版"]);
        page.insert(0, line.to_owned());
    }),
    kind("结尾插入的一串词", "text/injected-line", |page, dice| {
        let page = &mut page.paragraphs;
        let words = [
            "彩票走势图表",
            "棋牌游戏下载",
            "真人视讯平台",
            "足球比分直播",
            "网上投注开户",
            "老虎机破解版",
            "六合资料大全",
            "时时彩计划群",
            "捕鱼达人赢钱",
            "私服一条龙",
            "外挂辅助软件",
            "代写毕业论文",
        ];
        let from = dice.below(words.len());
        let line: Vec<&str> = (0..12).map(|at| words[(from + at) % words.len()]).collect();
        page.push(line.join(" "));
    }),
    kind("花样符号", "text/injected-line", |page, dice| {
        let page = &mut page.paragraphs;
        let sign = dice.of(&["✿", "ღ", "★"]);
        let number = dice.below(page.len());
        page.insert(number, format!("官方{sign}下载{sign}安装{sign}注册{sign}送好礼"));
    }),
    with(
        &["markdown/html-removed"],
        kind("暗链", "text/hidden-html", |page, dice| {
            let page = &mut page.paragraphs;
            let style = dice.of(&["display:none", "text-indent:-9999px", "font-size: 0"]);
            page.push(format!(
                "<div style=\"{style}\"><a href=\"https://a.example/\">链接</a></div>"
            ));
        }),
    ),
    kind("位置导航等", "text/navigation-residue", |page, dice| {
        let page = &mut page.paragraphs;
        let line = dice.of(&[
            "首页>>观点>>圆桌",
            "您的位置：首页 > 党建",
            "扫一扫在手机打开当前页",
            "相关稿件",
            "（责编：某某）",
            "微信图片_20200811161907.png",
        ]);
        if line == "相关稿件" {
            page.push(line.to_owned());
        } else {
            page.insert(0, line.to_owned());
        }
    }),
    kind("没有着落的时间", "text/relative-time", |page, dice| {
        let page = &mut page.paragraphs;
        let word = dice.of(&["今年", "近日，", "去年", "日前，"]);
        page.insert(0, format!("{word}联盟办了三期培训，到场的人一期比一期多。"));
    }),
    kind("写了两遍", "text/doubled", |page, dice| {
        let page = &mut page.paragraphs;
        let paragraph = page[dice.below(page.len())].clone();
        page.push(paragraph);
    }),
    kind("分项不符", "text/figures-sum", |page, dice| {
        let page = &mut page.paragraphs;
        let parts = [dice.below(50) + 1, dice.below(50) + 1, dice.below(50) + 1];
        let sum = parts.iter().sum::<usize>();
        let whole = if dice.below(2) == 0 {
            sum - 1
        } else {
            sum + 1 + sum / 30
        };
        page.push(format!(
            "党组织{whole}个，其中党委{}个、总支{}个、支部{}个。",
            parts[0], parts[1], parts[2]
        ));
    }),
    kind("百分比过百", "text/percentage", |page, dice| {
        let page = &mut page.paragraphs;
        let percent = 101 + dice.below(60);
        let line = dice.of(&["办结率达到", "覆盖率为", "三类分别占45%、30%、"]);
        let percent = if line.starts_with('三') { percent - 60 } else { percent };
        page.push(format!("企业诉求{line}{percent}%，比上年有进步。"));
    }),
    kind("量词不配", "text/measure-word", |page, dice| {
        let page = &mut page.paragraphs;
        let line = dice.of(&["位科研院所", "名企业", "位高校"]);
        page.push(format!("联盟先后联系{}{line}，办成不少事。", 10 + dice.below(50)));
    }),
    kind("词被拆开", "text/split-term", |page, dice| {
        let page = &mut page.paragraphs;
        if dice.below(2) == 0 {
            between_han(page, dice, ".");
        } else {
            replace_words(page, dice, (2, 4), |_| "党 的 组 织 建 设".to_owned());
        }
    }),
    kind("身份证号", "privacy/id-number", |page, dice| {
        let page = &mut page.paragraphs;
        let number = persons::identity_number(dice);
        let (first, rest) = number.split_at(6);
        let (day, end) = rest.split_at(8);
        let written = [
            number.clone(),
            format!("{first} {day} {end}"),
            persons::full_width(&number),
        ][dice.below(3)]
        .clone();
        behind_han(page, dice, &[&written]);
    }),
    kind("十五位身份证号", "privacy/id-number", |page, dice| {
        let page = &mut page.paragraphs;
        let number = persons::identity_number(dice);
        let written = format!("（身份证号：{}{}）", &number[..6], &number[8..17]);
        behind_han(page, dice, &[&written]);
    }),
    kind("手机号", "privacy/mobile", |page, dice| {
        let page = &mut page.paragraphs;
        let number = persons::mobile(dice);
        let (net, rest) = number.split_at(3);
        let (middle, end) = rest.split_at(4);
        let written = [
            number.clone(),
            format!("{net} {middle} {end}"),
            format!("{net}-{middle}-{end}"),
            format!("+86 {number}"),
            persons::full_width(&number),
        ][dice.below(5)]
        .clone();
        behind_han(page, dice, &[&written]);
    }),
    kind("银行卡号", "privacy/bank-card", |page, dice| {
        let page = &mut page.paragraphs;
        let number = persons::card(dice);
        let written = if dice.below(2) == 0 {
            number
        } else {
            persons::in_fours(&number)
        };
        behind_han(page, dice, &[&written]);
    }),
    kind("表格里的名单", "privacy/mobile", |page, dice| {
        let page = &mut page.paragraphs;
        let (first, second) = (persons::mobile(dice), persons::mobile(dice));
        let table = format!("| 姓名 | 电话 |\n|---|---|\n| 甲某 | {first} |\n| 乙某 | {second} |\n");
        page.insert(1, table);
    }),
    kind("家庭住址", "privacy/home-address", |page, dice| {
        let page = &mut page.paragraphs;
        let label = dice.of(&["家住", "，家庭住址：", "，住在", "，户籍地址："]);
        let place = dice.of(&["江溪街道和风路", "小陶镇大洋村", "和风新村", "南湖区建设里"]);
        let house = dice.of(&["12号", "3幢201室", "2单元301室", "8弄5号", "十二号楼二单元201室"]);
        behind_han(page, dice, &[&format!("{label}{place}{house}，")]);
    }),
    kind("个人邮箱", "privacy/email", |page, dice| {
        let page = &mut page.paragraphs;
        let number = persons::mobile(dice);
        let written = [format!("{}@qq.com", &number[2..]), format!("{number}@139.com")][dice.below(2)].clone();
        behind_han(page, dice, &[&written]);
    }),
    kind("像个人信息的号码", persons::NOTHING, |page, dice| {
        let page = &mut page.paragraphs;
        let written = persons::near_miss(dice);
        behind_han(page, dice, &[&written]);
    }),
    kind("露出的记号", "text/literal-markup", |page, dice| {
        let page = &mut page.paragraphs;
        if dice.below(3) == 0 {
            page.insert(1, "##取得的成效".to_owned());
        } else {
            behind_han(page, dice, &["**"]);
        }
    }),
];

fn is_han(letter: char) -> bool {
    matches!(letter, '\u{4e00}'..='\u{9fff}')
}

/// A place behind a Chinese character that is followed by one, away from the ends of a paragraph.
fn place(page: &[String], dice: &mut Dice) -> (usize, usize) {
    loop {
        let number = dice.below(page.len());
        let letters: Vec<(usize, char)> = page[number].char_indices().collect();
        if letters.len() < 12 {
            continue;
        }
        let at = 3 + dice.below(letters.len() - 8);
        if is_han(letters[at - 1].1) && is_han(letters[at].1) {
            return (number, letters[at].0);
        }
    }
}

fn behind_han(page: &mut [String], dice: &mut Dice, pieces: &[&str]) {
    let (number, at) = place(page, dice);
    let piece = dice.of(pieces);
    page[number].insert_str(at, piece);
}

fn between_han(page: &mut [String], dice: &mut Dice, piece: &str) {
    behind_han(page, dice, &[piece]);
}

/// Replaces a run of Chinese characters, as long as the bounds say at the most.
fn replace_words(page: &mut [String], dice: &mut Dice, (least, most): (usize, usize), by: impl Fn(&str) -> String) {
    loop {
        let (number, at) = place(page, dice);
        let run: String = page[number][at..]
            .chars()
            .take_while(|letter| is_han(*letter))
            .take(most)
            .collect();
        if run.chars().count() >= least {
            let replacement = by(&run);
            page[number].replace_range(at..at + run.len(), &replacement);
            return;
        }
    }
}

/// One byte of a paragraph in GBK is lost; what cannot be read becomes a question mark, or the sign for it.
fn lose_a_byte(page: &mut [String], dice: &mut Dice) {
    let number = dice.below(page.len());
    let (bytes, ..) = GBK.encode(&page[number]);
    let mut bytes = bytes.into_owned();
    let halves: Vec<usize> = (0..bytes.len()).filter(|at| !bytes[*at].is_ascii()).collect();
    bytes.remove(halves[dice.below(halves.len())]);
    let text = GBK.decode_without_bom_handling(&bytes).0.into_owned();
    let text = if dice.below(2) == 0 {
        text.replace('\u{fffd}', "?")
    } else {
        text
    };
    page[number] = text;
}
