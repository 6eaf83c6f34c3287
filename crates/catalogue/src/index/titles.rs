//! The names that a title stands for, and how likely a career is meant.

use super::{Kind, Name};
use crate::shapes::Language;

/// Adds a page's title and the trades that it lists.
pub(crate) fn title(names: &mut Vec<Name>, language: Language, title: &str) {
    names.push(Name { language, kind: Kind::Title, text: title.to_owned(), shown: title.to_owned() });
    let name = |text| Name { language, kind: Kind::Part, text, shown: title.to_owned() };
    if language == Language::En {
        names.extend(parts(title).into_iter().filter(|part| part != title).map(name));
    }
}

/// Adds another title; one with a second form in brackets, such as `Registered Nurse (RN)`, is two names.
pub(crate) fn published(names: &mut Vec<Name>, language: Language, kind: Kind, title: &str) {
    let mut add = |text: &str| {
        let text = text.trim();
        if !text.is_empty() {
            names.push(Name { language, kind, text: text.to_owned(), shown: title.to_owned() });
        }
    };
    match title.strip_suffix(')').and_then(|head| head.split_once('(')) {
        Some((before, inside)) => {
            add(before);
            add(inside);
        }
        None => add(title),
    }
}

/// The trades that an English title lists: `Plumbers, Pipefitters, and Steamfitters` are three. A part that is no
/// plural takes the last word of the title (`Set and Exhibit Designers`: Set Designers). What a title excludes, and
/// the rest that it gathers (`All Other`), is no part.
pub(crate) fn parts(title: &str) -> Vec<String> {
    let cut = [", Except", ", Including", ", All Other", ", General"];
    let end = cut.iter().filter_map(|word| title.find(word)).min().unwrap_or(title.len());
    let kept = title.get(..end).unwrap_or(title);
    let mut found = listed(kept);
    if kept != title {
        found.push(kept.to_owned());
    }
    found.dedup();
    found
}

fn listed(title: &str) -> Vec<String> {
    if ![" and ", " or "].iter().any(|word| title.contains(word)) {
        return Vec::new();
    }
    let last = title.split_whitespace().next_back().unwrap_or_default();
    let even =
        title.replace(", and ", ", ").replace(", or ", ", ").replace(" and ", ", ").replace(" or ", ", ");
    let parts = even.split(", ").map(|part| part.trim().trim_start_matches("Other "));
    let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
    let plural = |part: &&&str| part.ends_with('s') || part.ends_with("men");
    // Where the trade stands first, what follows says in which fields or places (`Painters, Construction and …`).
    if parts.first().is_some_and(|first| plural(&first)) {
        return parts.iter().filter(plural).map(|part| (*part).to_owned()).collect();
    }
    parts
        .iter()
        .map(|part| if plural(&part) { (*part).to_owned() } else { format!("{part} {last}") })
        .collect()
}

/// How likely an occupation is meant where the words leave it open, 0 to 1: by how many people work in it
/// (`employed`, where that is published), less where it is a part of that count or a rest that has no name of its own.
pub(crate) fn likelihood(employed: Option<f32>, whole: bool, rest: bool) -> f32 {
    // From a thousand people to some three millions, in tens.
    let many = employed.map_or(0.35, |employed| ((employed.max(1.0).log10() - 3.0) / 3.5).clamp(0.0, 1.0));
    let less = if rest {
        0.5
    } else if whole {
        0.0
    } else {
        0.25
    };
    (many - less).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_lists_its_trades() {
        assert_eq!(
            parts("Plumbers, Pipefitters, and Steamfitters"),
            ["Plumbers", "Pipefitters", "Steamfitters"]
        );
        assert_eq!(parts("Set and Exhibit Designers"), ["Set Designers", "Exhibit Designers"]);
        assert_eq!(parts("Architects, Except Landscape and Naval"), ["Architects"]);
        assert_eq!(parts("Engineers, All Other"), ["Engineers"]);
        assert_eq!(parts("Painters, Construction and Maintenance"), ["Painters"]);
        assert!(parts("Bus Drivers, School").is_empty());
    }

    #[test]
    fn a_second_form_in_brackets_is_a_name_of_its_own() {
        let mut names = Vec::new();
        published(&mut names, Language::En, Kind::Published, "Registered Nurse (RN)");
        let texts: Vec<_> = names.iter().map(|name| (name.text.as_str(), name.shown.as_str())).collect();
        assert_eq!(texts, [("Registered Nurse", "Registered Nurse (RN)"), ("RN", "Registered Nurse (RN)")]);
    }

    #[test]
    fn many_people_make_it_likelier_and_a_rest_less() {
        assert!(likelihood(Some(3_000_000.0), true, false) > likelihood(Some(90_000.0), true, false));
        assert!(likelihood(Some(90_000.0), true, true) < likelihood(Some(90_000.0), false, false));
        assert!(likelihood(Some(0.0), false, true) >= 0.0);
    }
}
