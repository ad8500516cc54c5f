//! The JSON Schemas that editors get: sound in themselves, and of one mind with what is read.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops, and its small texts may be made the short way"
)]

mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use hongtu::kind::Kind;
use hongtu::read::{self, Drafts, Entry, Library, Options};
use hongtu::schema::conform::conform;
use hongtu::schema::date::Date;
use hongtu::schema::yaml::Snippet;
use hongtu::source::FileId;
use hongtu::starter::editor::Subject;
use jsonschema::Validator;
use serde_json::Value;

fn library(content: PathBuf) -> Library {
    let options = Options {
        content,
        themes: PathBuf::from("no such folder"),
        cache: None,
        drafts: Drafts::Shown,
        as_of: Date::parse(support::DAY).unwrap(),
        base_url: None,
    };
    read::read(&options).unwrap().0
}

fn validators() -> BTreeMap<&'static str, Validator> {
    Subject::all()
        .map(|subject| {
            let validator = jsonschema::validator_for(&subject.schema()).unwrap();
            (subject.name(), validator)
        })
        .collect()
}

/// YAML as JSON; keys that are no texts cannot be, and stand for nothing in a schema either.
fn as_json(yaml: &str) -> Value {
    let value: serde_yaml::Value = serde_yaml::from_str(yaml).unwrap();
    serde_json::to_value(value).unwrap()
}

fn mistakes(validator: &Validator, value: &Value) -> Vec<String> {
    validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

fn sites() -> Vec<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let golden = ["bare", "markdown", "portal"].map(|name| here.join("tests/sites").join(name).join("content"));
    golden.into_iter().chain([support::demonstration()]).collect()
}

#[test]
fn every_schema_is_one() {
    for subject in Subject::all() {
        let schema = subject.schema();
        assert!(jsonschema::meta::validate(&schema).is_ok(), "{}", subject.name());
        assert!(
            schema["properties"].is_object() || schema["anyOf"].is_array(),
            "{}",
            subject.name()
        );
    }
}

