//! Portals with data of persons: what is found where, what the fixes make of it, and what is let pass.

use super::super::tests::small_library::library_of_bytes;
use crate::diagnostic::{Certainty, Diagnostic};
use crate::documents::tests::package;
use crate::read::Library;

/// A library with these files below `content/`.
fn library(files: &[(&str, &[u8])]) -> Library {
    library_of_bytes(&[&[("site.yaml", "title: 甲\n".as_bytes())], files].concat())
}

fn problems(library: &Library) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    super::check(library, &mut found);
    crate::diagnostic::sort(&mut found, &library.sources);
    found
}

/// The rules and the marked words of a page with this text.
fn found(text: &str) -> Vec<(String, String)> {
    let library = library(&[("pages/a.md", text.as_bytes())]);
    problems(&library)
        .iter()
        .map(|one| {
            let words = library.sources.text(one.span.unwrap());
            (one.rule.id.trim_start_matches("privacy/").to_owned(), words.to_owned())
        })
        .collect()
}

/// The page with all certain fixes done.
fn mended(text: &str) -> String {
    let library = library(&[("pages/a.md", text.as_bytes())]);
    let mut text = text.to_owned();
    for diagnostic in problems(&library).iter().rev() {
        for fix in diagnostic
            .fixes
            .iter()
            .filter(|fix| fix.certainty == Certainty::Certain)
        {
            text.replace_range(fix.span.range(), &fix.replacement);
        }
    }
    text
}

fn pairs(found: &[(String, String)]) -> Vec<(&str, &str)> {
    found
        .iter()
        .map(|(rule, words)| (rule.as_str(), words.as_str()))
        .collect()
}

const EVERYWHERE: &str = "---
title: 名单
summary: 联系人老李13900001234
---
# 名单13900001235

张三**11010519491231002X**，家住和风街道幸福里3号201室。

| 姓名 | 电话 | 订单号 |
|---|---|---|
| 甲 | 13900001236 | 13900001237 |

`13900001238`

```csv
甲,13900001239
```

```指标
- {名称: 电话, 数值: 13900001230}
```

<p>13900001231</p>

[拨打](tel:13900001232)、[文件](../files/13900001233.html)、123456789@qq.com
";

#[test]
fn data_are_found_wherever_they_stand() {
    assert_eq!(
        pairs(&found(EVERYWHERE)),
        [
            ("mobile", "13900001234"),
            ("mobile", "13900001235"),
            ("id-number", "11010519491231002X"),
            ("home-address", "和风街道幸福里3号201室"),
            ("mobile", "13900001236"),
            ("mobile", "13900001238"),
            ("mobile", "13900001239"),
            ("mobile", "13900001231"),
            ("mobile", "13900001232"),
            ("email", "123456789@qq.com"),
        ]
    );
}

#[test]
fn masks_are_written_the_same_wherever_they_stand() {
    let text = "---\ntitle: 甲\nsummary: 电话13900001234\n---\n老李13900001235、老王13900001236，`13900001237`\n\n\
                ```\n13900001238\n```\n\n<p>13900001239</p>\n";
    let expected = "---\ntitle: 甲\nsummary: 电话139****1234\n---\n老李139****1235、老王139****1236，`139****1237`\n\n\
                    ```\n139****1238\n```\n\n<p>139****1239</p>\n";
    assert_eq!(mended(text), expected);
    assert_eq!(mended(expected), expected, "nothing is left to mend");
    let (outline, _) = crate::read::outline::read(crate::source::FileId(0), 0, "老李139****1235、老王139****1236\n");
    assert_eq!(outline.first_paragraph, "老李139****1235、老王139****1236");
}

