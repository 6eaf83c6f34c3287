//! Which digits of a text are a figure, which needs a source, and which belong to a name (3D, B2B, HTTP2, EC2).

/// The first figure of a text.
///
/// A word with digits is a name, and no figure, where a letter stands directly before its digits (`EC2`, `B2B`), or
/// where it is one digit and an upper-case letter (`3D`, `5G`). Everything else is a figure: `15.8`, `$90k`, `2034`,
/// `1960s`, `K-12`.
pub(crate) fn has_figure(text: &str) -> Option<&str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '/' | '–' | '—' | '"' | '“' | '”'))
        .flat_map(|word| word.split('-'))
        .find(|word| is_figure(word))
}

fn is_figure(word: &str) -> bool {
    let mut before = None;
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_numeric() {
            let after_letter = before.is_some_and(char::is_alphabetic);
            let one_digit_name = !before.is_some_and(char::is_numeric)
                && before.is_none_or(|b| !b.is_alphanumeric() && !"$€£.,".contains(b))
                && chars.peek().is_some_and(|next| next.is_uppercase());
            if !after_letter && !one_digit_name {
                return true;
            }
            // The rest of a number that follows a letter belongs to the name: H264, ISO27001.
            while chars.peek().is_some_and(|next| next.is_numeric()) {
                chars.next();
            }
        }
        before = Some(c);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_dress_are_figures() {
        for text in
            ["15.8 %", "$90k", "in 2034", "the 1960s", "0-3 years", "K-12", "(115,200)", "1st", "½ of all"]
        {
            assert!(has_figure(text).is_some(), "{text}");
        }
    }

    #[test]
    fn digits_of_names_are_no_figures() {
        for text in ["3D and 2D art", "5G", "an EC2 server", "B2B", "HTTP2/H264", "Python", "2D/3D", "web3"] {
            assert_eq!(has_figure(text), None, "{text}");
        }
    }
}
