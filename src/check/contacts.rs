//! Telephone numbers: an office's, and such as can be dialled.

use super::words_of_value;
use crate::diagnostic::{Diagnostic, quotable, rule};
use crate::kind::Facts;
use crate::read::{Entry, Library};
use crate::schema::phone;
use crate::source::Span;

pub(super) fn check(library: &Library, entry: &Entry, diagnostics: &mut Vec<Diagnostic>) {
    let (phone, texts) = match &entry.facts {
        Facts::Point(point) => (
            point.phone.as_deref(),
            [("phone", point.phone.as_deref()), ("booking", point.booking.as_deref())],
        ),
        Facts::Alliance(alliance) => (None, [("contact", alliance.contact.as_deref()), ("", None)]),
        _ => return,
    };
    for (key, text) in texts {
        let Some(text) = text else { continue };
        if let Some(number) = phone::mobile(text).map(|range| &text[range]) {
            diagnostics.push(private_mobile(words_of_value(library, entry, key, number), number));
        }
    }
    if let Some(text) = phone.filter(|text| !phone::names_a_number(text)) {
        diagnostics.push(no_number(library.field_span(entry, "phone"), text));
    }
}

/// The imprint, which stands on every page.
pub(super) fn check_site(library: &Library, diagnostics: &mut Vec<Diagnostic>) {
    let footer = &library.config.footer;
    for (way, text) in [("footer.phone", &footer.phone), ("footer.contact", &footer.contact)] {
        let number = text
            .as_deref()
            .and_then(|text| phone::mobile(text).map(|range| &text[range]));
        if let Some((number, span)) = number.zip(library.config.span(&library.sources, way)) {
            diagnostics.push(private_mobile(super::words_in(library, span, number), number));
        }
    }
}

fn private_mobile(span: Span, number: &str) -> Diagnostic {
    Diagnostic::new(rule::PRIVATE_MOBILE, span, "这是手机号，公开出去就收不回来").help(format!(
        "换成办公电话；一定要留手机的，遮住中间四位：{}",
        phone::masked(number)
    ))
}

fn no_number(span: Span, text: &str) -> Diagnostic {
    Diagnostic::new(rule::PHONE, span, format!("“{}”里没有打得通的电话号码", quotable(text)))
        .help("写区号和号码，例如 0510-00000000，或者 400 电话；没有电话就删去这一行")
}
