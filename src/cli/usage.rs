//! Mistakes in the arguments, said in Chinese.

use std::error::Error;

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// What is wrong with the arguments and what to do; `None` for what clap says better itself: help,
/// version, and mistakes that no one has made yet.
pub(super) fn explain(error: &clap::Error) -> Option<String> {
    let word = |kind| match error.get(kind) {
        Some(ContextValue::String(word)) => Some(word.as_str()),
        Some(ContextValue::Strings(words)) => words.first().map(String::as_str),
        _ => None,
    };
    let words = |kind| match error.get(kind) {
        Some(ContextValue::Strings(words)) => words.join("、"),
        _ => String::new(),
    };
    let (message, near) = match error.kind() {
        ErrorKind::UnknownArgument => (
            format!("不认识的参数“{}”", word(ContextKind::InvalidArg)?),
            word(ContextKind::SuggestedArg),
        ),
        ErrorKind::InvalidSubcommand => (
            format!("没有“{}”这个命令", word(ContextKind::InvalidSubcommand)?),
            word(ContextKind::SuggestedSubcommand),
        ),
        ErrorKind::InvalidValue => {
            let (argument, value) = (word(ContextKind::InvalidArg)?, word(ContextKind::InvalidValue)?);
            let message = if value.is_empty() {
                format!("参数 {argument} 后面要写一个值")
            } else {
                format!(
                    "参数 {argument} 不能写“{value}”，可以写：{}",
                    words(ContextKind::ValidValue)
                )
            };
            (message, None)
        }
        ErrorKind::ValueValidation => {
            let reason = error.source().map(ToString::to_string)?;
            (
                format!("参数 {} 的值不对：{reason}", word(ContextKind::InvalidArg)?),
                None,
            )
        }
        ErrorKind::ArgumentConflict => (
            format!("参数 {} 写了两次，或者不能和别的一起用", word(ContextKind::InvalidArg)?),
            None,
        ),
        ErrorKind::MissingRequiredArgument => (format!("还缺少：{}", words(ContextKind::InvalidArg)), None),
        _ => return None,
    };
    let near = near.map(|near| format!("是不是想写“{near}”？")).unwrap_or_default();
    Some(format!(
        "{message}。{near}\n运行 hongtu --help 看所有的命令，hongtu build --help 看一个命令的参数。"
    ))
}
