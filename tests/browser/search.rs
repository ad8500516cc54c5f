//! The search as readers have it: all runs of letters that stand on a page find it, what stands on no page is
//! not found, the expected pages come first, and the page works by typing, keys, filters, address and history,
//! from a server and from a disk.

use std::collections::BTreeSet;
use std::fs;
use std::sync::LazyLock;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::chromium::Chromium;
use crate::none_of;
use crate::page::Page;
use crate::portal::{PORTAL, Portal};
use crate::server::Server;

/// A page that has nothing to show after this time never will.
const PATIENCE: Duration = Duration::from_secs(20);
/// What the list of results says, in the page.
const STATE: &str = "(() => { const list = document.getElementById('results'); \
     return [list.dataset.state, Number(list.dataset.total)]; })()";

/// The page of the search in a browser.
struct SearchPage {
    chromium: Chromium,
    base: String,
    _server: Option<Server>,
    _disk: Option<TempDir>,
}

impl SearchPage {
    /// Over HTTP; nothing if this machine has no browser.
    fn of(portal: &'static Portal) -> Option<Self> {
        let server = Server::of(portal);
        let mut chromium = Chromium::start()?;
        chromium.resize(1280, 900);
        let base = server.base();
        Some(Self {
            chromium,
            base,
            _server: Some(server),
            _disk: None,
        })
    }

    /// The demonstration from a disk.
    fn from_disk() -> Option<Self> {
        let disk = PORTAL.on_disk();
        let mut chromium = Chromium::start()?;
        chromium.resize(1280, 900);
        Some(Self {
            chromium,
            base: format!("file://{}/public/", disk.path().display()),
            _server: None,
            _disk: Some(disk),
        })
    }

    /// Opens it with what its address says behind `#`, and waits for the answer.
    fn open(&mut self, fragment: &str) {
        self.chromium.open("about:blank", "about:blank");
        let problems = self
            .chromium
            .open(&format!("{}search.html{fragment}", self.base), &self.base);
        none_of("search.html", &problems);
        self.settle();
    }

    fn ask(&mut self, expression: &str) -> Value {
        self.chromium.evaluate(expression)
    }

    fn words(&mut self, expression: &str) -> Vec<String> {
        let value = self.ask(expression);
        let words = value.as_array().into_iter().flatten();
        words.filter_map(|word| word.as_str().map(str::to_owned)).collect()
    }