#[test]
fn keys_for_telephones_have_their_own_rule() {
    let point = "---\ntitle: 点\ncategory: 其他\naddress: 某处1号\nphone: 13900001234、13900001235\nsummary: 找13900001236\n---\n";
    let site = "title: 甲\nfooter:\n  phone: 13900001237\n  contact: 李 13900001238\n  address: 13900001239\nchecks:\n  exceptions:\n  - {rule: privacy/mobile, words: '13900001236', reason: 值班}\n";
    let library = library(&[("points/a.md", point.as_bytes()), ("site.yaml", site.as_bytes())]);
    let found = problems(&library);
    let words: Vec<&str> = found
        .iter()
        .map(|one| library.sources.text(one.span.unwrap()))
        .collect();
    assert_eq!(words, ["13900001235", "13900001236", "13900001239"]);
}

#[test]
fn data_files_are_read_cell_by_cell() {
    let page = "---\ntitle: 甲\n---\n[名单](../files/a.csv)、[旧名单](../files/b.csv)、[数据](../files/c.json)\n";
    let table = "姓名,身份证号,家庭住址,单号\r\n甲,11010519491231002X,\"和风街道,幸福路3号\",13900001234\r\n";
    let (old, ..) = encoding_rs::GBK.encode("姓名,联系电话\n乙,139 0000 1234\n");
    let data = "{\"电话\": 13900001234}";
    let unused = "13900001234";
    let library = library(&[
        ("pages/a.md", page.as_bytes()),
        ("files/a.csv", table.as_bytes()),
        ("files/b.csv", &old),
        ("files/c.json", data.as_bytes()),
        ("files/d.csv", unused.as_bytes()),
    ]);
    let found: Vec<_> = problems(&library)
        .into_iter()
        .map(|one| {
            let words = library.sources.text(one.span.unwrap()).to_owned();
            (words, one.message, one.fixes.first().map(|fix| fix.certainty))
        })
        .collect();
    let expected = [
        (
            "11010519491231002X",
            "第 2 行第 2 列（身份证号）是身份证号码，公开出去就收不回来",
            Some(Certainty::Certain),
        ),
        (
            "和风街道,幸福路3号",
            "第 2 行第 3 列（家庭住址）是家庭住址，写到了门牌",
            Some(Certainty::Proposal),
        ),
        (
            "139 0000 1234",
            "第 2 行第 2 列（联系电话）是个人手机号，公开出去就收不回来",
            Some(Certainty::Certain),
        ),
        (
            "13900001234",
            "这是个人手机号，公开出去就收不回来",
            Some(Certainty::Proposal),
        ),
    ];
    assert_eq!(
        found,
        expected.map(|(words, message, certainty)| (words.to_owned(), message.to_owned(), certainty))
    );
}

#[test]
fn names_of_files_are_reported_where_they_are_used() {
    let page = "---\ntitle: 甲\n---\n[登记表](登记表11010519491231002X.txt)\n";
    let library = library(&[
        ("pages/甲13900001234.md", page.as_bytes()),
        ("pages/登记表11010519491231002X.txt", b"x"),
    ]);
    let found = problems(&library);
    let shown: Vec<_> = found
        .iter()
        .map(|one| (one.rule.id, library.sources.text(one.span.unwrap())))
        .collect();
    assert_eq!(
        shown,
        [
            ("privacy/mobile", ""),
            ("privacy/id-number", "登记表11010519491231002X.txt")
        ]
    );
}

/// A JPEG of one pixel would do; its head is enough for what is read here.
fn jpeg_with_exif(exif: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xE1];
    bytes.extend_from_slice(&u16::try_from(exif.len() + 8).unwrap().to_be_bytes());
    bytes.extend_from_slice(b"Exif\0\0");
    bytes.extend_from_slice(exif);
    bytes.extend_from_slice(&[0xFF, 0xD9]);
    bytes
}

