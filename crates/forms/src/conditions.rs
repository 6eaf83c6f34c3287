//! Whether a condition holds, on the answers that stand before it. Total: a name without an answer simply has none.

use std::collections::HashMap;

use crate::answer::Reading;
use crate::pack::Condition;

/// Answers of shown questions, by id. A hidden question has none: what it hides keeps its letters and loses its voice.
pub(crate) type Known<'a> = HashMap<&'a str, Option<Reading<'a>>>;

/// Whether something is shown: no condition, or one that holds.
pub(crate) fn shown(condition: Option<&Condition>, item: Option<&Known>, form: &Known) -> bool {
    condition.is_none_or(|condition| holds(condition, item, form))
}

fn holds(condition: &Condition, item: Option<&Known>, form: &Known) -> bool {
    match condition {
        Condition::All { all } => all.iter().all(|part| holds(part, item, form)),
        Condition::Any { any } => any.iter().any(|part| holds(part, item, form)),
        Condition::Not { not } => !holds(not, item, form),
        Condition::Is { question, is } => match answer_of(question, item, form) {
            Some(Reading::Text(text)) => text == is,
            Some(Reading::Many(chosen)) => chosen.contains(&is.as_str()),
            _ => false,
        },
        Condition::Answered { answered } => matches!(
            answer_of(answered, item, form),
            Some(Reading::Text(_) | Reading::Many(_) | Reading::Confirmed)
        ),
    }
}

/// The answer to a question of the same item, or else of the form.
fn answer_of<'k>(name: &str, item: Option<&'k Known>, form: &'k Known) -> Option<&'k Reading<'k>> {
    item.and_then(|known| known.get(name)).or_else(|| form.get(name)).and_then(Option::as_ref)
}