    /// Waits until a condition holds in the page.
    fn wait(&mut self, condition: &str) {
        let start = Instant::now();
        // From outside: a promise within the page is lost when another page takes its place.
        while !self.chromium.is_so(&format!("Boolean({condition})")) {
            assert!(
                start.elapsed() < PATIENCE,
                "waited in vain for {condition}; {}",
                self.ask("location.href")
            );
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits for the answer to what stands in the field.
    fn settle(&mut self) {
        self.wait(
            "document.getElementById('results').dataset.state === 'done' && !document.querySelector('.search-busy')",
        );
    }

    /// Writes into the field, in place of what stood there, and waits for the answer.
    fn search(&mut self, words: &str) {
        self.ask("(() => { const field = document.getElementById('search-text'); field.focus(); field.select(); })()");
        self.chromium.call("Input.insertText", json!({ "text": words }));
        self.wait(&format!(
            "new URLSearchParams(location.hash.slice(1)).get('q') === {words:?}"
        ));
        self.settle();
    }

    /// How many pages were found.
    fn total(&mut self) -> u64 {
        self.ask(STATE)[1].as_u64().expect("the list has a total")
    }

    /// The paths of all pages that each query finds, in their order.
    fn answers(&mut self, queries: &[String]) -> Vec<Vec<String>> {
        let value = self.ask(&format!(
            "(async () => {{ const all = []; for (const query of {}) {{ \
             const numbers = await hongtuSearch.answer(hongtuSearch.parse(query)); \
             const pages = await Promise.all(Array.from(numbers, hongtuSearch.data.page)); \
             all.push(pages.map(page => page.path)); }} return all; }})()",
            json!(queries)
        ));
        serde_json::from_value(value).expect("lists of paths")
    }

    /// The titles of the results that are shown.
    fn titles(&mut self) -> Vec<String> {
        self.words("[...document.querySelectorAll('#results li > a')].map(link => link.textContent)")
    }
}

/// The visible text of an entry's page as the page itself says it.
struct Text {
    path: String,
    /// What stands between white space.
    tokens: Vec<String>,
    /// All of it without white space.
    whole: String,
}

/// The same as the search's folding where these sites are concerned, by other means.
fn plain(text: &str) -> String {
    let narrow = text.chars().map(|letter| match letter {
        '！'..='～' => char::from_u32(u32::from(letter) - 0xfee0).unwrap(),
        '黨' => '党',
        '張' => '张',
        _ => letter,
    });
    narrow.flat_map(char::to_lowercase).collect()
}

fn text_of(page: &Page) -> Option<Text> {
    let marked = page.elements.iter().filter(|element| {
        let is_within = std::iter::successors(element.parent, |at| page.elements[*at].parent)
            .any(|at| page.elements[at].attribute("data-searchable").is_some());
        element.attribute("data-searchable").is_some() && !is_within
    });
    let texts: Vec<String> = marked.map(|element| plain(&element.text)).collect();
    let tokens: Vec<String> = texts
        .iter()
        .flat_map(|text| text.split_whitespace().map(str::to_owned))
        .collect();
    (!tokens.is_empty()).then(|| Text {
        path: page.path.clone(),
        whole: tokens.concat(),
        tokens,
    })
}

/// Numbers that look like chance, the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        // Steele, Lea and Flood, “Fast splittable pseudorandom number generators”, OOPSLA 2014.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(end).unwrap()).unwrap()
    }
}

/// A site of few words in all kinds of markup, so that everything repeats and stands side by side.
static RANDOM: LazyLock<Portal> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    for column in ["cases", "pages"] {
        fs::create_dir_all(content.join(column)).unwrap();
    }
    fs::write(
        content.join("site.yaml"),
        "title: 随机\nbase_url: https://random.example/\ncolumns:\n  - {folder: cases, title: 案例}\n  - {folder: pages, title: 文章, kind: page}\n检查:\n  级别: [{规则: text, 级别: off}]\n",
    )
    .unwrap();
    let mut chance = Chance(4);
    for number in 0..90 {
        let (column, keys) = if number % 3 == 0 {
            ("pages", "")
        } else {
            ("cases", "报送单位: 甲乙园\n")
        };
        let title = phrase(&mut chance);
        let body: Vec<String> = (0..3 + chance.below(9)).map(|_| block(&mut chance)).collect();
        let text = format!(
            "---\n标题: \"{title}{number}\"\n日期: 20{}-01-01\n{keys}标签: [\"{}\"]\n---\n\n{}\n",
            10 + number % 15,
            phrase(&mut chance),
            body.join("\n\n")
        );
        fs::write(content.join(format!("{column}/e{number}.md")), text).unwrap();
    }
    Portal::build(&content, None)
});

/// A few words in a row, without signs that mean something to Markdown or YAML.
fn phrase(chance: &mut Chance) -> String {
    const WORDS: [&str; 22] = [
        "党建",
        "联盟",
        "党建联盟",
        "黨建",
        "張江",
        "张江",
        "甲",
        "乙",
        "甲乙",
        "乙甲",
        "丙",
        "，",
        "。",
        "5G",
        "５Ｇ",
        " 5G ",
        "R&D",
        " open source ",
        "𠮷野",
        "92.4%",
        "　",
        "“甲”",
    ];
    (0..=chance.below(5))
        .map(|_| WORDS[chance.below(WORDS.len())])
        .collect::<String>()
        .trim()
        .to_owned()
        + "丁"
}

