//! Style sheets without what only their writers need: comments and indentation.

/// Takes comments, indentation and empty lines out of a style sheet. Strings stay as they are.
pub fn without_comments(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['"', '\'', '/']) {
        let (before, after) = rest.split_at(at);
        push_lines(&mut result, before);
        if let Some(comment) = after.strip_prefix("/*") {
            rest = comment.find("*/").map_or("", |end| &comment[end + 2..]);
        } else if let Some(quote) = after.chars().next().filter(|c| *c != '/') {
            let length = string_length(after, quote);
            result.push_str(&after[..length]);
            rest = &after[length..];
        } else {
            result.push('/');
            rest = &after[1..];
        }
    }
    push_lines(&mut result, rest);
    result
}

/// The length of a string with its quotes; an escaped quote does not end it.
fn string_length(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            c if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// Adds text; after a line end, indentation and further line ends are left out.
fn push_lines(result: &mut String, text: &str) {
    for c in text.chars() {
        let at_line_start = result.is_empty() || result.ends_with('\n');
        match c {
            '\r' => {}
            '\n' | ' ' | '\t' if at_line_start => {}
            '\n' => {
                while result.ends_with([' ', '\t']) {
                    result.pop();
                }
                if !result.ends_with('\n') {
                    result.push('\n');
                }
            }
            c => result.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::without_comments;

    #[test]
    fn comments_and_indentation_go_and_strings_stay() {
        let text =
            "/* a */\n.x {\n  color: red; /* b */\n\n  content: \"/* c */ \\\" \";\n  width: calc(1px / 2);\n}\n";
        assert_eq!(
            without_comments(text),
            ".x {\ncolor: red;\ncontent: \"/* c */ \\\" \";\nwidth: calc(1px / 2);\n}\n"
        );
    }

    #[test]
    fn broken_sheets_do_no_harm() {
        for text in ["/*", "/", "\"", "'\\", "a /* b", ""] {
            without_comments(text);
        }
    }
}