#[test]
fn what_is_published_is_valid() {
    let validators = validators();
    let mut seen = 0;
    for site in sites() {
        let library = library(site.clone());
        let introductions = library
            .columns
            .iter()
            .filter_map(|column| column.introduction.as_deref());
        let entries: Vec<&Entry> = library.entries.iter().chain(introductions).collect();
        for entry in entries {
            let front_matter = library.sources.text(entry.front_matter);
            let found = mistakes(&validators[entry.kind().name()], &as_json(front_matter));
            assert!(
                found.is_empty(),
                "{} {}: {found:#?}",
                site.display(),
                entry.content_path
            );
            seen += 1;
        }
        for name in ["site", "terms"] {
            if let Ok(text) = std::fs::read_to_string(site.join(format!("{name}.yaml"))) {
                let found = mistakes(&validators[name], &as_json(&text));
                assert!(found.is_empty(), "{} {name}.yaml: {found:#?}", site.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 150, "only {seen} files were looked at");
}

/// The schema and the reader are asked about the same front matter.
#[track_caller]
fn both_say(kind: Kind, front_matter: &str, is_fine: bool) {
    let keys = kind.keys();
    let validator = jsonschema::validator_for(&Subject::FrontMatter(kind).schema()).unwrap();
    let found = mistakes(&validator, &as_json(front_matter));
    assert_eq!(found.is_empty(), is_fine, "the schema on\n{front_matter}\n{found:#?}");
    let snippet = Snippet {
        file: FileId(0),
        start: 0,
        text: front_matter,
    };
    let value = serde_yaml::from_str(front_matter).unwrap();
    let found = conform(snippet, &value, keys).diagnostics;
    assert_eq!(found.is_empty(), is_fine, "the reader on\n{front_matter}\n{found:#?}");
}

#[test]
fn the_schema_refuses_what_reading_reports() {
    for (kind, broken) in [
        (Kind::Page, "日期: 2026-07-01\n"),
        (Kind::Page, "标题:\n"),
        (Kind::Page, "标题: 甲\n标提: 乙\n"),
        (Kind::Page, "标题: [甲]\n"),
        (Kind::Page, "标题: 甲\n日期: 昨天\n"),
        (Kind::Page, "标题: 甲\n日期: 2026-07\n"),
        (Kind::Page, "标题: 甲\n日期: 2026\n"),
        (Kind::Page, "标题: 甲\n日期: 26-07-01\n"),
        (Kind::Page, "标题: 甲\n草稿: 也许\n"),
        (Kind::Page, "标题: 甲\n排序: 最前\n"),
        (Kind::Page, "标题: 甲\n排序: 9999999\n"),
        (Kind::Page, "标题: 甲\n标签: 党建、引领\n"),
        (Kind::Page, "标题: 甲\n来源: [甲报]\n"),
        (Kind::Case, "标题: 甲\n"),
        (Kind::Case, "标题: 甲\norg: 乙\n指标: [{名称: 企业}]\n"),
        (Kind::Point, "标题: 甲\n类别: 乙\n地址: 丙\n层级: 街道\n"),
        (
            Kind::Point,
            "标题: 甲\n类别: 乙\n地址: 丙\n位置: {经度: 120, 纬度: 31}\n",
        ),
        (
            Kind::Point,
            "标题: 甲\n类别: 乙\n地址: 丙\n位置: {经度: 1200, 纬度: 31, 坐标系: wgs84}\n",
        ),
        (
            Kind::Point,
            "标题: 甲\n类别: 乙\n地址: 丙\n位置: {经度: 120, 纬度: 31, 坐标系: wgs48}\n",
        ),
        (Kind::Alliance, "标题: 甲\n成立: 18年\n"),
        (Kind::Bulletin, "标题: 甲\n日期: 2026-07-01\n联盟: 乙\n期号: 第三期\n"),
        (Kind::Route, "标题: 甲\n站点: [{说明: 先看沙盘}]\n"),
        (Kind::Park, "标题: 甲\n组织网络: {名称: 乙, 下级: [{数量: 3}]}\n"),
    ] {
        both_say(kind, broken, false);
    }
}

#[test]
fn the_schema_takes_every_way_of_writing_that_is_read() {
    for (kind, fine) in [
        (
            Kind::Page,
            "title: 2026\n日期: 2026年7月1日 09:30\n更新: ２０２６年７月１日\n发布: 2026/7/1\n下线: 2026.07.01\n",
        ),
        (Kind::Page, "标题: 甲\n日期: 2026-07-01T09:30:00+08:00\n"),
        (
            Kind::Page,
            "标题: 甲\n日期:\n标签: 党建\n草稿: 否\n排序: \"3\"\n作者: [乙, ]\n",
        ),
        (Kind::Page, "标题: 甲\n草稿: true\n来源: 某报\n封面: a.jpg\n"),
        (
            Kind::Case,
            "标题: 甲\norg: 乙\n指标:\n  - {名称: 企业, 数值: 600, 约数: true}\n  - {name: 厂, value: 6, approx: 余}\n",
        ),
        (
            Kind::Point,
            "标题: 甲\n类别: 乙\n地址: 丙\n位置: {lng: \"120.3\", 纬度: 31, crs: GCJ-02}\n照片: a.jpg\n",
        ),
        (
            Kind::Alliance,
            "标题: 甲\n成立: 2018\n成员: [乙, {单位: 丙, 角色: 成员单位, 起: 2018年9月}]\n",
        ),
        (Kind::Route, "标题: 甲\n站点: [乙, {示范点: 丙, 停留: 30}]\n"),
        (
            Kind::Park,
            "标题: 甲\n组织网络: {名称: 乙, 下级: [丙, {名称: 丁, 下级: [戊]}]}\n",
        ),
    ] {
        both_say(kind, fine, true);
    }
}

#[test]
fn a_key_has_the_same_schema_in_both_languages() {
    for subject in Subject::all() {
        let Subject::FrontMatter(kind) = subject else { continue };
        let schema = subject.schema();
        for key in kind.keys() {
            let (english, chinese) = (&schema["properties"][key.name], &schema["properties"][key.chinese]);
            assert_eq!(english, chinese, "{} of {}", key.name, kind.name());
            assert_eq!(english["description"], key.help);
        }
    }
}
