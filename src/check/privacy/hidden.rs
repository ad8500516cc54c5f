//! What files tell besides what readers are meant to see: positions and owners in pictures, authors, comments and
//! hidden sheets in documents; and the data of persons in the words of documents.

use rayon::prelude::*;

use super::report::{self, called};
use super::uses::InFile;
use super::{addresses, numbers, rule_of};
use crate::diagnostic::{Diagnostic, quotable, rule};
use crate::documents::{self, Document, Leftover};
use crate::pictures::{self, Told};
use crate::read::Library;
use crate::read::files::{ContentFile, is_image};
use crate::read::walk::has_extension;

/// All of it, file by file.
pub(super) fn check(library: &Library) -> Vec<InFile> {
    let files: Vec<_> = library.files.used.values().collect();
    files
        .par_iter()
        .flat_map_iter(|file| {
            let found = of_file(file);
            found.into_iter().map(|found| (file.path.clone(), found))
        })
        .collect()
}

fn of_file(file: &ContentFile) -> Vec<Diagnostic> {
    // Pictures of these formats are no pictures for browsers, and published as attachments.
    let is_raw_picture = ["heic", "heif", "tif", "tiff"]
        .iter()
        .any(|extension| has_extension(&file.path, extension));
    if has_extension(&file.path, "svg") {
        let published = Published::AsItIs;
        return of_picture(file, &pictures::told_by_drawing(&file.bytes), published);
    }
    if is_image(&file.path) || is_raw_picture {
        let published = if is_raw_picture {
            Published::AsItIs
        } else {
            Published::Cleaned
        };
        return of_picture(file, &pictures::told(&file.bytes), published);
    }
    documents::read(&file.bytes).map_or_else(Vec::new, |document| of_document(file, &document))
}

/// How a picture comes into the output.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Published {
    /// With all that is in its file.
    AsItIs,
    /// Without what is not the picture.
    Cleaned,
}

fn of_picture(file: &ContentFile, told: &Told, published: Published) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    let numbers = told.texts.iter().flat_map(|text| numbers::find(text, |_| ""));
    for number in numbers {
        let message = format!("图片 {} 的说明信息里有{}", file.path, called(number.kind));
        found.push(Diagnostic::without_place(rule_of(number.kind), message).help(remedy(published)));
    }
    let names: Vec<&String> = told.names.iter().filter(|name| is_person(name)).collect();
    let mut what = Vec::new();
    if told.has_position {
        what.push("拍摄地点".to_owned());
    }
    if let Some(name) = names.first() {
        what.push(format!("姓名“{}”", quotable(name)));
    }
    // A number alone leads to nobody; what is published with it can be compared.
    if told.has_serial_number && (published == Published::AsItIs || !what.is_empty()) {
        what.push("相机的序列号".to_owned());
    }
    if !what.is_empty() {
        let message = format!("图片 {} 里藏着{}", file.path, what.join("、"));
        found.push(Diagnostic::without_place(rule::PICTURE_METADATA, message).help(remedy(published)));
    }
    found
}

fn remedy(published: Published) -> &'static str {
    match published {
        Published::AsItIs => "这张图会原样发布：用画图软件另存为 PNG 或 JPG，再换上",
        Published::Cleaned => {
            "hongtu 发布时会去掉，网站上没有；原图转给别人之前，右键属性 → 详细信息 → 删除属性和个人信息"
        }
    }
}

