//! Data fences whose name is close to that of a block, but is none.

use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Diagnostic, rule};
use crate::kind::block;
use crate::read::{Entry, Library};

pub(super) fn check(library: &Library, entry: &Entry, diagnostics: &mut Vec<Diagnostic>) {
    for fence in &entry.outline.fences {
        let is_chinese = !fence.name.is_ascii();
        if !is_chinese || block::shape(&fence.name).is_some() || library.theme.has_block(&fence.name) {
            continue;
        }
        let mut known: Vec<&str> = block::names().collect();
        known.extend(library.theme.block_names());
        let near = nearest(&fence.name, known);
        let help = near.map_or_else(
            || format!("可以用的数据块：{}", block::names().collect::<Vec<_>>().join("、")),
            |near| format!("是不是想写“{near}”？"),
        );
        diagnostics.push(
            Diagnostic::new(
                rule::UNKNOWN_BLOCK,
                fence.span,
                format!("没有名为“{}”的数据块，会显示成代码", fence.name),
            )
            .help(help),
        );
    }
}
