//! Scratch.
#[test]
fn raw() {
    for text in ["标题: 甲\n作者: *重点*\n", "标签: - - -\n", " 标题: 甲\n日期: 2\n", "标题: \"甲\"乙\nb: 1\n", "标题: 'it's'\n", "标题: \"甲\n日期: 1\n", "a: [甲, 乙\nb: 1\n", "a: {甲: 1，乙: 2}\n", "标题: \"C:\\文件\"\n", "标题: 甲\n标签: &a [*a]\n","成员:\n  - 单位: 乙\n   角色: 主任\n", "- 名称: 企业\n  数值: 1\n\n## 做法\n\n正文：就到这里。\n", "标题: @甲\n", "标题: 甲\n...\n日期: 1\n", "标题: |x\n  甲\n", "? a\n", "标题: 甲\n\u{7}b: 1\n", "a: b: c\n"] {
        println!("{text:?}\n   {:?}", serde_yaml::from_str::<serde_yaml::Value>(text).map_err(|e| (e.to_string(), e.location().map(|l| (l.line(), l.column(), l.index())))));
    }
    let deep = format!("标签: {}", "- ".repeat(100000));
    println!("{:?}", serde_yaml::from_str::<serde_yaml::Value>(&deep).map_err(|e| (e.to_string(), e.location().map(|l| (l.line(), l.column())))));
}
