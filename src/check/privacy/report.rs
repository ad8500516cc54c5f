//! What people are told of data of persons, and how it can be hidden.

use super::addresses::Address;
use super::emails::{Email, Mailbox};
use super::numbers::{Kind, Number};
use super::rule_of;
use crate::diagnostic::{Diagnostic, rule};
use crate::source::Span;

/// Who reads a text at a place, and so whether a mask may stand there. Stars of masks are stars in Markdown too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// People.
    People,
    /// A program, which may want a number where one is.
    Program,
}

/// What a number is, for people.
pub fn called(kind: Kind) -> &'static str {
    match kind {
        Kind::Identity => "身份证号码",
        Kind::Card => "银行卡号",
        Kind::Mobile => "个人手机号",
    }
}

/// A number in a text. `place` says where, if the place in the file does not: 第 3 行第 2 列.
pub fn number(number: &Number, (span, reader): (Span, Reader), place: &str) -> Diagnostic {
    let what = called(number.kind);
    let message = if place.is_empty() {
        format!("这是{what}，公开出去就收不回来")
    } else {
        format!("{place}是{what}，公开出去就收不回来")
    };
    let masked = &number.masked;
    let help = match number.kind {
        Kind::Identity => format!("遮成 {masked}，只留前两位和后三位；用不着就整个删去"),
        Kind::Card => format!("删去；一定要留的，遮成 {masked}"),
        Kind::Mobile => format!("遮成 {masked}；要让人找得到，写办公电话"),
    };
    let diagnostic = Diagnostic::new(rule_of(number.kind), span, message).help(help);
    // Notices say how an identity number and a mobile are masked, and of cards nothing.
    if number.kind == Kind::Card || reader == Reader::Program {
        diagnostic.proposal(span, masked)
    } else {
        diagnostic.fix(span, masked)
    }
}

/// The address of a home.
pub fn address(address: &Address, span: Span, place: &str) -> Diagnostic {
    let message = if place.is_empty() {
        "这是家庭住址，写到了门牌".to_owned()
    } else {
        format!("{place}是家庭住址，写到了门牌")
    };
    let help = match &address.shortened {
        Some(shortened) => format!("只写到乡镇或街道，例如：{shortened}"),
        None => "只写到乡镇或街道，门牌、楼栋、房号都删去".to_owned(),
    };
    let diagnostic = Diagnostic::new(rule::HOME_ADDRESS, span, message).help(help);
    match &address.shortened {
        Some(shortened) => diagnostic.proposal(span, shortened),
        None => diagnostic,
    }
}

/// A mailbox that is a person's.
pub fn email(email: &Email, span: Span, place: &str) -> Diagnostic {
    let what = match email.mailbox {
        Mailbox::Mobile => "手机号",
        Mailbox::Number => "个人的 QQ 号之类",
    };
    let place = if place.is_empty() { "这" } else { place };
    Diagnostic::new(rule::EMAIL, span, format!("{place}是个人邮箱，@ 前面就是{what}"))
        .help("换成单位的办公邮箱；没有就写办公电话，或者删去")
}
