//! The nearest of several known words, for “是不是想写 …”.

/// The known word that is nearest to `written`, if any is near enough to be what was meant:
/// at most a third of the longer word's characters differ, or one contains the other.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.trim().to_lowercase();
    let mut best: Option<(usize, &str)> = None;
    for word in known {
        let lower = word.to_lowercase();
        let longer = written.chars().count().max(lower.chars().count());
        let distance = strsim::damerau_levenshtein(&written, &lower);
        let contained = written.chars().count() >= 2
            && lower.chars().count() >= 2
            && (lower.contains(&written) || written.contains(&lower));
        let near = distance <= (longer / 3).max(1) && distance < longer;
        if (near || contained) && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, word));
        }
    }
    best.map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_finds_the_word_and_another_word_does_not() {
        let known = ["title", "tags", "标题", "标签", "报送单位"];
        assert_eq!(nearest("tilte", known), Some("title"));
        assert_eq!(nearest("报送单为", known), Some("报送单位"));
        assert_eq!(nearest("标提", known), Some("标题"));
        assert_eq!(nearest("weather", known), None);
        assert_eq!(nearest("", known), None);
    }

    #[test]
    fn a_part_of_a_name_finds_the_name() {
        let known = ["长三角国家高新区党建联盟", "福州互联网企业党建联盟"];
        assert_eq!(nearest("高新区党建联盟", known), Some("长三角国家高新区党建联盟"));
    }
}