/// A block of Markdown.
fn block(chance: &mut Chance) -> String {
    let mut words = || phrase(chance);
    let (one, two, three) = (words(), words(), words());
    match chance.below(9) {
        0 => format!("## {one}"),
        1 => format!("{one}**{two}**{three}"),
        2 => format!("{one}\n{two}\n{three}"),
        3 => format!("- {one}\n- {two}\n  1. {three}"),
        4 => format!("| {one} | {two} |\n|---|---|\n| {three} | **{one}**{two} |"),
        5 => format!("> {one}[{two}](/cases/e1.md)*{three}*"),
        6 => format!("{one}`{two}`{three}"),
        7 => format!("{one}  \n{two}&amp;{three}"),
        _ => format!("{one}<u>{two}</u>{three}"),
    }
}

#[test]
fn the_search_finds_every_run_of_letters_of_the_demonstration_and_nothing_else() {
    let Some(mut page) = SearchPage::of(&PORTAL) else {
        return;
    };
    check_exactness(&mut page, &PORTAL, 900);
}

#[test]
fn the_search_finds_every_run_of_letters_of_a_random_site_and_nothing_else() {
    let Some(mut page) = SearchPage::of(&RANDOM) else {
        return;
    };
    check_exactness(&mut page, &RANDOM, 1500);
}

/// Cuts queries out of the visible text of a portal's pages, and compares what the search finds with what the
/// pages hold.
fn check_exactness(page: &mut SearchPage, portal: &Portal, count: usize) {
    let texts: Vec<Text> = portal.pages.iter().filter_map(text_of).collect();
    assert!(texts.len() > 80, "{} pages have marked text", texts.len());
    let mut chance = Chance(20_261_122);
    // What is a sign of a query is not looked for as it stands.
    let is_plain = |query: &String| !query.starts_with(['-', '"', '“', '「']);
    let mut queries = BTreeSet::new();
    for _ in 0..count {
        let text = &texts[chance.below(texts.len())];
        let token: Vec<char> = text.tokens[chance.below(text.tokens.len())].chars().collect();
        let length = 1 + chance.below(12);
        let start = chance.below(token.len());
        queries.insert(token[start..].iter().take(length).collect::<String>());
    }
    let cut_out = queries.len();
    // Runs that look like words and stand nowhere, or somewhere else.
    for _ in 0..count / 3 {
        let mut half = || {
            let letters: Vec<char> = texts[chance.below(texts.len())].whole.chars().collect();
            let start = chance.below(letters.len());
            let length = 1 + chance.below(3);
            letters[start..].iter().take(length).collect::<String>()
        };
        queries.insert(half() + &half());
    }
    let queries: Vec<String> = queries.into_iter().filter(is_plain).collect();
    page.open("");
    let mut problems = Vec::new();
    let mut fruitful = 0;
    for batch in queries.chunks(100) {
        for (query, paths) in batch.iter().zip(page.answers(batch)) {
            let found: BTreeSet<&str> = paths.iter().map(String::as_str).collect();
            fruitful += usize::from(!found.is_empty());
            for text in &texts {
                let is_found = found.contains(text.path.as_str());
                if !is_found && text.tokens.iter().any(|token| token.contains(query.as_str())) {
                    problems.push(format!("“{query}” stands on {} and does not find it", text.path));
                }
                // White space beside Han characters does not count, so runs may reach over it.
                if is_found && !text.whole.contains(query.as_str()) {
                    problems.push(format!("“{query}” finds {} and does not stand on it", text.path));
                }
            }
            if let Some(stranger) = found.iter().find(|path| !texts.iter().any(|text| text.path == **path)) {
                problems.push(format!("“{query}” finds {stranger}, which shows no text of its own"));
            }
        }
    }
    none_of("queries", &problems);
    assert!(fruitful > cut_out / 2, "{fruitful} queries found something");
    assert!(fruitful < queries.len(), "some find nothing");
}

