//! `site.yaml`: columns without folders, numbers without their official form.

use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Diagnostic, Rule, rule};
use crate::read::Library;

/// The provinces' one-character names, which official numbers begin with.
const PROVINCES: &str = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新";

pub(super) fn check(library: &Library, diagnostics: &mut Vec<Diagnostic>) {
    let config = &library.config;
    let mut report = |rule: Rule, way: &str, message: String, help: &str| {
        let mut diagnostic = Diagnostic::without_place(rule, message).help(help);
        diagnostic.span = config.span(&library.sources, way);
        diagnostics.push(diagnostic);
    };
    // A column without a folder was reported when it was read.
    let columns = config.columns.iter().enumerate();
    for (index, column) in columns.filter(|(_, column)| !column.folder.is_empty()) {
        let has_entries = library.columns.iter().enumerate().any(|(at, known)| {
            known.folder == column.folder
                && (known.introduction.is_some() || library.entries.iter().any(|entry| entry.column == at))
        });
        if !has_entries {
            let folders = library.columns.iter().filter(|known| known.folder != column.folder);
            let near = nearest(&column.folder, folders.map(|known| known.folder.as_str()));
            let help = near.map_or_else(
                || {
                    format!(
                        "在 content/{} 里放一篇文章，或者删去这个栏目；空栏目会被检查扣分",
                        column.folder
                    )
                },
                |near| format!("文件夹名是不是想写“{near}”？"),
            );
            report(
                rule::COLUMN_WITHOUT_FOLDER,
                &format!("columns[{index}].folder"),
                format!("栏目“{}”里没有文章", column.folder),
                &help,
            );
        }
    }
    if let Some(icp) = &config.footer.icp
        && !is_icp_number(icp)
    {
        report(
            rule::OFFICIAL_NUMBER,
            "footer.icp",
            format!("“{icp}”不像 ICP 备案号"),
            "例如 苏ICP备00000000号-1",
        );
    }
    if let Some(police) = &config.footer.police
        && !is_police_number(police)
    {
        report(
            rule::OFFICIAL_NUMBER,
            "footer.police",
            format!("“{police}”不像公安备案号"),
            "例如 苏公网安备 32000000000000号，共十四位数字",
        );
    }
    if let (Some(domain), Some(url)) = (&config.domain, &config.base_url)
        && !host_of(url).eq_ignore_ascii_case(domain)
    {
        report(
            rule::OFFICIAL_NUMBER,
            "domain",
            format!("域名“{domain}”和网址“{url}”不一致"),
            "改成一致的；政府网站要求两者相同",
        );
    }
    if let Some(lead) = &config.home.lead {
        let found = library
            .shown()
            .any(|entry| entry.slug == *lead || entry.common.title == *lead || entry.stem() == lead);
        if !found {
            report(
                rule::UNKNOWN_REFERENCE,
                "home.lead",
                format!("没有名为“{lead}”的文章"),
                "写一篇已发布文章的短名或标题，或者删去这一行",
            );
        }
    }
}

/// `省简称 + ICP备 + 6–10 digits + 号` and perhaps `-n`, as the register of sites gives it.
fn is_icp_number(number: &str) -> bool {
    let mut rest = number;
    let Some(province) = rest.chars().next().filter(|c| PROVINCES.contains(*c)) else {
        return false;
    };
    rest = &rest[province.len_utf8()..];
    let Some(after) = rest.strip_prefix("ICP备") else {
        return false;
    };
    let Some((digits, tail)) = after.split_once('号') else {
        return false;
    };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits(digits)
        && (6..=10).contains(&digits.len())
        && (tail.is_empty() || tail.strip_prefix('-').is_some_and(is_digits))
}

/// `X公网安备 14 digits号`, as the police's register gives it.
fn is_police_number(number: &str) -> bool {
    let Some(province) = number.chars().next().filter(|c| PROVINCES.contains(*c)) else {
        return false;
    };
    let Some(rest) = number[province.len_utf8()..].strip_prefix("公网安备") else {
        return false;
    };
    let Some(digits) = rest.trim().strip_suffix('号') else {
        return false;
    };
    digits.trim().len() == 14 && digits.trim().bytes().all(|byte| byte.is_ascii_digit())
}

fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or(rest);
    host.split(':').next().unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn official_numbers() {
        assert!(is_icp_number("苏ICP备00000000号-1"));
        assert!(is_icp_number("粤ICP备12345678号"));
        assert!(!is_icp_number("ICP备12345678号"));
        assert!(!is_icp_number("苏ICP备12345号"));
        assert!(is_police_number("苏公网安备 32000000000000号"));
        assert!(is_police_number("苏公网安备32000000000000号"));
        assert!(!is_police_number("苏公网安备3200000000000号"));
    }
}
