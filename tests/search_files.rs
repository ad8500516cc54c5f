//! The search after an edit: its index follows from the one before and is the same as one made anew, and
//! only a few of its files are others.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::format_collect,
    reason = "a test that cannot go on stops, and its small texts may be made the short way"
)]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use hongtu::derive::{self, Index, search};
use hongtu::read::{self, Drafts, EntryId, Library, Options};
use hongtu::render::search::files;
use hongtu::schema::date::Date;
use support::DAY;

/// The texts of files below `content/`.
type Texts = BTreeMap<String, String>;

/// A portal that was read.
struct Portal {
    library: Library,
    index: Index,
}

impl Portal {
    fn of(texts: &Texts) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let content = folder.path().join("content");
        let written = texts.iter().map(|(path, text)| (path.as_str(), text.as_bytes()));
        support::write_files(&content, written);
        let options = Options {
            content,
            themes: folder.path().join("themes"),
            cache: None,
            drafts: Drafts::Hidden,
            as_of: Date::parse(DAY).unwrap(),
            base_url: None,
        };
        let (library, _) = read::read(&options).unwrap();
        let index = derive::index(&library);
        Self { library, index }
    }

    fn entry(&self, path: &str) -> EntryId {
        self.library.by_file[path]
    }

    /// The files of the search, by path.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let files = files(&self.library, &self.index);
        files
            .into_iter()
            .map(|file| (file.path.clone(), file.bytes(&self.library, &self.index)))
            .collect()
    }
}

const WORDS: [&str; 24] = [
    "党建",
    "联盟",
    "园区",
    "企业",
    "服务",
    "支部",
    "书记",
    "组织",
    "活动",
    "项目",
    "清单",
    "楼宇",
    "产业链",
    "青年",
    "先锋",
    "，",
    "。",
    "的",
    "和",
    "走访",
    "5G",
    "创新",
    "基层",
    "治理",
];

/// A portal of many cases, whose words follow one another without a plan.
fn texts() -> Texts {
    let mut random = 7_u32;
    let mut word = || {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        WORDS[(random >> 16) as usize % WORDS.len()]
    };
    let mut texts = Texts::from([("site.yaml".into(), "title: 试验\n".into())]);
    for number in 0..1000 {
        let title: String = (0..6).map(|_| word()).collect();
        let body: String = (0..300).map(|_| word()).collect();
        let day = 1 + number % 28;
        let head = format!("title: 第{number}号{title}\ndate: 2026-03-{day:02}\norg: 某园区党委");
        texts.insert(format!("cases/{number}.md"), format!("---\n{head}\n---\n{body}\n"));
    }
    texts
}

/// Edits files, and compares the index that follows from the one before with the one that is made anew. Gives
/// the portal afterwards.
fn edited(before: &Portal, texts: &mut Texts, edits: &[(&str, &str, &str)]) -> Portal {
    for (path, old, new) in edits {
        let text = texts.get_mut(*path).unwrap();
        assert!(text.contains(old), "{path}: {old}");
        *text = text.replacen(old, new, 1);
    }
    let mut after = Portal::of(texts);
    let changed: BTreeSet<EntryId> = edits.iter().map(|(path, _, _)| after.entry(path)).collect();
    let anew = after.files();
    let kept = before.index.search.to_bytes();
    let kept = search::SearchIndex::from_bytes(&kept, &after.library).unwrap();
    for previous in [&before.index.search, &kept] {
        let updated = search::updated(previous, &after.library, &after.index, &changed).unwrap();
        assert_eq!(updated.grams, after.index.search.grams);
        assert_eq!(updated.pages, after.index.search.pages);
        after.index.search = updated;
        assert!(after.files() == anew, "the files are others");
    }
    after
}

#[test]
fn a_word_in_one_body_changes_a_few_files() {
    let mut texts = texts();
    let before = Portal::of(&texts);
    let files = before.files();
    let grams = files.keys().filter(|path| path.contains("/grams-")).count();
    assert!(grams > 20, "{grams} files of grams say nothing");
    let after = edited(&before, &mut texts, &[("cases/77.md", "支部", "支部青年")]);
    let changed: Vec<String> = after
        .files()
        .into_keys()
        .filter(|path| !files.contains_key(path))
        .collect();
    let count = |kind: &str| changed.iter().filter(|path| path.contains(kind)).count();
    assert_eq!(
        (count("/index-"), count("/texts-"), count("/suggest-")),
        (1, 1, 0),
        "{changed:?}"
    );
    assert!((1..=10).contains(&count("/grams-")), "{changed:?}");
}

#[test]
fn titles_letters_and_several_pages_may_change() {
    let mut texts = texts();
    let before = Portal::of(&texts);
    let edits = [
        ("cases/3.md", "title: 第3号", "title: 龘镇黨建"),
        ("cases/999.md", "园区", ""),
        ("cases/250.md", "---\n", "---\nsummary: 青年先锋 Zebra\n"),
    ];
    let after = edited(&before, &mut texts, &edits);
    edited(&after, &mut texts, &[("cases/3.md", "龘镇", "第3号")]);
}

#[test]
fn other_pages_or_another_order_need_an_index_of_their_own() {
    let mut texts = texts();
    let before = Portal::of(&texts);
    let none = |texts: &Texts| {
        let after = Portal::of(texts);
        let updated = search::updated(&before.index.search, &after.library, &after.index, &BTreeSet::new());
        assert!(updated.is_none());
        after
    };
    let mut other = texts.clone();
    let moved = texts["cases/9.md"].replace("date: 2026-03", "date: 2027-03");
    other.insert("cases/9.md".into(), moved);
    none(&other);
    texts.remove("cases/9.md");
    let after = none(&texts);
    let kept = before.index.search.to_bytes();
    assert!(search::SearchIndex::from_bytes(&kept, &after.library).is_none());
}