#[test]
fn several_words_phrases_and_exclusions_are_what_they_say() {
    let Some(mut page) = SearchPage::of(&PORTAL) else {
        return;
    };
    let texts: Vec<Text> = PORTAL.pages.iter().filter_map(text_of).collect();
    let with = |words: &[&str], without: &str| -> BTreeSet<String> {
        let has = |text: &Text, word: &str| !word.is_empty() && text.whole.contains(word);
        let holds = |text: &&Text| words.iter().all(|word| has(text, word)) && !has(text, without);
        texts.iter().filter(holds).map(|text| text.path.clone()).collect()
    };
    page.open("");
    for (query, expected) in [
        ("党建 食堂", with(&["党建", "食堂"], "")),
        ("食堂　党建", with(&["党建", "食堂"], "")),
        ("党建 -食堂", with(&["党建"], "食堂")),
        ("党建 －食堂 联盟", with(&["党建", "联盟"], "食堂")),
        ("\"党建 联盟\"", with(&["党建联盟"], "")),
        ("黨建聯盟", with(&["党建联盟"], "")),
        ("２０２６", with(&["2026"], "")),
    ] {
        let found: BTreeSet<String> = page.answers(&[query.to_owned()]).remove(0).into_iter().collect();
        assert!(found.len() > 1, "{query} finds {found:?}");
        assert_eq!(found, expected, "{query}");
    }
    let none = page.answers(&["党建 斑马线上的鲸鱼".to_owned()]).remove(0);
    assert_eq!(none, Vec::<String>::new(), "all words have to be there");
}

/// A small site whose best answers are known.
static RANKED: LazyLock<Portal> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    fs::create_dir_all(content.join("cases")).unwrap();
    fs::write(
        content.join("site.yaml"),
        "title: 次序\nbase_url: https://order.example/\n",
    )
    .unwrap();
    let write = |slug: &str, (title, date): (&str, &str), (tags, body): (&str, &str)| {
        let text = format!("---\n标题: {title}\n日期: {date}\n报送单位: 某园区\n标签: [{tags}]\n---\n\n{body}\n");
        fs::write(content.join(format!("cases/{slug}.md")), text).unwrap();
    };
    let filler = "园区里的日子一天天过去，大家照常上班，照常开会，照常散步。".repeat(12);
    write("in-title", ("红灯笼怎么挂", "2020-01-01"), ("节日", "挂得高一点。"));
    write("in-tag", ("节日前的一周", "2020-02-01"), ("红灯笼", "忙着扫地。"));
    write(
        "often",
        ("采购清单", "2020-03-01"),
        ("采购", "红灯笼两只，小红灯笼四只，大红灯笼一只。"),
    );
    write("once-short", ("库房", "2020-04-01"), ("库房", "库房里有红灯笼。"));
    write(
        "once-long",
        ("年度总结", "2026-04-01"),
        ("总结", &format!("{filler}最后挂上红灯笼。")),
    );
    write("older", ("同一句话", "2021-01-01"), ("旧", "门口有石狮子。"));
    write("newer", ("同样的话", "2024-01-01"), ("新", "门口有石狮子。"));
    write(
        "apart",
        ("两件事", "2026-05-01"),
        ("杂", "先修水管，再谈电梯。水管旧了，电梯也旧了。"),
    );
    write("together", ("一件事", "2020-05-01"), ("杂", "水管电梯一起修。"));
    write(
        "spaced",
        ("网络", "2022-05-01"),
        ("杂", "装了 5G 基站，用 Open Source 软件。"),
    );
    for number in 0..30 {
        write(
            &format!("filler-{number}"),
            (&format!("第{number}篇"), "2023-01-01"),
            ("杂", &filler),
        );
    }
    Portal::build(&content, None)
});