fn of_document(file: &ContentFile, document: &Document) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let path = &file.path;
    for text in &document.texts {
        for number in numbers::find(&text.words, |_| &text.head) {
            let message = format!("附件 {path} 里，{}是{}", text.place, called(number.kind));
            let help = format!("打开附件遮成 {} 或者删去，再换上", number.masked);
            found.push(Diagnostic::without_place(rule_of(number.kind), message).help(help));
        }
        let home = addresses::in_cell(&text.words)
            .filter(|_| addresses::is_head(&text.head))
            .or_else(|| addresses::find(&text.words).into_iter().next());
        if let Some(address) = home {
            let place = format!("附件 {path} 里，{}", text.place);
            let span = crate::source::Span::file_start(crate::source::FileId(0));
            let mut diagnostic = report::address(&address, span, &place);
            (diagnostic.span, diagnostic.fixes) = (None, Vec::new());
            found.push(diagnostic);
        }
    }
    let names: Vec<String> = document
        .names
        .iter()
        .filter(|name| is_person(name))
        .map(|name| format!("“{}”", quotable(name)))
        .collect();
    if !names.is_empty() {
        let message = format!("附件 {path} 的属性里有姓名{}", names.join("、"));
        let help = "在 Word、WPS 或 Excel 里：文件 → 信息 → 检查文档，删去文档属性和个人信息，再导出一次";
        found.push(Diagnostic::without_place(rule::DOCUMENT_METADATA, message).help(help));
    }
    if !document.leftovers.is_empty() {
        let leftovers: Vec<_> = document.leftovers.iter().map(|leftover| leftover.chinese()).collect();
        let message = format!("附件 {path} 里还留着{}", leftovers.join("、"));
        let help = "接受或拒绝全部修订，删去批注，取消隐藏后删去不公开的表，再换上；或者另存为 PDF";
        found.push(Diagnostic::without_place(rule::DOCUMENT_LEFTOVERS, message).help(help));
    }
    found
}

impl Leftover {
    /// What people call it.
    fn chinese(self) -> &'static str {
        match self {
            Self::Comments => "批注",
            Self::Changes => "修订痕迹",
            Self::HiddenSheets => "隐藏的工作表",
        }
    }
}

/// What programs and machines write where a name should be.
const NO_PERSONS: &[&str] = &[
    "微软用户",
    "微软中国",
    "用户",
    "作者",
    "未知",
    "匿名",
    "管理员",
    "系统",
    "雨林木风",
    "番茄花园",
    "深度技术",
    "党建",
    "党群",
    "办公",
    "宣传",
    "综合",
    "电脑",
    "联想",
    "华硕",
    "戴尔",
    "惠普",
    "小米",
    "华为",
    "新建",
    "文印",
    "打字",
];
const NO_LATIN_PERSONS: &[&str] = &[
    "user",
    "office",
    "word",
    "windows",
    "microsoft",
    "wps",
    "admin",
    "poi",
    "adobe",
    "acrobat",
    "python",
];

/// The ends of names of offices.
const OFFICES: &[char] = &[
    '部', '办', '局', '处', '科', '院', '会', '司', '所', '站', '组', '室', '委', '厅', '区', '县', '市', '园', '社',
    '队', '府', '校', '心', '团', '网', '行', '厂', '馆', '中',
];

/// Whether a name is likely that of a person: two to four characters that end like no office, or two words
/// in Latin letters.
fn is_person(name: &str) -> bool {
    let name = name.trim();
    let is_han = |letter: char| matches!(letter, '\u{3400}'..='\u{9fff}' | '·');
    if name.chars().all(is_han) {
        let longest = if name.contains('·') { 12 } else { 4 };
        return (2..=longest).contains(&name.chars().count())
            && !name.ends_with(OFFICES)
            && !NO_PERSONS.iter().any(|known| name.contains(known));
    }
    let lower = name.to_ascii_lowercase();
    let words: Vec<&str> = name.split(' ').collect();
    let is_word = |word: &&str| {
        word.len() >= 2
            && word.starts_with(|letter: char| letter.is_ascii_uppercase())
            && word.chars().skip(1).all(|letter| letter.is_ascii_lowercase())
    };
    (2..=3).contains(&words.len())
        && words.iter().all(is_word)
        && !NO_LATIN_PERSONS.iter().any(|known| lower.contains(known))
}

#[cfg(test)]
mod tests {
    use super::is_person;

    #[test]
    fn persons_are_told_from_machines_and_offices() {
        for name in ["张三", "欧阳某某", "阿依·古丽", "Zhang San"] {
            assert!(is_person(name), "{name}");
        }
        for name in [
            "",
            "甲",
            "微软用户",
            "Administrator",
            "lenovo",
            "WPS Office",
            "Microsoft Office User",
            "Apache POI",
            "党建办",
            "综合科",
            "新吴区党群工作部",
            "user",
            "zhangsan",
            "管理员",
        ] {
            assert!(!is_person(name), "{name}");
        }
    }
}
