//! Documents made here, whole and broken, and what is read from them.

use std::io::Write;

use super::*;

/// A package of an office program.
pub(crate) fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut writer = zip::ZipWriter::new(&mut bytes);
    for (name, text) in parts {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap();
    bytes.into_inner()
}

fn names(bytes: &[u8]) -> Vec<String> {
    read(bytes).unwrap().names
}

#[test]
fn workbooks_have_cells_with_their_heads() {
    let bytes = package(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "xl/workbook.xml",
            "<workbook><sheets><sheet name='名单'/><sheet name='底稿' state='hidden'/></sheets></workbook>",
        ),
        (
            "xl/sharedStrings.xml",
            "<sst><si><t>电话</t></si><si><r><t>甲</t></r><r><t>乙</t></r></si></sst>",
        ),
        (
            "xl/worksheets/sheet1.xml",
            "<worksheet><row><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>9</v></c></row>\
             <row><c r='A2'><v>13900001234</v></c><c r='B2' t='inlineStr'><is><t>丙</t></is></c></row>\
             <row><c r='A3' t='s'><v>1</v></c></row></worksheet>",
        ),
        ("xl/comments1.xml", "<comments/>"),
    ]);
    let document = read(&bytes).unwrap();
    assert_eq!(document.leftovers, [Leftover::Comments, Leftover::HiddenSheets]);
    let texts: Vec<_> = document
        .texts
        .iter()
        .map(|text| (text.place.as_str(), text.head.as_str(), text.words.as_str()))
        .collect();
    assert_eq!(
        texts,
        [
            ("表“名单”的 A1 格", "", "电话"),
            ("表“名单”的 A2 格", "电话", "13900001234"),
            ("表“名单”的 B2 格", "", "丙"),
            ("表“名单”的 A3 格", "电话", "甲乙"),
        ]
    );
}

#[test]
fn authors_of_pdf_are_read_in_all_their_forms() {
    assert_eq!(names(b"%PDF-1.4\n1 0 obj<</Author (Zhang San)>>endobj"), ["Zhang San"]);
    assert_eq!(names(b"%PDF-1.4 /Author<FEFF5F204E09>"), ["张三"]);
    assert_eq!(names(b"%PDF-1.4 /Author (\\376\\377\\137\\040N\\011)"), ["张三"]);
    assert_eq!(names(b"%PDF-1.4 /Author (\xd5\xc5\xc8\xfd)"), ["张三"]);
    assert_eq!(names(b"%PDF-1.4 /Author (a \\(b\\) (c))"), ["a (b) (c)"]);
    assert_eq!(names(b"%PDF-1.4 /Author (old) /Author (new) /Author ()"), ["new"]);
    assert_eq!(
        names(
            "%PDF-1.4 <rdf:RDF><dc:creator><rdf:Seq><rdf:li>李四</rdf:li></rdf:Seq></dc:creator></rdf:RDF>".as_bytes()
        ),
        ["李四"]
    );
    for none in [
        &b"%PDF-1.4 /Encrypt 1 0 R /Author (x)"[..],
        b"%PDF-1.4 /Author 3 0 R",
        b"%PDF-1.4 /Author",
        b"%PDF-",
    ] {
        assert_eq!(names(none), [""; 0]);
    }
}

#[test]
fn authors_in_compressed_streams_are_read() {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(b"1 0 <</Author (Zhang San)>>").unwrap();
    let mut bytes = b"%PDF-1.5\n2 0 obj<</Type/ObjStm/Filter/FlateDecode>>stream\r\n".to_vec();
    bytes.extend(packed.finish().unwrap());
    bytes.extend_from_slice(b"\nendstream");
    assert_eq!(names(&bytes), ["Zhang San"]);
}

#[test]
fn what_is_broken_or_no_document_tells_nothing() {
    let bytes = package(&[
        ("[Content_Types].xml", "<Types/>"),
        ("docProps/core.xml", "<a>"),
        ("word/document.xml", "<"),
    ]);
    assert_eq!(read(&bytes), Some(Document::default()));
    assert_eq!(read(&package(&[("a.txt", "a")])), None);
    assert_eq!(read(b"PK\x03\x04"), None);
    assert_eq!(read(b""), None);
    assert_eq!(read(b"text"), None);
    for end in 0..bytes.len() {
        read(&bytes[..end]);
    }
}

proptest::proptest! {
    /// Nothing in the bytes stops the program.
    #[test]
    fn any_bytes_can_be_read(rest in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
        for head in [&b"%PDF-1.4 /Author ("[..], b"%PDF-1.4 /Author <", b"%PDF /ObjStm stream\n", b"PK\x03\x04"] {
            read(&[head, &rest].concat());
        }
    }
}