#[test]
fn the_expected_pages_come_first() {
    let Some(mut page) = SearchPage::of(&RANKED) else {
        return;
    };
    page.open("");
    let slug = |path: &String| path.trim_start_matches("cases/").trim_end_matches(".html").to_owned();
    for (query, expected) in [
        // Title before names, names before what stands often, that before once; a short text before a long one.
        ("红灯笼", vec!["in-title", "in-tag", "often", "once-short", "once-long"]),
        // Among equals the newer.
        ("石狮子", vec!["newer", "older"]),
        // As it was typed before its parts.
        ("水管 电梯", vec!["together", "apart"]),
        ("水管电梯", vec!["together"]),
        ("电梯 水管", vec!["apart", "together"]),
        // A rare word says more than one that is everywhere.
        ("照常 红灯笼", vec!["once-long"]),
        ("5g基站", vec!["spaced"]),
        ("5G 基站", vec!["spaced"]),
        ("\"open source\"", vec!["spaced"]),
        ("source\u{3000}open", vec!["spaced"]),
    ] {
        let found = page.answers(&[query.to_owned()]).remove(0);
        assert_eq!(found.iter().map(slug).collect::<Vec<_>>(), expected, "{query}");
    }
}

#[test]
fn searching_by_typing_keys_filters_and_history() {
    let Some(mut page) = SearchPage::of(&PORTAL) else {
        return;
    };
    page.open("");
    assert_eq!(page.ask("document.activeElement.id"), "search-text");
    page.search("党建联盟");
    let total = page.total();
    assert!(total > 20, "{total}");
    assert_eq!(page.titles().len(), 10);
    let unmarked = page.words(
        "[...document.querySelectorAll('#results li')].filter(item => \
         ![...item.querySelectorAll('mark')].some(mark => mark.textContent === '党建联盟')).map(item => item.textContent)",
    );
    none_of("results without a mark", &unmarked);
    let said = page.ask("document.getElementById('search-summary').textContent");
    assert_eq!(said, format!("找到 {total} 篇"));
    // More of them, and the focus goes to the first new one.
    page.ask("document.getElementById('results-more').click()");
    page.wait("document.querySelectorAll('#results li').length === 20");
    assert_eq!(
        page.ask("[...document.querySelectorAll('#results li > a')].indexOf(document.activeElement)"),
        10
    );
    // A filter narrows the list, says so in the address, and can be taken back.
    let choice = page.ask(
        "(() => { const box = document.getElementById('search-narrow'); box.open = true; \
         const button = [...box.querySelectorAll('button, input, a')].find(one => one.textContent.includes('案例') || \
         (one.closest('label') || {}).textContent?.includes('案例')); button.click(); return button.tagName; })()",
    );
    assert!(choice.is_string(), "there is a filter for the column");
    page.wait("decodeURIComponent(location.hash).includes('column=')");
    page.settle();
    let cases = page.total();
    assert!(0 < cases && cases < total, "{cases} of {total}");
    let others = page.words("[...document.querySelectorAll('#results li > a')].map(link => link.getAttribute('href')).filter(path => !path.startsWith('cases/'))");
    none_of("results of other columns", &others);
    page.ask("history.back()");
    page.wait("!location.hash.includes('column=')");
    page.settle();
    assert_eq!(page.total(), total);
    // Arrows go through the results, Escape goes back to the field and empties it.
    page.ask("document.getElementById('search-text').focus()");
    for _ in 0..2 {
        page.chromium.press("ArrowDown", 40);
    }
    let second = "document.activeElement === document.querySelectorAll('#results li > a')[1]";
    assert_eq!(page.ask(second), true);
    page.chromium.press("Escape", 27);
    assert_eq!(page.ask("document.activeElement.id"), "search-text");
    page.chromium.press("Escape", 27);
    page.wait("document.getElementById('search-text').value === '' && !document.querySelector('#results li')");
    // A result leads to its page and the way back to the same list.
    page.open("#q=%E7%BA%A2%E8%89%B2");
    let first = page.titles().remove(0);
    page.chromium.press("ArrowDown", 40);
    page.ask("document.querySelector('#results li > a').focus()");
    page.chromium.press("Enter", 13);
    page.wait("!location.pathname.endsWith('search.html') && document.readyState === 'complete'");
    assert!(
        page.ask("document.querySelector('h1').textContent")
            .as_str()
            .unwrap()
            .contains(first.trim()),
        "{first}"
    );
    page.ask("history.back()");
    page.wait("location.pathname.endsWith('search.html') && document.querySelector('#results li > a')");
    page.settle();
    assert_eq!(page.titles().remove(0), first);
}