/// EXIF with an artist and a position.
fn exif() -> Vec<u8> {
    let mut bytes = b"MM\0\x2A\0\0\0\x08".to_vec();
    // Two entries: the artist (text of nine bytes at 38), the directory of positions (at 48).
    bytes.extend_from_slice(&[0, 2]);
    bytes.extend_from_slice(&[0x01, 0x3B, 0, 2, 0, 0, 0, 9, 0, 0, 0, 38]);
    bytes.extend_from_slice(&[0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 48]);
    bytes.extend_from_slice(&[0; 4]);
    bytes.extend_from_slice("Li Xiao\0\0\0".as_bytes());
    // One entry: the latitude, three fractions at 66.
    bytes.extend_from_slice(&[0, 1, 0, 2, 0, 5, 0, 0, 0, 3, 0, 0, 0, 66]);
    bytes.extend_from_slice(&[0; 4]);
    for part in [31_u32, 29, 0] {
        bytes.extend_from_slice(&part.to_be_bytes());
        bytes.extend_from_slice(&1_u32.to_be_bytes());
    }
    bytes
}

#[test]
fn what_is_hidden_in_files_is_reported_once_where_they_are_used() {
    let page =
        "---\ntitle: 甲\ncover: {src: a.jpg, alt: 图}\n---\n![图](a.jpg)[表](b.docx)[原图](c.tiff)![画](d.svg)\n";
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' inkscape:export-filename=\"D:\\Users\\张三\\a.png\"/>";
    let docx = package(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "docProps/core.xml",
            "<p xmlns:dc='d' xmlns:cp='c'><dc:creator>张三</dc:creator><cp:lastModifiedBy>lenovo</cp:lastModifiedBy></p>",
        ),
        (
            "word/document.xml",
            "<w:document xmlns:w='w'><w:p><w:r><w:t>电话139</w:t></w:r><w:ins><w:r><w:t>00001234</w:t></w:r></w:ins></w:p></w:document>",
        ),
        ("word/comments.xml", "<w:comments><w:comment w:id='1'/></w:comments>"),
    ]);
    let library = library(&[
        ("pages/a.md", page.as_bytes()),
        ("pages/a.jpg", &jpeg_with_exif(&exif())),
        ("pages/b.docx", &docx),
        ("pages/c.tiff", &exif()),
        ("pages/d.svg", svg.as_bytes()),
    ]);
    let found = problems(&library);
    let shown: Vec<String> = found
        .iter()
        .map(|one| {
            format!(
                "{} «{}» {}",
                one.rule.id,
                library.sources.text(one.span.unwrap()),
                one.message
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "privacy/picture-metadata «a.jpg» 图片 pages/a.jpg 里藏着拍摄地点、姓名“Li Xiao”",
            "privacy/mobile «b.docx» 附件 pages/b.docx 里，第 1 段是个人手机号",
            "privacy/document-leftovers «b.docx» 附件 pages/b.docx 里还留着批注、修订痕迹",
            "privacy/document-metadata «b.docx» 附件 pages/b.docx 的属性里有姓名“张三”",
            "privacy/picture-metadata «c.tiff» 图片 pages/c.tiff 里藏着拍摄地点、姓名“Li Xiao”",
            "privacy/picture-metadata «d.svg» 图片 pages/d.svg 里藏着姓名“张三”",
        ]
    );
}

#[test]
fn honest_pages_are_let_pass() {
    let text = "---\ntitle: 联系我们\nsummary: 服务热线12345，办公电话0510-85211234\n---\n\
        已公示：张某某，35*************123，138\\*\\*\\*\\*1234。统一社会信用代码913202140636083717。\n\n\
        地址：江苏省无锡市新吴区和风大道10号3号楼201室，邮箱dangjian@163.com，苏ICP备12345678号-1。\n\n\
        | 项目 | 代码 | 投资额（元） |\n|---|---|---|\n| 甲 | 2020320214000123 | 15912345678 |\n\n\
        经度120.300712345678901，ISBN 978-7-5086-1234-5，2026-07-01 09:26:59。\n";
    assert_eq!(pairs(&found(text)), []);
}