#[test]
fn who_finds_nothing_is_offered_what_sounds_the_same_and_fewer_words() {
    let Some(mut page) = SearchPage::of(&PORTAL) else {
        return;
    };
    let offered = "[...document.querySelectorAll('#search-other a')].map(link => link.textContent)";
    for query in ["章江", "zhangjiang", "zj", "zhangj"] {
        page.open("");
        page.search(query);
        page.wait(&format!("{offered}.includes('张江')"));
    }
    page.search("党建 斑马线上的鲸鱼");
    assert_eq!(page.total(), 0);
    page.wait(&format!("{offered}.length"));
    let links = page.words(offered);
    assert!(links.contains(&"党建".to_owned()), "{links:?}");
    // What is offered finds what it says.
    let said = page.ask("document.querySelector('#search-other li small').textContent");
    let promised: u64 = said.as_str().unwrap().trim_end_matches(" 篇").parse().unwrap();
    page.chromium.click("#search-other li a");
    page.wait("document.querySelector('#results li')");
    page.settle();
    assert_eq!(page.total(), promised);
}

#[test]
fn the_search_works_from_a_disk_and_loads_nothing_before_it_is_used() {
    let Some(mut page) = SearchPage::from_disk() else {
        return;
    };
    let front = format!("{}index.html", page.base);
    let base = page.base.clone();
    none_of("front page", &page.chromium.open(&front, &base));
    let loaded =
        "performance.getEntriesByType('resource').map(one => one.name).filter(name => name.includes('data/search'))";
    assert_eq!(page.words(loaded), Vec::<String>::new());
    // The field of the masthead leads there.
    page.ask("document.querySelector('.masthead form input[type=search]').focus()");
    page.chromium.call("Input.insertText", json!({ "text": "示范点" }));
    page.chromium.press("Enter", 13);
    page.wait("location.pathname.endsWith('search.html')");
    page.settle();
    let total = page.total();
    assert!(total > 10, "{total}");
    let links = page.words("[...document.querySelectorAll('#results li > a')].map(link => link.href.split('#')[0])");
    let missing: Vec<_> = links
        .iter()
        .filter(|link| {
            let path = link.strip_prefix("file://").unwrap_or(link);
            let path = percent_encoding::percent_decode_str(path).decode_utf8().unwrap();
            !fs::exists(&*path).unwrap()
        })
        .cloned()
        .collect();
    none_of("results that are no files", &missing);
}

#[test]
fn without_scripts_the_search_says_where_to_look_instead() {
    let Some(mut page) = SearchPage::of(&PORTAL) else {
        return;
    };
    page.chromium.allow_scripts(false);
    let base = page.base.clone();
    none_of("search.html", &page.chromium.open(&format!("{base}search.html"), &base));
    let links = page.words("[...document.querySelectorAll('main a')].filter(link => link.checkVisibility()).map(link => link.getAttribute('href'))");
    for path in ["sitemap.html", "tags/index.html", "cases/index.html"] {
        assert!(links.contains(&path.to_owned()), "{path}: {links:?}");
    }
    assert_eq!(page.ask("document.getElementById('search').checkVisibility()"), false);
}
